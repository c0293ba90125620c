"""The functions that look something up in AWS.

A preview without an AWS gets what the arguments tell and stand-ins for the rest: to the SDK a result is wholly unknown
or wholly known, and only an engine can say the former.
"""

import base64
import textwrap
from collections.abc import Callable
from typing import Any, Protocol

from pulumi_aws_sandbox import hosted_zones, wire
from pulumi_aws_sandbox.handler import Clients, Properties

_POOL_LISTS = {
    "accountRecoverySettings": "AccountRecoverySetting",
    "adminCreateUserConfigs": "AdminCreateUserConfig",
    "deviceConfigurations": "DeviceConfiguration",
    "emailConfigurations": "EmailConfiguration",
    "lambdaConfigs": "LambdaConfig",
    "userPoolAddOns": "UserPoolAddOns",
}
_POOL_TEXTS = {
    "arn": "Arn",
    "customDomain": "CustomDomain",
    "deletionProtection": "DeletionProtection",
    "domain": "Domain",
    "mfaConfiguration": "MfaConfiguration",
    "name": "Name",
    "smsAuthenticationMessage": "SmsAuthenticationMessage",
    "smsConfigurationFailure": "SmsConfigurationFailure",
    "smsVerificationMessage": "SmsVerificationMessage",
    "status": "Status",
}
# Blocks within those blocks are lists as well.
_POOL_NESTED = {
    "advancedSecurityAdditionalFlows": "advancedSecurityAdditionalFlows",
    "customEmailSender": "customEmailSenders",
    "customSMSSender": "customSmsSenders",
    "inviteMessageTemplate": "inviteMessageTemplates",
    "numberAttributeConstraints": "numberAttributeConstraints",
    "preTokenGenerationConfig": "preTokenGenerationConfigs",
    "stringAttributeConstraints": "stringAttributeConstraints",
}
_POOL_NAMES = {"kMSKeyID": "kmsKeyId", "sMSMessage": "smsMessage"}
STAND_IN = "not known before the deployment"
"""What a preview without an AWS shows for a text that is only there."""


class Place(Protocol):
    """Where a program runs."""

    @property
    def region(self) -> str:
        """The default Region."""
        ...

    @property
    def account(self) -> str:
        """The account id."""
        ...

    @property
    def partition(self) -> str:
        """The partition."""
        ...


def answer(token: str, args: Properties, place: Place, clients: Clients | None) -> Properties:
    """Answer the function `token`; raise `LookupError` if AWS does not have what it asks for."""
    look, stand_in = FUNCTIONS[token]
    region = args.get("region", place.region)
    if clients is None:
        return {"region": region, **stand_in(args, f"{place.partition}:{{}}:{region}:{place.account}"), **args}
    try:
        return {"region": region, **args, **look(clients, args, region)}
    except Exception as error:
        about = getattr(error, "response", {}).get("Error", {})
        if not about:
            raise
        message = f"{token.rsplit(':', 1)[-1]}: AWS refused: {about.get('Code')}: {about.get('Message')}"
        raise LookupError(message) from error


def _no_version(args: Properties, where: str) -> Properties:
    secret, version = args["secretId"], args.get("versionId", "AWSCURRENT")
    arn = secret if secret.startswith("arn:") else f"arn:{where.format('secretsmanager')}:secret:{secret}"
    return {
        "id": f"{secret}|{version}",
        "arn": arn,
        "secretArn": arn,
        "createdDate": "",
        "secretString": wire.secret(STAND_IN),
        "secretBinary": wire.secret(""),
        "versionId": version,
        "versionStages": [args.get("versionStage", "AWSCURRENT")],
    }


def _no_pool(args: Properties, where: str) -> Properties:
    return {
        **dict.fromkeys((*_POOL_TEXTS, "creationDate", "lastModifiedDate"), ""),
        **{name: [] for name in (*_POOL_LISTS, "autoVerifiedAttributes", "schemaAttributes", "usernameAttributes")},
        "id": args["userPoolId"],
        "arn": f"arn:{where.format('cognito-idp')}:userpool/{args['userPoolId']}",
        "estimatedNumberOfUsers": 0,
        "tags": {},
        "userPoolTags": {},
    }


_P256_HEADER = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
"""What stands before the 64 bytes of a P-256 key."""


