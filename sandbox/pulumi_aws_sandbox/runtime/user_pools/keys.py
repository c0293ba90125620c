"""Each pool's own RSA key pair, made when it is first needed, and the JWKS that publishes it."""

import secrets
from typing import Any

from joserfc import jwk

from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, of_pool

_BITS = 2048


def signing_key(pool: Pool) -> Any:  # noqa: ANN401 - joserfc's RSAKey
    """Return a pool's key pair."""
    record = of_pool(pool)
    with record.lock:
        if record.key is None:
            names = {"kid": secrets.token_urlsafe(32), "alg": "RS256", "use": "sig"}
            record.key = jwk.RSAKey.generate_key(_BITS, parameters=names)
        return record.key


def published(pool: Pool) -> Json:
    """Return the key set at the pool's `/.well-known/jwks.json`."""
    return {"keys": [signing_key(pool).as_dict(private=False)]}


def issuer(pool: Pool) -> str:
    """Return the issuer of a pool's tokens."""
    return f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}"
