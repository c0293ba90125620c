"""The components that face the internet keep the rules, and break one only where they are told to.

What this does not prove: what AWS fills in, and what the bundle's own `.ebextensions` set.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from components.api import building as apis
from components.token_exchange import building as exchanges
from components.web_tier import building as web_tiers
from judging import resource_inputs
from policy.test_rules import PACK, PRODUCTION

from aws_mobile_guard.run import Finding, Kind, evaluate
from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.testing import PlainMocks, record
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_mobile.web_tier import WebTier

Args = dict[str, Any]
DEVELOPMENT = json.loads((PACK / "development.json").read_text())
HTTPS = {"certificate_arn": web_tiers.CERTIFICATE, "host_name": "core.example.com"}
CONTRIBUTIONS = {"core": apis.CORE, "tokens": apis.TOKENS}
CORE_API = {"contributions": CONTRIBUTIONS, "core_api": apis.CORE_API, "groups": ["editors"]}
GUARDED = {**CORE_API, "firewall": {}, "execution_logs": "error"}

WEB_TIERS: dict[str, tuple[Args, set[str]]] = {
    "as it comes": ({}, {"eb-https"}),
    "with HTTPS": ({"https": HTTPS}, set()),
    "in a network of its own choice": ({"https": HTTPS, "network": web_tiers.PLACE}, set()),
    "public": ({"https": HTTPS, "public": True}, set()),
    "with secrets, properties and alarms": (
        {
            "https": HTTPS,
            "secrets": {"RDS_PASSWORD": f"{web_tiers.SECRET}:password"},
            "environment": {"TOKEN_JWKS": '{"keys":[]}', "TOKEN_ISSUER": "us", "RDS_HOSTNAME": "db.internal"},
            "alarm_topic_arn": web_tiers.TOPIC,
        },
        set(),
    ),
    "two environments": (
        {"https": HTTPS, "environments": {"blue": {}, "green": {"clone_of": "blue"}}, "live": "blue"},
        set(),
    ),
    "one server": ({"https": HTTPS, "instances": {"min": 1, "max": 2}}, {"eb-multi-az"}),
    "all at once": ({"https": HTTPS, "deployment": {"policy": "AllAtOnce"}}, {"eb-rolling"}),
    "without managed updates": ({"https": HTTPS, "managed_updates": {"enabled": False}}, {"eb-managed-updates"}),
    "logs of a week": ({"https": HTTPS, "logs": {"retention_days": 7}}, {"eb-stream-logs"}),
}
APIS: dict[str, tuple[Args, set[str]]] = {
    "as it comes": (CORE_API, {"api-waf", "api-exec-logs"}),
    "guarded": (GUARDED, set()),
    "everything": (apis.EVERYTHING, set()),
    "with keys of clients": ({**GUARDED, "clients": {"ios": {}}, "require_client_keys": True}, set()),
    "a route that everyone may call": (
        {
            **GUARDED,
            "contributions": {
                "core": {
                    "document": apis.document({"/prices": {"get": apis.operation(callers=["anyone"])}}),
                    "target": "core_api",
                }
            },
        },
        {"api-method-auth"},
    ),
}
EXCHANGES: dict[str, tuple[Args, set[str]]] = {
    "as it comes": (exchanges.LEAST, set()),
    "everything, with a second key": (exchanges.EVERYTHING, set()),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return web_tiers.folder(tmp_path_factory.mktemp("app"))


def web_tier(args: Args, source: str) -> Callable[[], object]:
    return lambda: WebTier("web", {**args, "source": source})


def judge(program: Callable[[], object], mocks: PlainMocks, config: dict, *, preview: object) -> list[Finding]:
    return evaluate(resource_inputs(record(program, mocks=mocks, preview=bool(preview))), config)


def stopping(found: list[Finding]) -> set[str]:
    return {one.rule for one in found if one.stops}


both_ways = pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])


@pytest.mark.parametrize(("args", "stopped"), WEB_TIERS.values(), ids=list(WEB_TIERS))
def test_only_what_a_web_tier_was_asked_for_stops_production(source: str, args: Args, stopped: set[str]) -> None:
    found = judge(web_tier(args, source), web_tiers.Account(), PRODUCTION, preview=False)
    assert stopping(found) == stopped
    assert [one for one in found if one.kind is not Kind.VIOLATION] == []


@both_ways
def test_a_web_tier_as_it_comes_may_be_deployed_for_development(source: str, preview: object) -> None:
    found = judge(web_tier({}, source), web_tiers.Account(), DEVELOPMENT, preview=preview)
    assert stopping(found) == set()


@pytest.mark.parametrize(("args", "stopped"), APIS.values(), ids=list(APIS))
def test_only_what_an_api_was_asked_for_stops_production(args: Args, stopped: set[str]) -> None:
    found = judge(lambda: Api("api", args), apis.Account(), PRODUCTION, preview=False)
    assert stopping(found) == stopped
    assert [one for one in found if one.kind is not Kind.VIOLATION] == []


@both_ways
def test_an_api_as_it_comes_may_be_deployed_for_development(preview: object) -> None:
    found = judge(lambda: Api("api", CORE_API), apis.Account(), DEVELOPMENT, preview=preview)
    assert stopping(found) == set()


def test_a_document_that_is_not_known_yet_is_counted_and_not_passed_over() -> None:
    found = judge(lambda: Api("api", GUARDED), apis.Account(), PRODUCTION, preview=True)
    assert {(one.rule, one.kind) for one in found if one.message.startswith("body:")} == {
        ("api-method-auth", Kind.UNDECIDED),
        ("api-validator", Kind.UNDECIDED),
    }


@pytest.mark.parametrize(("args", "stopped"), EXCHANGES.values(), ids=list(EXCHANGES))
@both_ways
def test_a_token_exchange_may_be_deployed_in_production(args: Args, stopped: set[str], preview: object) -> None:
    found = judge(lambda: TokenExchange("tokens", args), exchanges.Account(), PRODUCTION, preview=preview)
    assert stopping(found) == stopped
