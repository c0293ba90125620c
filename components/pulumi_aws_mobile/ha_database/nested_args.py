"""The groups of options inside an `HAdatabase`'s arguments."""

from typing import NotRequired, TypedDict

import pulumi

from .choices import DatabaseInsights


class DatabaseNetworkArgs(TypedDict):
    """Where the database stands: in subnets that exist (`vpc_id` and `subnet_ids`), or in a network of its own."""

    vpc_id: NotRequired[pulumi.Input[str]]
    """The id of the VPC that `subnet_ids` belong to. Defaults to a new `Network` without NAT and without endpoints."""

    subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The ids of subnets without a route to the internet, in at least two zones, in three for a Multi-AZ cluster.
    Defaults to the data subnets of the new network."""

    zones: NotRequired[list[str]]
    """The Availability Zones by name: of the new network, two or three; of the subnets, only to have them checked.
    Defaults to the first three of the Region for a new network."""

    cidr: NotRequired[str]
    """The addresses of the new network, a private IPv4 network from /16 to /21. Defaults to 10.0.0.0/16 for the
    database's own Region; must be given for a new network in another Region, so that the two never overlap."""


class DatabaseBackupArgs(TypedDict):
    """Automated backups: daily snapshots and the log in between, to restore any second of the period from."""

    retention_days: NotRequired[int]
    """How many days back a restore can go, 1 to 35. Defaults to 14.
    See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html."""

    window: NotRequired[str]
    """When the daily snapshot is taken, in UTC: HH:MM-HH:MM, at least 30 minutes, apart from the maintenance window.
    Defaults to 03:00-04:00."""

    keep_after_delete: NotRequired[bool]
    """Whether automated backups outlive a deleted database for their retention time. Defaults to true."""


class CrossRegionBackupArgs(TypedDict):
    """A running copy of the automated backups in another Region, to restore from when the first one is gone."""

    region: str
    """The Region that receives the copy; not the database's own."""

    retention_days: NotRequired[int]
    """How many days of copies are kept, 1 to 35. Defaults to the retention of the backups themselves."""

    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of a KMS key of that Region which encrypts the copy. Defaults to the component's own key for that
    Region, made when first needed."""


class DatabaseRestoreArgs(TypedDict):
    """What the database starts from: exactly one of three sources.

    Read at creation and without effect afterwards; leave it in place for the life of the database.
    """

    snapshot_identifier: NotRequired[pulumi.Input[str]]
    """The identifier or ARN of a snapshot."""

    source_identifier: NotRequired[pulumi.Input[str]]
    """The identifier of an instance (of a cluster, for a Multi-AZ cluster) in the same Region, to restore from its
    automated backups."""

    source_backups_arn: NotRequired[pulumi.Input[str]]
    """The ARN of automated backups that were copied to this Region or kept after a deletion."""

    restore_time: NotRequired[str]
    """The moment to restore, UTC, for example 2026-11-22T09:30:00Z. Not for snapshots. Defaults to the latest moment
    that the backups hold."""


class DatabaseReplicaArgs(TypedDict):
    """One asynchronous read replica, in the same Region or in another."""

    region: NotRequired[str]
    """The Region of the replica. Defaults to the database's own."""

    zone: NotRequired[str]
    """The Availability Zone by name; not together with `multi_az`. Defaults to one that RDS chooses."""

    instance_class: NotRequired[str]
    """The instance class. Defaults to the database's own."""

    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of a KMS key of the replica's Region; only for another Region, the replicas of one Region share it.
    Defaults to the component's own key for that Region. In the same Region the replica has the database's key."""

    network: NotRequired[DatabaseNetworkArgs]
    """Where the replica stands; only for another Region, and there given by one of its replicas, which all share it."""

    allowed_security_group_ids: NotRequired[dict[str, pulumi.Input[str]]]
    """The security groups of that Region that may connect, by a name of your choice; only for another Region.
    Defaults to none. In the same Region the replica has the database's security group."""

    multi_az: NotRequired[bool]
    """Whether the replica has a standby of its own. Defaults to false, to true once `promoted`."""

    retention_days: NotRequired[int]
    """How many days of backups of its own the replica keeps, 0 to 35; at least 1 in another Region, since only a
    replica with a backup can be promoted well. Defaults to the retention of the database's backups."""

    promoted: NotRequired[bool]
    """Says that the replica has been promoted, by a failover or by hand: it then gets what an owner of data needs - a
    standby, a final snapshot, the current password - and no alarm on replica lag. It is neither promoted nor replaced
    by this setting. Defaults to false."""

    source: NotRequired[pulumi.Input[str]]
    """What it follows: the key of another replica that is `promoted`, or the ARN of an instance in another Region. Read
    when the replica is made, and without effect afterwards. Defaults to the database itself."""

    copied_to: NotRequired[str]
    """The Region that receives a running copy of its automated backups, another than its own; only once `promoted`.
    Defaults to none."""

    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic of the replica's Region for alarms and events; only for another Region, the replicas of
    one Region share it. Defaults to a new encrypted topic there."""


class DatabaseMonitoringArgs(TypedDict):
    """What can be seen of the database from outside."""

    interval_seconds: NotRequired[int]
    """How often Enhanced Monitoring reports the operating system: 1, 5, 10, 15, 30 or 60 seconds, or 0 for never.
    Defaults to 60."""

    insights: NotRequired[DatabaseInsights]
    """How much Database Insights shows. Defaults to standard, to off on the classes that have none (the micro and
    small ones of MySQL and MariaDB)."""

    insights_retention_days: NotRequired[int]
    """How long Database Insights keeps its data: 7, a multiple of 31 up to 713, or 731 days; advanced needs 465 at
    least. Defaults to 7, to 465 with advanced."""


class DatabaseAlarmArgs(TypedDict):
    """When somebody is told."""

    enabled: NotRequired[bool]
    """Whether there are alarms and events at all. Defaults to true."""

    topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic of the database's Region that alarms and events go to; its policy must let CloudWatch and
    RDS publish. Defaults to a new encrypted topic, the output `alarm_topic_arn`, to subscribe to."""

    cpu_percent: NotRequired[int]
    """The alarm sounds when the processors are busier than this for 15 minutes, 1 to 100, and when the database falls
    silent. Defaults to 80."""

    free_storage_percent: NotRequired[int]
    """The alarm sounds when less than this share of the allocated storage has been free for 15 minutes, 1 to 90.
    Defaults to 10, where storage autoscaling ought to have acted."""

    connections: NotRequired[int]
    """The alarm sounds when more connections than this have been open for 15 minutes. Defaults to 80 % of what the
    engine allows at the class's memory; no alarm if that is not known."""

    replica_lag_seconds: NotRequired[int]
    """The alarm sounds when a replica, or a reader of the cluster, has been further behind than this for 5 minutes, or
    does not report. Defaults to 60."""
