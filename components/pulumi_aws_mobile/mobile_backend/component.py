"""The `MobileBackend` component."""

from typing import Any

import pulumi

from pulumi_aws_mobile.analytics import Analytics
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.observability import Observability
from pulumi_aws_mobile.user_files import UserFiles

from .args import MobileBackendArgs
from .core_parts import Users, create_core
from .settings import MobileBackendSettings, resolve
from .telling_apps import tell_of_backend
from .watching import watched


class MobileBackend(pulumi.ComponentResource):
    """The AWS side of a mobile app: who its users are, and what each of them may reach.

    Creates: an `Identity` with the user pool, its app clients, the identity pool and its roles; with the feature
    user_files, a `UserFiles` with a bucket, to which each user has their own access; with the feature core_api, a
    `TokenExchange`, a `WebTier` where one is described, and the `Api` before them, whose routes each role may call as
    the routes say; with the features user_data and push, a `DataSync` and a `PushNotifications` behind that API; with
    the feature analytics, an `Analytics` that each role may send events to; where asked, an `Observability` of the API
    and what answers it. They are `identity`, `user_files`, `token_exchange`, `web_tier`, `data_sync`, `push`, `api`,
    `analytics` and `observability` (`None` without). It
    deliberately has no resource of its own: a part that is turned off takes what it had along, and leaves the others as
    they are.
    """

    user_pool_id: pulumi.Output[str]
    """The id of the user pool."""
    user_pool_arn: pulumi.Output[str]
    """The ARN of the user pool."""
    user_pool_endpoint: pulumi.Output[str]
    """The name of the user pool among providers: cognito-idp.REGION.amazonaws.com/ID."""
    issuer: pulumi.Output[str]
    """The issuer of the user pool's tokens, an https URL; their keys are under /.well-known/jwks.json."""
    client_ids: pulumi.Output[dict[str, str]]
    """The ids of the app clients by key."""
    client_secrets: pulumi.Output[dict[str, str]]
    """The secrets of the server clients by key; a secret."""
    hosted_domain: pulumi.Output[str | None]
    """The domain of the hosted sign-in pages; nothing without one."""
    hosted_domain_target: pulumi.Output[str | None]
    """The CloudFront domain that the DNS record of a custom domain points to; nothing without one."""
    identity_pool_id: pulumi.Output[str | None]
    """The id of the identity pool; nothing without federation."""
    identity_pool_arn: pulumi.Output[str | None]
    """The ARN of the identity pool; nothing without federation."""
    signed_in_role_arn: pulumi.Output[str | None]
    """The ARN of the role of users who signed in; nothing without federation."""
    guest_role_arn: pulumi.Output[str | None]
    """The ARN of the role of guests; nothing while guests are off."""
    group_role_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the roles of groups by the group's name."""
    web_acl_arn: pulumi.Output[str | None]
    """The ARN of the web ACL before the user pool; nothing without a firewall."""
    user_files_bucket_name: pulumi.Output[str | None]
    """The name of the bucket with the users' files; nothing without the feature."""
    api_url: pulumi.Output[str | None]
    """Where the app calls the API, an https URL; nothing without the feature."""
    api_keys: pulumi.Output[dict[str, str]]
    """The API keys of the API's clients by key; a secret, and empty without clients."""
    token_issuer: pulumi.Output[str | None]
    """Who the exchange's tokens say made them (`iss`); nothing without the feature core_api."""
    token_keys: pulumi.Output[str | None]
    """The public keys of the exchange's tokens, a JSON Web Key Set; nothing without the feature core_api."""
    environment_names: pulumi.Output[dict[str, str]]
    """The Elastic Beanstalk environments of the web tier by key; empty without one."""
    data_changes_topic_arn: pulumi.Output[str | None]
    """The ARN of the SNS topic that says which dataset of which identity changed; nothing without the feature
    user_data."""
    push_topic_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the topics that devices subscribe to, by key; empty without the feature push."""
    send_function_name: pulumi.Output[str | None]
    """The name of the function that sends messages, which servers invoke; nothing without the feature push."""
    analytics_client_config: pulumi.Output[dict[str, str]]
    """What an app has to know to send events: service, stream, region, schema_version; empty without the feature
    analytics."""
    analytics_dashboard_name: pulumi.Output[str | None]
    """The name of the dashboard of the main numbers; nothing without the feature analytics."""
    client: pulumi.Output[dict[str, Any]]
    """What apps have to know to use the backend, which `aws-mobile clients` makes their configuration files of: ids,
    addresses and rules, and no secret."""

    def __init__(self, name: str, args: MobileBackendArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the parts; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:MobileBackend", name, {}, opts)
        self.identity = Identity(f"{name}-identity", settings.identity, pulumi.ResourceOptions(parent=self))
        self.user_files = _create_user_files(self, f"{name}-files", settings, self.identity)
        core = create_core(self, name, settings.core, _users(self.identity)) if settings.core else None
        self.token_exchange = core.token_exchange if core else None
        self.web_tier = core.web_tier if core else None
        self.data_sync = core.data_sync if core else None
        self.push = core.push if core else None
        self.api = core.api if core else None
        if core:
            core.api.grant(self.identity)
        self.analytics = _create_analytics(self, f"{name}-analytics", settings, self.identity)
        self.observability = _create_observability(self, f"{name}-watch", settings, args)

        for output in _IDENTITY_OUTPUTS:
            setattr(self, output, getattr(self.identity, output))
        self.user_files_bucket_name = pulumi.Output.from_input(self.user_files.bucket_name if self.user_files else None)
        self.api_url = pulumi.Output.from_input(self.api.url if self.api else None)
        self.api_keys = pulumi.Output.from_input(self.api.api_keys if self.api else {})
        self.token_issuer = pulumi.Output.from_input(self.token_exchange.issuer if self.token_exchange else None)
        self.token_keys = pulumi.Output.from_input(self.token_exchange.jwks if self.token_exchange else None)
        self.environment_names = pulumi.Output.from_input(self.web_tier.environment_names if self.web_tier else {})
        self.data_changes_topic_arn = pulumi.Output.from_input(
            self.data_sync.changes_topic_arn if self.data_sync else None
        )
        self.push_topic_arns = pulumi.Output.from_input(self.push.topic_arns if self.push else {})
        self.send_function_name = pulumi.Output.from_input(self.push.send_function_name if self.push else None)
        told = self.analytics
        self.analytics_client_config = pulumi.Output.from_input(told.client_config if told else {})
        self.analytics_dashboard_name = pulumi.Output.from_input(told.dashboard_name if told else None)
        self.client = tell_of_backend(name, settings, self.identity, self.user_files, self.api, self.analytics)
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})


_OUTPUTS = tuple(MobileBackend.__annotations__)
_IDENTITY_OUTPUTS = _OUTPUTS[: _OUTPUTS.index("user_files_bucket_name")]


def _create_user_files(
    backend: pulumi.Resource, name: str, settings: MobileBackendSettings, identity: Identity
) -> UserFiles | None:
    """Create the place for users' files, reached by the roles that the identity pool gives."""
    if settings.user_files is None:
        return None
    roles = _role_names(settings, identity, guests=settings.guests_read_public)
    return UserFiles(name, {**settings.user_files, **roles}, pulumi.ResourceOptions(parent=backend))


