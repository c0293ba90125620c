"""What a caller of `Analytics` may ask for."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.archive_bucket.args import AccessLogArgs


class AnalyticsIngest(str, Enum):
    """Where apps put their events."""

    KINESIS = "kinesis"
    """Into a Kinesis data stream: others can read it too, and numbers come within seconds."""
    FIREHOSE = "firehose"
    """Into the delivery stream itself: cheaper, and nobody else reads along."""


class AnalyticsIdentifier(str, Enum):
    """What becomes of something that tells who somebody is."""

    KEEP = "keep"
    """It is stored as it is."""
    HASH = "hash"
    """A keyed hash of it is stored: the same for the same, and nobody can turn it back or try candidates."""
    DROP = "drop"
    """It is not stored."""


class AnalyticsEventArgs(TypedDict):
    """What a custom event may carry besides what every event has."""

    attributes: NotRequired[list[str]]
    """The names of its attributes, texts of at most 1000 characters. Defaults to none."""
    metrics: NotRequired[list[str]]
    """The names of its metrics, numbers. Defaults to none."""


class AnalyticsPrivacyArgs(TypedDict):
    """What is stored of who an event is about."""

    user_id: NotRequired[AnalyticsIdentifier]
    """What becomes of `user_id`. Defaults to hash."""
    device_id: NotRequired[AnalyticsIdentifier]
    """What becomes of `device_id`: keep or hash, since devices are what is counted. Defaults to hash."""
    attributes: NotRequired[dict[str, str]]
    """What becomes of attributes, by name, whatever type of event they are on: keep, hash or drop. Defaults to
    keeping them."""


class AnalyticsArgs(TypedDict):
    """What `Analytics` can be told."""

    region: NotRequired[str]
    """The Region of everything. Defaults to the provider's."""
    ingest: NotRequired[AnalyticsIngest]
    """Where apps put their events: kinesis or firehose. Changing it later changes where apps have to send. Defaults to
    kinesis."""
    shards: NotRequired[int]
    """How many shards the Kinesis stream has, 1 to 10000; each takes 1000 events or 1 MiB a second. Defaults to as many
    as the load needs, by Kinesis itself (on demand)."""
    stream_retention_hours: NotRequired[int]
    """Hours for which the Kinesis stream keeps events, 24 to 8760. Defaults to 168."""
    schema_version: NotRequired[int]
    """The version of the schema, 1 to 9999; raise it when `events` grows. Apps may send this one and all before it.
    Defaults to 1."""
    events: NotRequired[dict[str, AnalyticsEventArgs]]
    """The custom events, by type: a letter, then up to 63 letters, digits, `_`, `.` and `-`. Defaults to none besides
    _session.start, _session.stop, _user.sign_in, _user.sign_up and screen_view."""
    funnels: NotRequired[dict[str, list[str]]]
    """The types of events, 2 to 8, that devices are followed through, by the funnel's name. Defaults to none."""
    privacy: NotRequired[AnalyticsPrivacyArgs]
    """What is stored of who an event is about. Defaults to hashes of users and devices."""
    late_days: NotRequired[int]
    """Days after which an event still counts for when it happened, 1 to 30; devices without a network send later. What
    is older counts for when it arrived. Defaults to 7."""
    clock_tolerance_seconds: NotRequired[int]
    """Seconds by which a device's clock may be wrong before it is corrected, 10 to 3600. Defaults to 300."""
    buffering_mib: NotRequired[int]
    """MiB of events that Firehose gathers for one file, 64 to 128. Defaults to 128.
    https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html"""
    buffering_seconds: NotRequired[int]
    """Seconds after which Firehose writes what it has gathered, 60 to 900. Defaults to 300."""
    retention_days: NotRequired[int]
    """Days for which events are kept, 31 to 3650. Defaults to 400."""
    broken_retention_days: NotRequired[int]
    """Days for which events that break the schema are kept, as they came, 1 to 365. Defaults to 14."""
    scan_limit_bytes: NotRequired[int]
    """Bytes that one query may read, 10485760 (10 MiB) to 7000000000000; a query that would read more is stopped.
    Defaults to 10737418240 (10 GiB).
    https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html"""
    results_retention_days: NotRequired[int]
    """Days for which the results of queries are kept, 1 to 365. Defaults to 7."""
    signed_in_role_name: NotRequired[pulumi.Input[str]]
    """Name of the identity pool's role for everyone who is signed in; its users may send events. Defaults to none."""
    group_role_names: NotRequired[dict[str, pulumi.Input[str]]]
    """Names of the roles of groups, by the groups' keys; their members may send events too. Defaults to none."""
    guest_role_name: NotRequired[pulumi.Input[str]]
    """Name of the identity pool's role for guests, who may then send events; needs `ingest: firehose`, since Cognito
    keeps guests from Kinesis. Defaults to none: guests are not seen."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when events are not delivered, are broken, or wait. Defaults to no
    alarms."""
    broken_events_alarm: NotRequired[int]
    """Events that break the schema within 15 minutes from which on the topic is told, 1 to 1000000. Defaults to
    100."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of the KMS key that encrypts stream, events and results; its policy has to let the account's IAM policies
    decide. Defaults to a new key that rotates every year."""
    access_logs: NotRequired[AccessLogArgs]
    """Where requests to the bucket are recorded. Defaults to a log bucket of the component's own."""
    log_retention_days: NotRequired[int]
    """Days for which logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,
    2557, 2922, 3288 or 3653. Defaults to 90."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace bucket, keys and stream, and leaves them in AWS when they go from the
    program. Defaults to true."""
    empty_on_destroy: NotRequired[bool]
    """Whether destroying the bucket deletes the events in it; needs `protect: false`. Defaults to false."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