def _no_public_key(args: Properties, where: str) -> Properties:
    # The shape of a key, and none: zeros are not a point of the curve, so that no signature fits it.
    key = args["keyId"]
    arn = key if key.startswith("arn:") else f"arn:{where.format('kms')}:key/{key}"
    return {
        "arn": arn,
        "id": arn,
        "customerMasterKeySpec": "ECC_NIST_P256",
        "keyUsage": "SIGN_VERIFY",
        "encryptionAlgorithms": [],
        "signingAlgorithms": ["ECDSA_SHA_256"],
        **_public_key_texts(_P256_HEADER + bytes(64)),
    }


def _public_key_texts(der: bytes) -> Properties:
    text = base64.b64encode(der).decode()
    lines = "\n".join(textwrap.wrap(text, 64))
    pem = f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n"
    return {"publicKey": text, "publicKeyPem": pem}


def _public_key(clients: Clients, args: Properties, region: str) -> Properties:
    tokens = {"GrantTokens": args["grantTokens"]} if args.get("grantTokens") else {}
    found = clients("kms", region).get_public_key(KeyId=args["keyId"], **tokens)
    return {
        "arn": found["KeyId"],
        "id": found["KeyId"],
        "customerMasterKeySpec": found["KeySpec"],
        "keyUsage": found["KeyUsage"],
        "encryptionAlgorithms": found.get("EncryptionAlgorithms") or [],
        "signingAlgorithms": found.get("SigningAlgorithms") or [],
        **_public_key_texts(found["PublicKey"]),
    }


def _secret_version(clients: Clients, args: Properties, region: str) -> Properties:
    wanted = {"SecretId": args["secretId"]}
    if "versionId" in args:
        wanted["VersionId"] = args["versionId"]
    else:
        wanted["VersionStage"] = args.get("versionStage", "AWSCURRENT")
    found = clients("secretsmanager", region).get_secret_value(**wanted)
    binary = found.get("SecretBinary", b"")
    return {
        "id": f"{args['secretId']}|{found['VersionId']}",
        "arn": found["ARN"],
        "secretArn": found["ARN"],
        "createdDate": found["CreatedDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "secretString": wire.secret(found.get("SecretString", "")),
        "secretBinary": wire.secret(binary.decode() if isinstance(binary, bytes) else binary),
        "versionId": found["VersionId"],
        "versionStage": args.get("versionStage", "AWSCURRENT"),
        "versionStages": found["VersionStages"],
    }


def _user_pool(clients: Clients, args: Properties, region: str) -> Properties:
    pool = clients("cognito-idp", region).describe_user_pool(UserPoolId=args["userPoolId"])["UserPool"]
    dates = {"creationDate": "CreationDate", "lastModifiedDate": "LastModifiedDate"}
    return {
        **{name: pool.get(aws, "") for name, aws in _POOL_TEXTS.items()},
        **{name: [_block(pool[aws])] if pool.get(aws) else [] for name, aws in _POOL_LISTS.items()},
        **{name: pool[aws].strftime("%Y-%m-%dT%H:%M:%SZ") for name, aws in dates.items()},
        "id": pool["Id"],
        "autoVerifiedAttributes": pool.get("AutoVerifiedAttributes", []),
        "estimatedNumberOfUsers": pool["EstimatedNumberOfUsers"],
        "schemaAttributes": [_block(each) for each in pool["SchemaAttributes"]],
        "tags": pool.get("UserPoolTags", {}),
        "userPoolTags": pool.get("UserPoolTags", {}),
        "usernameAttributes": pool.get("UsernameAttributes", []),
    }


def _block(value: dict[str, Any]) -> Properties:
    block: Properties = {}
    for name, item in value.items():
        key = name[:1].lower() + name[1:]
        nested = _POOL_NESTED.get(key)
        if nested is not None:
            block[nested] = [_block(item)]
        elif isinstance(item, list):
            block[key] = [_block(each) if isinstance(each, dict) else each for each in item]
        else:
            block[_POOL_NAMES.get(key, key)] = item
    return block


_Look = Callable[[Clients, Properties, str], Properties]
_StandIn = Callable[[Properties, str], Properties]

FUNCTIONS: dict[str, tuple[_Look, _StandIn]] = {
    "aws:cognito/getUserPool:getUserPool": (_user_pool, _no_pool),
    "aws:kms/getPublicKey:getPublicKey": (_public_key, _no_public_key),
    "aws:route53/getZone:getZone": (hosted_zones.find, hosted_zones.stand_in),
    "aws:secretsmanager/getSecretVersion:getSecretVersion": (_secret_version, _no_version),
}
"""By token: how it is looked up with clients, arguments and Region, and what stands in where there is no AWS."""
