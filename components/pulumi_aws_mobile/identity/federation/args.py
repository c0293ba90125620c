"""What a caller may ask for of the identity pool: who gets temporary AWS credentials, and for which role."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


class RoleMatchType(str, Enum):
    """How a rule compares a claim of the token with its value."""

    EQUALS = "Equals"
    """The claim is the value."""
    CONTAINS = "Contains"
    """The value is a part of the claim."""
    STARTS_WITH = "StartsWith"
    """The claim begins with the value."""
    NOT_EQUAL = "NotEqual"
    """The claim is there and is not the value."""


class AmbiguousRoleResolution(str, Enum):
    """What becomes of a user for whom no role can be chosen."""

    AUTHENTICATED_ROLE = "AuthenticatedRole"
    """They get the role of everyone who is signed in."""
    DENY = "Deny"
    """They get no credentials."""


class RoleRuleArgs(TypedDict):
    """One rule that gives a user a group's role by a claim of their token."""

    claim: str
    """Name of the claim, 1 to 64 characters without spaces, for example cognito:groups or custom:plan; of the user
    pool's tokens none that users may write. Give it; there is no default."""
    match_type: NotRequired[RoleMatchType]
    """How the claim is compared with `value`. Defaults to Equals."""
    value: str
    """What the claim is compared with, 1 to 128 characters. Give it; there is no default."""
    group: str
    """Key of the group in `groups` whose role the user gets. Give it; there is no default."""


class RoleMappingArgs(TypedDict):
    """How a user who signed in gets the role of a group."""

    rules: NotRequired[list[RoleRuleArgs]]
    """Up to 25 rules; the first that fits decides. Defaults to the role in the user pool's own token
    (cognito:preferred_role), which is that of the user's group with the lowest precedence. Tokens of other providers
    have no such role: there, give rules."""
    ambiguous_role_resolution: NotRequired[AmbiguousRoleResolution]
    """What becomes of a user for whom no rule fits, or whose token has no preferred role. With rules, defaults to Deny.
    Without, defaults to AuthenticatedRole: a user in no group is the ordinary case."""


class PoolLoginArgs(TypedDict):
    """How users of the user pool are treated."""

    role_mapping: NotRequired[RoleMappingArgs]
    """How they get the role of a group. Defaults to the role in their token where the user pool has groups, and to
    none where it has not."""
    principal_tags: NotRequired[dict[str, str]]
    """Session tags by key, each with the claim of the token that is its value, none that users may write; policies can
    read them as aws:PrincipalTag/KEY. Up to 50. Defaults to none."""


class SocialLoginArgs(TypedDict):
    """An app that is registered with a social provider and whose tokens are exchanged directly."""

    app_id: pulumi.Input[str]
    """The app's id at the provider; at Apple the bundle or services id. Give it; there is no default."""
    role_mapping: NotRequired[RoleMappingArgs]
    """How users get the role of a group; rules are needed. Defaults to the role of everyone who is signed in."""


class SocialLoginsArgs(TypedDict):
    """The social providers whose own tokens the identity pool takes, without an account in the user pool."""

    facebook: NotRequired[SocialLoginArgs]
    """Facebook (graph.facebook.com). Defaults to none."""
    google: NotRequired[SocialLoginArgs]
    """Google (accounts.google.com), one client id; for several, give Google under `oidc`. Defaults to none."""
    amazon: NotRequired[SocialLoginArgs]
    """Login with Amazon (www.amazon.com). Defaults to none."""
    apple: NotRequired[SocialLoginArgs]
    """Sign in with Apple (appleid.apple.com). Defaults to none."""


class OidcLoginArgs(TypedDict):
    """An OpenID Connect provider whose ID tokens the identity pool takes. Give `issuer` or `provider_arn`."""

    issuer: NotRequired[str]
    """The provider's issuer URL, https, as in its tokens; an IAM provider is created for it. An account can have one
    per URL. Defaults to the issuer of `provider_arn`."""
    client_ids: NotRequired[list[str]]
    """The client ids (audiences) that are taken, up to 100; needed beside `issuer`. Defaults to those of
    `provider_arn`."""
    thumbprints: NotRequired[list[str]]
    """SHA-1 thumbprints of the certificates that the issuer's key set may be served with, 40 hexadecimal digits each,
    up to 5. Defaults to what IAM finds at the issuer."""
    provider_arn: NotRequired[pulumi.Input[str]]
    """ARN of an IAM OIDC provider that exists. Defaults to a new one for `issuer`."""
    role_mapping: NotRequired[RoleMappingArgs]
    """How users get the role of a group; rules are needed. Defaults to the role of everyone who is signed in."""
    principal_tags: NotRequired[dict[str, str]]
    """Session tags by key, each with the claim of the token that is its value. Up to 50. Defaults to none."""


class SamlLoginArgs(TypedDict):
    """A SAML provider whose assertions the identity pool takes."""

    provider_arn: pulumi.Input[str]
    """ARN of the IAM SAML provider. Give it; there is no default."""
    role_mapping: NotRequired[RoleMappingArgs]
    """How users get the role of a group; rules are needed. Defaults to the role of everyone who is signed in."""
    principal_tags: NotRequired[dict[str, str]]
    """Session tags by key, each with the attribute of the assertion that is its value. Up to 50. Defaults to none."""


class FederationArgs(TypedDict):
    """The identity pool, which exchanges tokens for temporary AWS credentials."""

    enabled: NotRequired[bool]
    """Whether there is an identity pool. Defaults to true."""
    signed_in_statements: NotRequired[list[StatementArgs]]
    """What everyone who is signed in may do, members of groups included; "${cognito-identity.amazonaws.com:sub}" stands
    for the user's identity id. Other components add theirs. Defaults to nothing."""
    guests: NotRequired[bool]
    """Whether people who have not signed in get an identity and credentials too. Defaults to false."""
    guest_statements: NotRequired[list[StatementArgs]]
    """What guests may do; needs `guests: true`. Cognito narrows guests further to a list of services of its own.
    Defaults to nothing."""
    user_pool: NotRequired[PoolLoginArgs]
    """How users of the user pool are treated. Defaults to roles by group where there are groups."""
    social: NotRequired[SocialLoginsArgs]
    """Social providers whose own tokens are taken, beside those that sign users in to the user pool. Defaults to
    none."""
    oidc: NotRequired[dict[str, OidcLoginArgs]]
    """OpenID Connect providers by a key of yours: lowercase letters, digits and hyphens, a letter first. Defaults to
    none."""
    saml: NotRequired[dict[str, SamlLoginArgs]]
    """SAML providers by a key of yours: lowercase letters, digits and hyphens, a letter first. Defaults to none."""
