"""The core API of a backend: its API, the servers behind it, and the exchange by which these know users.

What is not there yet, as the pools and the load balancer, is checked by stand-ins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.api.args import ApiArgs
from pulumi_aws_mobile.data_sync import settings as data_settings
from pulumi_aws_mobile.data_sync.args import DataSyncArgs
from pulumi_aws_mobile.data_sync.routes import open_api as data_routes
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.push import settings as push_settings
from pulumi_aws_mobile.push.args import PushNotificationsArgs
from pulumi_aws_mobile.push.routes import contributions as push_contributions
from pulumi_aws_mobile.token_exchange import settings as exchange_settings
from pulumi_aws_mobile.token_exchange.args import TokenExchangeArgs
from pulumi_aws_mobile.token_exchange.documents import open_api, properties
from pulumi_aws_mobile.web_tier import settings as web_settings
from pulumi_aws_mobile.web_tier.args import WebTierArgs

from .parts import as_args, check, mapping, part_of

EXCHANGE, DATA, PUSH = "token_exchange", "data_sync", "push"
OWN_ROUTES = (DATA, "push_amplify", "push_devices", "push_messages", EXCHANGE)
"""The keys of the contributions that the backend makes to its API by itself."""
CALLER_ROLES = "CALLER_ROLES"
"""The environment property with the roles of users, by whose sessions servers know them."""
SEND_FUNCTION = "SEND_FUNCTION"
"""The environment property with the name of the function that sends messages."""
STAND_INS: Mapping[str, Mapping[str, object]] = {
    EXCHANGE: {
        "user_pool_id": "eu-west-1_000000000",
        "user_pool_arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_000000000",
    }
}
"""What stands for required options of those while the rest is checked."""


@dataclass(frozen=True, slots=True)
class CoreSettings:
    """What a core API is made of, before anything of it is there."""

    token_exchange: TokenExchangeArgs
    """Without the pools."""
    token_properties: tuple[str, ...]
    """The environment properties by which servers verify tokens."""
    web_tier: WebTierArgs | None
    """`None` without servers; how tokens are verified comes when the keys are there."""
    api: ApiArgs
    """Without the backend's own routes and the servers."""
    data_sync: DataSyncArgs | None = None
    """`None` where users' data are not kept in step."""
    push: PushNotificationsArgs | None = None
    """`None` where no messages are sent; the topic of changed data comes when it is there."""


def resolve_core(
    name: str,
    objects: Mapping[str, Mapping[str, Any]],
    common: Mapping[str, Any],
    groups: tuple[str, ...],
    problems: Problems,
) -> CoreSettings:
    """Return the arguments of the API and what stands behind it, checked with stand-ins for what is not there yet."""
    exchange, api = part_of(objects, EXCHANGE, common), part_of(objects, "api", common)
    web_tier, data, push = (
        part_of(objects, part, common) if part in objects else None for part in ("web_tier", DATA, PUSH)
    )
    api = {"contributions": {}, **api, "groups": list(groups)}
    for taken in sorted(mapping(api["contributions"]).keys() & {*OWN_ROUTES}):
        allowed = f"any key but {', '.join(OWN_ROUTES)}, which name the backend's own routes"
        problems.add(f"api.contributions.{taken}", taken, allowed, "choose another key")
    check(exchange_settings.resolve, f"{name}-tokens", {**STAND_INS[EXCHANGE], **exchange}, EXCHANGE, problems)
    if data is not None:
        check(data_settings.resolve, f"{name}-data", data, DATA, problems)
    if push is not None:
        check(push_settings.resolve, f"{name}-push", push, PUSH, problems)
        _check_senders(push, groups, problems)
    if web_tier is not None:
        told = [*_token_properties(exchange), CALLER_ROLES, *([] if push is None else [SEND_FUNCTION])]
        own = dict(mapping(web_tier.get("environment")))
        for taken in sorted(own.keys() & {*told}):
            allowed = "nothing: the backend tells servers whom to believe, and what sends"
            problems.add(f"web_tier.environment.{taken}", own[taken], allowed, "remove it")
        web_tier["environment"] = {"BASE_PATH": f"/{api.get('stage_name') or 'live'}", **own}
        _check_private(web_tier, problems)
        if "core_api" in api:
            allowed = "nothing beside web_tier, which the backend puts there"
            problems.extend([Problem("api.core_api", "an origin", allowed, "remove it, or web_tier")])
            del api["core_api"]
        around = {**web_tier["environment"], **dict.fromkeys(told, "text")}
        check(web_settings.resolve, f"{name}-web", {**web_tier, "environment": around}, "web_tier", problems)
    wanted = any(
        mapping(each).get("target") == "core_api"
        for key, each in mapping(api["contributions"]).items()
        if key not in OWN_ROUTES
    )
    if web_tier is not None and not wanted:
        allowed = "nothing without a contribution that has the target core_api"
        fix = "set target: core_api in one of api.contributions, or remove it"
        problems.extend([Problem("web_tier", "servers", allowed, fix)])
    linked = web_tier is not None and wanted
    check(api_settings.resolve, f"{name}-api", _api_tocheck(api, data, push, linked=linked), "api", problems)
    return CoreSettings(
        token_exchange=as_args(exchange),
        token_properties=_token_properties(exchange),
        web_tier=None if web_tier is None else as_args(web_tier),
        api=as_args(api),
        data_sync=None if data is None else as_args(data),
        push=None if push is None else as_args(push),
    )


