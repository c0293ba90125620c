"""Decides what analytics is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.archive_bucket import rules as bucket_rules
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.archive_bucket.args import AccessLogArgs, ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket.settings import AccessLogs
from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import REGION, TOPIC_ARN, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS

from .args import AnalyticsArgs, AnalyticsEventArgs, AnalyticsIdentifier, AnalyticsIngest, AnalyticsPrivacyArgs
from .schema_rules import check_events, check_funnels, check_privacy

LONGEST_NAME = 36
"""The longest component name that leaves room in the 64 characters of a function's name for `-prepare-function` and
the random ending that Pulumi adds."""
_LOG_RETENTION_DAYS = 400
_GIB = 1024**3
_LATE_DAYS = 7
_STREAM_HOURS = 168
_ROLE_NAME = Matching(r"[\w+=,.@-]{1,64}", "the name of an IAM role")
_FIELD_NAME = Matching(r"[A-Za-z_][A-Za-z0-9_]{0,49}", "1 to 50 letters, digits and underscores, no digit first")

LIMITS: Limits = {
    AnalyticsArgs: {
        "region": REGION,
        "shards": Between(1, 10_000, "shards"),
        "stream_retention_hours": Between(24, 8760, "hours"),
        "schema_version": Between(1, 9999),
        "late_days": Between(1, 30, "days"),
        "clock_tolerance_seconds": Between(10, 3600, "seconds"),
        "buffering_mib": Between(64, 128, "MiB"),
        "buffering_seconds": Between(60, 900, "seconds"),
        "retention_days": Between(31, 3650, "days"),
        "broken_retention_days": Between(1, 365, "days"),
        "scan_limit_bytes": Between(10_485_760, 7_000_000_000_000, "bytes"),
        "results_retention_days": Between(1, 365, "days"),
        "signed_in_role_name": _ROLE_NAME,
        "group_role_names": _ROLE_NAME,
        "guest_role_name": _ROLE_NAME,
        "alarm_topic_arn": TOPIC_ARN,
        "broken_events_alarm": Between(1, 1_000_000, "events"),
        "kms_key_arn": archive_settings.LIMITS[ArchiveBucketArgs]["kms_key_arn"],
        "log_retention_days": OneOf(RETENTION_DAYS),
    },
    AnalyticsEventArgs: {"attributes": _FIELD_NAME, "metrics": _FIELD_NAME},
    AnalyticsPrivacyArgs: {"attributes": OneOf(tuple(wish.value for wish in AnalyticsIdentifier))},
    AccessLogArgs: archive_settings.LIMITS[AccessLogArgs],
}


@dataclass(frozen=True, slots=True)
class AnalyticsSettings:
    """Everything about analytics that is decided before anything is registered."""

    region: str | None
    ingest: AnalyticsIngest
    shards: int | None
    stream_retention_hours: int
    schema_version: int
    events: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """The names of attributes and metrics of custom events, by type."""
    funnels: Mapping[str, tuple[str, ...]]
    privacy: Mapping[str, str]
    """What becomes of `user_id`, `device_id` and `attributes.NAME`."""
    late_days: int
    clock_tolerance_seconds: int
    buffering_mib: int
    buffering_seconds: int
    retention_days: int
    broken_retention_days: int
    scan_limit_bytes: int
    results_retention_days: int
    signed_in_role_name: pulumi.Input[str] | None
    group_role_names: Mapping[str, pulumi.Input[str]]
    guest_role_name: pulumi.Input[str] | None
    alarm_topic_arn: pulumi.Input[str] | None
    broken_events_alarm: int
    kms_key_arn: pulumi.Input[str] | None
    access_logs: AccessLogs | None
    log_retention_days: int
    protect: bool
    empty_on_destroy: bool
    tags: Mapping[str, pulumi.Input[str]]

    @property
    def hashes(self) -> bool:
        """Whether anything is hashed."""
        return AnalyticsIdentifier.HASH.value in self.privacy.values()


def resolve(name: str, args: AnalyticsArgs) -> AnalyticsSettings:
    """Return the settings of the analytics `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(AnalyticsArgs, args, LIMITS, problems)
    _check_name(name, problems)
    _check_stream(given, problems)
    check_events(given.get("events") or {}, problems)
    check_funnels(given, problems)
    check_privacy(given, problems)
    _check_retention(given, problems)
    _check_roles(given, problems)
    _check_guests(given, problems)
    if "broken_events_alarm" in given and "alarm_topic_arn" not in given:
        fix = "give alarm_topic_arn, or remove it"
        problems.add("broken_events_alarm", given["broken_events_alarm"], "nothing without alarm_topic_arn", fix)
    bucket_rules.check_access_logs(given, problems)
    bucket_rules.check_protection(given, problems)
    problems.raise_for(f'Analytics "{name}"')
    return AnalyticsSettings(
        region=given.get("region"),
        ingest=given.get("ingest", AnalyticsIngest.KINESIS),
        shards=given.get("shards"),
        stream_retention_hours=given.get("stream_retention_hours", _STREAM_HOURS),
        schema_version=given.get("schema_version", 1),
        events={
            event_type: (tuple(told.get("attributes", ())), tuple(told.get("metrics", ())))
            for event_type, told in given.get("events", {}).items()
        },
        funnels={funnel: tuple(steps) for funnel, steps in given.get("funnels", {}).items()},
        privacy=_privacy(given.get("privacy", {})),
        late_days=given.get("late_days", _LATE_DAYS),
        clock_tolerance_seconds=given.get("clock_tolerance_seconds", 300),
        buffering_mib=given.get("buffering_mib", 128),
        buffering_seconds=given.get("buffering_seconds", 300),
        retention_days=given.get("retention_days", 400),
        broken_retention_days=given.get("broken_retention_days", 14),
        scan_limit_bytes=given.get("scan_limit_bytes", 10 * _GIB),
        results_retention_days=given.get("results_retention_days", 7),
        signed_in_role_name=given.get("signed_in_role_name"),
        group_role_names=given.get("group_role_names", {}),
        guest_role_name=given.get("guest_role_name"),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        broken_events_alarm=given.get("broken_events_alarm", 100),
        kms_key_arn=given.get("kms_key_arn"),
        access_logs=_access_logs(given.get("access_logs", {})),
        log_retention_days=given.get("log_retention_days", 90),
        protect=given.get("protect", True),
        empty_on_destroy=given.get("empty_on_destroy", False),
        tags=given.get("tags", {}),
    )


def _check_name(name: str, problems: Problems) -> None:
    """Refuse a component name of which no names of buckets and functions can be made."""
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", name):
        problems.add(
            "name",
            name,
            f"1 to {LONGEST_NAME} letters, digits and hyphens, not starting with a hyphen",
            "rename the component: its bucket and functions are named after it",
        )


def _check_stream(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse wishes for a Kinesis stream where there is none."""
    if given.get("ingest") is not AnalyticsIngest.FIREHOSE:
        return
    for option in ("shards", "stream_retention_hours"):
        if option in given:
            problems.add(option, given[option], "nothing while ingest is firehose", "remove it, or set ingest: kinesis")


def _check_retention(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse to delete a day while events for it still come."""
    options = ("retention_days", "late_days", "stream_retention_hours")
    if "retention_days" not in given or any(problems.touches(option) for option in options):
        return
    retention: int = given["retention_days"]
    days = given.get("late_days", _LATE_DAYS) + given.get("stream_retention_hours", _STREAM_HOURS) // 24
    if retention <= days:
        allowed = f"more than {days} days, for which events still come (late_days and stream_retention_hours)"
        problems.add("retention_days", retention, allowed, "keep events for longer")


def _check_roles(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse keys of groups of which no names can be made."""
    for key in given.get("group_role_names") or {}:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key):
            allowed = "the key of a group: 1 to 40 letters, digits, hyphens and underscores"
            problems.add(f"group_role_names.{key}", key, allowed, "rename it")


def _check_guests(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse guests where Cognito lets no guest through, whatever their role says.

    https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
    """
    if "guest_role_name" in given and given.get("ingest", AnalyticsIngest.KINESIS) is AnalyticsIngest.KINESIS:
        problems.add(
            "guest_role_name",
            given["guest_role_name"],
            "nothing while ingest is kinesis, which Cognito keeps all guests from",
            "set ingest: firehose, or remove it",
        )


def _privacy(given: Mapping[str, Any]) -> dict[str, str]:
    attributes: Mapping[str, str] = given.get("attributes", {})
    return {
        "user_id": given.get("user_id", AnalyticsIdentifier.HASH).value,
        "device_id": given.get("device_id", AnalyticsIdentifier.HASH).value,
        **{f"attributes.{name}": wish for name, wish in attributes.items()},
    }


def _access_logs(logs: Mapping[str, Any]) -> AccessLogs | None:
    if not logs.get("enabled", True):
        return None
    return AccessLogs(logs.get("bucket_name"), logs.get("retention_days", _LOG_RETENTION_DAYS))
