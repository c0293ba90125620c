"""What the RDS handlers share: the client, tags by ARN, and calls cut to what an operation takes."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, tag_changes, tag_list

SHARED = {
    "engine": "Engine",
    "allocatedStorage": "AllocatedStorage",
    "storageType": "StorageType",
    "iops": "Iops",
    "storageEncrypted": "StorageEncrypted",
    "kmsKeyId": "KmsKeyId",
    "backupRetentionPeriod": "BackupRetentionPeriod",
    "autoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "publiclyAccessible": "PubliclyAccessible",
    "copyTagsToSnapshot": "CopyTagsToSnapshot",
    "monitoringInterval": "MonitoringInterval",
    "monitoringRoleArn": "MonitoringRoleArn",
    "performanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
    "performanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "databaseInsightsMode": "DatabaseInsightsMode",
    "deletionProtection": "DeletionProtection",
    "engineLifecycleSupport": "EngineLifecycleSupport",
    "networkType": "NetworkType",
}
"""What creating, changing and describing call by one name, for instances and clusters alike."""
AT_ONCE = 20
"""How many parameters one call changes at most."""


def rds_of(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the RDS client of the resource's Region."""
    return client_of(clients, "rds", properties)


def retag(rds: Any, arn: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Bring an RDS resource's tags from the old inputs to the new ones."""
    gone, put = tag_changes(old, new)
    if gone:
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=gone)
    if put:
        rds.add_tags_to_resource(ResourceName=arn, Tags=tag_list({"tags": put}))


def accepted(rds: Any, operation: str, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    """Return the part of `request` that the operation takes."""
    members = rds.meta.service_model.operation_model(operation).input_shape.members
    return {name: value for name, value in request.items() if name in members}


def log_exports(old: Properties, new: Properties) -> dict[str, Any]:
    """Return the change of the exported logs as the modify calls take it; nothing if there is none."""
    before, after = (each.get("enabledCloudwatchLogsExports", []) for each in (old, new))
    added, gone = [each for each in after if each not in before], [each for each in before if each not in after]
    change = ({"EnableLogTypes": added} if added else {}) | ({"DisableLogTypes": gone} if gone else {})
    return {"CloudwatchLogsExportConfiguration": change} if change else {}


def engine_version(answer: dict[str, Any], known: Properties) -> Properties:
    """Return the version as the program wrote it where it stands for the running one, and the running one."""
    actual, wanted = answer["EngineVersion"], known.get("engineVersion")
    same = wanted is not None and (actual == wanted or actual.startswith(f"{wanted}."))
    return {"engineVersion": wanted if same else actual, "engineVersionActual": actual}


def managed_secret(answer: dict[str, Any]) -> Properties:
    """Return the secret that RDS keeps for the master user."""
    secret = answer.get("MasterUserSecret")
    if not secret:
        return {"masterUserSecrets": []}
    listed = {
        "kmsKeyId": secret.get("KmsKeyId"),
        "secretArn": secret["SecretArn"],
        "secretStatus": secret["SecretStatus"],
    }
    return {"masterUserSecrets": [listed]}


def tag_request(inputs: Properties) -> dict[str, Any]:
    """Return the tags as an RDS create call takes them."""
    return {"Tags": tag_list(inputs)} if inputs.get("tags") else {}
