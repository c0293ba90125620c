"""What a secret looks like that stands in the open: by the name of the variable, or by itself."""

import re
from collections.abc import Sequence

# A name that ends so tells where or how long, or is meant for everyone's eyes.
_ABOUT = re.compile(
    r"_(ARNS?|NAMES?|IDS?|PATH|PARAMETER|URLS?|URI|ENDPOINT|HOST|TABLE|BUCKET|REGION|VERSION|STAGE|TYPE|USE|LENGTH"
    r"|COUNT|TTL|EXPIRY|SECONDS|MINUTES|HOURS|DAYS|ISSUER|AUDIENCE|JWKS|PUBLIC_?KEY(_\d+)?)$",
    re.IGNORECASE,
)
_ARN = re.compile(r"arn:[^:]+:[^:]+:.*")
# What AWS's own keys and private keys look like, under whatever name; the last is a JSON Web Key with its private part.
_LOOKS = re.compile(
    r"\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\"d\"\s*:\s*\"[A-Za-z0-9_-]{16,}\""
)

NAMES = (
    "(?i)passw(or)?d",
    "(?i)secret",
    "(?i)token",
    "(?i)credential",
    "(?i)api_?key",
    "(?i)private_?key",
    "(?i)access_?key",
    "(?i)signing_?key",
)
"""Regular expressions, searched for in the names of variables: what is taken for a secret."""


def is_secret_name(name: str, patterns: Sequence[str]) -> bool:
    """Tell whether a variable of this name would hold a secret."""
    return not _ABOUT.search(name) and any(re.search(one, name) for one in patterns)


def is_secret(value: str, *, named: bool) -> bool:
    """Tell whether a value gives a secret away; `named` says that its variable's name is a secret's."""
    return (named and not is_arn(value)) or bool(_LOOKS.search(value))


def is_arn(value: str) -> bool:
    """Tell whether a value only says where something lies."""
    return bool(_ARN.fullmatch(value))
