"""Creates the parts of a core API: the exchange, the servers that are told whom to believe, and the API before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_mobile.web_tier import WebTier

from .core_api import CALLER_ROLES, DATA, EXCHANGE, SEND_FUNCTION, CoreSettings


@dataclass(frozen=True, slots=True)
class Users:
    """Whose users call the core API."""

    user_pool_id: pulumi.Input[str]
    user_pool_arn: pulumi.Input[str]
    identity_pool_id: pulumi.Input[str | None]
    role_arns: pulumi.Output[list[str]]
    """The roles of users who signed in, in an order that stays."""


@dataclass(frozen=True, slots=True)
class CoreParts:
    """The parts as they were made."""

    token_exchange: TokenExchange
    web_tier: WebTier | None
    data_sync: DataSync | None
    push: PushNotifications | None
    api: Api


def create_core(parent: pulumi.Resource, name: str, settings: CoreSettings, users: Users) -> CoreParts:
    """Create the parts of the core API `name` for the users of one user pool."""
    exchange = _create_exchange(parent, f"{name}-tokens", settings, users)
    data = _create_data_sync(parent, f"{name}-data", settings)
    push = _create_push(parent, f"{name}-push", settings, data)
    web_tier = _create_web_tier(parent, f"{name}-web", settings, _surroundings(users, settings, exchange, push), push)
    api = _create_api(parent, f"{name}-api", settings, web_tier, _own_routes(exchange, data, push))
    return CoreParts(exchange, web_tier, data, push, api)


def _create_exchange(parent: pulumi.Resource, name: str, settings: CoreSettings, users: Users) -> TokenExchange:
    pools: Any = {
        "user_pool_id": users.user_pool_id,
        "user_pool_arn": users.user_pool_arn,
        "identity_pool_id": users.identity_pool_id,
    }
    return TokenExchange(name, {**settings.token_exchange, **pools}, pulumi.ResourceOptions(parent=parent))


def _surroundings(
    users: Users, settings: CoreSettings, exchange: TokenExchange, push: PushNotifications | None
) -> dict[str, Any]:
    """Return what servers are told: whose tokens and whose sessions to believe, and what sends messages."""
    told = exchange.web_tier_environment
    return {
        **{key: told.apply(lambda all_, key=key: all_[key]) for key in settings.token_properties},
        CALLER_ROLES: _names_of(users.role_arns),
        **({} if push is None else {SEND_FUNCTION: push.send_function_name}),
    }


def _create_web_tier(
    parent: pulumi.Resource,
    name: str,
    settings: CoreSettings,
    around: Mapping[str, Any],
    push: PushNotifications | None,
) -> WebTier | None:
    """Create the servers in their surroundings, with the permission to send."""
    own = settings.web_tier
    if own is None:
        return None
    args: Any = {**own, "environment": {**own.get("environment", {}), **around}}
    if push is not None:
        args["statements"] = [*own.get("statements", []), *push.send_statements()]
    return WebTier(name, args, pulumi.ResourceOptions(parent=parent))


def _names_of(role_arns: pulumi.Output[list[str]]) -> pulumi.Output[str]:
    """Return the names of roles, which no colon can be part of, with colons between them."""
    return role_arns.apply(lambda arns: ":".join(arn.rpartition("/")[2] for arn in arns))


def _create_data_sync(parent: pulumi.Resource, name: str, settings: CoreSettings) -> DataSync | None:
    if settings.data_sync is None:
        return None
    return DataSync(name, settings.data_sync, pulumi.ResourceOptions(parent=parent))


def _create_push(
    parent: pulumi.Resource, name: str, settings: CoreSettings, data: DataSync | None
) -> PushNotifications | None:
    """Create what sends messages; devices hear of changed data where there are both, and a platform to reach them."""
    if settings.push is None:
        return None
    args: Any = dict(settings.push)
    if data is not None and args.get("platforms"):
        args["sync_topic_arn"] = data.changes_topic_arn
    return PushNotifications(name, args, pulumi.ResourceOptions(parent=parent))


def _own_routes(exchange: TokenExchange, data: DataSync | None, push: PushNotifications | None) -> dict[str, Any]:
    return {
        EXCHANGE: exchange.contribution,
        **({} if data is None else {DATA: data.contribution}),
        **({} if push is None else push.contributions),
    }


def _create_api(
    parent: pulumi.Resource, name: str, settings: CoreSettings, web_tier: WebTier | None, own: Mapping[str, Any]
) -> Api:
    """Create the API over the routes of every part."""
    args: Any = {**settings.api, "contributions": {**settings.api["contributions"], **own}}
    if web_tier is not None:
        args["core_api"] = _link(web_tier)
    return Api(name, args, pulumi.ResourceOptions(parent=parent))


def _link(web_tier: WebTier) -> Mapping[str, Any]:
    return {
        "load_balancer_arn": web_tier.load_balancer_arn,
        "url": web_tier.url,
        "subnet_ids": web_tier.link_subnet_ids,
        "security_group_ids": [web_tier.link_security_group_id],
    }
