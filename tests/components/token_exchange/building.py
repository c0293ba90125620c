"""A token exchange under mocks, the keys that KMS would have, and a verifier of tokens."""

import base64
import hashlib
import json
from typing import Any

import pulumi
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import KeySet
from pulumi.runtime import Mocks

from pulumi_aws_mobile.testing import PlainMocks, Recording, record
from pulumi_aws_mobile.token_exchange import TokenExchange

Args = dict[str, Any]

HOME = "eu-west-1"
POOL = "eu-west-1_a1B2c3D4e"
POOL_ARN = f"arn:aws:cognito-idp:{HOME}:123456789012:userpool/{POOL}"
IDENTITY_POOL = f"{HOME}:00000000-1111-2222-3333-444444444444"
TOPIC = f"arn:aws:sns:{HOME}:123456789012:alarms"
EXCHANGE = "urn:pulumi:stack::project::aws-mobile:index:TokenExchange::tokens"
LEAST: Args = {"user_pool_id": POOL, "user_pool_arn": POOL_ARN}
EVERYTHING: Args = {
    **LEAST,
    "identity_pool_id": IDENTITY_POOL,
    "keys": ["first", "second"],
    "signs_with": "second",
    "issuer": "https://api.example.com",
    "audience": "https://core.example.com",
    "lifetime_seconds": 300,
    "alarm_topic_arn": TOPIC,
    "region": HOME,
    "tags": {"team": "core"},
}
_LOOK_UP = "aws:kms/getPublicKey:getPublicKey"


def public_key(arn: str) -> str:
    """Return the public key that the mocks tell of a KMS key, as KMS does; another for each ARN."""
    private = ec.derive_private_key(int.from_bytes(hashlib.sha256(arn.encode()).digest()), ec.SECP256R1())
    der = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


class Account(PlainMocks):
    """Gives every KMS key a public key, and roles and functions their names."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        assert args.token == _LOOK_UP
        return {**args.args, "publicKey": public_key(args.args["keyId"])}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: TokenExchange("tokens", args), preview=preview, mocks=mocks or Account())


def key_arn(key: str) -> str:
    """Return the ARN that the mocks give a key."""
    return f"arn:aws:kms:{HOME}:123456789012:tokens-key-{key}"


def verified(token: str, jwks: str) -> tuple[Args, Args]:
    """Return the header and the claims of a token as a server reads them: by published keys, and ES256 alone."""
    found = jwt.decode(token, KeySet.import_key_set(json.loads(jwks)), algorithms=["ES256"])
    return found.header, found.claims
