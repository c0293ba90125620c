"""GET /me: the token of the exchange is verified, whatever a forger does to it."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.app.core_api import Answer, Caller, CoreApi, someone
from tests.app.tokens import Signer, claims, encoded, part

USER = Caller("eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c")
INVALID = "The user token is not valid."
EXPIRED = "The user token has expired."
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def me(api: CoreApi, token: str | None, caller: Caller = USER) -> Answer:
    return api.call("GET", "/me", caller, headers=[("X-User-Token", token)] if token is not None else [])


def refused(api: CoreApi, token: str) -> str:
    answer = me(api, token)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="X-User-Token", error="invalid_token"'
    return answer.json["detail"]


def resigned(signer: Signer, header: str, body: str) -> str:
    return f"{header}.{body}.{encoded(signer.signature(f'{header}.{body}'))}"


def test_a_good_token_tells_who_the_user_is(api: CoreApi, signer: Signer) -> None:
    answer = me(api, signer.token(claims(USER.identity_id)))
    assert (answer.status, answer.json) == (
        200,
        {
            "sub": "7c3e9b1f-2f6f-4c8d-9e55-019aad5e5a1c",
            "identity_id": USER.identity_id,
            "groups": ["editors", "staff"],
        },
    )


def test_a_token_of_another_implementation_is_taken(api: CoreApi, signer: Signer) -> None:
    key = ECKey.import_key(signer.private_jwk())
    header = {"alg": "ES256", "typ": "JWT", "kid": signer.kid}
    assert me(api, jwt.encode(header, claims(USER.identity_id), key)).status == 200


def test_a_user_in_no_group_has_an_empty_list(api: CoreApi, signer: Signer) -> None:
    for groups in ([], None):
        assert me(api, signer.token(claims(USER.identity_id, groups=groups))).json["groups"] == []


def test_our_audience_may_be_one_of_several(api: CoreApi, signer: Signer) -> None:
    assert me(api, signer.token(claims(USER.identity_id, aud=["another", "core-api"]))).status == 200


def test_signatures_of_every_length_of_r_and_s_are_verified(api: CoreApi, signer: Signer) -> None:
    # In one of two the first bit of r is set, in one of two that of s; in one of 128 a number begins with a zero byte.
    wanted = {(first, second) for first in ("set", "clear") for second in ("set", "clear")} | {("zero", "zero")}
    for number in range(5000):
        token = signer.token(claims(USER.identity_id, jti=str(number)))
        raw = base64.urlsafe_b64decode(token.split(".")[2] + "==")
        kind = ("zero", "zero") if 0 in (raw[0], raw[32]) else (_first_bit(raw[0]), _first_bit(raw[32]))
        if kind in wanted:
            wanted.remove(kind)
            assert me(api, token).status == 200
        if not wanted:
            return
    message = f"no signature of the kinds {wanted}"
    raise AssertionError(message)


def _first_bit(byte: int) -> str:
    return "set" if byte >= 0x80 else "clear"


def test_without_a_token_it_is_401(api: CoreApi) -> None:
    answer = me(api, None)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="X-User-Token"')
    assert answer.json["detail"] == "Send the token of the exchange as X-User-Token."


def test_the_token_of_another_user_is_403(api: CoreApi, signer: Signer) -> None:
    answer = me(api, signer.token(claims(someone().identity_id)))
    assert (answer.status, answer.json["detail"]) == (
        403,
        "The user token belongs to another user than the credentials.",
    )


@pytest.mark.parametrize("name", ["X-User-Token", "X_User_Token", "X.User-Token"])
def test_a_second_token_is_refused(api: CoreApi, signer: Signer, name: str) -> None:
    token = signer.token(claims(USER.identity_id))
    headers = [("X-User-Token", token), (name, signer.token(claims(someone().identity_id)))]
    answer = api.call("GET", "/me", USER, headers=headers)
    assert (answer.status, answer.json["detail"]) == (
        400,
        "The header X-User-Token may be sent once, and in this spelling alone.",
    )


def test_alg_none_is_refused(api: CoreApi, signer: Signer) -> None:
    body = part(claims(USER.identity_id))
    for algorithm in ("none", "None", "NONE", ""):
        header = part({"alg": algorithm, "typ": "JWT", "kid": signer.kid})
        assert refused(api, f"{header}.{body}.") == INVALID
        assert refused(api, resigned(signer, header, body)) == INVALID


def test_the_public_key_is_no_secret_for_hs256(api: CoreApi, signer: Signer) -> None:
    text = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': signer.kid})}.{part(claims(USER.identity_id))}"
    for secret in (signer.compact(), json.dumps(signer.jwk()), signer.jwk()["x"], ""):
        signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
        assert refused(api, f"{text}.{encoded(signature)}") == INVALID


def test_rs256_is_refused(api: CoreApi, signer: Signer) -> None:
    text = f"{part({'alg': 'RS256', 'typ': 'JWT', 'kid': signer.kid})}.{part(claims(USER.identity_id))}"
    key = rsa.generate_private_key(65537, 2048)
    assert refused(api, f"{text}.{encoded(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}") == INVALID


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "ES384"},
        {"alg": "es256"},
        {"alg": None},
        {"alg": ["ES256"]},
        {"typ": None},
        {"typ": "at+jwt"},
        {"kid": None},
        {"kid": "key-2"},
        {"kid": ""},
        {"kid": 1},
        {"kid": ["key-1"]},
        {"kid": "../../dev/null"},
        {"kid": "' UNION SELECT 1; --"},
        {"crit": ["exp"]},
    ],
    ids=str,
)
def test_another_header_is_refused(api: CoreApi, signer: Signer, header: dict[str, Any]) -> None:
    assert refused(api, signer.token(claims(USER.identity_id), **header)) == INVALID


def test_a_key_that_comes_with_the_token_is_not_used(api: CoreApi) -> None:
    forger = Signer("key-1")
    for header in (
        {},
        {"jwk": forger.jwk()},
        {"jku": "https://forger.example/jwks.json"},
        {"x5u": "https://forger.example"},
    ):
        assert refused(api, forger.token(claims(USER.identity_id), **header)) == INVALID


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another"},
        {"aud": None},
        {"aud": []},
        {"aud": ["another"]},
        {"aud": True},
        {"aud": "core-api "},
        {"iss": "https://exchange.example/"},
        {"iss": "https://forger.example"},
        {"iss": None},
        {"iss": ["https://exchange.example"]},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"exp": []},
        {"iat": None},
        {"iat": "0"},
        {"nbf": "0"},
        {"nbf": False},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"identity_id": None},
        {"identity_id": ""},
        {"identity_id": "nobody"},
        {"identity_id": ["eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c"]},
        {"groups": "editors"},
        {"groups": {"0": "editors", "a": "b"}},
        {"groups": [1]},
    ],
    ids=str,
)
def test_a_claim_that_is_not_as_it_should_be_is_refused(api: CoreApi, signer: Signer, changes: dict[str, Any]) -> None:
    assert refused(api, signer.token(claims(**{"identity_id": USER.identity_id} | changes))) == INVALID


def test_a_token_is_good_until_half_a_minute_after_its_end(api: CoreApi, signer: Signer) -> None:
    now = time.time()
    assert refused(api, signer.token(claims(USER.identity_id, exp=int(now) - 31))) == EXPIRED
    assert refused(api, signer.token(claims(USER.identity_id, exp=0))) == EXPIRED
    assert refused(api, signer.token(claims(USER.identity_id, exp=-1e300))) == EXPIRED
    assert me(api, signer.token(claims(USER.identity_id, exp=now - 5.5))).status == 200


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_token_is_good_half_a_minute_before_its_time_at_most(api: CoreApi, signer: Signer, claim: str) -> None:
    now = int(time.time())
    assert refused(api, signer.token(claims(USER.identity_id, **{claim: now + 120}))) == INVALID
    assert me(api, signer.token(claims(USER.identity_id, **{claim: now + 10}))).status == 200


def test_a_token_has_to_be_issued_even_where_it_has_begun(api: CoreApi, signer: Signer) -> None:
    now = int(time.time())
    assert refused(api, signer.token(claims(USER.identity_id, iat=now + 120, nbf=now))) == INVALID


def test_a_token_may_be_as_long_as_headers_may_be(api: CoreApi, signer: Signer) -> None:
    assert me(api, signer.token(claims(USER.identity_id, groups=["a" * 5000]))).status == 200
    assert refused(api, signer.token(claims(USER.identity_id, groups=["a" * 6000]))) == INVALID


def test_that_a_token_has_expired_is_told_to_its_signer_only(api: CoreApi) -> None:
    assert refused(api, Signer("key-1").token(claims(USER.identity_id, exp=0))) == INVALID


@pytest.mark.parametrize("length", [0, 1, 32, 63, 65, 96, 128])
def test_a_signature_of_another_length_is_refused(api: CoreApi, signer: Signer, length: int) -> None:
    text = signer.token(claims(USER.identity_id)).rpartition(".")[0]
    padded = signer.signature(text).ljust(length, b"\0")[:length]
    assert refused(api, f"{text}.{encoded(padded)}") == INVALID


@pytest.mark.parametrize("numbers", [(0, 0), (0, 1), (1, 0), (ORDER, ORDER), (1, ORDER), (2**256 - 1, 2**256 - 1)])
def test_a_signature_of_numbers_that_prove_nothing_is_refused(
    api: CoreApi, signer: Signer, numbers: tuple[int, int]
) -> None:
    text = signer.token(claims(USER.identity_id)).rpartition(".")[0]
    assert refused(api, f"{text}.{encoded(b''.join(each.to_bytes(32) for each in numbers))}") == INVALID


def test_a_signature_whose_zero_byte_is_left_out_is_refused(api: CoreApi, signer: Signer) -> None:
    text = f"{part({'alg': 'ES256', 'typ': 'JWT', 'kid': signer.kid})}.{part(claims(USER.identity_id))}"
    short = next(each for each in (signer.signature(text) for _ in range(5000)) if each[32] == 0)
    assert me(api, f"{text}.{encoded(short)}").status == 200
    assert refused(api, f"{text}.{encoded(short[:32] + short[33:])}") == INVALID


def test_a_signature_in_der_is_refused(api: CoreApi, signer: Signer) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    text, _, signature = signer.token(claims(USER.identity_id)).rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    assert refused(api, f"{text}.{encoded(der)}") == INVALID


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "none",
        "e30.e30.",
        "e30.e30.e30",
        "W10.W10.W10",
        "bnVsbA.bnVsbA.bnVsbA",
        "a" * 9000,
    ],
)
def test_what_is_no_token_is_refused(api: CoreApi, token: str) -> None:
    assert refused(api, token) == INVALID


@pytest.mark.parametrize("body", [[], "text", 1, None, [claims("x")]], ids=str)
def test_claims_that_are_no_object_are_refused(api: CoreApi, signer: Signer, body: object) -> None:
    assert refused(api, signer.token(body)) == INVALID


def test_a_second_spelling_of_the_same_token_is_refused(api: CoreApi, signer: Signer) -> None:
    token = signer.token(claims(USER.identity_id))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    unused_bits = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]
    for other in (unused_bits, token + "==", token + ".", f"{token}.e30", token.replace(".", "=.", 1)):
        assert refused(api, other) == INVALID


@given(data=st.data())
def test_a_token_with_any_letter_changed_is_refused(api: CoreApi, signer: Signer, data: st.DataObject) -> None:
    token = signer.token(claims(USER.identity_id))
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("ABYZabyz0189-_=.+/ ~").filter(lambda letter: letter != token[place]))
    tampered = token[:place] + letter + token[place + 1 :]
    assert refused(api, tampered.rstrip() or "x") == INVALID


@given(
    body=st.dictionaries(
        st.sampled_from(["iss", "aud", "sub", "identity_id", "groups", "iat", "exp", "nbf"]),
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.text()),
    )
)
def test_other_claims_under_an_old_signature_are_refused(api: CoreApi, signer: Signer, body: dict[str, Any]) -> None:
    header, _, signature = signer.token(claims(USER.identity_id)).split(".")
    assert refused(api, f"{header}.{part(claims(USER.identity_id) | body | {'extra': 1})}.{signature}") == INVALID


def test_neither_a_token_nor_a_reason_is_logged(api: CoreApi, signer: Signer) -> None:
    token = signer.token(claims(USER.identity_id, aud="canary-audience"))
    refused(api, token)
    log = api.output.read_text()
    assert "canary-audience" not in log
    assert not any(each in log for each in token.split("."))
