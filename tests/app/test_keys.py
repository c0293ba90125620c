"""The keys by which tokens are verified: environment properties, each KID.X.Y, as the token exchange tells them."""

import base64
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.token_exchange.documents import properties
from pulumi_aws_mobile.token_exchange.jwks import compact_key, key_id
from pulumi_aws_sandbox.runtime.child_processes import Children
from tests.app.core_api import APP, PHP, Caller, CoreApi, serving
from tests.app.tokens import Signer, claims, encoded, published

USER = Caller("eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c")
FAILED = {"status": 500, "title": "Internal Server Error", "detail": "The request could not be served."}
SHAPE = " is not KID.X.Y in base64url"
POINT = Signer("canary-kid").compact().split(".")
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
READ = """
    require "src/autoload.php";
    $keys = CoreApi\\Token\\KeySet::from(new CoreApi\\Environment());
    foreach (array_slice($argv, 1) as $kid) {
        $key = $keys->key($kid);
        echo $key === null ? "none" : preg_replace("/-.*-|\\s/", "", openssl_pkey_get_details($key)["key"]), "\\n";
    }
"""


def statuses(api: CoreApi, *signers: Signer) -> list[int]:
    """Return how GET /me answers to a token of each of them."""
    tokens = [each.token(claims(USER.identity_id)) for each in signers]
    return [api.call("GET", "/me", USER, headers=[("X-User-Token", token)]).status for token in tokens]


def told_by_kms(secret: int) -> str:
    """Return the public key of a private one, DER in base64."""
    public = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def keyless(environment: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("TOKEN_PUBLIC_KEY_")}


def test_while_keys_are_rotated_both_are_trusted(
    children: Children, environment: dict[str, str], signer: Signer
) -> None:
    fresh = Signer("key-2")
    with serving(children, environment | published(signer, fresh)) as rotated:
        assert statuses(rotated, signer, fresh) == [200, 200]
    with serving(children, environment | published(fresh)) as rotated:
        assert statuses(rotated, signer, fresh) == [401, 200]


def test_nine_keys_are_read_and_no_more(children: Children, environment: dict[str, str]) -> None:
    signers = [Signer(f"key-{number}") for number in range(10)]
    with serving(children, keyless(environment) | published(*signers)) as served:
        assert statuses(served, *signers) == [200] * 9 + [401]


def test_no_key_is_read_behind_one_that_is_missing(children: Children, environment: dict[str, str]) -> None:
    signers = [Signer("first"), Signer("second"), Signer("third")]
    told = environment | published(*signers)
    del told["TOKEN_PUBLIC_KEY_2"]
    with serving(children, told) as served:
        assert statuses(served, *signers) == [200, 401, 401]


def test_a_key_id_of_digits_is_one(children: Children, environment: dict[str, str]) -> None:
    # PHP makes numbers of such texts where they are keys of an array.
    signers = [Signer("7"), Signer("07")]
    with serving(children, environment | published(*signers)) as served:
        assert statuses(served, *signers, Signer("7")) == [200, 200, 401]


BAD_KEYS = {
    "one part": ("canary-kid", SHAPE),
    "two parts": (".".join(POINT[:2]), SHAPE),
    "four parts, such as with a private one": (".".join([*POINT, POINT[2]]), SHAPE),
    "no kid": (".".join(["", *POINT[1:]]), SHAPE),
    "a kid with a slash": (".".join(["canary/kid", *POINT[1:]]), SHAPE),
    "no y": (".".join([*POINT[:2], ""]), SHAPE),
    "a line break": (".".join(POINT) + "\n", SHAPE),
    "white space": (" " + ".".join(POINT), SHAPE),
    "padded": (".".join(POINT) + "=", SHAPE),
    "a key set": ('{"keys": [{"kid": "canary-kid"}]}', SHAPE),
    "a short x": (f"canary-kid.{encoded(b'1' * 31)}.{POINT[2]}", ": X is not 32 bytes in base64url"),
    "a long y": (f"canary-kid.{POINT[1]}.{encoded(b'1' * 33)}", ": Y is not 32 bytes in base64url"),
    "another spelling of x": (f"canary-kid.{'A' * 42}B.{POINT[2]}", ": X is not 32 bytes in base64url"),
    "not on the curve": (f"canary-kid.{POINT[1]}.{encoded(b'1' * 32)}", " is not a point on P-256"),
    "zero": (f"canary-kid.{encoded(bytes(32))}.{encoded(bytes(32))}", " is not a point on P-256"),
    "x and y changed": (".".join([POINT[0], POINT[2], POINT[1]]), " is not a point on P-256"),
}


@pytest.mark.parametrize("name", BAD_KEYS)
def test_a_key_that_is_none_is_told_to_the_log_only(
    children: Children, environment: dict[str, str], signer: Signer, name: str
) -> None:
    value, reason = BAD_KEYS[name]
    with serving(children, environment | {"TOKEN_PUBLIC_KEY_2": value}) as broken:
        ready = broken.call("GET", "/ready")
        assert (ready.status, ready.json) == (500, FAILED)
        assert statuses(broken, signer) == [500]
        assert [line["what"] for line in broken.log() if line["event"] == "failed"] == [
            f"TOKEN_PUBLIC_KEY_2{reason}"
        ] * 2
        log = broken.output.read_text()
        assert not [part for part in [*POINT, *value.split(".")] if len(part) > 1 and part in log]


def test_two_keys_with_one_id_are_none(children: Children, environment: dict[str, str], signer: Signer) -> None:
    with serving(children, environment | published(signer, Signer("key-1"))) as broken:
        assert broken.call("GET", "/ready").status == 500
        assert broken.log()[0]["what"] == "TOKEN_PUBLIC_KEY_2 has the kid of another key"


def test_without_a_token_exchange_the_rest_is_ready(
    children: Children, environment: dict[str, str], signer: Signer
) -> None:
    with serving(children, keyless(environment)) as served:
        assert served.call("GET", "/ready").status == 200
        assert statuses(served, signer) == [500]


@pytest.mark.parametrize("name", ["TOKEN_PUBLIC_KEY_1", "TOKEN_ISSUER", "TOKEN_AUDIENCE"])
def test_a_missing_property_is_told_to_the_log_only(
    children: Children, environment: dict[str, str], signer: Signer, name: str
) -> None:
    with serving(children, environment | {name: ""}) as broken:
        token = signer.token(claims(USER.identity_id, aud="", iss=""))
        assert broken.call("GET", "/me", USER, headers=[("X-User-Token", token)]).status == 500
        assert broken.log()[0]["what"] == f"the environment property {name} is not set"


@settings(max_examples=25)
@given(st.lists(st.integers(1, ORDER - 1), min_size=1, max_size=4, unique=True))
def test_any_keys_that_the_token_exchange_tells_are_read_as_they_are(secrets: list[int]) -> None:
    keys = [told_by_kms(secret) for secret in secrets]
    environment = dict(zip(properties(keys), [*map(compact_key, keys), "issuer", "audience"], strict=True))
    command = [PHP, "-r", READ, "--", *map(key_id, keys), "another"]
    run = subprocess.run(command, cwd=APP, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr, run.stdout.split()) == (0, "", [*keys, "none"])
