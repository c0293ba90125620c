"""What stands for the secrets of a stack file, which only `pulumi` can decrypt.

Where a service looks at what a secret is made of, its stand-in is of that make: a key that nobody else has.
"""

import functools
import json

_TEXT = "a-secret-of-the-sandbox"


def stand_in(name: str) -> str:
    """Return what stands for the secret of this name; the same one each time."""
    if name.endswith("service_account"):
        return _service_account()
    return _private_key() if name.endswith("private_key") else _TEXT


@functools.cache
def _private_key() -> str:
    """Return a new private key as Apple gives them out: on the curve P-256, in PKCS #8."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow to load, and few stacks need it
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    key = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def _service_account() -> str:
    """Return the JSON of a service account, with the fields that Google's files have."""
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "sandbox",
            "private_key_id": "0" * 40,
            "private_key": _private_key(),
            "client_email": "push@sandbox.iam.gserviceaccount.com",
            "client_id": "0" * 21,
            "token_uri": "https://oauth2.googleapis.com/token",
        }
    )
