"""Relational Database Service: DB instances, their replicas, restores and promotion."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws
from pulumi_aws_sandbox.resources._rds import (
    SHARED,
    accepted,
    engine_version,
    log_exports,
    managed_secret,
    rds_of,
    retag,
    tag_request,
)

_GONE = ("DBInstanceNotFound", "DBInstanceNotFoundFault")
# Names that creating, changing and describing an instance have in common.
_SHARED = SHARED | {
    "instanceClass": "DBInstanceClass",
    "maxAllocatedStorage": "MaxAllocatedStorage",
    "storageThroughput": "StorageThroughput",
    "dbName": "DBName",
    "username": "MasterUsername",
    "multiAz": "MultiAZ",
    "availabilityZone": "AvailabilityZone",
    "backupWindow": "PreferredBackupWindow",
    "maintenanceWindow": "PreferredMaintenanceWindow",
    "licenseModel": "LicenseModel",
    "characterSetName": "CharacterSetName",
    "ncharCharacterSetName": "NcharCharacterSetName",
    "timezone": "Timezone",
    "caCertIdentifier": "CACertificateIdentifier",
    "dedicatedLogVolume": "DedicatedLogVolume",
    "replicaMode": "ReplicaMode",
}
_SENT = _SHARED | {
    "identifier": "DBInstanceIdentifier",
    "engineVersion": "EngineVersion",
    "password": "MasterUserPassword",
    "passwordWo": "MasterUserPassword",
    "manageMasterUserPassword": "ManageMasterUserPassword",
    "masterUserSecretKmsKeyId": "MasterUserSecretKmsKeyId",
    "port": "Port",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "vpcSecurityGroupIds": "VpcSecurityGroupIds",
    "parameterGroupName": "DBParameterGroupName",
    "optionGroupName": "OptionGroupName",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
}
_CHANGED = {name: aws for name, aws in _SENT.items() if name != "enabledCloudwatchLogsExports"} | {
    "identifier": "NewDBInstanceIdentifier",
    "port": "DBPortNumber",
}
_ANSWERED = _SHARED | {
    "identifier": "DBInstanceIdentifier",
    "arn": "DBInstanceArn",
    "resourceId": "DbiResourceId",
    "status": "DBInstanceStatus",
    "iamDatabaseAuthenticationEnabled": "IAMDatabaseAuthenticationEnabled",
    "performanceInsightsEnabled": "PerformanceInsightsEnabled",
    "enabledCloudwatchLogsExports": "EnabledCloudwatchLogsExports",
    "customerOwnedIpEnabled": "CustomerOwnedIpEnabled",
}
_POINT_IN_TIME = {
    "sourceDbInstanceIdentifier": "SourceDBInstanceIdentifier",
    "sourceDbiResourceId": "SourceDbiResourceId",
    "sourceDbInstanceAutomatedBackupsArn": "SourceDBInstanceAutomatedBackupsArn",
    "restoreTime": "RestoreTime",
    "useLatestRestorableTime": "UseLatestRestorableTime",
}


def _make(clients: Clients, inputs: Properties) -> str:
    rds, request = rds_of(clients, inputs), to_aws(inputs, _SENT) | tag_request(inputs)
    if "replicateSourceDb" in inputs:
        operation, extra = "CreateDBInstanceReadReplica", {"SourceDBInstanceIdentifier": inputs["replicateSourceDb"]}
    elif "snapshotIdentifier" in inputs:
        operation, extra = "RestoreDBInstanceFromDBSnapshot", {"DBSnapshotIdentifier": inputs["snapshotIdentifier"]}
    elif "restoreToPointInTime" in inputs:
        operation, extra = "RestoreDBInstanceToPointInTime", to_aws(inputs["restoreToPointInTime"], _POINT_IN_TIME)
        extra["TargetDBInstanceIdentifier"] = inputs["identifier"]
    else:
        # The provider's default is no backups, where the API's is one day.
        operation, extra = "CreateDBInstance", {}
        request.setdefault("BackupRetentionPeriod", 0)
    taken = accepted(rds, operation, request) | extra
    answer = _call(rds, operation, taken)["DBInstance"]
    left = {name: value for name, value in request.items() if name not in taken and name != "Engine"}
    later = accepted(rds, "ModifyDBInstance", left)
    if operation != "CreateDBInstance" and later:
        later["DBInstanceIdentifier"] = inputs["identifier"]
        rds.modify_db_instance(**later, ApplyImmediately=True)
    return answer["DbiResourceId"]


def _call(rds: Any, operation: str, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    methods = {
        "CreateDBInstance": rds.create_db_instance,
        "CreateDBInstanceReadReplica": rds.create_db_instance_read_replica,
        "RestoreDBInstanceFromDBSnapshot": rds.restore_db_instance_from_db_snapshot,
        "RestoreDBInstanceToPointInTime": rds.restore_db_instance_to_point_in_time,
    }
    return methods[operation](**request)


def _instance(clients: Clients, resource_id: str, known: Properties) -> dict[str, Any] | None:
    by_id = [{"Name": "dbi-resource-id", "Values": [resource_id]}]
    answer = found(lambda: rds_of(clients, known).describe_db_instances(Filters=by_id)["DBInstances"], *_GONE)
    return answer[0] if answer else None


def _describe(clients: Clients, resource_id: str, known: Properties) -> Properties | None:
    answer = _instance(clients, resource_id, known)
    if answer is None:
        return None
    endpoint = answer.get("Endpoint", {})
    latest = answer.get("LatestRestorableTime")
    groups, options = answer.get("DBParameterGroups", []), answer.get("OptionGroupMemberships", [])
    names = from_aws(answer, _ANSWERED)
    if names.get("maxAllocatedStorage") == names.get("allocatedStorage") and "maxAllocatedStorage" not in known:
        del names["maxAllocatedStorage"]
    return {
        "performanceInsightsEnabled": False,
        "multiAz": False,
        **names,
        **engine_version(answer, known),
        **managed_secret(answer),
        **tags_from(answer.get("TagList"), known),
        "address": endpoint.get("Address"),
        "endpoint": f"{endpoint['Address']}:{endpoint['Port']}" if endpoint else None,
        "port": endpoint.get("Port"),
        "hostedZoneId": endpoint.get("HostedZoneId"),
        "dbSubnetGroupName": answer.get("DBSubnetGroup", {}).get("DBSubnetGroupName"),
        "vpcSecurityGroupIds": sorted(each["VpcSecurityGroupId"] for each in answer.get("VpcSecurityGroups", [])),
        "parameterGroupName": groups[0]["DBParameterGroupName"] if groups else None,
        "optionGroupName": options[0]["OptionGroupName"] if options else None,
        "latestRestorableTime": latest.strftime("%Y-%m-%dT%H:%M:%SZ") if latest else None,
        "replicas": answer.get("ReadReplicaDBInstanceIdentifiers", []),
        "replicateSourceDb": _source(answer, known),
        "listenerEndpoints": [],
        "passwordWo": None,
    }


def _source(answer: dict[str, Any], known: Properties) -> str | None:
    """Return the source that a replica follows, as the program wrote it where it is the same."""
    source, wanted = answer.get("ReadReplicaSourceDBInstanceIdentifier"), known.get("replicateSourceDb")
    if source and wanted and source.rsplit(":", 1)[-1] == wanted.rsplit(":", 1)[-1]:
        return wanted
    return source


def _change(clients: Clients, resource_id: str, _: Properties, old: Properties, new: Properties) -> None:
    rds = rds_of(clients, new)
    answer = _instance(clients, resource_id, new)
    name = answer["DBInstanceIdentifier"] if answer else old["identifier"]
    if answer and answer.get("ReadReplicaSourceDBInstanceIdentifier") and "replicateSourceDb" not in new:
        names = {"backupRetentionPeriod": "BackupRetentionPeriod", "backupWindow": "PreferredBackupWindow"}
        rds.promote_read_replica(DBInstanceIdentifier=name, **to_aws(new, names))
    changed = {key: value for key, value in new.items() if value != old.get(key) and key != "passwordWo"}
    if new.get("passwordWoVersion") != old.get("passwordWoVersion") and "passwordWo" in new:
        changed["passwordWo"] = new["passwordWo"]
    for switch in ("manageMasterUserPassword", "performanceInsightsEnabled", "deletionProtection", "multiAz"):
        if old.get(switch) and switch not in new:
            changed[switch] = False
    if old.get("monitoringInterval") and "monitoringInterval" not in new:
        changed["monitoringInterval"] = 0
    request = accepted(rds, "ModifyDBInstance", to_aws(changed, _CHANGED)) | log_exports(old, new)
    if request:
        flags = {"applyImmediately": "ApplyImmediately", "allowMajorVersionUpgrade": "AllowMajorVersionUpgrade"}
        rds.modify_db_instance(DBInstanceIdentifier=name, **request, **to_aws(new, flags))
    if answer:
        retag(rds, answer["DBInstanceArn"], old, new)


def _remove(clients: Clients, resource_id: str, outputs: Properties) -> None:
    answer = _instance(clients, resource_id, outputs)
    if answer is None:
        return
    rds = rds_of(clients, outputs)
    request: dict[str, Any] = {"DeleteAutomatedBackups": outputs.get("deleteAutomatedBackups", True)}
    if outputs.get("skipFinalSnapshot"):
        request["SkipFinalSnapshot"] = True
    else:
        request |= {"SkipFinalSnapshot": False}
        request |= to_aws(outputs, {"finalSnapshotIdentifier": "FinalDBSnapshotIdentifier"})
    found(lambda: rds.delete_db_instance(DBInstanceIdentifier=answer["DBInstanceIdentifier"], **request), *_GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    problems = []
    made_from = ("replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime")
    given = [name for name in made_from if name in inputs]
    if len(given) > 1:
        problems.append((given[1], f"only one of {', '.join(made_from)} may be given: got {', '.join(given)}"))
    passwords = [name for name in ("password", "passwordWo") if name in inputs]
    passwords += ["manageMasterUserPassword"] if inputs.get("manageMasterUserPassword") else []
    if len(passwords) > 1:
        problems.append((passwords[1], f"only one may say where the password comes from: got {', '.join(passwords)}"))
    if not given:
        problems += [(name, f"{name} is needed for a new instance") for name in ("engine",) if name not in inputs]
    if "restoreToPointInTime" in inputs and "identifier" not in inputs:
        problems.append(("identifier", "identifier is needed with restoreToPointInTime"))
    return problems


def _new_source(outputs: Properties, old: Properties, new: Properties) -> list[str]:
    """Replace where a replica would follow another source: RDS cannot do that in place."""
    before, after = old.get("replicateSourceDb"), new.get("replicateSourceDb")
    return ["replicateSourceDb"] if after and before != after and outputs.get("replicateSourceDb") != after else []


HANDLERS = {
    "aws:rds/instance:Instance": handler(
        "aws:rds/instance:Instance",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        required=frozenset({"instanceClass"}),
        replace_on=frozenset(
            {
                "availabilityZone",
                "backupTarget",
                "characterSetName",
                "dbName",
                "engine",
                "identifierPrefix",
                "kmsKeyId",
                "ncharCharacterSetName",
                "restoreToPointInTime",
                "s3Import",
                "snapshotIdentifier",
                "storageEncrypted",
                "timezone",
                "username",
            }
        ),
        replaces=_new_source,
        auto_name=AutoName("identifier", 63, lowercase=True),
        unordered=frozenset({"vpcSecurityGroupIds", "enabledCloudwatchLogsExports"}),
        write_only=frozenset({"passwordWo"}),
        secret_outputs=frozenset({"password", "passwordWo"}),
        validate=_problems,
    )
}
