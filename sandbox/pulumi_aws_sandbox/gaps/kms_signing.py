"""Asymmetric KMS keys: moto hashes digests once more, signs with disabled keys, and makes public keys up.

https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
"""

import base64
import json
from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace

_SYMMETRIC = "SYMMETRIC_DEFAULT"
_ENCRYPT, _SIGN, _MAC, _AGREE = "ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"
_USAGES = {
    _SYMMETRIC: {_ENCRYPT},
    "RSA": {_ENCRYPT, _SIGN},
    "ECC_NIST": {_SIGN, _AGREE},
    "ECC_SECG": {_SIGN},
    "HMAC": {_MAC},
    "SM2": {_ENCRYPT, _SIGN, _AGREE},
}
"""What the keys of each family may be for.
https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html"""
_RAW, _DIGEST = "RAW", "DIGEST"
_LONGEST_MESSAGE = 4096

_Operation = Callable[..., str]


def fill() -> None:
    """Sign, verify, show public keys and refuse rotation as KMS does."""
    from moto.kms import models  # noqa: PLC0415 - as above
    from moto.kms.responses import KmsResponse  # noqa: PLC0415 - moto loads only when something is deployed

    replace(models, "generate_private_key", _generate_private_key)
    replace(KmsResponse, "create_key", _create_key)
    replace(KmsResponse, "sign", lambda _: _sign)
    replace(KmsResponse, "verify", lambda _: _verify)
    replace(KmsResponse, "get_public_key", _get_public_key)
    replace(KmsResponse, "enable_key_rotation", _rotation)
    replace(KmsResponse, "rotate_key_on_demand", _rotation)


def _generate_private_key(original: Callable[[str], Any]) -> Callable[[str], Any]:
    """Make key pairs for asymmetric keys alone: moto makes one for every key, which takes longer than all the rest."""

    def generate_private_key(spec: str) -> Any:  # noqa: ANN401 - moto's own
        return original(spec) if _is_pair(spec) else None

    return generate_private_key


def _create_key(original: _Operation) -> _Operation:
    def create_key(self: Any) -> str:  # noqa: ANN401 - moto's own
        asked = json.loads(self.body)
        spec = asked.get("KeySpec") or asked.get("CustomerMasterKeySpec") or _SYMMETRIC
        usage = asked.setdefault("KeyUsage", _ENCRYPT)
        allowed = next((usages for family, usages in _USAGES.items() if spec.startswith(family)), {usage})
        if usage not in allowed:
            _refuse("ValidationException", f"KeyUsage {usage} is not compatible with KeySpec {spec}")
        self.body = json.dumps(asked)
        return original(self)

    return create_key


def _sign(self: Any) -> str:  # noqa: ANN401 - moto's own
    key, algorithm = _usable_key(self, "Sign")
    digest, method = _digest(self, algorithm)
    private = key.private_key.private_key
    signature = private.sign(digest, *_scheme(key, algorithm, method))
    answer = {"KeyId": key.arn, "Signature": base64.b64encode(signature).decode(), "SigningAlgorithm": algorithm}
    return json.dumps(answer)


def _verify(self: Any) -> str:  # noqa: ANN401 - moto's own
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loads only when something is deployed

    key, algorithm = _usable_key(self, "Verify")
    digest, method = _digest(self, algorithm)
    signature = base64.b64decode(json.loads(self.body)["Signature"])
    try:
        key.private_key.private_key.public_key().verify(signature, digest, *_scheme(key, algorithm, method))
    except InvalidSignature:
        _refuse("KMSInvalidSignatureException", "")
    return json.dumps({"KeyId": key.arn, "SignatureValid": True, "SigningAlgorithm": algorithm})


def _get_public_key(original: _Operation) -> _Operation:
    def get_public_key(self: Any) -> str:  # noqa: ANN401 - moto's own
        key = _key(self)
        if not _asymmetric(key):
            _refuse("UnsupportedOperationException", f"{key.arn} key spec is {key.key_spec} which has no public key.")
        _require_state(key)
        return json.dumps({**json.loads(original(self)), "KeyId": key.arn, "KeySpec": key.key_spec})

    return get_public_key


