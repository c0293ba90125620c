"""The `Identity` component."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs

from .args import IdentityArgs
from .clients.clients import create_clients, create_resource_servers
from .clients.domain import HostedPages, create_branding, create_domain
from .clients.providers import create_providers
from .federation.identity_pool import Federation, PoolLinks, create_federation
from .firewall import create_firewall
from .groups import create_groups
from .pool.logs import create_logs
from .pool.sms import create_sms
from .pool.threats import create_risk_configuration
from .pool.user_pool import Pool, adopt_pool, create_pool
from .settings import IdentitySettings, resolve
from .triggers.triggers import create_triggers


class Identity(pulumi.ComponentResource):
    """Sign-up, sign-in and temporary AWS credentials for the users of an app.

    Creates: a user pool, or adopts one; its app clients; an identity pool with a role for users who signed in; where
    asked, roles for guests and groups, the domain of hosted sign-in pages with Cognito's own style, identity providers,
    the Lambda triggers of a sign-in step of the app's own, a role for text messages, threat protection, a web ACL with
    its log group, and the record of sign-ins. It deliberately creates no users, verifies no e-mail identity, makes no
    DNS records, and allows signed-in users nothing but what statements or other components say.
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
    """The ARN of the web ACL; nothing without a firewall."""

    def __init__(self, name: str, args: IdentityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the identity; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:Identity", name, {}, opts)
        self._name = name
        scope = Scope(self, name, settings.region, settings.tags)
        pool = _create_pool(scope, settings)
        providers = create_providers(scope, settings.providers, pool)
        servers = create_resource_servers(scope, settings.resource_servers, pool)
        clients = create_clients(scope, settings.clients, pool, providers, servers)
        pages = _create_pages(scope, settings, pool, clients)
        self._federation = _create_federation(scope, settings, pool, clients)
        roles = self._federation.group_roles if self._federation else {}
        role_arns = {key: role.arn for key, role in roles.items()}
        create_groups(scope, settings.groups, role_arns, pool)
        web_acl_arn = create_firewall(scope, settings.firewall, pool) if settings.firewall else None
        if settings.logs is not None:
            create_logs(scope, settings.logs, pool)

        self.user_pool_id = pool.id
        self.user_pool_arn = pool.arn
        self.user_pool_endpoint = pool.endpoint
        self.issuer = pulumi.Output.concat("https://", pool.endpoint)
        self.client_ids = _mapping({key: client.id for key, client in clients.items()})
        self.client_secrets = _secrets(settings, clients)
        self.hosted_domain = pages.domain
        self.hosted_domain_target = pages.target
        self.group_role_arns = _mapping(role_arns)
        self.web_acl_arn = pulumi.Output.from_input(web_acl_arn)
        self._set_federation_outputs()
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def allow(self, who: str, grant_name: str, statements: Sequence[StatementArgs]) -> None:
        """Let `signed_in` users, `guests` or the members of a group do more; `grant_name` tells the grants apart."""
        if self._federation is None:
            problems = Problems()
            problems.add("who", who, "nobody without the identity pool", "set federation.enabled to true")
            problems.raise_for(f'Grant of Identity "{self._name}"')
            return
        self._federation.allow(who, grant_name, statements)

    @property
    def has_guests(self) -> bool:
        """Whether people without a sign-in get credentials, with a role that can be allowed something."""
        return self._federation is not None and self._federation.guests is not None

    def _set_federation_outputs(self) -> None:
        federation = self._federation
        self.identity_pool_id = pulumi.Output.from_input(federation.identity_pool_id if federation else None)
        self.identity_pool_arn = pulumi.Output.from_input(federation.identity_pool_arn if federation else None)
        self.signed_in_role_arn = pulumi.Output.from_input(federation.signed_in_role_arn if federation else None)
        self.guest_role_arn = pulumi.Output.from_input(federation.guest_role_arn if federation else None)


_OUTPUTS = tuple(Identity.__annotations__)


def _create_pool(scope: Scope, settings: IdentitySettings) -> Pool:
    """Create the pool between its functions, which it has to know, and their permissions, which have to know it."""
    if settings.pool is None:
        return adopt_pool(scope, settings.existing_user_pool_id or "")
    triggers = create_triggers(
        scope.parent, scope.name, settings.triggers, scope.region, scope.common_tags, settings.sender
    )
    sms = create_sms(scope, settings.pool.sms) if settings.pool.sms else None
    pool = create_pool(scope, settings.pool, triggers.lambda_config(), sms)
    triggers.permit(pool.arn)
    if settings.pool.threats is not None:
        create_risk_configuration(scope, settings.pool.threats, settings.pool.email, pool)
    return pool


def _create_pages(
    scope: Scope, settings: IdentitySettings, pool: Pool, clients: "dict[str, aws.cognito.UserPoolClient]"
) -> HostedPages:
    pages = create_domain(scope, settings.domain, pool)
    if settings.domain is not None and settings.domain.managed_login:
        create_branding(scope, settings.clients, clients, pool)
    return pages


def _create_federation(
    scope: Scope, settings: IdentitySettings, pool: Pool, clients: "dict[str, aws.cognito.UserPoolClient]"
) -> Federation | None:
    if settings.federation is None:
        return None
    links = PoolLinks(
        pool_id=pool.id,
        provider_name=pool.endpoint,
        client_ids={key: client.id for key, client in clients.items()},
        region=scope.region,
        tags=scope.common_tags,
        protect=settings.protect,
    )
    groups = {key: group.role for key, group in settings.groups.items()}
    return create_federation(scope.parent, scope.name, settings.federation, links, groups)


def _mapping(values: Mapping[str, pulumi.Output[str]]) -> pulumi.Output[dict[str, str]]:
    """Return the values by key as one output; of no values too, of which `Output.all` would make a list."""
    return pulumi.Output.all(**values) if values else pulumi.Output.from_input({})


def _secrets(
    settings: IdentitySettings, clients: "dict[str, aws.cognito.UserPoolClient]"
) -> pulumi.Output[dict[str, str]]:
    secrets = {key: client.client_secret for key, client in clients.items() if settings.clients[key].has_secret}
    return pulumi.Output.secret(_mapping(secrets))