def _create_analytics(
    backend: pulumi.Resource, name: str, settings: MobileBackendSettings, identity: Identity
) -> Analytics | None:
    """Create what takes events, sent by the roles that the identity pool gives."""
    if settings.analytics is None:
        return None
    roles = _role_names(settings, identity, guests=settings.guests_send_events)
    return Analytics(name, {**settings.analytics, **roles}, pulumi.ResourceOptions(parent=backend))


def _create_observability(
    backend: MobileBackend, name: str, settings: MobileBackendSettings, args: MobileBackendArgs
) -> Observability | None:
    """Create what shows the API and what answers it, and tells of both."""
    if settings.observability is None:
        return None
    regions: Any = {args["region"]: watched(backend, args["alarm_topic_arn"])}
    return Observability(name, {**settings.observability, "regions": regions}, pulumi.ResourceOptions(parent=backend))


def _role_names(settings: MobileBackendSettings, identity: Identity, *, guests: bool) -> Any:  # noqa: ANN401 - some of a part's arguments
    """Return the names of the identity pool's roles, as parts take them that users reach by AWS credentials."""
    roles: dict[str, Any] = {"signed_in_role_name": _role_name(identity.signed_in_role_arn)}
    if settings.groups:
        arns = identity.group_role_arns
        roles["group_role_names"] = {
            key: _role_name(arns.apply(lambda by, key=key: by[key])) for key in settings.groups
        }
    return roles | ({"guest_role_name": _role_name(identity.guest_role_arn)} if guests else {})


def _users(identity: Identity) -> Users:
    arns = pulumi.Output.all(identity.signed_in_role_arn, identity.group_role_arns)
    return Users(
        user_pool_id=identity.user_pool_id,
        user_pool_arn=identity.user_pool_arn,
        identity_pool_id=identity.identity_pool_id,
        role_arns=arns.apply(lambda known: [known[0], *known[1].values()]),
    )


def _role_name(arn: pulumi.Output[Any]) -> pulumi.Output[str]:
    return arn.apply(lambda known: known.rpartition("/")[2])
