"""DynamoDB: tables."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources import _dynamodb_replicas as replicas
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    handler,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)
from pulumi_aws_sandbox.resources._shapes import in_known_order

_GONE = "ResourceNotFoundException"
_UNSUPPORTED = (
    "globalTableWitness",
    "importTable",
    "onDemandThroughput",
    "restoreBackupArn",
    "restoreDateTime",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreToLatestTime",
    "warmThroughput",
)
_NO_STREAM = {"StreamEnabled": False}


def _dynamodb(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "dynamodb", properties)


def _schema(hash_key: str | None, range_key: str | None) -> list[dict[str, str]]:
    keys = {"HASH": hash_key, "RANGE": range_key}
    return [{"AttributeName": name, "KeyType": kind} for kind, name in keys.items() if name]


def _throughput(inputs: Properties) -> dict[str, int]:
    return {"ReadCapacityUnits": inputs.get("readCapacity", 0), "WriteCapacityUnits": inputs.get("writeCapacity", 0)}


def _projection(index: Properties) -> dict[str, Any]:
    return to_aws(index, {"projectionType": "ProjectionType", "nonKeyAttributes": "NonKeyAttributes"})


def _local_index(index: Properties, hash_key: str) -> dict[str, Any]:
    schema = _schema(hash_key, index["rangeKey"])
    return {"IndexName": index["name"], "KeySchema": schema, "Projection": _projection(index)}


def _global_index(index: Properties, *, provisioned: bool) -> dict[str, Any]:
    schema = _schema(index["hashKey"], index.get("rangeKey"))
    made = {"IndexName": index["name"], "KeySchema": schema, "Projection": _projection(index)}
    return made | ({"ProvisionedThroughput": _throughput(index)} if provisioned else {})


def _is_provisioned(inputs: Properties) -> bool:
    return inputs.get("billingMode", "PROVISIONED") == "PROVISIONED"


def _encryption(inputs: Properties) -> dict[str, Any]:
    """Return the key as DynamoDB takes it: its own, AWS's, or the customer's."""
    given = inputs.get("serverSideEncryption") or {"enabled": False}
    if not given["enabled"]:
        return {"Enabled": False}
    key = {"KMSMasterKeyId": given["kmsKeyArn"]} if given.get("kmsKeyArn") else {}
    return {"Enabled": True, "SSEType": "KMS", **key}


def _stream(inputs: Properties) -> dict[str, Any]:
    if not inputs.get("streamEnabled"):
        return _NO_STREAM
    return {"StreamEnabled": True, "StreamViewType": inputs["streamViewType"]}


def _attributes(inputs: Properties) -> list[dict[str, str]]:
    return [{"AttributeName": each["name"], "AttributeType": each["type"]} for each in inputs.get("attributes", [])]


def _make_table(clients: Clients, inputs: Properties) -> str:
    dynamodb, name = _dynamodb(clients, inputs), inputs["name"]
    provisioned = _is_provisioned(inputs)
    request: dict[str, Any] = {
        "TableName": name,
        "AttributeDefinitions": _attributes(inputs),
        "KeySchema": _schema(inputs["hashKey"], inputs.get("rangeKey")),
        "BillingMode": inputs.get("billingMode", "PROVISIONED"),
        "DeletionProtectionEnabled": inputs.get("deletionProtectionEnabled", False),
        "TableClass": inputs.get("tableClass", "STANDARD"),
        "Tags": tag_list(inputs),
    }
    if provisioned:
        request["ProvisionedThroughput"] = _throughput(inputs)
    if inputs.get("serverSideEncryption"):
        request["SSESpecification"] = _encryption(inputs)
    if inputs.get("streamEnabled"):
        request["StreamSpecification"] = _stream(inputs)
    if inputs.get("localSecondaryIndexes"):
        request["LocalSecondaryIndexes"] = [
            _local_index(each, inputs["hashKey"]) for each in inputs["localSecondaryIndexes"]
        ]
    if inputs.get("globalSecondaryIndexes"):
        request["GlobalSecondaryIndexes"] = [
            _global_index(each, provisioned=provisioned) for each in inputs["globalSecondaryIndexes"]
        ]
    dynamodb.create_table(**request)
    _put_settings(dynamodb, {}, inputs)
    replicas.put(clients, name, {}, inputs)
    return name


def _put_settings(dynamodb: Any, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Put what has calls of its own: expiry, and recovery to a point in time."""
    name = new["name"]
    before, after = old.get("ttl") or {"enabled": False}, new.get("ttl") or {"enabled": False}
    if before != after and (before.get("enabled") or after.get("enabled")):
        attribute = after.get("attributeName") or before["attributeName"]
        enabled = after.get("enabled", False)
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"Enabled": enabled, "AttributeName": attribute}
        )
    recovery = new.get("pointInTimeRecovery") or {"enabled": False}
    if recovery != (old.get("pointInTimeRecovery") or {"enabled": False}):
        put_recovery(dynamodb, name, recovery)


