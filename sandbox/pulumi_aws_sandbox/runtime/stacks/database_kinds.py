"""The types of RDS that stacks can have."""

from typing import Any

from pulumi_aws_sandbox.runtime.stacks import kind
from pulumi_aws_sandbox.runtime.stacks.kind import Aws, Kind, Made, Properties

_AT_ONCE = 20
"""How many parameters of a group change in one call."""


def _make_subnets(aws: Aws, properties: Properties, name: str) -> Made:
    chosen = properties.get("DBSubnetGroupName", name).lower()
    aws("rds").create_db_subnet_group(
        DBSubnetGroupName=chosen, **kind.given(properties, "DBSubnetGroupDescription", "SubnetIds", "Tags")
    )
    return Made(chosen)


def _remove_subnets(aws: Aws, made: Made, _: Properties) -> None:
    aws("rds").delete_db_subnet_group(DBSubnetGroupName=made.physical_id)


def _make_parameters(aws: Aws, properties: Properties, name: str) -> Made:
    rds, chosen = aws("rds"), properties.get("DBParameterGroupName", name).lower()
    rds.create_db_parameter_group(
        DBParameterGroupName=chosen,
        DBParameterGroupFamily=properties["Family"],
        **kind.given(properties, "Description", "Tags"),
    )
    changes = [
        {"ParameterName": parameter, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"}
        for parameter, value in properties.get("Parameters", {}).items()
    ]
    for start in range(0, len(changes), _AT_ONCE):
        rds.modify_db_parameter_group(DBParameterGroupName=chosen, Parameters=changes[start : start + _AT_ONCE])
    return Made(chosen, {"DBParameterGroupName": chosen})


def _remove_parameters(aws: Aws, made: Made, _: Properties) -> None:
    aws("rds").delete_db_parameter_group(DBParameterGroupName=made.physical_id)


_FLAGS = ("CopyTagsToSnapshot", "DeletionProtection", "MultiAZ", "PubliclyAccessible", "StorageEncrypted")
_NUMBERS = ("AllocatedStorage", "BackupRetentionPeriod", "MaxAllocatedStorage", "Port")
_TEXTS = (
    "AvailabilityZone",
    "DBInstanceClass",
    "DBParameterGroupName",
    "DBSubnetGroupName",
    "Engine",
    "EngineVersion",
    "KmsKeyId",
    "MasterUserPassword",
    "MasterUsername",
    "StorageType",
    "Tags",
)
_RESTORES = {
    "DBSnapshotIdentifier": "restore_db_instance_from_db_snapshot",
    "SourceDBInstanceAutomatedBackupsArn": "restore_db_instance_to_point_in_time",
    "SourceDbInstanceIdentifier": "restore_db_instance_to_point_in_time",
}
"""What is restored instead of made anew, by the property that says what from."""


def _make_instance(aws: Aws, properties: Properties, name: str) -> Made:
    identifier = properties.get("DBInstanceIdentifier", name).lower()
    request: dict[str, Any] = kind.given(properties, *_TEXTS)
    request |= {each: kind.flag(properties[each]) for each in _FLAGS if each in properties}
    request |= {each: kind.number(properties[each]) for each in _NUMBERS if each in properties}
    if "VPCSecurityGroups" in properties:
        request["VpcSecurityGroupIds"] = list(properties["VPCSecurityGroups"])
    if "DBName" in properties:
        request["DBName"] = properties["DBName"]
    source = next((each for each in _RESTORES if properties.get(each)), None)
    operation = _RESTORES.get(source or "", "create_db_instance")
    rds = aws("rds")
    if operation == "restore_db_instance_to_point_in_time":
        request["TargetDBInstanceIdentifier"] = identifier
        named = "SourceDBInstanceIdentifier" if source == "SourceDbInstanceIdentifier" else str(source)
        request[named] = properties[str(source)]
        request["UseLatestRestorableTime"] = kind.flag(properties.get("UseLatestRestorableTime", False))
        if "RestoreTime" in properties:
            request["RestoreTime"] = properties["RestoreTime"]
    else:
        request["DBInstanceIdentifier"] = identifier
        request |= kind.given(properties, "DBSnapshotIdentifier")
    taken = rds.meta.service_model.operation_model(rds.meta.method_to_api_mapping[operation]).input_shape.members
    getattr(rds, operation)(**{key: value for key, value in request.items() if key in taken})
    return Made(identifier)


def _ready_instance(aws: Aws, made: Made) -> Made | None:
    (found,) = aws("rds").describe_db_instances(DBInstanceIdentifier=made.physical_id)["DBInstances"]
    if found["DBInstanceStatus"] != "available":
        return None
    endpoint = found["Endpoint"]
    attributes = {
        "DBInstanceArn": found["DBInstanceArn"],
        "DbiResourceId": found["DbiResourceId"],
        "Endpoint.Address": endpoint["Address"],
        "Endpoint.HostedZoneId": endpoint.get("HostedZoneId", ""),
        "Endpoint.Port": str(endpoint["Port"]),
    }
    return Made(made.physical_id, attributes)


def _remove_instance(aws: Aws, made: Made, properties: Properties) -> None:
    kept = kind.flag(properties.get("DeleteAutomatedBackups", True))
    aws("rds").delete_db_instance(
        DBInstanceIdentifier=made.physical_id, SkipFinalSnapshot=True, DeleteAutomatedBackups=kept
    )


KINDS: dict[str, Kind] = {
    "AWS::RDS::DBInstance": Kind(_make_instance, _remove_instance, _ready_instance),
    "AWS::RDS::DBParameterGroup": Kind(_make_parameters, _remove_parameters),
    "AWS::RDS::DBSubnetGroup": Kind(_make_subnets, _remove_subnets),
}
"""The types, by their names."""
