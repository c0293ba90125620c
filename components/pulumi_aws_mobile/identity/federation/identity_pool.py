"""The identity pool: tokens in, temporary AWS credentials of one role out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.naming import fit
from pulumi_aws_mobile.statements import StatementArgs

from .grants import create_grant
from .logins import create_logins, tag_sessions
from .roles import RoleLink, create_group_role, create_guest_role, create_signed_in_role
from .settings import FederationSettings, GroupRolePlan, RoleMapping

SIGNED_IN = "signed_in"
GUESTS = "guests"

_LONGEST_POOL_NAME = 128


@dataclass(frozen=True, slots=True)
class PoolLinks:
    """What an identity pool needs of the user pool."""

    pool_id: pulumi.Output[str]
    provider_name: pulumi.Output[str]
    """`cognito-idp.REGION.amazonaws.com/POOL_ID`."""
    client_ids: Mapping[str, pulumi.Output[str]]
    """The ids of the app clients by their keys."""
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]
    protect: bool = True
    """Whether Pulumi refuses to delete the identity pool: the ids that users' data is kept under go with it."""


@dataclass(frozen=True, slots=True)
class Federation:
    """An identity pool and its roles."""

    identity: pulumi.Resource
    name: str
    identity_pool_id: pulumi.Output[str]
    identity_pool_arn: pulumi.Output[str]
    signed_in: RoleLink
    guests: RoleLink | None
    """`None` when guests are off."""
    group_roles: Mapping[str, RoleLink] = field(default_factory=dict)

    @property
    def signed_in_role_name(self) -> pulumi.Output[str]:
        """The name of the role of everyone who is signed in."""
        return self.signed_in.name

    @property
    def signed_in_role_arn(self) -> pulumi.Output[str]:
        """The ARN of the role of everyone who is signed in."""
        return self.signed_in.arn

    @property
    def guest_role_name(self) -> pulumi.Output[str] | None:
        """The name of the guests' role; `None` when guests are off."""
        return self.guests.name if self.guests else None

    @property
    def guest_role_arn(self) -> pulumi.Output[str] | None:
        """The ARN of the guests' role; `None` when guests are off."""
        return self.guests.arn if self.guests else None

    def allow(self, who: str, grant_name: str, statements: Sequence[StatementArgs]) -> "aws.iam.RolePolicy":
        """Give `statements` to `signed_in`, to `guests` or to a group by its key; return the role's policy.

        A member of a group has the group's role in place of the common one, so what everyone who is signed in may do
        is given to each group's role as well.
        """
        label = "signed-in" if who == SIGNED_IN else who
        granted = create_grant(self.identity, f"{self.name}-{label}-{grant_name}", self._role(who).name, statements)
        if who == SIGNED_IN:
            for key, role in self.group_roles.items():
                create_grant(self.identity, f"{self.name}-{key}-{label}-{grant_name}", role.name, statements)
        return granted

    def _role(self, who: str) -> RoleLink:
        roles = {SIGNED_IN: self.signed_in, **({GUESTS: self.guests} if self.guests else {}), **self.group_roles}
        problems = Problems()
        if who not in roles:
            fix = "turn guests on" if who == GUESTS else "name one of these"
            problems.add("who", who, ", ".join(roles), fix)
        problems.raise_for(f'Grant of Identity "{self.name}"')
        return roles[who]


def create_federation(
    identity: pulumi.Resource,
    name: str,
    settings: FederationSettings,
    pool: PoolLinks,
    groups: Mapping[str, GroupRolePlan],
) -> Federation:
    """Create the identity pool of `identity`, a role for each kind of user, and what decides between them."""
    logins = create_logins(identity, name, settings, pool.tags)
    identity_pool = aws.cognito.IdentityPool(
        f"{name}-identity-pool",
        identity_pool_name=fit(name, _LONGEST_POOL_NAME),
        allow_classic_flow=False,
        allow_unauthenticated_identities=settings.guests,
        cognito_identity_providers=[
            # Cognito asks the user pool, so that a user who was signed out or deleted there gets no new credentials.
            {"client_id": client_id, "provider_name": pool.provider_name, "server_side_token_check": True}
            for _, client_id in sorted(pool.client_ids.items())
        ],
        supported_login_providers={login.domain: login.app_id for login in settings.social.values()} or None,
        openid_connect_provider_arns=[logins.oidc[key] for key in settings.oidc] or None,
        saml_provider_arns=[logins.saml[key] for key in settings.saml] or None,
        region=pool.region,
        tags=tags.named(f"{name}-identity-pool", pool.tags),
        opts=pulumi.ResourceOptions(parent=identity, protect=pool.protect, retain_on_delete=pool.protect),
    )
    signed_in = create_signed_in_role(
        identity,
        f"{name}-signed-in",
        "Users who signed in",
        settings.signed_in_statements,
        identity_pool.id,
        tagged=settings.tagged,
        common_tags=pool.tags,
    )
    guests = create_guest_role(identity, name, settings, identity_pool.id, pool.tags) if settings.guests else None
    group_roles = {
        key: create_group_role(
            identity,
            name,
            key,
            [*settings.signed_in_statements, *plan.statements],
            identity_pool.id,
            tagged=settings.tagged,
            common_tags=pool.tags,
        )
        for key, plan in groups.items()
    }
    federation = Federation(identity, name, identity_pool.id, identity_pool.arn, signed_in, guests, group_roles)
    _attach_roles(federation, settings, pool, logins.names(pool.provider_name))
    tag_sessions(identity, name, settings, identity_pool.id, logins.names(pool.provider_name), pool.region)
    return federation


def _attach_roles(
    federation: Federation, settings: FederationSettings, pool: PoolLinks, names: Mapping[str, pulumi.Input[str]]
) -> None:
    """Tell the identity pool which role is whose."""
    roles: dict[str, pulumi.Input[str]] = {"authenticated": federation.signed_in.arn}
    if federation.guests is not None:
        roles["unauthenticated"] = federation.guests.arn
    mappings: list[tuple[pulumi.Input[str], RoleMapping | None]] = [
        (pulumi.Output.concat(pool.provider_name, ":", client_id), settings.pool_mapping)
        for _, client_id in sorted(pool.client_ids.items())
    ]
    mappings += [(login.domain, login.role_mapping) for login in settings.social.values()]
    mappings += [(names[f"oidc-{key}"], login.role_mapping) for key, login in settings.oidc.items()]
    mappings += [(names[f"saml-{key}"], login.role_mapping) for key, login in settings.saml.items()]
    listed = [_mapping(who, how, federation.group_roles) for who, how in mappings if how is not None]
    aws.cognito.IdentityPoolRoleAttachment(
        f"{federation.name}-roles",
        identity_pool_id=federation.identity_pool_id,
        roles=roles,
        role_mappings=listed or None,  # type: ignore[bad-argument-type] # plain dictionaries of the declared shape
        region=pool.region,
        opts=pulumi.ResourceOptions(parent=federation.identity),
    )


def _mapping(provider: pulumi.Input[str], mapping: RoleMapping, group_roles: Mapping[str, RoleLink]) -> dict[str, Any]:
    """Return a role mapping as the provider declares it."""
    mapped: dict[str, Any] = {
        "identity_provider": provider,
        "type": "Rules" if mapping.rules else "Token",
        "ambiguous_role_resolution": mapping.ambiguous.value,
    }
    if mapping.rules:
        mapped["mapping_rules"] = [
            {
                "claim": rule.claim,
                "match_type": rule.match_type.value,
                "value": rule.value,
                "role_arn": group_roles[rule.group].arn,
            }
            for rule in mapping.rules
        ]
    return mapped
