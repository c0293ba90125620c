"""What a caller of `MobileBackend` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.analytics.args import AnalyticsArgs
from pulumi_aws_mobile.api.args import ApiArgs
from pulumi_aws_mobile.data_sync.args import DataSyncArgs
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.observability.args import ObservabilityArgs
from pulumi_aws_mobile.push.args import PushNotificationsArgs
from pulumi_aws_mobile.token_exchange.args import TokenExchangeArgs
from pulumi_aws_mobile.user_files.args import UserFilesArgs
from pulumi_aws_mobile.web_tier.args import WebTierArgs


class MobileBackendArgs(TypedDict):
    """What a `MobileBackend` can be told."""

    region: NotRequired[str]
    """The Region of everything in it. Defaults to the provider's."""
    features: NotRequired[list[str]]
    """What the app gets: sign_in (users and their temporary AWS credentials), user_files (a place for their files),
    core_api (an API that users sign their calls to, and the token that servers know them by), user_data (datasets of
    keys and values, in step across a user's devices; needs core_api), push (messages to users' devices; needs
    core_api), analytics (what users do, and the main numbers of it). All need sign_in. Turning one off and on leaves
    the others as they are. Defaults to sign_in and user_files, and to each other one where something is said of it;
    where `data_sync` or `push` say something, to core_api as well."""
    identity: NotRequired[IdentityArgs]
    """How users sign in, without `region`; needs the feature sign_in. Defaults to what an Identity does by itself."""
    user_files: NotRequired[UserFilesArgs]
    """Where users' files are, without `region` and the names of roles; needs the feature user_files. Defaults to what
    UserFiles does by itself, for the users and groups of `identity`."""
    api: NotRequired[ApiArgs]
    """The API, without `region` and `groups`; needs the feature core_api. Its contributions may have the target
    core_api where there is a `web_tier` or, as `core_api`, an origin of one's own; the keys token_exchange, data_sync,
    push_devices, push_amplify and push_messages are taken. Defaults to the routes of the other features alone."""
    token_exchange: NotRequired[TokenExchangeArgs]
    """How users' credentials become tokens that servers verify, without `region` and the pools; needs the feature
    core_api. Defaults to what a TokenExchange does by itself."""
    web_tier: NotRequired[WebTierArgs]
    """The servers of the core API behind the API, without `region`; needs the feature core_api. They are told how to
    verify the tokens and, with the feature push, which function sends (SEND_FUNCTION), and may invoke it. Defaults to
    none."""
    data_sync: NotRequired[DataSyncArgs]
    """How users' data are kept in step across their devices, without `region` and `replica_of`; needs the feature
    user_data. Defaults to what a DataSync does by itself."""
    push: NotRequired[PushNotificationsArgs]
    """How messages reach users' devices, without `region` and `sync_topic_arn`; needs the feature push. With the
    feature user_data a user's other devices are told of changes. Defaults to what a PushNotifications does by itself,
    which reaches no platform before it has credentials."""
    analytics: NotRequired[AnalyticsArgs]
    """What apps tell of their users' doing, without `region` and the names of roles; needs the feature analytics. Users
    who signed in may send events and, with `ingest: firehose`, guests too. Defaults to what an Analytics does by
    itself."""
    observability: NotRequired[ObservabilityArgs]
    """What users are promised of the API and what the account may cost, without `region` and `regions`; needs the
    feature core_api, `region` and `alarm_topic_arn`. Defaults to none; a program with two Regions watches both by an
    Observability of its own."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic in this Region that every part tells when it is not well, unless it has one of its own.
    Defaults to no alarms."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags; a part's own tags win. Defaults to none."""
