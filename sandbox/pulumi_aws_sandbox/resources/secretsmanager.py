"""Secrets Manager: secrets with replicas, and their values."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    policy_from,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = "ResourceNotFoundException"
_ID_SEPARATOR = "|"
_REPLICA = {"region": "Region", "kmsKeyId": "KmsKeyId"}
_DAYS = 30


def _manager(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "secretsmanager", properties)


def _make_secret(clients: Clients, inputs: Properties) -> str:
    names = {"name": "Name", "description": "Description", "kmsKeyId": "KmsKeyId"}
    request: dict[str, Any] = to_aws(inputs, names)
    if inputs.get("tags"):
        request["Tags"] = tag_list(inputs)
    if inputs.get("replicas"):
        request["AddReplicaRegions"] = [to_aws(each, _REPLICA) for each in inputs["replicas"]]
        request["ForceOverwriteReplicaSecret"] = inputs.get("forceOverwriteReplicaSecret", False)
    manager = _manager(clients, inputs)
    arn = manager.create_secret(**request)["ARN"]
    if "policy" in inputs:
        manager.put_resource_policy(SecretId=arn, ResourcePolicy=inputs["policy"])
    return arn


def _living(clients: Clients, arn: str, known: Properties) -> dict[str, Any] | None:
    secret = found(lambda: _manager(clients, known).describe_secret(SecretId=arn), _GONE)
    return None if secret is None or "DeletedDate" in secret else secret


def _describe_secret(clients: Clients, arn: str, known: Properties) -> Properties | None:
    secret = _living(clients, arn, known)
    if secret is None:
        return None
    manager = _manager(clients, known)
    policy = manager.get_resource_policy(SecretId=arn).get("ResourcePolicy")
    replicas = [
        {"region": each["Region"], "status": each["Status"], "statusMessage": each.get("StatusMessage", "")}
        | ({"kmsKeyId": each["KmsKeyId"]} if each.get("KmsKeyId") else {})
        for each in secret.get("ReplicationStatus", [])
    ]
    return {
        **from_aws(secret, {"name": "Name", "arn": "ARN", "description": "Description", "kmsKeyId": "KmsKeyId"}),
        "policy": policy_from(policy, known) if policy else None,
        "replicas": _as_listed(replicas, known),
        "recoveryWindowInDays": known.get("recoveryWindowInDays", _DAYS),
        "forceOverwriteReplicaSecret": known.get("forceOverwriteReplicaSecret", False),
        **tags_from(secret.get("Tags"), known),
    }


def _as_listed(replicas: list[Properties], known: Properties) -> list[Properties]:
    """Return the replicas in the program's order, so that only a real difference is one."""
    order = [each.get("region") for each in known.get("replicas", [])]
    return sorted(replicas, key=lambda each: order.index(each["region"]) if each["region"] in order else len(order))


