"""The OpenID tokens of identity pools, which STS takes in exchange for credentials."""

import uuid
from collections.abc import Mapping
from functools import cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.issuers import TokenRefusedError

ISSUER = "https://cognito-identity.amazonaws.com"
LIFETIME_SECONDS = 600
_ALGORITHM = "RS512"


def issue(
    identity_id: str, pool_id: str, amr: list[str], tags: Mapping[str, str], seconds: int = LIFETIME_SECONDS
) -> str:
    """Return a token that speaks of an identity."""
    claims: dict[str, object] = {
        "iss": ISSUER,
        "sub": identity_id,
        "aud": pool_id,
        "amr": amr,
        "iat": int(clock.now()),
        "exp": int(clock.now()) + seconds,
        "jti": str(uuid.uuid4()),
    }
    claims |= tags_claim(tags)
    return jwt.encode({"alg": _ALGORITHM, "kid": _key().kid}, claims, _key(), algorithms=[_ALGORITHM])


def tags_claim(tags: Mapping[str, str]) -> dict[str, object]:
    """Return the claim that carries the tags of a session."""
    if not tags:
        return {}
    return {"https://aws.amazon.com/tags": {"principal_tags": {key: [value] for key, value in tags.items()}}}


def verified(token: str) -> dict[str, object]:
    """Return the claims of a token; raise `TokenRefusedError` if it is not one of ours or too old."""
    try:
        claims = jwt.decode(token, _key(), algorithms=[_ALGORITHM]).claims
    except (JoseError, ValueError) as error:
        reason = "The ID Token provided is not a valid JWT, or its signature does not verify"
        raise TokenRefusedError(reason) from error
    if clock.now() >= claims["exp"]:
        reason = f"Token expired: {claims['exp']}"
        raise TokenRefusedError(reason, expired=True)
    return claims


@cache
def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": str(uuid.uuid4()), "use": "sig", "alg": _ALGORITHM})
