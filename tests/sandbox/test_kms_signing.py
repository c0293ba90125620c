"""Asymmetric KMS keys: made, used, switched off and looked up."""

import base64
import hashlib

import pulumi
import pulumi_aws as aws
import pytest
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from sandbox.situations import World

from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.functions import FunctionError
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks

KEY = "aws:kms/key:Key"
PUBLIC_KEY = "aws:kms/getPublicKey:getPublicKey"
SIGNING = {"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "ECC_NIST_P256", "deletionWindowInDays": 7}
MESSAGE = b"what is signed"
DIGEST = hashlib.sha256(MESSAGE).digest()


def _sign(sandbox: Sandbox, key: str, message: bytes = MESSAGE, **more: str) -> bytes:
    asked = {"SigningAlgorithm": "ECDSA_SHA_256", **more}
    return sandbox.clients("kms").sign(KeyId=key, Message=message, **asked)["Signature"]


def _refusal(sandbox: Sandbox, key: str, message: bytes = MESSAGE, **more: str) -> str:
    with pytest.raises(ClientError) as raised:
        _sign(sandbox, key, message, **more)
    return raised.value.response["Error"]["Code"]


def _public(sandbox: Sandbox, key: str) -> ec.EllipticCurvePublicKey:
    der = base64.b64decode(sandbox.invoke(PUBLIC_KEY, {"keyId": key})["publicKey"])
    public = serialization.load_der_public_key(der)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return public


def test_a_signing_key_lives_from_creation_to_deletion(sandbox: Sandbox) -> None:
    inputs, failures = sandbox.check(KEY, "key", {**SIGNING, "description": "one"}, None, b"seed")
    assert failures == []
    key, outputs = sandbox.create(KEY, inputs, "key")
    assert (outputs["keyUsage"], outputs["customerMasterKeySpec"]) == ("SIGN_VERIFY", "ECC_NIST_P256")
    assert outputs["enableKeyRotation"] is False
    assert sandbox.read(KEY, key, outputs, "key") == outputs
    changed = {**SIGNING, "description": "two", "isEnabled": False}
    assert sandbox.diff(KEY, inputs, outputs, changed).replaces == []
    outputs = sandbox.update(KEY, key, outputs, inputs, changed, "key")
    assert (outputs["description"], outputs["isEnabled"]) == ("two", False)
    sandbox.delete(KEY, key, outputs, "key")
    assert sandbox.read(KEY, key, outputs, "key") is None


@pytest.mark.parametrize("change", [{"customerMasterKeySpec": "ECC_NIST_P384"}, {"keyUsage": "KEY_AGREEMENT"}])
def test_another_kind_of_key_is_another_key(sandbox: Sandbox, change: dict[str, str]) -> None:
    assert sandbox.diff(KEY, SIGNING, {}, {**SIGNING, **change}).replaces == list(change)


def test_a_signing_key_cannot_be_rotated(sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match="UnsupportedOperationException"):
        World(sandbox).make(KEY, {**SIGNING, "enableKeyRotation": True})


def test_a_key_of_a_curve_is_for_signing(sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match="KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec ECC_NIST_P256"):
        World(sandbox).make(KEY, {"customerMasterKeySpec": "ECC_NIST_P256"})


def test_an_alias_may_name_a_signing_key(sandbox: Sandbox) -> None:
    world = World(sandbox)
    key = world.make(KEY, SIGNING)
    alias = world.make("aws:kms/alias:Alias", {"name": "alias/tokens", "targetKeyId": key["keyId"]})
    signature = _sign(sandbox, alias["arn"])
    _public(sandbox, "alias/tokens").verify(signature, MESSAGE, ec.ECDSA(hashes.SHA256()))


def test_a_message_and_its_digest_have_signatures_of_the_same_kind(sandbox: Sandbox) -> None:
    key = World(sandbox).make(KEY, SIGNING)["arn"]
    public = _public(sandbox, key)
    for signature in (_sign(sandbox, key), _sign(sandbox, key, DIGEST, MessageType="DIGEST")):
        public.verify(signature, MESSAGE, ec.ECDSA(hashes.SHA256()))
        public.verify(signature, DIGEST, ec.ECDSA(Prehashed(hashes.SHA256())))
        assert all(part > 0 for part in decode_dss_signature(signature))


def test_a_signature_is_verified_and_another_is_refused(sandbox: Sandbox) -> None:
    key = World(sandbox).make(KEY, SIGNING)["arn"]
    kms, algorithm = sandbox.clients("kms"), "ECDSA_SHA_256"
    signature = _sign(sandbox, key)
    answer = kms.verify(
        KeyId=key, Message=DIGEST, MessageType="DIGEST", Signature=signature, SigningAlgorithm=algorithm
    )
    assert (answer["KeyId"], answer["SignatureValid"]) == (key, True)
    with pytest.raises(ClientError, match="KMSInvalidSignatureException"):
        kms.verify(KeyId=key, Message=b"another", Signature=signature, SigningAlgorithm=algorithm)


@pytest.mark.parametrize("algorithm", ["RSASSA_PSS_SHA_256", "RSASSA_PKCS1_V1_5_SHA_512"])
def test_rsa_keys_sign_digests_too(sandbox: Sandbox, algorithm: str) -> None:
    key = World(sandbox).make(KEY, {**SIGNING, "customerMasterKeySpec": "RSA_2048"})["arn"]
    method = hashes.SHA256() if algorithm.endswith("256") else hashes.SHA512()
    digest = hashlib.new(method.name, MESSAGE).digest()
    signature = _sign(sandbox, key, digest, MessageType="DIGEST", SigningAlgorithm=algorithm)
    public = serialization.load_der_public_key(sandbox.clients("kms").get_public_key(KeyId=key)["PublicKey"])
    pss = padding.PSS(mgf=padding.MGF1(method), salt_length=method.digest_size)
    scheme = pss if "PSS" in algorithm else padding.PKCS1v15()
    public.verify(signature, MESSAGE, scheme, method)
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"another", scheme, method)