def _change_secret(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    manager = _manager(clients, new)
    if any(old.get(name) != new.get(name) for name in ("description", "kmsKeyId")):
        names = {"description": "Description", "kmsKeyId": "KmsKeyId"}
        manager.update_secret(SecretId=arn, **({"Description": ""} | to_aws(new, names)))
    if old.get("policy") != new.get("policy"):
        if "policy" in new:
            manager.put_resource_policy(SecretId=arn, ResourcePolicy=new["policy"])
        else:
            manager.delete_resource_policy(SecretId=arn)
    before = {each["region"]: to_aws(each, _REPLICA) for each in old.get("replicas", [])}
    after = {each["region"]: to_aws(each, _REPLICA) for each in new.get("replicas", [])}
    removed = [region for region, each in before.items() if after.get(region) != each]
    added = [each for region, each in after.items() if before.get(region) != each]
    if removed:
        manager.remove_regions_from_replication(SecretId=arn, RemoveReplicaRegions=removed)
    if added:
        manager.replicate_secret_to_regions(
            SecretId=arn,
            AddReplicaRegions=added,
            ForceOverwriteReplicaSecret=new.get("forceOverwriteReplicaSecret", False),
        )
    gone, put = tag_changes(old, new)
    if gone:
        manager.untag_resource(SecretId=arn, TagKeys=gone)
    if put:
        manager.tag_resource(SecretId=arn, Tags=tag_list({"tags": put}))


def _remove_secret(clients: Clients, arn: str, outputs: Properties) -> None:
    if _living(clients, arn, outputs) is None:
        return
    manager = _manager(clients, outputs)
    regions = [each["region"] for each in outputs.get("replicas", [])]
    if regions:
        manager.remove_regions_from_replication(SecretId=arn, RemoveReplicaRegions=regions)
    days = outputs.get("recoveryWindowInDays", _DAYS)
    how = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
    manager.delete_secret(SecretId=arn, **how)


def _value(inputs: Properties) -> dict[str, Any]:
    if "secretBinary" in inputs:
        import base64  # noqa: PLC0415 - hardly ever needed

        return {"SecretBinary": base64.b64decode(inputs["secretBinary"])}
    return {"SecretString": inputs.get("secretStringWo", inputs.get("secretString", ""))}


def _put_version(clients: Clients, inputs: Properties) -> str:
    stages = {"VersionStages": inputs["versionStages"]} if inputs.get("versionStages") else {}
    answer = _manager(clients, inputs).put_secret_value(SecretId=inputs["secretId"], **_value(inputs), **stages)
    return f"{inputs['secretId']}{_ID_SEPARATOR}{answer['VersionId']}"


def _describe_version(clients: Clients, version_id: str, known: Properties) -> Properties | None:
    secret_id, version = version_id.split(_ID_SEPARATOR)
    manager = _manager(clients, known)
    if _living(clients, secret_id, known) is None:
        return None
    answer = found(lambda: manager.get_secret_value(SecretId=secret_id, VersionId=version), _GONE)
    if answer is None:
        return None
    write_only = "secretStringWo" in known or known.get("hasSecretStringWo", False)
    value = {} if write_only or "secretBinary" in known else {"secretString": answer.get("SecretString")}
    return {
        "secretId": known.get("secretId", secret_id),
        "secretArn": answer["ARN"],
        "arn": answer["ARN"],
        "versionId": version,
        "versionStages": sorted(answer["VersionStages"]),
        "hasSecretStringWo": write_only,
        # A write-only value is sent and never kept.
        "secretStringWo": None,
        **value,
    }


def _change_version(clients: Clients, version_id: str, _: Properties, old: Properties, new: Properties) -> None:
    secret_id, version = version_id.split(_ID_SEPARATOR)
    manager = _manager(clients, new)
    before, after = set(old.get("versionStages", [])), set(new.get("versionStages", []))
    for stage in after - before:
        current = manager.describe_secret(SecretId=secret_id)["VersionIdsToStages"]
        holder = next((each for each, stages in current.items() if stage in stages), None)
        move = {"RemoveFromVersionId": holder} if holder else {}
        manager.update_secret_version_stage(SecretId=secret_id, VersionStage=stage, MoveToVersionId=version, **move)
    for stage in before - after - {"AWSCURRENT"}:
        manager.update_secret_version_stage(SecretId=secret_id, VersionStage=stage, RemoveFromVersionId=version)


def _remove_version(_: Clients, _id: str, _outputs: Properties) -> None:
    """Leave the value: AWS does not delete the current version, it goes with the secret."""


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:secretsmanager/secret:Secret",
            make=_make_secret,
            describe=_describe_secret,
            change=_change_secret,
            remove=_remove_secret,
            replace_on=frozenset({"name", "namePrefix"}),
            auto_name=AutoName("name", 512),
            unordered=frozenset({"replicas"}),
        ),
        handler(
            "aws:secretsmanager/secretVersion:SecretVersion",
            make=_put_version,
            describe=_describe_version,
            change=_change_version,
            remove=_remove_version,
            required=frozenset({"secretId"}),
            replace_on=frozenset({"secretId", "secretString", "secretBinary", "secretStringWoVersion"}),
            unordered=frozenset({"versionStages"}),
            write_only=frozenset({"secretStringWo"}),
            secret_outputs=frozenset({"secretString", "secretStringWo", "secretBinary"}),
        ),
    )
}
