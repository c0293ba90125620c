"""An identity under mocks, and the identity that has everything."""

from typing import Any

from components.identity.account import ACCOUNT, HOME, Account
from pulumi.runtime import Mocks

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import Recorded, Recording, record

IDENTITY = "urn:pulumi:stack::project::aws-mobile:index:Identity::users"
SES = {"from_address": "us@example.com", "identity_arn": f"arn:aws:ses:{HOME}:{ACCOUNT}:identity/example.com"}
SECRET_ARN = f"arn:aws:secretsmanager:{HOME}:{ACCOUNT}:secret:google-a1b2c3"
CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"
TABLE = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/news"
EVERYTHING: dict[str, Any] = {
    "region": HOME,
    "tier": "plus",
    "sign_in": ["email", "phone"],
    "standard_attributes": {"name": {}},
    "attributes": {"plan": {}, "points": {"type": "number", "min_value": 0}},
    "email": SES,
    "resource_servers": {"https://api.example.com": {"scopes": {"read": "Read the news", "write": "Write the news"}}},
    "clients": {
        "app": {"callback_urls": ["myapp://signed-in"]},
        "web": {"kind": "web", "callback_urls": ["https://example.com/back"]},
        "worker": {"kind": "server", "scopes": ["https://api.example.com/read"]},
    },
    "domain": {"custom_domain": "auth.example.com", "certificate_arn": CERTIFICATE},
    "providers": {
        "google": {"kind": "google", "client_id": "g-1", "client_secret_arn": SECRET_ARN},
        "company": {"kind": "saml", "metadata_url": "https://login.example.com/metadata"},
    },
    "groups": {
        "editors": {"statements": [{"actions": ["dynamodb:GetItem"], "resources": [TABLE]}], "precedence": 1},
        "readers": {},
    },
    "firewall": {},
    "federation": {"guests": True},
    "logs": {},
}


def build(args: dict[str, Any], *, preview: bool = False) -> Recording:
    return build_with(Account(), args, preview=preview)


def build_with(mocks: Mocks, args: dict[str, Any], *, preview: bool = False) -> Recording:
    return record(lambda: Identity("users", args), preview=preview, mocks=mocks)


def pool_of(args: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs of the user pool, without its tags."""
    inputs = dict(build(args).only("aws:cognito/userPool:UserPool").inputs)
    inputs.pop("tags")
    return inputs


def client_of(client: dict[str, Any], **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any options of an identity
    """Return the inputs of the one client of an identity."""
    return dict(build({"clients": {"app": client}, **others}).only("aws:cognito/userPoolClient:UserPoolClient").inputs)


def waits_for(resource: Recorded) -> set[str]:
    return {urn.rpartition("::")[2] for urn in resource.dependencies}