def put_recovery(dynamodb: Any, name: str, recovery: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Switch recovery to a point in time on or off."""
    specification: dict[str, Any] = {"PointInTimeRecoveryEnabled": recovery["enabled"]}
    if recovery["enabled"] and recovery.get("recoveryPeriodInDays"):
        specification["RecoveryPeriodInDays"] = recovery["recoveryPeriodInDays"]
    dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=specification)


def _describe_table(clients: Clients, name: str, known: Properties) -> Properties | None:
    dynamodb = _dynamodb(clients, known)
    answer = found(lambda: dynamodb.describe_table(TableName=name), _GONE)
    if answer is None:
        return None
    table = answer["Table"]
    keys = {each["KeyType"]: each["AttributeName"] for each in table["KeySchema"]}
    mode = table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    stream = table.get("StreamSpecification") or _NO_STREAM
    given = known.get("attributes", [])
    attributes = [
        {"name": each["AttributeName"], "type": each["AttributeType"]} for each in table["AttributeDefinitions"]
    ]
    tags = dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"]).get("Tags", [])
    return {
        "arn": table["TableArn"],
        "name": name,
        "attributes": in_known_order(given, attributes),
        "billingMode": mode,
        "deletionProtectionEnabled": table.get("DeletionProtectionEnabled", False),
        "hashKey": keys["HASH"],
        "rangeKey": keys.get("RANGE"),
        "readCapacity": table["ProvisionedThroughput"]["ReadCapacityUnits"],
        "writeCapacity": table["ProvisionedThroughput"]["WriteCapacityUnits"],
        "streamEnabled": stream["StreamEnabled"],
        "streamViewType": stream.get("StreamViewType", ""),
        "streamArn": table.get("LatestStreamArn", ""),
        "streamLabel": table.get("LatestStreamLabel", ""),
        "tableClass": table.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        **_indexes(table, known),
        **replicas.read(clients, table, known),
        **encryption_from(table, known),
        **_settings(dynamodb, name, known),
        **tags_from(tags, known),
    }


def encryption_from(table: Properties, known: Properties) -> Properties:
    """Return what encrypts a table; nothing where that is DynamoDB's own key and the program says nothing of it."""
    about = table.get("SSEDescription")
    if about is None:
        return {"serverSideEncryption": {"enabled": False}} if known.get("serverSideEncryption") else {}
    told = known.get("serverSideEncryption") or {}
    key = about.get("KMSMasterKeyArn")
    return {"serverSideEncryption": {"enabled": True, **({"kmsKeyArn": key} if "kmsKeyArn" in told else {})}}


def _indexes(table: Properties, known: Properties) -> Properties:
    kinds = {"globalSecondaryIndexes": "GlobalSecondaryIndexes", "localSecondaryIndexes": "LocalSecondaryIndexes"}
    answer: Properties = {}
    for name, aws in kinds.items():
        given = {each["name"]: each for each in known.get(name) or []}
        listed = [_index_from(each, given.get(each["IndexName"], {})) for each in table.get(aws) or []]
        if listed or given:
            answer[name] = sorted(
                listed, key=lambda each: list(given).index(each["name"]) if each["name"] in given else 0
            )
    return answer


def _index_from(index: Properties, given: Properties) -> Properties:
    keys = {each["KeyType"]: each["AttributeName"] for each in index["KeySchema"]}
    projection = index["Projection"]
    listed = projection.get("NonKeyAttributes")
    throughput = index.get("ProvisionedThroughput") or {}
    now = {
        "name": index["IndexName"],
        "hashKey": keys["HASH"],
        "rangeKey": keys.get("RANGE"),
        "projectionType": projection["ProjectionType"],
        "nonKeyAttributes": in_known_order(given.get("nonKeyAttributes", []), listed) if listed else None,
        "readCapacity": throughput.get("ReadCapacityUnits"),
        "writeCapacity": throughput.get("WriteCapacityUnits"),
    }
    # The provider's own words: an index says of its keys and capacity only what the program may say there.
    return {name: value for name, value in now.items() if value is not None and (name in given or not given)}


def _settings(dynamodb: Any, name: str, known: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    answer: Properties = {}
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    if known.get("ttl") or ttl["TimeToLiveStatus"] == "ENABLED":
        enabled = ttl["TimeToLiveStatus"] == "ENABLED"
        attribute = ttl.get("AttributeName") or (known.get("ttl") or {}).get("attributeName")
        answer["ttl"] = {"enabled": enabled, **({"attributeName": attribute} if attribute else {})}
    recovery = recovery_from(dynamodb, name, known.get("pointInTimeRecovery") or {})
    if known.get("pointInTimeRecovery") or recovery["enabled"]:
        answer["pointInTimeRecovery"] = recovery
    return answer


def recovery_from(dynamodb: Any, name: str, known: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    """Return whether a table can be restored to a point in time, and how far back."""
    about = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    point = about["PointInTimeRecoveryDescription"]
    days = point.get("RecoveryPeriodInDays")
    enabled = point["PointInTimeRecoveryStatus"] == "ENABLED"
    return {"enabled": enabled, **({"recoveryPeriodInDays": days} if days and "recoveryPeriodInDays" in known else {})}


def _change_table(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    dynamodb = _dynamodb(clients, new)
    for request in _updates(old, new):
        dynamodb.update_table(TableName=name, **request)
    _put_settings(dynamodb, {**old, "name": name}, {**new, "name": name})
    replicas.put(clients, name, old, new)
    change_tags(dynamodb, outputs["arn"], old, new)


def change_tags(dynamodb: Any, arn: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Put and take away the tags of a table."""
    gone, put = tag_changes(old, new)
    if gone:
        dynamodb.untag_resource(ResourceArn=arn, TagKeys=gone)
    if put:
        dynamodb.tag_resource(ResourceArn=arn, Tags=tag_list({"tags": put}))


def _updates(old: Properties, new: Properties) -> list[dict[str, Any]]:
    """Return the updates that lead from old inputs to new ones; AWS takes many of them only one at a time."""
    updates: list[dict[str, Any]] = []
    if any(old.get(name) != new.get(name) for name in ("billingMode", "readCapacity", "writeCapacity")):
        provisioned = {"ProvisionedThroughput": _throughput(new)} if _is_provisioned(new) else {}
        updates.append({"BillingMode": new.get("billingMode", "PROVISIONED"), **provisioned})
    if _stream(old) != _stream(new):
        # A stream's view type cannot be changed: the provider ends the stream and begins another.
        updates += [{"StreamSpecification": _NO_STREAM}] if _stream(old)["StreamEnabled"] else []
        updates += [{"StreamSpecification": _stream(new)}] if _stream(new)["StreamEnabled"] else []
    if old.get("deletionProtectionEnabled", False) != new.get("deletionProtectionEnabled", False):
        updates.append({"DeletionProtectionEnabled": new.get("deletionProtectionEnabled", False)})
    if old.get("tableClass", "STANDARD") != new.get("tableClass", "STANDARD"):
        updates.append({"TableClass": new.get("tableClass", "STANDARD")})
    if _encryption(old) != _encryption(new):
        updates.append({"SSESpecification": _encryption(new)})
    return updates + _index_updates(old, new)


def _index_updates(old: Properties, new: Properties) -> list[dict[str, Any]]:
    before = {each["name"]: each for each in old.get("globalSecondaryIndexes") or []}
    after = {each["name"]: each for each in new.get("globalSecondaryIndexes") or []}
    gone = [name for name, index in before.items() if after.get(name) != index]
    made = [index for name, index in after.items() if before.get(name) != index]
    attributes = {"AttributeDefinitions": _attributes(new)}
    provisioned = _is_provisioned(new)
    return [
        *({**attributes, "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": name}}]} for name in gone),
        *(
            {**attributes, "GlobalSecondaryIndexUpdates": [{"Create": _global_index(each, provisioned=provisioned)}]}
            for each in made
        ),
    ]


def _remove_table(clients: Clients, name: str, outputs: Properties) -> None:
    dynamodb = _dynamodb(clients, outputs)
    if found(lambda: dynamodb.describe_table(TableName=name), _GONE) is None:
        return
    replicas.put(clients, name, outputs, {**outputs, "replicas": []})
    found(lambda: dynamodb.delete_table(TableName=name), _GONE)


def _table_problems(inputs: Properties) -> list[tuple[str, str]]:
    unknown = [(name, f"the sandbox has no {name}") for name in _UNSUPPORTED if inputs.get(name)]
    unknown += replicas.problems(inputs)
    if unknown:
        return unknown
    if not inputs.get("hashKey"):
        return [("hashKey", "hash_key must be set")]
    problems = []
    if inputs.get("streamEnabled") and not inputs.get("streamViewType"):
        problems.append(("streamViewType", "stream_view_type is required when stream_enabled = true"))
    indexes = [*(inputs.get("globalSecondaryIndexes") or []), *(inputs.get("localSecondaryIndexes") or [])]
    used = {inputs["hashKey"], inputs.get("rangeKey")}
    used |= {each.get(key) for each in indexes for key in ("hashKey", "rangeKey")}
    named = {each["name"] for each in inputs.get("attributes", [])}
    if named != used - {None}:
        listed = sorted(str(each) for each in named ^ (used - {None}))
        problems.append(("attributes", f"all attributes must be indexed, and all keys defined: {listed}"))
    if _is_provisioned(inputs) and not (inputs.get("readCapacity") and inputs.get("writeCapacity")):
        problems.append(
            ("readCapacity", "read_capacity and write_capacity must be set when billing_mode is PROVISIONED")
        )
    return problems


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:dynamodb/table:Table",
            make=_make_table,
            describe=_describe_table,
            change=_change_table,
            remove=_remove_table,
            replace_on=frozenset({"name", "hashKey", "rangeKey", "localSecondaryIndexes"}),
            auto_name=AutoName("name", 255),
            unordered=frozenset({"attributes", "globalSecondaryIndexes", "localSecondaryIndexes", "replicas"}),
            validate=_table_problems,
        ),
    )
}
