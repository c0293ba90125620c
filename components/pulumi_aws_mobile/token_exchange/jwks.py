"""The published forms of signing keys. Pure: the public keys that KMS tells in, texts for verifiers out.

https://datatracker.ietf.org/doc/html/rfc7517
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping

_P256_HEADER = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
"""What stands before the two coordinates of a P-256 key, not compressed, in DER.
https://datatracker.ietf.org/doc/html/rfc5480"""
_COORDINATE_BYTES = 32


def public_jwk(public_key: str) -> dict[str, str]:
    """Return a P-256 public key, DER in base64 as KMS tells it, as a JSON Web Key; raise `ValueError` if it is none."""
    der = base64.b64decode(public_key, validate=True)
    if not der.startswith(_P256_HEADER) or len(der) != len(_P256_HEADER) + 2 * _COORDINATE_BYTES:
        message = "the public key of a signing key is not an uncompressed P-256 key in DER"
        raise ValueError(message)
    x, y = der[len(_P256_HEADER) : -_COORDINATE_BYTES], der[-_COORDINATE_BYTES:]
    point = {"crv": "P-256", "kty": "EC", "x": _base64url(x), "y": _base64url(y)}
    return {**point, "alg": "ES256", "kid": _thumbprint(point), "use": "sig"}


def key_id(public_key: str) -> str:
    """Return by what tokens name the key that signed them."""
    return public_jwk(public_key)["kid"]


def key_set(public_keys: Iterable[str]) -> str:
    """Return the keys as one text, the same for the same keys in any order."""
    keys = sorted((public_jwk(each) for each in public_keys), key=lambda each: each["kid"])
    return json.dumps({"keys": keys}, separators=(",", ":"), sort_keys=True)


def compact_key(public_key: str) -> str:
    """Return a key as one short text, KID.X.Y: that is all a verifier of ES256 has to know.

    Elastic Beanstalk documents neither braces nor commas in the values of environment properties, so that a key set
    does not travel there.
    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-softwaresettings.html
    """
    jwk = public_jwk(public_key)
    return ".".join(jwk[part] for part in ("kid", "x", "y"))


def _thumbprint(point: Mapping[str, str]) -> str:
    """Return the RFC 7638 thumbprint: it follows from the key, so that no two keys can ever share it."""
    canonical = json.dumps(point, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(canonical.encode()).digest())


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
