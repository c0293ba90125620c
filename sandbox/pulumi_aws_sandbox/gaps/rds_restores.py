"""Restores of RDS instances: made of what AWS carries over, with the data of the snapshot or backup.

moto copies the source's whole state. Here the data are those that the source's local database had: at the snapshot, or
when its automated backups were last uploaded, which is every five minutes.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.rds_backups import source_of_backup
from pulumi_aws_sandbox.gaps.rds_instances import carried_over
from pulumi_aws_sandbox.gaps.rds_states import begin
from pulumi_aws_sandbox.gaps.refusals import refuse
from pulumi_aws_sandbox.runtime import clock, databases


def fill() -> None:
    """Restore data, and what belongs to them."""
    from moto.rds.models import DBSnapshot, RDSBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(DBSnapshot, "__init__", _holding)
    replace(RDSBackend, "copy_db_snapshot", _copying)
    replace(RDSBackend, "restore_db_instance_from_db_snapshot", lambda _: _restore_snapshot)
    replace(RDSBackend, "restore_db_instance_to_point_in_time", lambda _: _restore_point_in_time)


def _holding(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, backend: Any, database: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, backend, database, *args, **kwargs)
        self.data = databases.copy_now(database.dbi_resource_id)

    return init


def _copying(original: Callable[..., Any]) -> Callable[..., Any]:
    def copy(self: Any, source_db_snapshot_identifier: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        made = original(self, source_db_snapshot_identifier, *args, **kwargs)
        made.data = self.get_db_snapshot(source_db_snapshot_identifier).data
        return made

    return copy


def _restore_snapshot(self: Any, from_snapshot_id: str, overrides: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    if from_snapshot_id.startswith("arn:"):
        from_snapshot_id = self.extract_snapshot_name_from_arn(from_snapshot_id)
    snapshot = self.describe_db_snapshots(db_instance_identifier=None, db_snapshot_identifier=from_snapshot_id)[0]
    made = carried_over(snapshot.database)
    made |= {"storage_encrypted": snapshot.encrypted, "kms_key_id": snapshot.kms_key_id}
    made["backup_retention_period"] = snapshot.database.backup_retention_period
    return _restored(self, made, overrides, snapshot.allocated_storage, snapshot.data)


def _restore_point_in_time(
    self: Any,  # noqa: ANN401 - moto's own types
    source_db_identifier: str | None,
    target_db_identifier: str,
    overrides: dict[str, Any],
) -> Any:  # noqa: ANN401 - moto's own types
    copied = source_of_backup(self, overrides)
    source, key = copied or (self.find_db_from_id(source_db_identifier), None)
    if not source.backup_retention_period:
        reason = f"Automated backups are not enabled for the DB instance {source.db_instance_identifier}."
        refuse("PointInTimeRestoreNotEnabled", reason)
    made = carried_over(source) | {"backup_retention_period": source.backup_retention_period}
    if key is not None:
        made["kms_key_id"] = key
    data = databases.copy_at(source.dbi_resource_id, _moment(overrides.get("restore_time")))
    overrides = {**overrides, "db_instance_identifier": target_db_identifier}
    return _restored(self, made, overrides, source.allocated_storage, data)


def _moment(given: Any) -> float:  # noqa: ANN401 - a date, or its text, or none
    """Return the time to restore to; the latest one that there is where none is given."""
    if not given:
        return clock.now()
    at = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _restored(
    backend: Any,  # noqa: ANN401 - moto's own types
    made: dict[str, Any],
    overrides: dict[str, Any],
    at_least: int,
    data: Any,  # noqa: ANN401 - the runtime's own
) -> Any:  # noqa: ANN401 - moto's own types
    if overrides.get("allocated_storage") and overrides["allocated_storage"] < at_least:
        reason = "The allocated storage size can't be less than the source snapshot or backup size."
        refuse("InvalidParameterValue", reason)
    ignored = ("db_snapshot_identifier", "source_db_instance_identifier", "target_db_instance_identifier")
    given = {key: value for key, value in overrides.items() if value is not None and key not in ignored}
    if given.get("kms_key_id"):
        key = backend._validate_kms_key(given["kms_key_id"])  # noqa: SLF001 - what moto itself uses
        given |= {"kms_key_id": key, "storage_encrypted": True}
    restored = backend.create_db_instance(made | given)
    restored.made_from = data
    begin(restored, "creating", "restore")
    return restored
