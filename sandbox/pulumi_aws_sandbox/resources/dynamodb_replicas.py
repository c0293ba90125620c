"""DynamoDB: replicas of tables in other Regions."""

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._dynamodb_replicas import REPLICA
from pulumi_aws_sandbox.resources._make import found, handler, region_of, tag_list, tags_from, to_aws
from pulumi_aws_sandbox.resources.dynamodb import change_tags, put_recovery, recovery_from

_GONE = "ResourceNotFoundException"


def _place(replica_id: str) -> tuple[str, str]:
    """Return the table of a replica and the Region that it was made from."""
    name, _, region = replica_id.rpartition(":")
    return name, region


def _make_replica(clients: Clients, inputs: Properties) -> str:
    arn, region = inputs["globalTableArn"], region_of(clients, inputs)
    name, source = arn.rsplit("/", 1)[-1], arn.split(":")[3]
    wanted = {"regionName": region, **inputs}
    request = to_aws(wanted, {**REPLICA, "tableClassOverride": "TableClassOverride"})
    clients("dynamodb", source).update_table(TableName=name, ReplicaUpdates=[{"Create": request}])
    own = clients("dynamodb", region)
    if inputs.get("pointInTimeRecovery"):
        put_recovery(own, name, {"enabled": True})
    if inputs.get("deletionProtectionEnabled"):
        own.update_table(TableName=name, DeletionProtectionEnabled=True)
    if inputs.get("tags"):
        own.tag_resource(ResourceArn=_replica_arn(arn, region), Tags=tag_list(inputs))
    return f"{name}:{source}"


def _replica_arn(table_arn: str, region: str) -> str:
    parts = table_arn.split(":")
    return ":".join([*parts[:3], region, *parts[4:]])


def _describe_replica(clients: Clients, replica_id: str, known: Properties) -> Properties | None:
    name, source = _place(replica_id)
    region = region_of(clients, known)
    main = found(lambda: clients("dynamodb", source).describe_table(TableName=name), _GONE)
    replicas = (main or {"Table": {}})["Table"].get("Replicas") or []
    replica = next((each for each in replicas if each["RegionName"] == region), None)
    if replica is None:
        return None
    own = clients("dynamodb", region)
    table = own.describe_table(TableName=name)["Table"]
    tags = own.list_tags_of_resource(ResourceArn=table["TableArn"]).get("Tags", [])
    return {
        "arn": table["TableArn"],
        "globalTableArn": main["Table"]["TableArn"],
        "deletionProtectionEnabled": table.get("DeletionProtectionEnabled", False),
        "kmsKeyArn": replica.get("KMSMasterKeyId"),
        "pointInTimeRecovery": recovery_from(own, name, {})["enabled"],
        "tableClassOverride": replica.get("ReplicaTableClassSummary", {}).get("TableClass"),
        **tags_from(tags, known),
    }


def _change_replica(clients: Clients, replica_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    name, source = _place(replica_id)
    region = region_of(clients, new)
    own = clients("dynamodb", region)
    if old.get("tableClassOverride") != new.get("tableClassOverride"):
        update = {"RegionName": region, "TableClassOverride": new.get("tableClassOverride", "STANDARD")}
        clients("dynamodb", source).update_table(TableName=name, ReplicaUpdates=[{"Update": update}])
    if old.get("pointInTimeRecovery", False) != new.get("pointInTimeRecovery", False):
        put_recovery(own, name, {"enabled": new.get("pointInTimeRecovery", False)})
    if old.get("deletionProtectionEnabled", False) != new.get("deletionProtectionEnabled", False):
        own.update_table(TableName=name, DeletionProtectionEnabled=new.get("deletionProtectionEnabled", False))
    change_tags(own, outputs["arn"], old, new)


def _remove_replica(clients: Clients, replica_id: str, outputs: Properties) -> None:
    name, source = _place(replica_id)
    region = region_of(clients, outputs)
    if _describe_replica(clients, replica_id, outputs) is not None:
        deletion = [{"Delete": {"RegionName": region}}]
        found(lambda: clients("dynamodb", source).update_table(TableName=name, ReplicaUpdates=deletion), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:dynamodb/tableReplica:TableReplica",
            make=_make_replica,
            describe=_describe_replica,
            change=_change_replica,
            remove=_remove_replica,
            required=frozenset({"globalTableArn"}),
            replace_on=frozenset({"globalTableArn", "kmsKeyArn"}),
        ),
    )
}
