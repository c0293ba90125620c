"""What an `HAdatabase` can be asked for."""

from typing import NotRequired, TypedDict

import pulumi

from .choices import DatabaseCredentials, DatabaseEngine, DatabaseStorage, DatabaseTopology
from .nested_args import (
    CrossRegionBackupArgs,
    DatabaseAlarmArgs,
    DatabaseBackupArgs,
    DatabaseMonitoringArgs,
    DatabaseNetworkArgs,
    DatabaseReplicaArgs,
    DatabaseRestoreArgs,
)


class HAdatabaseArgs(TypedDict):
    """The options of an `HAdatabase`; every one has a default."""

    region: NotRequired[str]
    """The Region of the database. Defaults to the provider's; must be given where another option names a Region."""

    engine: NotRequired[DatabaseEngine]
    """The database engine; changing it would replace the database. Defaults to mysql."""

    engine_version: NotRequired[str]
    """The major version, for example 8.4, 17 or 11.8; with `auto_minor_version_upgrade` off also an exact one. Defaults
    to 8.4 for MySQL, 17 for PostgreSQL and 11.8 for MariaDB."""

    extended_support: NotRequired[bool]
    """Whether RDS Extended Support may be billed, which majors past the end of their standard support need. Defaults to
    false: RDS upgrades the major instead. Can be chosen only at creation.
    See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html."""

    topology: NotRequired[DatabaseTopology]
    """How many copies of the data answer, and where they are. Defaults to multi_az_instance."""

    zone: NotRequired[str]
    """The Availability Zone by name; only with `topology` single_zone. Defaults to one that RDS chooses."""

    instance_class: NotRequired[str]
    """The instance class; a Multi-AZ cluster takes only classes with local disks. Defaults to db.t4g.medium, to
    db.m6gd.large for a Multi-AZ cluster. See
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html."""

    storage_gib: NotRequired[int]
    """The storage at creation in GiB: 20 to 65536, from 100 with provisioned IOPS. Defaults to 20, to 100 for a
    Multi-AZ cluster or provisioned IOPS; to what the backup holds for a restore."""

    max_storage_gib: NotRequired[int]
    """How far storage grows by itself, in GiB: at least a tenth more than `storage_gib`, or 0 for no growth; a Multi-AZ
    cluster cannot grow. Defaults to ten times `storage_gib`, 65536 at most; no growth for a restore without
    `storage_gib`. See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html."""

    storage_type: NotRequired[DatabaseStorage]
    """The kind of storage. Defaults to gp3."""

    iops: NotRequired[int]
    """Provisioned I/O operations per second: 1000 to 256000 and 0.5 to 50 per GiB for io1 and io2, which need it; 12000
    to 64000 for gp3 from 400 GiB. Defaults to the base of gp3.
    See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html."""

    throughput_mibps: NotRequired[int]
    """Provisioned throughput in MiB per second, 500 to 4000, only for gp3 from 400 GiB and not for a Multi-AZ cluster.
    Defaults to the base of gp3."""

    database_name: NotRequired[str]
    """The database that is made at creation: a letter, then letters, digits or underscores, 63 at most. Defaults to
    app."""

    username: NotRequired[str]
    """The master user: a letter, then letters, digits or underscores, 16 at most, and none of the names that attackers
    try first. Defaults to app_owner, to appowner for a Multi-AZ cluster, which takes no underscores."""

    port: NotRequired[int]
    """The TCP port, 1150 to 65535; cannot be changed later on a Multi-AZ cluster. Defaults to the engine's, 3306 or
    5432."""

    credentials: NotRequired[DatabaseCredentials]
    """Who keeps the master user's password. Defaults to managed, and to own with replicas, cross-Region backups or
    blue/green updates, which AWS does not combine with a managed password. See
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html."""

    password_version: NotRequired[int]
    """Counts the component's own passwords: raise it and a new one is made and set. Only with own credentials. Defaults
    to 1."""

    network: NotRequired[DatabaseNetworkArgs]
    """Where the database stands. Defaults to a new `Network` without a way to the internet."""

    allowed_security_group_ids: NotRequired[dict[str, pulumi.Input[str]]]
    """The security groups that may connect, by a name of your choice, which becomes part of the rule's. Defaults to
    none: nothing can connect."""

    backups: NotRequired[DatabaseBackupArgs]
    """Automated backups. Defaults to 14 days, kept when the database is deleted."""

    maintenance_window: NotRequired[str]
    """When RDS may maintain the database, in UTC: ddd:HH:MM-ddd:HH:MM, at least 30 minutes. Defaults to
    sun:05:00-sun:06:00."""

    cross_region_backups: NotRequired[CrossRegionBackupArgs]
    """A running copy of the automated backups in another Region; not for a Multi-AZ cluster. Defaults to none."""

    restore: NotRequired[DatabaseRestoreArgs]
    """What the database starts from. Defaults to an empty database."""

    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of a KMS key of this Region for storage, secret and insights. Defaults to a new key that rotates yearly
    and outlives the database as long as its backups do. A restored instance keeps the key of its backup: give that one,
    or none."""

    replicas: NotRequired[dict[str, DatabaseReplicaArgs]]
    """Read replicas by a name of your choice, which becomes part of theirs; at most 15, none for a Multi-AZ cluster.
    Defaults to none."""

    blue_green_updates: NotRequired[bool]
    """Whether updates that would interrupt are made on a copy which then takes over; not with replicas, a managed
    password or a Multi-AZ cluster. Defaults to false.
    See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html."""

    parameters: NotRequired[dict[str, str]]
    """Engine parameters by name, applied at the next restart; they add to those that force TLS and write the exported
    logs. Defaults to none."""

    log_exports: NotRequired[list[str]]
    """The logs that go to CloudWatch Logs: error, general, slowquery, audit (the last not in a Multi-AZ cluster) and
    iam-db-auth-error for MySQL and MariaDB; postgresql, upgrade and iam-db-auth-error for PostgreSQL. Defaults to
    error, general and slowquery, of which RDS writes general only with the parameter general_log; to postgresql and
    upgrade."""

    log_retention_days: NotRequired[int]
    """How many days exported logs are kept; one of the periods that CloudWatch Logs knows. Defaults to 365."""

    monitoring: NotRequired[DatabaseMonitoringArgs]
    """What can be seen of the database. Defaults to Enhanced Monitoring each minute and standard insights."""

    alarms: NotRequired[DatabaseAlarmArgs]
    """When somebody is told. Defaults to alarms and events on a new topic."""

    iam_authentication: NotRequired[bool]
    """Whether IAM identities may sign in with short-lived tokens. Defaults to true."""

    auto_minor_version_upgrade: NotRequired[bool]
    """Whether RDS moves to new minor versions in the maintenance window. Defaults to true."""

    allow_major_version_upgrade: NotRequired[bool]
    """Whether a change of `engine_version` may be a major upgrade; needs `apply_immediately`, and not with
    replicas. Defaults to false."""

    apply_immediately: NotRequired[bool]
    """Whether changes are made at once rather than in the maintenance window. Defaults to false."""

    ca_certificate: NotRequired[str]
    """The authority that signs the server's certificate. Defaults to rds-ca-rsa2048-g1.
    See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html."""

    guarded: NotRequired[bool]
    """Whether somebody besides the program changes the security groups of the database and its replicas, as a `DRPair`
    does to keep a writer that was replaced from being written to: such a change is then never taken back. Defaults to
    false."""

    deletion_protection: NotRequired[bool]
    """Whether RDS refuses to delete the database and its replicas. Defaults to true."""

    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace the database, its replicas, keys and secret. Defaults to true."""

    final_snapshot: NotRequired[bool]
    """Whether a last snapshot is taken when the database is deleted. Defaults to true."""

    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags, besides a `Name` of its own. Defaults to the names alone."""
