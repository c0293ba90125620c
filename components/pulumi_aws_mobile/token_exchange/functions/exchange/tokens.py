"""JSON Web Tokens that KMS signs with ES256; the private key never leaves it.

https://datatracker.ietf.org/doc/html/rfc7518#section-3.4
"""

import base64
import hashlib
import json
from collections.abc import Mapping

from .clients import client

_NUMBER_BYTES = 32
_SEQUENCE, _INTEGER = 0x30, 0x02
_LONGEST_SHORT_LENGTH = 0x7F


def signed(claims: Mapping[str, object], key_arn: str, key_id: str) -> str:
    """Return the token that says `claims`, signed by the KMS key and naming it `key_id`."""
    header = {"alg": "ES256", "kid": key_id, "typ": "JWT"}
    content = f"{_encoded(_text(header))}.{_encoded(_text(claims))}"
    signature = client("kms", key_arn.split(":")[3]).sign(
        KeyId=key_arn,
        Message=hashlib.sha256(content.encode()).digest(),
        MessageType="DIGEST",
        SigningAlgorithm="ECDSA_SHA_256",
    )["Signature"]
    return f"{content}.{_encoded(raw_signature(signature))}"


def raw_signature(der: bytes) -> bytes:
    """Return an ECDSA signature as tokens have it, two numbers of 32 bytes, from DER as KMS writes it.

    Raise `ValueError` for anything that is not exactly that.
    """
    body, rest = _element(der, _SEQUENCE)
    first, after = _element(body, _INTEGER)
    second, end = _element(after, _INTEGER)
    if rest or end:
        message = "there is more than a signature"
        raise ValueError(message)
    return _fixed(first) + _fixed(second)


def _element(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """Return the content of the first element, and what follows it; every length of P-256 fits into one byte."""
    if len(der) < 2 or der[0] != tag or der[1] > _LONGEST_SHORT_LENGTH or len(der) < 2 + der[1]:  # noqa: PLR2004 - tag and length
        message = "not an ECDSA signature in DER"
        raise ValueError(message)
    end = 2 + der[1]
    return der[2:end], der[end:]


def _fixed(number: bytes) -> bytes:
    """Return a positive DER integer, which has no more bytes than it needs, in exactly 32."""
    value = int.from_bytes(number, "big", signed=True)
    minimal = (value.bit_length() // 8) + 1
    if value <= 0 or len(number) != minimal or value.bit_length() > _NUMBER_BYTES * 8:
        message = "not a number of a P-256 signature"
        raise ValueError(message)
    return value.to_bytes(_NUMBER_BYTES, "big")


def _text(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
