"""Decides what an identity pool is made of: defaults filled in, every problem found, nothing registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile import statements
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import Limits, Matching
from pulumi_aws_mobile.statements import StatementArgs

from . import rules
from .args import (
    AmbiguousRoleResolution,
    OidcLoginArgs,
    PoolLoginArgs,
    RoleMatchType,
    RoleRuleArgs,
    SamlLoginArgs,
    SocialLoginArgs,
)

SOCIAL_DOMAINS: Mapping[str, str] = {
    "facebook": "graph.facebook.com",
    "google": "accounts.google.com",
    "amazon": "www.amazon.com",
    "apple": "appleid.apple.com",
}
"""The name under which Cognito knows each social provider.
https://docs.aws.amazon.com/cognito/latest/developerguide/external-identity-providers.html"""

_CLAIM = Matching(r"\S{1,64}", "the name of a claim: 1 to 64 characters without spaces")
_TAG_CLAIM = Matching(r"\S{1,256}", "the name of a claim: 1 to 256 characters without spaces")

LIMITS: Limits = {
    **statements.LIMITS,
    RoleRuleArgs: {"claim": _CLAIM, "value": Matching(r".{1,128}", "1 to 128 characters")},
    PoolLoginArgs: {"principal_tags": _TAG_CLAIM},
    SocialLoginArgs: {"app_id": Matching(r"[\w./-]{1,128}", "the app's id at the provider")},
    OidcLoginArgs: {
        "issuer": Matching(r"https://[^\s/?#]+(/[^\s?#]*[^\s?#/])?", "an https URL without a slash at its end"),
        "client_ids": Matching(r"\S{1,255}", "a client id of 1 to 255 characters"),
        "thumbprints": Matching(r"[0-9A-Fa-f]{40}", "40 hexadecimal digits"),
        "provider_arn": Matching(
            r"arn:aws[a-z-]*:iam::\d{12}:oidc-provider/\S+", "the ARN of an IAM OpenID Connect provider"
        ),
        "principal_tags": _TAG_CLAIM,
    },
    SamlLoginArgs: {
        "provider_arn": Matching(r"arn:aws[a-z-]*:iam::\d{12}:saml-provider/\S+", "the ARN of an IAM SAML provider"),
        "principal_tags": _TAG_CLAIM,
    },
}


@dataclass(frozen=True, slots=True)
class GroupRolePlan:
    """What the role of a group is made of."""

    statements: Sequence[StatementArgs]
    precedence: int | None = None
    """The group's rank in the user pool; the lowest number of a user's groups decides their preferred role."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule that gives a user a group's role."""

    claim: str
    match_type: RoleMatchType
    value: str
    group: str


@dataclass(frozen=True, slots=True)
class RoleMapping:
    """How users of one provider get roles: by rules, or without any by the roles in their token."""

    rules: tuple[RoleRule, ...]
    ambiguous: AmbiguousRoleResolution


@dataclass(frozen=True, slots=True)
class SocialLogin:
    """A social provider whose tokens are taken."""

    domain: str
    app_id: pulumi.Input[str]
    role_mapping: RoleMapping | None


@dataclass(frozen=True, slots=True)
class IamLogin:
    """A provider that IAM knows: an OpenID Connect provider, new if `issuer` is set, or a SAML provider."""

    role_mapping: RoleMapping | None
    principal_tags: Mapping[str, str]
    provider_arn: pulumi.Input[str] | None
    issuer: str | None = None
    client_ids: tuple[str, ...] = ()
    thumbprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FederationSettings:
    """Everything about an identity pool that is decided before anything is registered."""

    signed_in_statements: Sequence[StatementArgs] = ()
    guests: bool = False
    guest_statements: Sequence[StatementArgs] = ()
    pool_mapping: RoleMapping | None = None
    pool_tags: Mapping[str, str] = field(default_factory=dict)
    social: Mapping[str, SocialLogin] = field(default_factory=dict)
    """By the name of the option."""
    oidc: Mapping[str, IamLogin] = field(default_factory=dict)
    """By the caller's key."""
    saml: Mapping[str, IamLogin] = field(default_factory=dict)
    """By the caller's key."""

    @property
    def tagged(self) -> bool:
        """Whether sessions carry tags."""
        return bool(self.pool_tags) or any(login.principal_tags for login in (*self.oidc.values(), *self.saml.values()))


def resolve_federation(read: Mapping[str, Any], problems: Problems) -> FederationSettings | None:
    """Return the settings of the identity pool, `None` without one; note every problem under `federation.`.

    `read` holds the options of an identity as they were read; of those beside `federation`, the groups and the Region
    count.
    """
    given = read.get("federation", {})
    groups = read.get("groups", {})
    if not given.get("enabled", True):
        rules.check_disabled(given, problems)
        return None
    rules.check_partition(read.get("region"), problems)
    rules.check_statements(given, problems)
    rules.check_keys(given, problems)
    rules.check_oidc(given.get("oidc", {}), problems)
    rules.check_adopted(given, problems)
    rules.check_tags(given, problems)
    if not problems.touches("groups"):
        rules.check_mappings(given, groups, problems)
    return FederationSettings(
        signed_in_statements=given.get("signed_in_statements", ()),
        guests=given.get("guests", False),
        guest_statements=given.get("guest_statements", ()),
        pool_mapping=_pool_mapping(given.get("user_pool", {}), groups),
        pool_tags=given.get("user_pool", {}).get("principal_tags", {}),
        social={
            key: SocialLogin(SOCIAL_DOMAINS[key], login["app_id"], _mapping(login))
            for key, login in sorted(given.get("social", {}).items())
        },
        oidc={key: _iam_login(login) for key, login in sorted(given.get("oidc", {}).items())},
        saml={key: _iam_login(login) for key, login in sorted(given.get("saml", {}).items())},
    )


def _pool_mapping(user_pool: Mapping[str, Any], groups: Mapping[str, Any]) -> RoleMapping | None:
    """Return the mapping of the user pool's users: where there are groups, by the role in the token unless told."""
    if groups and "role_mapping" not in user_pool:
        return _mapping({"role_mapping": {}})
    return _mapping(user_pool)


def _mapping(login: Mapping[str, Any]) -> RoleMapping | None:
    given = login.get("role_mapping")
    if given is None:
        return None
    listed = tuple(
        RoleRule(rule["claim"], rule.get("match_type", RoleMatchType.EQUALS), rule["value"], rule["group"])
        for rule in given.get("rules", ())
    )
    # Most users are in no group: by the token alone, Deny would give them no credentials.
    otherwise = AmbiguousRoleResolution.DENY if listed else AmbiguousRoleResolution.AUTHENTICATED_ROLE
    return RoleMapping(listed, given.get("ambiguous_role_resolution", otherwise))


def _iam_login(login: Mapping[str, Any]) -> IamLogin:
    return IamLogin(
        role_mapping=_mapping(login),
        principal_tags=login.get("principal_tags", {}),
        provider_arn=login.get("provider_arn"),
        issuer=login.get("issuer"),
        client_ids=tuple(login.get("client_ids", ())),
        thumbprints=tuple(login.get("thumbprints", ())),
    )
