"""What a database starts from: an empty disk, a snapshot or a moment in its backups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problem, Problems

_SOURCES = ("snapshot_identifier", "source_identifier", "source_backups_arn")


@dataclass(frozen=True, slots=True)
class RestoreSettings:
    """One source and, unless it is a snapshot, the moment."""

    snapshot_identifier: pulumi.Input[str] | None
    source_identifier: pulumi.Input[str] | None
    source_backups_arn: pulumi.Input[str] | None
    restore_time: str | None


def resolve_restore(values: Mapping[str, Any] | None, problems: Problems, *, cluster: bool) -> RestoreSettings | None:
    """Return what to start from; note anything but exactly one source."""
    if values is None:
        return None
    given = [source for source in _SOURCES if source in values]
    if len(given) != 1:
        problems.add(
            "restore",
            " and ".join(given) or None,
            f"exactly one of {', '.join(_SOURCES)}",
            "keep one of them" if given else "give one, or remove restore",
        )
    if cluster and "source_backups_arn" in values:
        allowed = "nothing, for a Multi-AZ cluster, whose backups are neither copied nor kept as such"
        fix = "restore from a snapshot, or from source_identifier"
        problems.extend([Problem("restore.source_backups_arn", "a value", allowed, fix)])
    if "restore_time" in values and given == ["snapshot_identifier"]:
        problems.add(
            "restore.restore_time",
            values["restore_time"],
            "nothing, for a snapshot, which holds one moment",
            "remove it, or restore from source_identifier",
        )
    return RestoreSettings(**{key: values.get(key) for key in (*_SOURCES, "restore_time")})
