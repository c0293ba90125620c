"""Multi-Region keys: the same key material in several Regions, and all else of each key its own."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_aws_sandbox.engine_api import Sandbox

_SIGN = {"Message": b"a token", "MessageType": "RAW", "SigningAlgorithm": "ECDSA_SHA_256"}


def _kms(sandbox: Sandbox, region: str = "eu-west-1") -> Any:  # noqa: ANN401 - a boto3 client
    return sandbox.clients("kms", region)


def _primary(sandbox: Sandbox, **more: object) -> str:
    given = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY", "MultiRegion": True, **more}
    return _kms(sandbox).create_key(**given)["KeyMetadata"]["Arn"]


def _refusal(sandbox: Sandbox, key: str, region: str = "eu-central-1") -> tuple[str, str]:
    with pytest.raises(ClientError) as raised:
        _kms(sandbox, key.split(":")[3]).replicate_key(KeyId=key, ReplicaRegion=region)
    about = raised.value.response["Error"]
    return about["Code"], about["Message"]


def test_a_replica_has_the_id_and_the_material_of_its_primary(sandbox: Sandbox) -> None:
    primary = _primary(sandbox)
    made = _kms(sandbox).replicate_key(KeyId=primary, ReplicaRegion="eu-central-1")["ReplicaKeyMetadata"]
    assert made["Arn"] == primary.replace("eu-west-1", "eu-central-1")
    assert made["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"
    there = _kms(sandbox, "eu-central-1")
    assert (
        there.get_public_key(KeyId=made["Arn"])["PublicKey"] == _kms(sandbox).get_public_key(KeyId=primary)["PublicKey"]
    )
    signature = there.sign(KeyId=made["Arn"], **_SIGN)["Signature"]
    assert _kms(sandbox).verify(KeyId=primary, Signature=signature, **_SIGN)["SignatureValid"]
    listed = _kms(sandbox).describe_key(KeyId=primary)["KeyMetadata"]["MultiRegionConfiguration"]
    assert (listed["MultiRegionKeyType"], listed["ReplicaKeys"]) == (
        "PRIMARY",
        [{"Arn": made["Arn"], "Region": "eu-central-1"}],
    )


def test_what_happens_to_a_replica_does_not_happen_to_its_primary(sandbox: Sandbox) -> None:
    primary = _primary(sandbox, Description="here", Tags=[{"TagKey": "a", "TagValue": "1"}])
    made = _kms(sandbox).replicate_key(KeyId=primary, ReplicaRegion="eu-central-1", Description="there")
    there = _kms(sandbox, "eu-central-1")
    there.create_alias(AliasName="alias/mine", TargetKeyId=made["ReplicaKeyMetadata"]["KeyId"])
    there.disable_key(KeyId=made["ReplicaKeyMetadata"]["KeyId"])
    about = _kms(sandbox).describe_key(KeyId=primary)["KeyMetadata"]
    assert (about["Enabled"], about["Description"]) == (True, "here")
    assert "alias/mine" not in {each["AliasName"] for each in _kms(sandbox).list_aliases()["Aliases"]}
    assert there.list_resource_tags(KeyId=made["ReplicaKeyMetadata"]["KeyId"])["Tags"] == []


def test_a_primary_waits_for_its_replicas_to_go(sandbox: Sandbox) -> None:
    primary = _primary(sandbox)
    _kms(sandbox).replicate_key(KeyId=primary, ReplicaRegion="eu-central-1")
    _kms(sandbox).schedule_key_deletion(KeyId=primary.rsplit("/", 1)[-1])
    assert _kms(sandbox).describe_key(KeyId=primary)["KeyMetadata"]["KeyState"] == "PendingReplicaDeletion"


def test_what_cannot_be_replicated_is_refused(sandbox: Sandbox) -> None:
    plain = _primary(sandbox, MultiRegion=False)
    assert _refusal(sandbox, plain) == ("UnsupportedOperationException", f"{plain} is not a multi-Region key.")
    primary = _primary(sandbox)
    assert _refusal(sandbox, primary, "eu-west-1") == ("AlreadyExistsException", f"{primary} already exists.")
    _kms(sandbox).replicate_key(KeyId=primary, ReplicaRegion="eu-central-1")
    replica = primary.replace("eu-west-1", "eu-central-1")
    assert _refusal(sandbox, primary) == ("AlreadyExistsException", f"{replica} already exists.")
    assert _refusal(sandbox, replica, "eu-west-3") == (
        "UnsupportedOperationException",
        f"{replica} is not a multi-Region primary key.",
    )
    off = _primary(sandbox)
    _kms(sandbox).disable_key(KeyId=off.rsplit("/", 1)[-1])
    assert _refusal(sandbox, off) == ("DisabledException", f"{off} is disabled.")