def test_signatures_that_kms_would_not_make_are_refused(sandbox: Sandbox) -> None:
    world = World(sandbox)
    key, symmetric = world.make(KEY, SIGNING)["arn"], world.key()
    assert _refusal(sandbox, key, b"short", MessageType="DIGEST") == "ValidationException"
    assert _refusal(sandbox, key, b"x" * 4097) == "ValidationException"
    assert _refusal(sandbox, key, DIGEST, MessageType="EXTERNAL_MU") == "ValidationException"
    assert _refusal(sandbox, key, SigningAlgorithm="ECDSA_SHA_384") == "InvalidKeyUsageException"
    assert _refusal(sandbox, symmetric) == "InvalidKeyUsageException"
    assert _refusal(sandbox, "11111111-2222-3333-4444-555555555555") == "NotFoundException"


def test_a_key_that_is_switched_off_signs_nothing(sandbox: Sandbox) -> None:
    key, kms = World(sandbox).make(KEY, SIGNING)["keyId"], sandbox.clients("kms")
    kms.disable_key(KeyId=key)
    assert _refusal(sandbox, key) == "DisabledException"
    kms.enable_key(KeyId=key)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert _refusal(sandbox, key) == "KMSInvalidStateException"


def test_a_public_key_is_looked_up(sandbox: Sandbox) -> None:
    key = World(sandbox).make(KEY, SIGNING)
    answer = sandbox.invoke(PUBLIC_KEY, {"keyId": key["keyId"]})
    assert {name: answer[name] for name in answer if "publicKey" not in name} == {
        "region": "eu-west-1",
        "keyId": key["keyId"],
        "id": key["arn"],
        "arn": key["arn"],
        "customerMasterKeySpec": "ECC_NIST_P256",
        "keyUsage": "SIGN_VERIFY",
        "encryptionAlgorithms": [],
        "signingAlgorithms": ["ECDSA_SHA_256"],
    }
    pem = serialization.load_pem_public_key(answer["publicKeyPem"].encode())
    assert pem == _public(sandbox, key["keyId"])


def test_a_symmetric_key_has_no_public_key(sandbox: Sandbox) -> None:
    key = World(sandbox).key()
    with pytest.raises(FunctionError) as raised:
        sandbox.invoke(PUBLIC_KEY, {"keyId": key})
    assert str(raised.value) == (
        f"getPublicKey: AWS refused: UnsupportedOperationException: {key} key spec is SYMMETRIC_DEFAULT "
        "which has no public key."
    )


def _look_up(seen: list[str]) -> None:
    key = aws.kms.Key("key", key_usage="SIGN_VERIFY", customer_master_key_spec="ECC_NIST_P256")
    aws.kms.get_public_key_output(key_id=key.arn).public_key.apply(seen.append)


def test_a_program_looks_up_the_key_that_it_makes(sandbox: Sandbox) -> None:
    seen: list[str] = []
    record(lambda: _look_up(seen), mocks=DeployMocks(sandbox))
    (key,) = sandbox.clients("kms").list_keys()["Keys"]
    assert base64.b64decode(seen[0]) == sandbox.clients("kms").get_public_key(KeyId=key["KeyId"])["PublicKey"]


def test_a_preview_does_not_know_the_public_key_of_a_new_key() -> None:
    seen: list[str] = []
    record(lambda: _look_up(seen), mocks=PreviewMocks(), preview=True)
    assert seen == []


def test_a_preview_without_an_aws_shows_a_key_that_fits_no_signature() -> None:
    seen: list[tuple[str, str]] = []

    def program() -> None:
        found = aws.kms.get_public_key_output(key_id="11111111-2222-3333-4444-555555555555")
        pulumi.Output.all(found.arn, found.public_key).apply(lambda facts: seen.append(tuple(facts)))

    record(program, mocks=PreviewMocks(), preview=True)
    ((arn, public),) = seen
    assert arn == "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    assert len(base64.b64decode(public)) == 91
    with pytest.raises(ValueError, match="Invalid key"):
        serialization.load_der_public_key(base64.b64decode(public))


@pytest.mark.parametrize(
    ("spec", "usage"), [("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"), ("HMAC_256", "GENERATE_VERIFY_MAC")]
)
def test_a_key_without_a_pair_has_none_made_for_it(sandbox: Sandbox, spec: str, usage: str) -> None:
    from moto.kms.models import kms_backends

    made = sandbox.clients("kms").create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
    region = sandbox.clients.region
    assert kms_backends[ACCOUNT][region].keys[made].private_key is None
