"""The replicas that a table's own resource lists: made, changed and read each in its Region."""

from collections.abc import Sequence
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import from_aws, region_of, tag_changes, tag_list, to_aws

REPLICA = {"regionName": "RegionName", "kmsKeyArn": "KMSMasterKeyId"}
"""How a replica is described, by the provider and by DynamoDB."""
_MADE_ANEW = ("regionName", "kmsKeyArn", "consistencyMode")
_UNSUPPORTED_MODE = "STRONG"


def problems(inputs: Properties) -> list[tuple[str, str]]:
    """Return what the sandbox has not."""
    modes = [each.get("consistencyMode") for each in inputs.get("replicas") or []]
    return [("replicas", "the sandbox has no strongly consistent global tables")] if _UNSUPPORTED_MODE in modes else []


def put(clients: Clients, name: str, old: Properties, new: Properties) -> None:
    """Bring the replicas from what the old inputs list to what the new ones do."""
    home = clients("dynamodb", region_of(clients, new))
    before, after = _by_region(old), _by_region(new)
    for region, replica in before.items():
        if region not in after or _identity(after[region]) != _identity(replica):
            home.update_table(TableName=name, ReplicaUpdates=[{"Delete": {"RegionName": region}}])
    for region, replica in after.items():
        there = before.get(region)
        if there is None or _identity(there) != _identity(replica):
            home.update_table(TableName=name, ReplicaUpdates=[{"Create": to_aws(replica, REPLICA)}])
            there = None
        _put_settings(clients("dynamodb", region), name, there or {}, replica)
        _put_tags(clients("dynamodb", region), name, _tags(old, there), _tags(new, replica))


def read(clients: Clients, table: Properties, known: Properties) -> Properties:
    """Return the replicas that the table lists, where the program lists any: else they belong to others."""
    given = _by_region(known)
    if not given:
        return {}
    own = table["TableArn"].split(":")[3]
    there = [each for each in table.get("Replicas") or [] if each["RegionName"] != own]
    return {"replicas": [_read_one(clients, table["TableName"], each, given) for each in there]}


def _read_one(clients: Clients, name: str, replica: Properties, given: dict[str, Properties]) -> Properties:
    region = replica["RegionName"]
    dynamodb = clients("dynamodb", region)
    about = dynamodb.describe_table(TableName=name)["Table"]
    recovery = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    said = given.get(region, {})
    answer = {
        **said,
        **from_aws(replica, REPLICA),
        "arn": about["TableArn"],
        "streamArn": about.get("LatestStreamArn", ""),
        "streamLabel": about.get("LatestStreamLabel", ""),
    }
    if "pointInTimeRecovery" in said:
        status = recovery["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
        answer["pointInTimeRecovery"] = status == "ENABLED"
    if "deletionProtectionEnabled" in said:
        answer["deletionProtectionEnabled"] = about.get("DeletionProtectionEnabled", False)
    return answer


def _put_settings(dynamodb: Any, name: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    recovers = new.get("pointInTimeRecovery", False)
    if recovers != old.get("pointInTimeRecovery", False):
        specification = {"PointInTimeRecoveryEnabled": recovers}
        dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=specification)
    protected = new.get("deletionProtectionEnabled", False)
    if protected != old.get("deletionProtectionEnabled", False):
        dynamodb.update_table(TableName=name, DeletionProtectionEnabled=protected)


def _put_tags(dynamodb: Any, name: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    gone, put_now = tag_changes(old, new)
    if not gone and not put_now:
        return
    arn = dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    if gone:
        dynamodb.untag_resource(ResourceArn=arn, TagKeys=gone)
    if put_now:
        dynamodb.tag_resource(ResourceArn=arn, Tags=tag_list({"tags": put_now}))


def _tags(table: Properties, replica: Properties | None) -> Properties:
    """Return the tags that a replica has from its table, if it takes any."""
    return {"tags": table.get("tags") or {}} if replica and replica.get("propagateTags") else {}


def _by_region(inputs: Properties) -> dict[str, Properties]:
    return {each["regionName"]: each for each in inputs.get("replicas") or []}


def _identity(replica: Properties) -> Sequence[Any]:
    """Return what makes a replica another one when it changes."""
    return [replica.get(name) for name in _MADE_ANEW]
