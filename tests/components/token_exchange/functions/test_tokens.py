"""Signatures as KMS writes them, turned into those of tokens; held against the `cryptography` package."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.token_exchange.functions.exchange.tokens import raw_signature

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_KEY = ec.derive_private_key(7, ec.SECP256R1())

# Small ones have leading zeros; those with the highest bit set have one more byte in DER.
numbers = st.one_of(st.integers(1, _ORDER - 1), st.integers(0, 255).map(lambda bits: min(2**bits, _ORDER - 1)))


@given(r=numbers, s=numbers)
def test_any_two_numbers_become_64_bytes(r: int, s: int) -> None:
    raw = raw_signature(encode_dss_signature(r, s))
    assert len(raw) == 64
    assert (int.from_bytes(raw[:32]), int.from_bytes(raw[32:])) == (r, s)


@given(st.binary(max_size=100))
def test_what_was_really_signed_is_read_as_cryptography_reads_it(message: bytes) -> None:
    signature = _KEY.sign(message, ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(signature)
    assert raw_signature(signature) == r.to_bytes(32) + s.to_bytes(32)


@given(st.binary(max_size=80))
def test_anything_else_is_refused_or_read_as_cryptography_reads_it(der: bytes) -> None:
    _agrees(der)


@given(r=numbers, s=numbers, place=st.integers(0, 71), value=st.integers(0, 255))
def test_a_changed_signature_is_refused_or_read_as_cryptography_reads_it(
    r: int, s: int, place: int, value: int
) -> None:
    der = bytearray(encode_dss_signature(r, s))
    der[place % len(der)] = value
    _agrees(bytes(der))


@pytest.mark.parametrize(
    ("der", "said"),
    [
        (b"", "not an ECDSA signature in DER"),
        (encode_dss_signature(1, 2)[:-1], "not an ECDSA signature in DER"),
        (encode_dss_signature(1, 2) + b"\x00", "there is more than a signature"),
        (bytes.fromhex("3009020101020102020103"), "there is more than a signature"),
        (bytes.fromhex("3006020100020101"), "not a number of a P-256 signature"),
        (bytes.fromhex("30060201ff020101"), "not a number of a P-256 signature"),
        (bytes.fromhex("300702020001020101"), "not a number of a P-256 signature"),
        (encode_dss_signature(2**256, 1), "not a number of a P-256 signature"),
    ],
    ids=["empty", "short", "behind", "three numbers", "zero", "negative", "padded", "too large"],
)
def test_what_is_no_signature_of_p256_is_refused(der: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        raw_signature(der)


def _agrees(der: bytes) -> None:
    try:
        raw = raw_signature(der)
    except ValueError:
        return
    assert decode_dss_signature(der) == (int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
