"""Tokens as the exchange signs them, and as forgers do."""

import base64
import json
import time
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_BYTES = 32


def encoded(content: bytes) -> str:
    """Write bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(content: object) -> str:
    """Write one JSON part of a token."""
    return encoded(json.dumps(content).encode())


def claims(identity_id: str, **changes: object) -> dict[str, Any]:
    """Return the claims of a good token; a change to None takes the claim away."""
    now = int(time.time())
    good = {
        "iss": "https://exchange.example",
        "aud": "core-api",
        "sub": "7c3e9b1f-2f6f-4c8d-9e55-019aad5e5a1c",
        "identity_id": identity_id,
        "groups": ["editors", "staff"],
        "iat": now,
        "exp": now + 300,
        "jti": "1",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


class Signer:
    """A key pair on P-256."""

    def __init__(self, kid: str) -> None:
        """Make the pair."""
        self.kid = kid
        self._key = ec.generate_private_key(ec.SECP256R1())

    def jwk(self, **changes: object) -> dict[str, Any]:
        """Return the public key as a JWK."""
        numbers = self._key.public_key().public_numbers()
        x, y = (encoded(number.to_bytes(_BYTES)) for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "kid": self.kid, "use": "sig", "alg": "ES256", "x": x, "y": y} | changes

    def private_jwk(self) -> dict[str, Any]:
        """Return the private key as a JWK."""
        return self.jwk(d=encoded(self._key.private_numbers().private_value.to_bytes(_BYTES)))

    def compact(self) -> str:
        """Return the public key as an environment property carries it."""
        return ".".join(self.jwk()[name] for name in ("kid", "x", "y"))

    def signature(self, text: str) -> bytes:
        """Sign a text, as r and s."""
        r, s = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(_BYTES) + s.to_bytes(_BYTES)

    def token(self, body: object, **header: object) -> str:
        """Sign a token; a header field that is None is left out."""
        head = {"alg": "ES256", "typ": "JWT", "kid": self.kid} | header
        text = f"{part({name: value for name, value in head.items() if value is not None})}.{part(body)}"
        return f"{text}.{encoded(self.signature(text))}"


def published(*signers: Signer) -> dict[str, str]:
    """Return the environment properties that publish the keys of these signers."""
    return {f"TOKEN_PUBLIC_KEY_{number}": signer.compact() for number, signer in enumerate(signers, 1)}
