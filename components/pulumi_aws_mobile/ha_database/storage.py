"""How much storage of which kind: defaults and RDS's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .choices import DatabaseStorage

LARGEST_GIB = 65_536
_LEAST_PROVISIONED_GIB = 100
_GP3_STEP_GIB = 400
"""From here gp3 is striped over four volumes and its IOPS and throughput can be chosen, for all three engines."""
_GP3_BASE_IOPS = 3_000
_GP3_BASE_IOPS_STRIPED = 12_000


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """The storage of the database; what is none is left to RDS."""

    kind: DatabaseStorage | None
    allocated_gib: int | None
    max_gib: int | None
    iops: int | None
    throughput_mibps: int | None


def resolve_storage(values: Mapping[str, Any], problems: Problems, *, cluster: bool, restored: bool) -> StorageSettings:
    """Return the storage for the options in `values`; note what RDS would refuse."""
    provisioned = values.get("storage_type") in (DatabaseStorage.IO1, DatabaseStorage.IO2)
    kind = values.get("storage_type", None if restored and not cluster else DatabaseStorage.GP3)
    default_gib = _LEAST_PROVISIONED_GIB if cluster or provisioned else 20
    allocated: int | None = values.get("storage_gib", None if restored and not cluster else default_gib)
    if provisioned and allocated is not None and allocated < _LEAST_PROVISIONED_GIB:
        problems.add(
            "storage_gib",
            allocated,
            f"{_LEAST_PROVISIONED_GIB} to {LARGEST_GIB} GiB with provisioned IOPS",
            f'raise it to {_LEAST_PROVISIONED_GIB}, or choose storage_type "gp3"',
        )
    iops = _iops(values.get("iops"), kind, allocated, problems, cluster=cluster)
    throughput: int | None = values.get("throughput_mibps")
    if throughput is not None:
        _check_throughput(throughput, kind, allocated, problems, cluster=cluster)
    return StorageSettings(
        kind=kind,
        allocated_gib=allocated,
        max_gib=_max(values.get("max_storage_gib"), allocated, problems, cluster=cluster),
        iops=iops,
        throughput_mibps=throughput,
    )


def _iops(
    iops: int | None, kind: DatabaseStorage | None, allocated: int | None, problems: Problems, *, cluster: bool
) -> int | None:
    size = allocated or 0
    if kind in (DatabaseStorage.IO1, DatabaseStorage.IO2):
        if iops is None:
            problems.add(
                "iops", iops, f"a number of operations per second, with {kind.value}", "give it, or choose gp3"
            )
        elif allocated is not None and not allocated / 2 <= iops <= 50 * allocated:
            allowed = f"0.5 to 50 per GiB, {max(1000, -(-allocated // 2))} to {50 * allocated} for {allocated} GiB"
            problems.add("iops", iops, allowed, "change iops or storage_gib")
        return iops
    if iops is not None and size < _GP3_STEP_GIB:
        allowed = f"nothing, for gp3 storage under {_GP3_STEP_GIB} GiB, which has {_GP3_BASE_IOPS}"
        problems.add("iops", iops, allowed, f"remove it, or raise storage_gib to {_GP3_STEP_GIB}")
    elif iops is not None and not _GP3_BASE_IOPS_STRIPED <= iops <= 64_000:  # noqa: PLR2004 - the limit is in the message
        problems.add("iops", iops, f"{_GP3_BASE_IOPS_STRIPED} to 64000 for gp3", "choose an allowed value")
    if cluster and iops is None:  # the API wants a number for a cluster even where only one is possible
        return _GP3_BASE_IOPS if size < _GP3_STEP_GIB else _GP3_BASE_IOPS_STRIPED
    return iops


def _check_throughput(
    throughput: int, kind: DatabaseStorage | None, allocated: int | None, problems: Problems, *, cluster: bool
) -> None:
    if cluster:
        allowed, fix = "nothing, for a Multi-AZ cluster", "remove it"
    elif kind not in (DatabaseStorage.GP3, None):
        allowed, fix = "nothing, with provisioned IOPS", "remove it"
    elif (allocated or 0) < _GP3_STEP_GIB:
        allowed = f"nothing, for gp3 storage under {_GP3_STEP_GIB} GiB, which has 125"
        fix = f"remove it, or raise storage_gib to {_GP3_STEP_GIB}"
    else:
        return
    problems.add("throughput_mibps", throughput, allowed, fix)


def _max(most: int | None, allocated: int | None, problems: Problems, *, cluster: bool) -> int | None:
    if cluster:
        if most:
            problems.add(
                "max_storage_gib",
                most,
                "nothing, for a Multi-AZ cluster, whose storage cannot grow by itself",
                "remove it and give the storage_gib that it will need",
            )
        return None
    if most == 0:
        return None
    if allocated is None:
        return most
    if most is None:
        return min(10 * allocated, LARGEST_GIB) if allocated * 1.1 <= LARGEST_GIB else None
    least = -(-allocated * 11 // 10)
    if most < least:
        problems.add("max_storage_gib", most, f"0, or {least} to {LARGEST_GIB} GiB", "raise it, or 0 for no growth")
    return most
