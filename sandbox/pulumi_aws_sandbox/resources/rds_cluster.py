"""Relational Database Service: Multi-AZ DB clusters."""

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

_GONE = ("DBClusterNotFoundFault", "DBClusterNotFound")
_SHARED = SHARED | {
    "engineMode": "EngineMode",
    "dbClusterInstanceClass": "DBClusterInstanceClass",
    "databaseName": "DatabaseName",
    "masterUsername": "MasterUsername",
    "port": "Port",
    "availabilityZones": "AvailabilityZones",
    "preferredBackupWindow": "PreferredBackupWindow",
    "preferredMaintenanceWindow": "PreferredMaintenanceWindow",
    "backtrackWindow": "BacktrackWindow",
    "replicationSourceIdentifier": "ReplicationSourceIdentifier",
}
_SENT = _SHARED | {
    "clusterIdentifier": "DBClusterIdentifier",
    "engineVersion": "EngineVersion",
    "masterPassword": "MasterUserPassword",
    "masterPasswordWo": "MasterUserPassword",
    "manageMasterUserPassword": "ManageMasterUserPassword",
    "masterUserSecretKmsKeyId": "MasterUserSecretKmsKeyId",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "vpcSecurityGroupIds": "VpcSecurityGroupIds",
    "dbClusterParameterGroupName": "DBClusterParameterGroupName",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
    "caCertificateIdentifier": "CACertificateIdentifier",
}
_CHANGED = {
    name: aws
    for name, aws in _SENT.items()
    if name not in {"enabledCloudwatchLogsExports", "clusterIdentifier", "engine"}
}
_ANSWERED = _SHARED | {
    "clusterIdentifier": "DBClusterIdentifier",
    "arn": "DBClusterArn",
    "clusterResourceId": "DbClusterResourceId",
    "endpoint": "Endpoint",
    "readerEndpoint": "ReaderEndpoint",
    "hostedZoneId": "HostedZoneId",
    "dbSubnetGroupName": "DBSubnetGroup",
    "dbClusterParameterGroupName": "DBClusterParameterGroup",
    "iamDatabaseAuthenticationEnabled": "IAMDatabaseAuthenticationEnabled",
    "performanceInsightsEnabled": "PerformanceInsightsEnabled",
    "enabledCloudwatchLogsExports": "EnabledCloudwatchLogsExports",
}


def _make(clients: Clients, inputs: Properties) -> str:
    rds, request = rds_of(clients, inputs), to_aws(inputs, _SENT) | tag_request(inputs)
    name = inputs["clusterIdentifier"]
    if "snapshotIdentifier" in inputs:
        taken = accepted(rds, "RestoreDBClusterFromSnapshot", request)
        rds.restore_db_cluster_from_snapshot(**taken, SnapshotIdentifier=inputs["snapshotIdentifier"])
    elif "restoreToPointInTime" in inputs:
        point = {
            "sourceClusterIdentifier": "SourceDBClusterIdentifier",
            "restoreType": "RestoreType",
            "restoreToTime": "RestoreToTime",
            "useLatestRestorableTime": "UseLatestRestorableTime",
        }
        taken = accepted(rds, "RestoreDBClusterToPointInTime", request)
        rds.restore_db_cluster_to_point_in_time(**taken, **to_aws(inputs["restoreToPointInTime"], point))
    else:
        rds.create_db_cluster(**accepted(rds, "CreateDBCluster", request))
        return name
    later = accepted(rds, "ModifyDBCluster", {key: request[key] for key in request if key not in taken})
    if later:
        rds.modify_db_cluster(DBClusterIdentifier=name, **later, ApplyImmediately=True)
    return name


def _describe(clients: Clients, name: str, known: Properties) -> Properties | None:
    rds = rds_of(clients, known)
    answer = found(lambda: rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"], *_GONE)
    if not answer:
        return None
    cluster = answer[0]
    return {
        **from_aws(cluster, _ANSWERED),
        **engine_version(cluster, known),
        **managed_secret(cluster),
        **tags_from(cluster.get("TagList"), known),
        "availabilityZones": sorted(cluster.get("AvailabilityZones", [])),
        "clusterMembers": sorted(each["DBInstanceIdentifier"] for each in cluster.get("DBClusterMembers", [])),
        "vpcSecurityGroupIds": sorted(each["VpcSecurityGroupId"] for each in cluster.get("VpcSecurityGroups", [])),
        "masterPasswordWo": None,
    }


def _change(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    rds = rds_of(clients, new)
    changed = {key: value for key, value in new.items() if value != old.get(key) and key != "masterPasswordWo"}
    if new.get("masterPasswordWoVersion") != old.get("masterPasswordWoVersion") and "masterPasswordWo" in new:
        changed["masterPasswordWo"] = new["masterPasswordWo"]
    for switch in ("manageMasterUserPassword", "performanceInsightsEnabled", "deletionProtection"):
        if old.get(switch) and switch not in new:
            changed[switch] = False
    request: dict[str, Any] = accepted(rds, "ModifyDBCluster", to_aws(changed, _CHANGED)) | log_exports(old, new)
    if request:
        flags = {"applyImmediately": "ApplyImmediately", "allowMajorVersionUpgrade": "AllowMajorVersionUpgrade"}
        rds.modify_db_cluster(DBClusterIdentifier=name, **request, **to_aws(new, flags))
    retag(rds, outputs["arn"], old, new)


def _remove(clients: Clients, name: str, outputs: Properties) -> None:
    request: dict[str, Any] = {"SkipFinalSnapshot": outputs.get("skipFinalSnapshot", False)}
    if not request["SkipFinalSnapshot"]:
        request |= to_aws(outputs, {"finalSnapshotIdentifier": "FinalDBSnapshotIdentifier"})
    found(lambda: rds_of(clients, outputs).delete_db_cluster(DBClusterIdentifier=name, **request), *_GONE)


def _new_storage(_: Properties, old: Properties, new: Properties) -> list[str]:
    """Replace a Multi-AZ cluster whose kind of storage changes; other clusters change it in place."""
    changed = "dbClusterInstanceClass" in new and old.get("storageType") != new.get("storageType")
    return ["storageType"] if changed else []


HANDLERS = {
    "aws:rds/cluster:Cluster": handler(
        "aws:rds/cluster:Cluster",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        required=frozenset({"engine"}),
        replace_on=frozenset(
            {
                "availabilityZones",
                "clusterIdentifier",
                "clusterIdentifierPrefix",
                "databaseName",
                "dbSubnetGroupName",
                "engine",
                "engineMode",
                "kmsKeyId",
                "masterUsername",
                "restoreToPointInTime",
                "s3Import",
                "snapshotIdentifier",
                "sourceRegion",
                "storageEncrypted",
            }
        ),
        replaces=_new_storage,
        auto_name=AutoName("clusterIdentifier", 63, lowercase=True),
        unordered=frozenset({"availabilityZones", "vpcSecurityGroupIds", "enabledCloudwatchLogsExports"}),
        write_only=frozenset({"masterPasswordWo"}),
        secret_outputs=frozenset({"masterPassword", "masterPasswordWo"}),
    )
}
