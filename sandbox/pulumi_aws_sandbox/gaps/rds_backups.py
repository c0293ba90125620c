"""Automated backups copied to another Region, which moto does not have."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.refusals import refuse
from pulumi_aws_sandbox.runtime import clock, databases, regions

_DAYS = 7
_UPLOAD_SECONDS = 300


def fill() -> None:
    """Add the calls that start, stop and list the copies."""
    from moto.rds.responses import RDSResponse  # noqa: PLC0415 - moto loads only when something is deployed

    RDSResponse.start_db_instance_automated_backups_replication = _start
    RDSResponse.stop_db_instance_automated_backups_replication = _stop
    replace(RDSResponse, "describe_db_instance_automated_backups", _described)


def copies(backend: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - moto's own types
    """Return the copies kept in a Region, by the ARN of their source."""
    return vars(backend).setdefault("automated_backup_copies", {})


def _sources(backend: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    return vars(backend).setdefault("automated_backup_sources", {})


def _shown(backend: Any, copy: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return a copy with the time that it can be restored to: that of the last upload, every five minutes."""
    window = copy["RestoreWindow"]
    since = regions.cut_since(copy["Region"])
    upload = databases.backed_up_to(_sources(backend)[copy["DBInstanceArn"]].dbi_resource_id)
    seconds = upload or (since or clock.now()) // _UPLOAD_SECONDS * _UPLOAD_SECONDS
    latest = max(datetime.fromtimestamp(seconds, UTC), window["EarliestTime"])
    return copy | {"RestoreWindow": window | {"LatestTime": latest}}


def source_of_backup(backend: Any, request: Any) -> tuple[Any, str | None] | None:  # noqa: ANN401 - moto's own types
    """Return the instance whose copied backups a restore asks for, and their key; `None` if it asks for none."""
    arn = request.get("source_db_instance_automated_backups_arn")
    if not arn:
        return None
    for source_arn, copy in copies(backend).items():
        if copy["DBInstanceAutomatedBackupsArn"] == arn:
            # The source may be gone, or its Region.
            return _sources(backend)[source_arn], copy["KmsKeyId"]
    return refuse("DBInstanceAutomatedBackupNotFound", f"The automated backup {arn} could not be found.")


def _start(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    backend, source_arn = self.backend, self.params["SourceDBInstanceArn"]
    source = backend.find_db_from_id(source_arn)
    if source.region == backend.region_name:
        reason = "The source DB instance is in this Region; automated backups are replicated to another one."
        refuse("InvalidParameterValue", reason)
    if not source.backup_retention_period:
        reason = "Automated backups are not enabled for the source DB instance."
        refuse("InvalidDBInstanceState", reason)
    key = self.params.get("KmsKeyId")
    if source.storage_encrypted and not key:
        reason = "A KMS key of this Region is needed to replicate the backups of an encrypted DB instance."
        refuse("InvalidParameterCombination", reason)
    if source_arn in copies(backend):
        refuse("InvalidDBInstanceState", f"The backups of {source_arn} are replicated to this Region already.")
    arn = (
        f"arn:{backend.partition}:rds:{backend.region_name}:{backend.account_id}:auto-backup:ab-{secrets.token_hex(13)}"
    )
    copy = {
        "DBInstanceArn": source_arn,
        "DBInstanceAutomatedBackupsArn": arn,
        "DbiResourceId": source.dbi_resource_id,
        "DBInstanceIdentifier": source.db_instance_identifier,
        "Region": source.region,
        "Status": "active",
        "BackupRetentionPeriod": self.params.get("BackupRetentionPeriod", _DAYS),
        "Encrypted": source.storage_encrypted,
        "KmsKeyId": backend._validate_kms_key(key) if key else None,  # noqa: SLF001 - what moto itself uses
        "Engine": source.engine,
        "EngineVersion": source.engine_version,
        "AllocatedStorage": source.allocated_storage,
        "MasterUsername": source.master_username,
        "Port": source.port,
        "StorageType": source.storage_type,
        "RestoreWindow": {"EarliestTime": clock.today()},
    }
    copies(backend)[source_arn] = copy
    _sources(backend)[source_arn] = source
    _note_at_source(source, backend.region_name, arn)
    return ActionResult({"DBInstanceAutomatedBackup": copy})


def _note_at_source(source: Any, region: str, arn: str | None) -> None:  # noqa: ANN401 - moto's own types
    """Have the source list where its backups go."""
    listed = [
        each
        for each in getattr(source, "db_instance_automated_backups_replications", [])
        if each["DBInstanceAutomatedBackupsArn"].split(":")[3] != region
    ]
    source.db_instance_automated_backups_replications = [
        *listed,
        *([{"DBInstanceAutomatedBackupsArn": arn}] if arn else []),
    ]


def _stop(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.rds.exceptions import DBInstanceNotFoundError  # noqa: PLC0415 - as above

    backend, source_arn = self.backend, self.params["SourceDBInstanceArn"]
    if source_arn not in copies(backend):
        reason = f"The automated backups of {source_arn} are not replicated to this Region."
        refuse("DBInstanceAutomatedBackupNotFound", reason)
    copy = copies(backend).pop(source_arn)
    # Where the source is gone, nothing lists the copy any more.
    with suppress(DBInstanceNotFoundError):
        _note_at_source(backend.find_db_from_id(source_arn), backend.region_name, None)
    return ActionResult({"DBInstanceAutomatedBackup": copy})


def _described(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

        arn, name = self.params.get("DBInstanceAutomatedBackupsArn"), self.params.get("DBInstanceIdentifier")
        matching = [
            _shown(self.backend, copy)
            for copy in copies(self.backend).values()
            if arn in {None, copy["DBInstanceAutomatedBackupsArn"]} and name in {None, copy["DBInstanceIdentifier"]}
        ]
        if arn and not matching:
            reason = f"The automated backup {arn} could not be found."
            refuse("DBInstanceAutomatedBackupNotFound", reason)
        if arn:
            return ActionResult({"DBInstanceAutomatedBackups": matching})
        own = self.backend.describe_db_instance_automated_backups(**self.params)
        return ActionResult({"DBInstanceAutomatedBackups": [*own, *matching]})

    del original
    return describe
