"""What a caller of `RecoverySite` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.api.args import ApiArgs
from pulumi_aws_mobile.data_sync.args import DataSyncArgs
from pulumi_aws_mobile.push.args import PushNotificationsArgs
from pulumi_aws_mobile.token_exchange.args import TokenExchangeArgs
from pulumi_aws_mobile.web_tier.args import WebTierArgs


class RecoverySiteArgs(TypedDict):
    """What a `RecoverySite` can be told."""

    region: str
    """The recovery Region, another one than the user pool's. Give it; it has no default."""
    user_pool_id: pulumi.Input[str]
    """The id of the primary Region's user pool. Give it; it has no default."""
    user_pool_arn: pulumi.Input[str]
    """The ARN of that user pool. Give it; it has no default."""
    identity_pool_id: pulumi.Input[str]
    """The id of the primary Region's identity pool, whose credentials are valid in every Region. Give it; it has no
    default."""
    role_arns: pulumi.Input[list[pulumi.Input[str]]]
    """The ARNs of the roles of users who signed in, by whose sessions servers know them. Give it; it has no default."""
    groups: NotRequired[list[str]]
    """The groups whose members have a role of their own, by their keys. Defaults to none."""
    api: NotRequired[ApiArgs]
    """The API, without `region` and `groups`, its `core_api` only without `web_tier`: the primary one's, with the same
    domain. Defaults to the routes of the token exchange alone."""
    token_exchange: NotRequired[TokenExchangeArgs]
    """How users' credentials become tokens, without `region` and the pools; with `replica_of`, tokens of either Region
    hold in both. Defaults to keys of its own."""
    web_tier: NotRequired[WebTierArgs]
    """The servers, without `region`; with no instances they wait for a failover. Defaults to none."""
    data_sync: NotRequired[DataSyncArgs]
    """How users' data are kept in step, without `region`: give `replica_of`, so that they are the primary Region's.
    Defaults to none."""
    push: NotRequired[PushNotificationsArgs]
    """How messages reach users' devices from here, without `region` and `sync_topic_arn`: endpoints are one Region's,
    so that devices register here anew. Defaults to none."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags; a part's own tags win. Defaults to none."""
