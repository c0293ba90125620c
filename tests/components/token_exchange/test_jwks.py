"""The published form of keys, held against the `cryptography` and `joserfc` packages."""

import base64
import json
import re

import pytest
from components.token_exchange.building import public_key
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from pulumi_aws_mobile.token_exchange.jwks import compact_key, key_id, key_set, public_jwk

_DER, _SPKI = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
_REFUSAL = "the public key of a signing key is not an uncompressed P-256 key in DER"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _told(public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> str:
    return base64.b64encode(public.public_bytes(_DER, _SPKI)).decode()


@given(st.integers(1, _ORDER - 1))
def test_a_key_is_published_as_other_libraries_read_and_name_it(secret: int) -> None:
    public = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
    jwk = public_jwk(_told(public))
    read = ECKey.import_key({name: jwk[name] for name in ("crv", "kty", "x", "y")})
    assert read.public_key == public
    assert read.thumbprint() == jwk["kid"] == key_id(_told(public))


def test_coordinates_keep_their_leading_zeros() -> None:
    keys = (ec.derive_private_key(secret, ec.SECP256R1()).public_key() for secret in range(1, 2000))
    short = next(key for key in keys if key.public_numbers().x < 2**248)
    assert len(base64.urlsafe_b64decode(public_jwk(_told(short))["x"] + "=")) == 32


def test_nothing_private_is_published() -> None:
    assert json.loads(key_set([public_key("a")]))["keys"][0].keys() == {"alg", "crv", "kid", "kty", "use", "x", "y"}


def test_the_set_does_not_depend_on_the_order_of_the_keys() -> None:
    keys = [public_key(name) for name in "abcd"]
    assert key_set(keys) == key_set(reversed(keys))
    kids = [each["kid"] for each in json.loads(key_set(keys))["keys"]]
    assert kids == sorted(kids)


@settings(max_examples=50)
@given(st.lists(st.integers(1, _ORDER - 1), min_size=1, max_size=4, unique=True))
def test_a_compact_key_is_131_characters_that_any_environment_takes(secrets: list[int]) -> None:
    keys = [_told(ec.derive_private_key(secret, ec.SECP256R1()).public_key()) for secret in secrets]
    for key in keys:
        text = compact_key(key)
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}(\.[A-Za-z0-9_-]{43}){2}", text)
        kid, x, y = text.split(".")
        assert {"kid": kid, "x": x, "y": y}.items() <= public_jwk(key).items()
    assert len({compact_key(key) for key in keys}) == len(keys)


def test_a_set_means_nothing_to_a_mapping_template() -> None:
    assert not set("$#\\") & set(key_set([public_key(name) for name in "abcd"]))


@pytest.mark.parametrize(
    "told",
    [
        _told(ec.generate_private_key(ec.SECP384R1()).public_key()),
        _told(ec.generate_private_key(ec.SECP256K1()).public_key()),
        _told(rsa.generate_private_key(65537, 2048).public_key()),
        base64.b64encode(base64.b64decode(public_key("a"))[:-1]).decode(),
        base64.b64encode(base64.b64decode(public_key("a")) + b"0").decode(),
        "",
    ],
    ids=["P-384", "secp256k1", "RSA", "short", "long", "empty"],
)
def test_a_key_of_another_kind_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=f"^{_REFUSAL}$"):
        public_jwk(told)
