"""Whatever a component that faces the internet may be told, only what it gives up on purpose stops production."""

from typing import Any

import pytest
from components.api import building as apis
from components.api.strategies import GROUPS, route_sets
from components.token_exchange import building as exchanges
from components.token_exchange.strategies import token_exchange_args
from components.web_tier import building as web_tiers
from components.web_tier.strategies import web_tier_args
from hypothesis import given, reject, settings
from policy.test_rules import PRODUCTION
from policy.test_web_components_pass import judge, stopping

from aws_mobile_guard.run import Kind
from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.api.routes import ANYONE, Route
from pulumi_aws_mobile.api.settings import resolve
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_mobile.web_tier import WebTier

Args = dict[str, Any]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return web_tiers.folder(tmp_path_factory.mktemp("app"))


def given_up(args: Args) -> set[str]:
    """Return the rules that the options of a web tier turn off, by production's configuration."""
    signs = {
        "eb-https": "https" not in args,
        "eb-multi-az": args["instances"]["min"] == 1,
        "eb-rolling": args["deployment"]["policy"] == "AllAtOnce",
        "eb-managed-updates": args.get("managed_updates", {}).get("enabled") is False,
        "eb-stream-logs": args.get("logs", {}).get("retention_days", 365) < 90,
        "guard-protect": args.get("protect") is False,
        "s3-no-force-destroy": args.get("protect") is False,
    }
    return {rule for rule, off in signs.items() if off}


@settings(deadline=None, max_examples=10)
@given(args=web_tier_args())
def test_only_what_a_web_tier_gives_up_stops_a_deployment(source: str, args: Args) -> None:
    found = judge(lambda: WebTier("web", {**args, "source": source}), web_tiers.Account(), PRODUCTION, preview=False)
    assert stopping(found) == given_up(args)
    assert [one for one in found if one.kind is not Kind.VIOLATION] == []


@settings(deadline=None, max_examples=15)
@given(routes=route_sets())
def test_an_api_is_stopped_for_the_routes_that_everyone_may_call_and_only_for_them(routes: list[Route]) -> None:
    paths: dict[str, Args] = {}
    for one in routes:
        operation = apis.operation(callers=list(one.callers))
        names = [part[1:-1].removesuffix("+") for part in one.path.split("/") if part.startswith("{")]
        item = paths.setdefault(one.path, {"parameters": [apis.parameter(name) for name in names]})
        item[one.method.lower()] = operation
    args = {
        "contributions": {"core": {"document": apis.document(paths), "target": "core_api"}},
        "core_api": apis.CORE_API,
        "groups": list(GROUPS),
        "firewall": {},
        "execution_logs": "error",
    }
    try:
        resolve("api", args)
    except ArgsError:
        reject()
    found = judge(lambda: Api("api", args), apis.Account(), PRODUCTION, preview=False)
    open_ = any(ANYONE in one.callers for one in routes)
    assert stopping(found) == ({"api-method-auth"} if open_ else set())


@settings(deadline=None, max_examples=15)
@given(args=token_exchange_args())
def test_a_token_exchange_is_never_stopped(args: Args) -> None:
    found = judge(lambda: TokenExchange("tokens", args), exchanges.Account(), PRODUCTION, preview=False)
    assert stopping(found) == set()
    assert [one for one in found if one.kind is not Kind.VIOLATION] == []
