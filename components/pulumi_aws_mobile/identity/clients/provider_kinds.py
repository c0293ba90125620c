"""What Cognito knows of each kind of identity provider.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-social-idp.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_aws_mobile.identity.pool.attributes import STANDARD

from .args import ProviderKind

COGNITO = "COGNITO"
"""The name under which clients list the pool's own users."""
USERNAME = "username"
"""The target of an attribute mapping that is no attribute: the user's name in the pool."""

_OPENID_CLAIMS = {name: name for name in sorted(STANDARD - {"email"})}
_SAML_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of provider."""

    type: str
    """Cognito's name for the kind; that of the provider too where `fixed_name`."""
    fixed_name: bool
    """Whether a pool has at most one provider of the kind, under the kind's name."""
    needs: tuple[tuple[str, ...], ...]
    """The options that have to be given; of several in one tuple exactly one."""
    takes: tuple[str, ...]
    """The other options that it takes besides `scopes` and `attributes`."""
    scopes: tuple[str, ...]
    joined_by: str
    """What stands between scopes."""
    attributes: Mapping[str, str]
    """Where the pool's attributes come from by default."""
    claims: Mapping[str, str]
    """Where attributes come from that the pool requires besides."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What Cognito says of the provider by itself: said here too, so that nothing differs afterwards."""


_SECRET = ("client_secret", "client_secret_arn")

KINDS: Mapping[ProviderKind, Kind] = {
    ProviderKind.FACEBOOK: Kind(
        type="Facebook",
        fixed_name=True,
        needs=(("client_id",), _SECRET),
        takes=(),
        scopes=("public_profile", "email"),
        joined_by=",",
        attributes={"email": "email", USERNAME: "id"},
        claims={
            "birthdate": "birthday",
            "family_name": "last_name",
            "gender": "gender",
            "given_name": "first_name",
            "middle_name": "middle_name",
            "name": "name",
            "picture": "picture",
        },
        details={
            "api_version": "v17.0",
            "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
            "attributes_url_add_attributes": "true",
            "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
            "token_request_method": "GET",
            "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
        },
    ),
    ProviderKind.GOOGLE: Kind(
        type="Google",
        fixed_name=True,
        needs=(("client_id",), _SECRET),
        takes=(),
        scopes=("openid", "email", "profile"),
        joined_by=" ",
        attributes={"email": "email", "email_verified": "email_verified", USERNAME: "sub"},
        claims={
            "birthdate": "birthdays",
            "family_name": "family_name",
            "gender": "genders",
            "given_name": "given_name",
            "name": "name",
            "phone_number": "phoneNumbers",
            "picture": "picture",
        },
        details={
            "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
            "attributes_url_add_attributes": "true",
            "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
            "oidc_issuer": "https://accounts.google.com",
            "token_request_method": "POST",
            "token_url": "https://www.googleapis.com/oauth2/v4/token",
        },
    ),
    ProviderKind.AMAZON: Kind(
        type="LoginWithAmazon",
        fixed_name=True,
        needs=(("client_id",), _SECRET),
        takes=(),
        scopes=("profile",),
        joined_by=" ",
        attributes={"email": "email", USERNAME: "user_id"},
        claims={"name": "name"},
        details={
            "attributes_url": "https://api.amazon.com/user/profile",
            "attributes_url_add_attributes": "false",
            "authorize_url": "https://www.amazon.com/ap/oa",
            "token_request_method": "POST",
            "token_url": "https://api.amazon.com/auth/o2/token",
        },
    ),
    ProviderKind.APPLE: Kind(
        type="SignInWithApple",
        fixed_name=True,
        needs=(("client_id",), ("team_id",), ("key_id",), ("private_key", "private_key_arn")),
        takes=(),
        scopes=("email", "name"),
        joined_by=" ",
        attributes={"email": "email", USERNAME: "sub"},
        claims={"family_name": "lastName", "given_name": "firstName", "name": "name"},
        details={
            "attributes_url_add_attributes": "false",
            "authorize_url": "https://appleid.apple.com/auth/authorize",
            "oidc_issuer": "https://appleid.apple.com",
            "token_request_method": "POST",
            "token_url": "https://appleid.apple.com/auth/token",
        },
    ),
    ProviderKind.OIDC: Kind(
        type="OIDC",
        fixed_name=False,
        needs=(("client_id",), _SECRET, ("issuer",)),
        takes=(),
        scopes=("openid", "email", "profile"),
        joined_by=" ",
        attributes={"email": "email", "email_verified": "email_verified", USERNAME: "sub"},
        claims=_OPENID_CLAIMS,
        details={"attributes_request_method": "GET", "attributes_url_add_attributes": "false"},
    ),
    ProviderKind.SAML: Kind(
        type="SAML",
        fixed_name=False,
        needs=(("metadata_url", "metadata_file"),),
        takes=("sign_out",),
        scopes=(),
        joined_by=" ",
        attributes={"email": f"{_SAML_CLAIM}emailaddress"},
        claims={
            "family_name": f"{_SAML_CLAIM}surname",
            "given_name": f"{_SAML_CLAIM}givenname",
            "name": f"{_SAML_CLAIM}name",
        },
    ),
}

FIXED_NAMES = frozenset({COGNITO, *(kind.type for kind in KINDS.values() if kind.fixed_name)})
