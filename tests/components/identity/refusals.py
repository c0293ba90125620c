"""What is said of arguments that cannot work."""

from typing import Any

import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity.settings import resolve


def error_of(args: Any, name: str = "users") -> ArgsError:  # noqa: ANN401 - bad arguments are of any type
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return caught.value


def problem_of(args: Any, name: str = "users") -> str:  # noqa: ANN401 - bad arguments are of any type
    (problem,) = error_of(args, name).problems
    return str(problem)


SES = {"from_address": "us@example.com", "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com"}
OLD = "eu-west-1_old123456"
DOMAIN = {"prefix": "our-app"}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
GOOGLE = {"kind": "google", "client_id": "g", "client_secret": "s"}
OIDC = {"kind": "oidc", "client_id": "g", "client_secret": "s", "issuer": "https://id.example.com"}
APPLE = {"kind": "apple", "client_id": "a", "team_id": "ABCDE12345", "key_id": "ABCDE12345", "private_key": "k"}


def client(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - any options of a client
    """Return the options of an identity with one client."""
    return {"clients": {"app": options}}


def provider(key: str, options: dict[str, Any], **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any options of an identity
    """Return the options of an identity with one provider, and with what it needs."""
    clients = {"app": {"callback_urls": ["myapp://back"]}}
    return {"domain": DOMAIN, "clients": clients, "providers": {key: options}, **others}