def _check_senders(push: Mapping[str, Any], groups: tuple[str, ...], problems: Problems) -> None:
    """Refuse senders that are no groups of the backend's users."""
    senders = push.get("senders")
    for place, group in enumerate(senders if isinstance(senders, list) else []):
        if group not in groups and not problems.touches(f"{PUSH}.senders[{place}]"):
            allowed = " | ".join(groups) or "none, there are no groups"
            problems.add(f"{PUSH}.senders[{place}]", group, allowed, "name one of identity.groups")


def _check_private(web_tier: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a load balancer that others reach: what says who calls is only as good as who sends it."""
    if web_tier.get("public") is True:
        allowed = "false behind the API: whoever else reached the load balancer could say who calls"
        problems.add("web_tier.public", True, allowed, "remove it: clients call the API")  # noqa: FBT003 - the value that is shown


def _token_properties(exchange: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the environment properties by which servers verify tokens; of keys that do not fit, any."""
    keys = exchange.get("keys")
    return properties([str(key) for key in keys] if isinstance(keys, list) else ["first"])


def _api_tocheck(
    api: Mapping[str, Any], data: Mapping[str, Any] | None, push: Mapping[str, Any] | None, *, linked: bool
) -> dict[str, Any]:
    """Return the API's arguments with the backend's own routes and, linked to servers, a stand-in for those."""
    region = api.get("region") or "eu-west-1"
    arn = f"arn:aws:elasticloadbalancing:{region}:123456789012:loadbalancer/app/to-be-made/0000000000000000"
    link = {
        "load_balancer_arn": arn,
        "url": "http://to-be-made.example.com",
        "subnet_ids": ["subnet-00000000", "subnet-11111111"],
        "security_group_ids": ["sg-00000000"],
    }
    function = {
        "target": "function",
        "function_arn": f"arn:aws:lambda:{region}:123456789012:function:to-be-made",
        "function_name": "to-be-made",
    }
    own: dict[str, Any] = {EXCHANGE: {"document": open_api("{}"), **function}}
    if data is not None:
        own[DATA] = {"document": data_routes(), "callers": _callers(data), **function}
    if push is not None:
        own |= push_contributions(
            callers=_callers(push),
            senders=[group for group in api["groups"] if group in (push.get("senders") or [])],
            amplify=push.get("amplify") is True,
            registry=function,
            sender=function,
        )
    contributions = {**mapping(api["contributions"]), **own}
    return {**api, "contributions": contributions, **({"core_api": link} if linked else {})}


def _callers(part: Mapping[str, Any]) -> list[str]:
    return ["signed_in", "guests"] if part.get("guests") is True else ["signed_in"]
