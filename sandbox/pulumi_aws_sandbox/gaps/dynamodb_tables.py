"""Tables that keep their class and change their key, and global tables: one set of items in every Region of a table.

An item written in one Region is there in the others at once; a Region that is cut has it when it answers again.
"""

from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace

_CLASSES = ("STANDARD", "STANDARD_INFREQUENT_ACCESS")


def fill() -> None:
    """Teach moto's tables."""
    from moto.dynamodb.models import DynamoDBBackend, Table  # noqa: PLC0415 - moto loads only when deploying
    from moto.dynamodb.responses import DynamoHandler  # noqa: PLC0415 - as above

    replace(DynamoHandler, "create_table", _creating)
    replace(DynamoHandler, "update_table", _updating)
    replace(DynamoDBBackend, "delete_table", _deleting)
    replace(Table, "describe", _describing)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        _require_class(self.body.get("TableClass"))
        _require_key(self.region, (self.body.get("SSESpecification") or {}).get("KMSMasterKeyId"))
        original(self)
        table = self.dynamodb_backend.get_table(self.body["TableName"])
        table.sandbox_class = self.body.get("TableClass") or "STANDARD"
        return _answer(table)

    return create


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        table = self.dynamodb_backend.get_table(self.body["TableName"])
        _require_class(self.body.get("TableClass"))
        encryption = self.body.get("SSESpecification")
        if encryption is not None:
            _require_key(self.region, encryption.get("KMSMasterKeyId"))
            table.sse_specification = _encryption(table, encryption)
        if self.body.get("TableClass"):
            table.sandbox_class = self.body["TableClass"]
        for change in self.body.get("ReplicaUpdates") or []:
            for kind, wanted in change.items():
                _CHANGES[kind](table, wanted)
        original(self)
        return _answer(table)

    return update


