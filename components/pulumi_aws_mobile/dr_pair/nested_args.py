"""The parts of a `DRPair`'s options."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.ha_database.choices import DatabaseEngine
from pulumi_aws_mobile.identity.pool.args import UserPoolTier

from .choices import TrafficPolicy


class DRNeedArgs(TypedDict):
    """How soon and with how little loss the service has to be back, and for how much money."""

    rto_minutes: float
    """The recovery time objective: how many minutes it may be away, 1 to 10080. Give it; there is no default."""
    rpo_minutes: float
    """The recovery point objective: how many minutes of writes may be lost, 0 to 10080. Give it; it has no
    default."""
    monthly_budget: NotRequired[float]
    """What the recovery Region may cost in a month, in the currency of `situation.primary_monthly_cost`. Defaults to
    any cost."""


class DRSituationArgs(TypedDict):
    """What the times and costs of a recovery depend on."""

    engine: NotRequired[DatabaseEngine]
    """The database's engine. Defaults to mysql."""
    database_gib: NotRequired[float]
    """How much the database holds in GiB, 1 to 65536; restoring takes longer with it. Defaults to 20."""
    instance_class: NotRequired[str]
    """The database's instance class. Defaults to db.t4g.medium."""
    multi_az: NotRequired[bool]
    """Whether the primary Region's database has a standby in another zone. Defaults to true."""
    server_type: NotRequired[str]
    """The servers' instance type. Defaults to t4g.small."""
    nat_gateways: NotRequired[int]
    """How many NAT gateways the primary Region has, 0 to 16. Defaults to 1."""
    primary_monthly_cost: NotRequired[float]
    """What the primary Region costs in a month, 1 or more, in any currency: the strategies' costs are shares of it.
    Defaults to an estimate from AWS's list prices in US dollars."""


class DRGuardArgs(TypedDict):
    """What holds a failover back."""

    datapoints: NotRequired[int]
    """How many minutes in a row the primary Region gives no answer before the alarm says so, 1 to 60; at least 2 in
    automatic mode. Defaults to 3."""
    confirmations: NotRequired[int]
    """How many times in a row the recovery function itself gets no answer before it believes the alarm, 1 to 10.
    Defaults to 1."""
    cooldown_minutes: NotRequired[int]
    """How many minutes after a takeover no alarm starts another, 0 to 10080. Defaults to 60."""
    approval_minutes: NotRequired[int]
    """How many minutes a failover waits for its approval before it is given up, 1 to 10080. Defaults to 60."""
    lag_seconds: NotRequired[int]
    """How many seconds of writes an automatic failover may lose, 0 to 86400: with a replica further behind it waits for
    an approval. Copied backups are always minutes behind: with backup_restore 1800 spares the approval. Defaults to
    300."""
    failover_without_fence: NotRequired[bool]
    """Whether an automatic failover goes on though the old writer cannot be reached to be fenced; it is fenced as soon
    as it answers. Defaults to true: clients are not sent there any more."""


class DRWeightsArgs(TypedDict):
    """How many of the clients each Region answers."""

    primary: NotRequired[int]
    """The primary Region's part, 1 to 255. Defaults to 50."""
    recovery: NotRequired[int]
    """The recovery Region's part, 1 to 255. Defaults to 50."""


class DRTrafficArgs(TypedDict):
    """How the records of the domain answer."""

    policy: NotRequired[TrafficPolicy]
    """How clients are shared out: weighted or latency, only with multi_site. Defaults to latency."""
    weights: NotRequired[DRWeightsArgs]
    """How many of the clients each Region answers, only with the policy weighted. Defaults to equal parts."""
    ttl_seconds: NotRequired[int]
    """How many seconds resolvers may keep an answer, 1 to 60, only where sites have a `target_host`; the records of an
    `api_domain_name` have Route 53's own 60. Defaults to 60."""


class DRDatabaseArgs(TypedDict):
    """One database instance."""

    identifier: pulumi.Input[str]
    """The DB instance identifier. Give it; it has no default."""
    arn: pulumi.Input[str]
    """Its ARN. Give it; it has no default."""
    vpc_id: pulumi.Input[str]
    """The id of its VPC, in which the fence is made. Give it; it has no default."""
    security_group_ids: list[pulumi.Input[str]]
    """The ids of its security groups, which a fence takes away and a failover gives back; the first gets the rule for
    the other Region with multi_site. Give them; there is no default."""
    port: NotRequired[int]
    """Its TCP port, 1150 to 65535; the primary's is needed for backup_restore and multi_site. Defaults to none."""
    lag_watched: NotRequired[bool]
    """Whether something else alarms on the replica's lag, as `HAdatabase` does. Defaults to false: an alarm is made."""


class DRRestoreArgs(TypedDict):
    """The database that is restored from the copied backups."""

    instance_class: str
    """Its instance class. Give it; it has no default."""
    engine: NotRequired[DatabaseEngine]
    """The primary's engine. Defaults to mysql."""
    engine_version: NotRequired[str]
    """The primary's major version, which names the family of the parameter group. Defaults to `HAdatabase`'s for the
    engine."""
    parameters: NotRequired[dict[str, str]]
    """Engine parameters by name, besides the one that demands TLS. Defaults to none."""
    multi_az: NotRequired[bool]
    """Whether it has a standby in another zone. Defaults to true."""
    retention_days: NotRequired[int]
    """How many days its own backups are kept, 1 to 35. Defaults to 14."""


