"""Decides what keeping data in step is made of: defaults filled in, every problem found, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.arns import region_of
from pulumi_aws_mobile.dr_pair.regions import partition_of
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.function.settings import LONGEST_NAME as LONGEST_FUNCTION_NAME
from pulumi_aws_mobile.function.settings import check_name
from pulumi_aws_mobile.limits import KEY_ARN, REGION, TOPIC_ARN, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS

from .args import DataSyncArgs, DataSyncLimitsArgs, DataSyncRecoveryArgs, DataSyncReplicaArgs

API_ROLE = "api"
STREAM_ROLE = "stream"
LONGEST_NAME = LONGEST_FUNCTION_NAME - len(f"-{STREAM_ROLE}")
LONGEST_KEY_BYTES = 1024
"""A sort key of DynamoDB has so many, and a record's is its key.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""
_TOMBSTONE_DAYS = 30
_TOKEN_DAYS = 7
_LOG_RETENTION_DAYS = 90
_DEFAULTS = {
    "max_datasets": 20,
    "max_dataset_bytes": 1_048_576,
    "max_records": 1024,
    "max_key_bytes": LONGEST_KEY_BYTES,
    "max_value_bytes": 262_144,
    "max_changes": 90,
}

LIMITS: Limits = {
    DataSyncArgs: {
        "tombstone_days": Between(1, 3650, "days"),
        "token_days": Between(1, 90, "days"),
        "alarm_topic_arn": TOPIC_ARN,
        "log_retention_days": OneOf(RETENTION_DAYS),
        "region": REGION,
    },
    DataSyncLimitsArgs: {
        "max_datasets": Between(1, 1000, "datasets"),
        "max_dataset_bytes": Between(1024, 104_857_600, "bytes"),
        "max_records": Between(1, 100_000, "records"),
        "max_key_bytes": Between(1, LONGEST_KEY_BYTES, "bytes"),
        "max_value_bytes": Between(1, 262_144, "bytes"),
        "max_changes": Between(90, 96, "changes"),
    },
    DataSyncRecoveryArgs: {"region": REGION, "kms_key_arn": KEY_ARN},
    DataSyncReplicaArgs: {
        "table_name": Matching(r"[A-Za-z0-9_.-]{3,255}", "the name of a DynamoDB table"),
        "table_arn": Matching(
            r"arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table/[A-Za-z0-9_.-]+", "the ARN of a DynamoDB table"
        ),
        "stream_arn": Matching(
            r"arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table/[A-Za-z0-9_.-]+/stream/[0-9T:.-]+",
            "the ARN of a DynamoDB table's stream",
        ),
        "kms_key_arn": KEY_ARN,
    },
}


@dataclass(frozen=True, slots=True)
class Replica:
    """The replica that a table of its own gets."""

    region: str
    kms_key_arn: pulumi.Input[str] | None
    """`None` for a new key."""


@dataclass(frozen=True, slots=True)
class WorksOn:
    """A table that is another's."""

    table_name: pulumi.Input[str]
    table_arn: pulumi.Input[str]
    stream_arn: pulumi.Input[str]
    kms_key_arn: pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class DataSyncSettings:
    """What keeping data in step is made of."""

    limits: Mapping[str, int]
    """By option, all of them."""
    tombstone_days: int
    token_days: int
    callers: tuple[str, ...]
    replica: Replica | None
    works_on: WorksOn | None
    """`None` for a table of its own."""
    alarm_topic_arn: pulumi.Input[str] | None
    log_retention_days: int
    protect: bool
    deletion_protection: bool
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: DataSyncArgs) -> DataSyncSettings:
    """Return the settings of the data sync `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(DataSyncArgs, args, LIMITS, problems)
    check_name(name, LONGEST_NAME, problems)
    limits = _limits(given.get("limits", {}), problems)
    _check_recovery(given, problems)
    _check_replica(given, problems)
    problems.raise_for(f'DataSync "{name}"')
    recovery, replica_of = given.get("recovery"), given.get("replica_of")
    return DataSyncSettings(
        limits=limits,
        tombstone_days=given.get("tombstone_days", _TOMBSTONE_DAYS),
        token_days=given.get("token_days", _TOKEN_DAYS),
        callers=("signed_in", "guests") if given.get("guests") else ("signed_in",),
        replica=None if recovery is None else Replica(recovery["region"], recovery.get("kms_key_arn")),
        works_on=None if replica_of is None else WorksOn(**replica_of),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        log_retention_days=given.get("log_retention_days", _LOG_RETENTION_DAYS),
        protect=given.get("protect", True),
        deletion_protection=given.get("deletion_protection", True),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _limits(given: Mapping[str, int], problems: Problems) -> dict[str, int]:
    """Return all limits; note one that could never be reached, since the dataset's comes first."""
    whole = given.get("max_dataset_bytes", _DEFAULTS["max_dataset_bytes"])
    if given.get("max_value_bytes", 0) > whole:
        allowed = f"at most max_dataset_bytes, {whole}"
        fix = "lower it, or raise max_dataset_bytes"
        problems.add("limits.max_value_bytes", given["max_value_bytes"], allowed, fix)
    return {**_DEFAULTS, "max_value_bytes": min(_DEFAULTS["max_value_bytes"], whole), **given}


def _check_recovery(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a replica in the Region of its table, and a key of another Region than the replica's."""
    if "recovery" not in given or problems.touches("recovery") or problems.touches("region"):
        return
    if "replica_of" in given:
        fix = "remove it; who made the table says where it has replicas"
        problems.extend([Problem("recovery", "a replica", "nothing, with replica_of", fix)])
        return
    region, key = given["recovery"]["region"], given["recovery"].get("kms_key_arn")
    if "region" not in given:
        allowed = "the table's own Region, which the replica's is compared with"
        problems.add("region", None, allowed, "give it beside recovery")
    elif region == given["region"]:
        problems.add("recovery.region", region, "another Region than the table's", "choose a recovery Region")
    elif partition_of(region) != (partition := partition_of(given["region"])):
        allowed = f"a Region of the partition {partition}, like {given['region']}"
        fix = "DynamoDB does not copy between partitions: choose another Region"
        problems.add("recovery.region", region, allowed, fix)
    if isinstance(key, str) and region_of(key) != region:
        problems.add("recovery.kms_key_arn", key, f"a key in {region}", "name a key of the replica's Region")


def _check_replica(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse parts of different tables or Regions, and protection of what is another's."""
    if "replica_of" not in given or problems.touches("replica_of"):
        return
    known = {name: value for name, value in given["replica_of"].items() if isinstance(value, str)}
    arn, name, stream = (known.get(each) for each in ("table_arn", "table_name", "stream_arn"))
    if arn is not None and name is not None and not arn.endswith(f":table/{name}"):
        problems.add("replica_of.table_arn", arn, f"the ARN of {name}", "give all of the same table")
    if arn is not None and stream is not None and not stream.startswith(f"{arn}/"):
        problems.add("replica_of.stream_arn", stream, f"a stream of {arn}", "give all of the same table")
    region = given.get("region")
    for option in ("table_arn", "stream_arn", "kms_key_arn"):
        path = f"replica_of.{option}"
        if region is not None and option in known and region_of(known[option]) != region:
            fix = "give what is in this Region, or move this"
            problems.add(path, known[option], f"an ARN in {region}, as region says", fix)
    for option in ("protect", "deletion_protection"):
        if option in given:
            fix = "remove it; who made the table says so"
            problems.add(option, given[option], "nothing, with replica_of", fix)