def _answer(table: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.responses import DynamoResult  # noqa: PLC0415 - loaded by now

    return DynamoResult(table.describe())


def _encryption(table: Any, wanted: dict[str, Any]) -> dict[str, Any] | None:  # noqa: ANN401 - moto's own types
    if not wanted.get("Enabled"):
        return None
    key = wanted.get("KMSMasterKeyId") or table._get_default_encryption_key(table.account_id, table.region_name)  # noqa: SLF001 - moto offers no other way
    return {**wanted, "KMSMasterKeyId": key}


def _create_replica(table: Any, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - loaded by now

    region = wanted["RegionName"]
    there = dynamodb_backends[ACCOUNT][region]
    if region in _regions(table):
        _refuse(
            "Failed to create a the new replica of table with name: "
            f"'{table.name}' because one or more replicas already existed as tables."
        )
    if table.name in there.tables:
        _refuse(f"Failed to create a the new replica of table with name: '{table.name}' because it exists in {region}.")
    stream = table.stream_specification or {}
    if stream.get("StreamViewType") != "NEW_AND_OLD_IMAGES":
        _refuse(
            "One or more parameter values were invalid: a table must have a stream with the view type "
            "NEW_AND_OLD_IMAGES before it can have replicas"
        )
    own_key = wanted.get("KMSMasterKeyId")
    _require_key(region, own_key)
    encryption = table.sse_specification or {}
    if _is_customers(table.region_name, encryption.get("KMSMasterKeyId")) and own_key is None:
        _refuse(
            "One or more parameter values were invalid: the table is encrypted with a customer managed key; "
            f"the replica in {region} needs a KMSMasterKeyId of its own Region"
        )
    replica = _copy(table, there, own_key)
    replica.sandbox_class = _require_class(wanted.get("TableClassOverride")) or vars(table).get("sandbox_class")
    replica.sandbox_override = wanted.get("TableClassOverride")
    replica.sandbox_key = own_key
    regions = vars(table).setdefault("sandbox_regions", [table.region_name])
    regions.append(region)
    replica.sandbox_regions = regions


def _copy(table: Any, there: Any, key: str | None) -> Any:  # noqa: ANN401 - moto's own types
    described = table.describe()["TableDescription"]
    indexes = {
        name: [{key: index[key] for key in ("IndexName", "KeySchema", "Projection")} for index in described[name]]
        for name in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
    }
    encryption = table.sse_specification
    if encryption is not None:
        encryption = {name: value for name, value in encryption.items() if name != "KMSMasterKeyId"}
        encryption |= {"KMSMasterKeyId": key} if key else {}
    throughput = {name: table.throughput[name] for name in ("ReadCapacityUnits", "WriteCapacityUnits")}
    replica = there.create_table(
        table.name,
        schema=[dict(each) for each in table.schema],
        throughput=throughput if table.billing_mode == "PROVISIONED" else None,
        attr=[dict(each) for each in table.attr],
        global_indexes=[
            {**each, **({"ProvisionedThroughput": throughput} if table.billing_mode == "PROVISIONED" else {})}
            for each in indexes["GlobalSecondaryIndexes"]
        ],
        indexes=indexes["LocalSecondaryIndexes"],
        streams={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        billing_mode=table.billing_mode,
        sse_specification=encryption,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )
    replica.items = table.items
    replica.ttl = dict(table.ttl)
    return replica


def _update_replica(table: Any, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    replica = _replica(table, wanted["RegionName"])
    if wanted.get("TableClassOverride"):
        replica.sandbox_class = replica.sandbox_override = _require_class(wanted["TableClassOverride"])
    if wanted.get("KMSMasterKeyId"):
        _require_key(wanted["RegionName"], wanted["KMSMasterKeyId"])
        replica.sandbox_key = wanted["KMSMasterKeyId"]
        replica.sse_specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": wanted["KMSMasterKeyId"]}


def _delete_replica(table: Any, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - loaded by now

    replica = _replica(table, wanted["RegionName"])
    dynamodb_backends[ACCOUNT][replica.region_name].delete_table(replica.name)


_CHANGES = {"Create": _create_replica, "Update": _update_replica, "Delete": _delete_replica}


def _replica(table: Any, region: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - loaded by now

    if region == table.region_name or region not in _regions(table):
        _refuse(
            "Update global table operation failed because one or more replicas were not part of the global table: "
            f"{region}",
            "ReplicaNotFoundException",
        )
    return dynamodb_backends[ACCOUNT][region].tables[table.name]


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, name: str) -> Any:  # noqa: ANN401 - moto's own types
        gone = original(self, name)
        if gone.region_name in _regions(gone):
            _regions(gone).remove(gone.region_name)
        return gone

    return delete


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe(self: Any, base_key: str = "TableDescription") -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - loaded by now

        described = original(self, base_key)
        about = described[base_key]
        about["TableClassSummary"] = {"TableClass": vars(self).get("sandbox_class") or "STANDARD"}
        others = [each for each in _regions(self) if each != self.region_name]
        if others:
            about["GlobalTableVersion"] = "2019.11.21"
            there = [dynamodb_backends[ACCOUNT][region].tables[self.name] for region in others]
            about["Replicas"] = [_summary(each) for each in there]
        return described

    return describe


def _summary(replica: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    own = vars(replica)
    summary = {"RegionName": replica.region_name, "ReplicaStatus": "ACTIVE"}
    if own.get("sandbox_key"):
        summary["KMSMasterKeyId"] = own["sandbox_key"]
    if own.get("sandbox_override"):
        summary["ReplicaTableClassSummary"] = {"TableClass": own["sandbox_override"]}
    return summary


def _regions(table: Any) -> list[str]:  # noqa: ANN401 - moto's own types
    """Return the Regions of a global table, which all its replicas share; none for another."""
    return vars(table).get("sandbox_regions", [])


def _require_class(name: str | None) -> str | None:
    if name is not None and name not in _CLASSES:
        _refuse(f"1 validation error detected: Value '{name}' at 'tableClass' must be one of [{', '.join(_CLASSES)}]")
    return name


def _require_key(region: str, name: str | None) -> None:
    """Refuse a key that is not there, or of another Region than the table's."""
    if name is None or name.startswith("alias/aws/"):
        return
    key = _key(region, name)
    if key is None or not key.enabled:
        _refuse(f"KMS validation error: the key {name} is not an enabled key of {region}")


def _is_customers(region: str, name: str | None) -> bool:
    """Tell whether a key is one that the customer made, and not AWS's own for DynamoDB."""
    key = None if name is None else _key(region, name)
    return key is not None and not any(alias.startswith("alias/aws/") for alias in key.aliases)


def _key(region: str, name: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.kms.models import kms_backends  # noqa: PLC0415 - moto loads only when something is deployed

    if name.startswith("arn:"):
        if name.split(":")[3] != region:
            return None
        name = name.split(":", 5)[-1].removeprefix("key/")
    backend = kms_backends[ACCOUNT][region]
    return backend.keys.get((backend.get_key_id_from_alias(name) if name.startswith("alias/") else name) or "")


def _refuse(reason: str, code: str = "ValidationException") -> NoReturn:
    from moto.dynamodb.exceptions import ERROR_TYPE_PREFIX, DynamodbException  # noqa: PLC0415 - loaded by now

    kind = f"{ERROR_TYPE_PREFIX}{code}"
    raise DynamodbException(kind, reason)