class DRWebTierArgs(TypedDict):
    """One Elastic Beanstalk environment."""

    application_name: pulumi.Input[str]
    """The name of its application. Give it; it has no default."""
    environment_name: pulumi.Input[str]
    """Its name. Give it; it has no default."""
    environment_id: NotRequired[pulumi.Input[str]]
    """Its id, `e-` and ten characters, which names the stack that Elastic Beanstalk keeps for it. Defaults to all
    environments of the account in the Region, where the recovery function may do what Elastic Beanstalk does for it."""
    min: int
    """How many instances run at least when it serves everybody, 1 to 1000. Give it; it has no default."""
    max: int
    """How many run at most then, 1 to 1000. Give it; it has no default."""
    standby_min: NotRequired[int]
    """How many run at least while it waits, 0 to 1000, only in the recovery Region. Defaults to what the strategy asks
    for: 0, 1, or with multi_site `min`."""
    standby_max: NotRequired[int]
    """How many run at most while it waits, 0 to 1000, only in the recovery Region. Defaults to `standby_min`, or with
    multi_site `max`."""
    instance_role_arn: NotRequired[pulumi.Input[str]]
    """The ARN of its instances' role, which whoever starts instances passes on; needed for a failover that does.
    Defaults to none."""
    service_role_arn: NotRequired[pulumi.Input[str]]
    """The ARN of its service role, likewise. Defaults to none."""


class DRNetworkArgs(TypedDict):
    """One VPC."""

    vpc_id: pulumi.Input[str]
    """Its id. Give it; it has no default."""
    cidr: NotRequired[str]
    """Its addresses; needed with multi_site, where those of both Regions must differ. Defaults to none."""
    subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The ids of subnets for the database, in at least two zones; needed in the recovery Region with backup_restore.
    Defaults to none."""
    public_subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The ids of subnets that the internet reaches; the first gets the NAT gateway of a failover. Needed in the
    recovery Region with backup_restore and pilot_light. Defaults to none."""
    application_route_table_ids: NotRequired[dict[str, pulumi.Input[str]]]
    """The ids of the servers' route tables, by zone or any name of your choice; needed with all strategies but
    warm_standby. Defaults to none."""
    data_route_table_ids: NotRequired[dict[str, pulumi.Input[str]]]
    """The ids of the databases' route tables, likewise; needed with multi_site. Defaults to none."""


class DRSiteArgs(TypedDict):
    """What stands in one Region."""

    region: str
    """The Region. Give it; it has no default."""
    health_url: pulumi.Input[str]
    """An https URL of this Region alone that answers 200 while it serves, without asking the database: the API's own
    endpoint in the Region. Give it; it has no default."""
    api_domain_name: NotRequired[pulumi.Input[str]]
    """What the domain's record leads to: the target name of the API's regional custom domain, or another name that AWS
    takes in an alias. Defaults to none; with a domain, this or `target_host`."""
    api_domain_zone_id: NotRequired[pulumi.Input[str]]
    """The id of the hosted zone of that name, which AWS gives with it. Defaults to none."""
    target_host: NotRequired[pulumi.Input[str]]
    """A host name that is not AWS's: the domain gets CNAME records with a TTL. Defaults to none."""
    evaluate_target_health: NotRequired[bool]
    """Whether the alias asks AWS how its target is. Defaults to false: the health checks here decide."""
    database: NotRequired[DRDatabaseArgs]
    """The database: in the primary Region the writer, in the recovery Region its replica. Needed in both but for
    backup_restore, which has none in the recovery Region until a failover restored it. Defaults to none."""
    backups_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the copied automated backups, `…:auto-backup:ab-…`; only in the recovery Region, needed with
    backup_restore. Defaults to none."""
    restore: NotRequired[DRRestoreArgs]
    """The database that is restored from them; only in the recovery Region, needed with backup_restore. Defaults to
    none."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the KMS key of this Region under which the replica or the copied backups are encrypted; needed in the
    recovery Region. Defaults to none."""
    web_tier: NotRequired[DRWebTierArgs]
    """The servers. Defaults to none: nothing is scaled."""
    network: NotRequired[DRNetworkArgs]
    """The VPC; needed in the recovery Region with backup_restore and pilot_light, in both with multi_site. Defaults to
    none."""
    instance_security_group_id: NotRequired[pulumi.Input[str]]
    """The id of the servers' security group, from which a restored database takes connections; needed in the recovery
    Region with backup_restore. Defaults to none."""


class DRIdentityArgs(TypedDict):
    """The user pool of the primary Region."""

    user_pool_id: pulumi.Input[str]
    """Its id. Give it; it has no default."""
    tier: NotRequired[UserPoolTier]
    """Its feature plan. Defaults to essentials."""
    replica: NotRequired[bool]
    """Whether the recovery Region gets a replica of it: the plan must be essentials or plus, and the pool encrypted
    under a multi-Region key that the recovery Region has a replica of. Defaults to false.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html"""