def _rotation(original: _Operation) -> _Operation:
    def rotate(self: Any) -> str:  # noqa: ANN401 - moto's own
        key = _key(self)
        if key.key_spec != _SYMMETRIC:
            _refuse("UnsupportedOperationException", f"{key.arn} key spec is {key.key_spec}: it cannot be rotated.")
        return original(self)

    return rotate


def _usable_key(self: Any, operation: str) -> tuple[Any, str]:  # noqa: ANN401 - moto's own
    """Return the key that is named, and the algorithm; refuse a key that cannot do this."""
    key, algorithm = _key(self), json.loads(self.body)["SigningAlgorithm"]
    _require_state(key)
    usage = "InvalidKeyUsageException"
    if key.key_usage != _SIGN:
        _refuse(usage, f"{key.arn} key usage is {key.key_usage} which is not valid for {operation}.")
    if algorithm not in key.signing_algorithms:
        _refuse(usage, f"Algorithm {algorithm} is incompatible with key spec {key.key_spec}.")
    return key, algorithm


def _digest(self: Any, algorithm: str) -> tuple[bytes, Any]:  # noqa: ANN401 - moto's own, and a hash algorithm
    """Return the digest that was sent, or that of the message that was, and how it was made."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - loads only when something is deployed

    asked = json.loads(self.body)
    message, kind = base64.b64decode(asked["Message"]), asked.get("MessageType", _RAW)
    if not 1 <= len(message) <= _LONGEST_MESSAGE:
        _refuse("ValidationException", f"Message has to be 1 to {_LONGEST_MESSAGE} bytes long")
    method = getattr(hashes, f"SHA{algorithm[-3:]}")()
    if kind == _RAW:
        hashed = hashes.Hash(method)
        hashed.update(message)
        message = hashed.finalize()
    elif kind != _DIGEST:
        _refuse("ValidationException", f"MessageType {kind} is not one of {_RAW}, {_DIGEST}")
    elif len(message) != method.digest_size:
        _refuse("ValidationException", f"Digest is invalid length for algorithm {algorithm}.")
    return message, method


def _scheme(key: Any, algorithm: str, method: Any) -> tuple[Any, ...]:  # noqa: ANN401 - moto's own, and a hash algorithm
    """Return how a digest is signed; an ECDSA signature is DER, as `cryptography` writes it and KMS does."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding  # noqa: PLC0415 - loads only when deploying
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed  # noqa: PLC0415 - as above

    if key.key_spec.startswith("ECC"):
        return (ec.ECDSA(Prehashed(method)),)
    if algorithm.startswith("RSASSA_PSS"):
        return padding.PSS(mgf=padding.MGF1(method), salt_length=method.digest_size), Prehashed(method)
    return padding.PKCS1v15(), Prehashed(method)


def _key(self: Any) -> Any:  # noqa: ANN401 - moto's own
    name = json.loads(self.body)["KeyId"]
    self._validate_key_id(name)
    return self.kms_backend.keys[self.kms_backend.any_id_to_key_id(name)]


def _asymmetric(key: Any) -> bool:  # noqa: ANN401 - moto's own
    return _is_pair(key.key_spec)


def _is_pair(spec: str) -> bool:
    return spec != _SYMMETRIC and not spec.startswith("HMAC")


def _require_state(key: Any) -> None:  # noqa: ANN401 - moto's own
    """Refuse a key that is disabled or pending deletion.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
    """
    if key.key_state == "PendingDeletion":
        _refuse("KMSInvalidStateException", f"{key.arn} is pending deletion.")
    if not key.enabled:
        _refuse("DisabledException", f"{key.arn} is disabled.")


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    raise JsonRESTError(code, reason)
