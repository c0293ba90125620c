"""What a deployment says of itself, as tests change it."""

from copy import deepcopy
from typing import Any

from pulumi_aws_mobile.client_files import ClientSettings, resolve

Document = dict[str, Any]

BACKEND: Document = {
    "region": "eu-west-1",
    "sign_in": {
        "user_pool_id": "eu-west-1_a1B2c3D4e",
        "identity_pool_id": "eu-west-1:00000000-1111-2222-3333-444444444444",
        "guests": True,
        "hosted_domain": "shop.auth.eu-west-1.amazoncognito.com",
        "apps": {
            "app": {
                "id": "3n4b5urk1ft4fl3mg5e62d9ado",
                "sign_in_flow": "USER_SRP_AUTH",
                "callback_urls": ["com.example.app://in", "https://example.com/in"],
                "logout_urls": ["com.example.app://out"],
                "scopes": ["email", "openid"],
                "providers": ["COGNITO", "Google", "SignInWithApple", "okta"],
            }
        },
        "username_attributes": ["email"],
        "required_attributes": ["email", "family_name"],
        "verified_attributes": ["email"],
        "password": {"min_length": 12, "lowercase": True, "uppercase": False, "numbers": True, "symbols": False},
        "mfa": "required",
        "mfa_factors": ["email", "sms", "totp"],
        "first_factors": ["passkey", "password", "sms_otp"],
        "passkeys": {"relying_party_id": "example.com", "user_verification": "preferred"},
        "groups": {"editors": {"precedence": 1}, "readers": {}},
    },
    "api": {"url": "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live", "region": "eu-west-1"},
    "user_data": True,
    "push": {"topics": ["news"], "amplify": True},
    "user_files": {"name": "shop-files", "region": "eu-west-1"},
    "user_files_copy": {"name": "shop-files-copy", "region": "eu-central-1"},
    "analytics": {"service": "kinesis", "stream": "shop-events", "region": "eu-west-1", "schema_version": "3"},
}
SITE: Document = {
    "region": "eu-central-1",
    "api": {"url": "https://d4e5f6.execute-api.eu-central-1.amazonaws.com/live", "region": "eu-central-1"},
    "user_data": True,
    "push": {"topics": ["news"]},
}
BARE: Document = {
    "region": "eu-west-1",
    "sign_in": {
        "user_pool_id": "eu-west-1_a1B2c3D4e",
        "apps": {"app": {"id": "3n4b5urk1ft4fl3mg5e62d9ado", "sign_in_flow": "USER_SRP_AUTH"}},
    },
}
"""The least that a backend says: an adopted pool without AWS credentials."""


def changed(document: Document, path: str, value: object) -> Document:
    """Return the document with another value at a path; with `None` it is taken away."""
    found = deepcopy(document)
    *before, last = path.split(".")
    inner = found
    for name in before:
        inner = inner[name]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return found


def settings(document: Document = BACKEND) -> ClientSettings:
    return resolve("dev", document)
