"""What a caller of `DRPair` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from .choices import FailoverMode, RecoveryStrategy
from .nested_args import (
    DRGuardArgs,
    DRIdentityArgs,
    DRNeedArgs,
    DRSiteArgs,
    DRSituationArgs,
    DRTrafficArgs,
)


class DRDomainArgs(TypedDict):
    """The name that clients call, and the zone that its records are made in."""

    name: str
    """The domain name, without a dot at its end. Give it; it has no default."""
    hosted_zone_id: pulumi.Input[str]
    """The id of the public hosted zone that holds it. Give it; it has no default."""


class DRPairArgs(TypedDict):
    """What a `DRPair` joins, by which strategy, and who decides that the recovery Region takes over."""

    strategy: NotRequired[RecoveryStrategy]
    """What stands in the recovery Region while the primary one serves: backup_restore, pilot_light, warm_standby or
    multi_site. Give it or `need`; it has no default.
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html"""
    need: NotRequired[DRNeedArgs]
    """How soon and with how little loss the service has to be back, and for how much money: the cheapest strategy that
    does it is taken. Give it or `strategy`, not both; it has no default."""
    situation: NotRequired[DRSituationArgs]
    """What the times and costs depend on and nothing else tells. Defaults to a small database."""
    mode: NotRequired[FailoverMode]
    """Who decides on a failover: approval, automatic or dry_run. Defaults to approval: a person."""
    guards: NotRequired[DRGuardArgs]
    """What holds a failover back. Defaults to three minutes without an answer, and an hour between two failovers."""
    traffic: NotRequired[DRTrafficArgs]
    """How the records of the domain answer. Defaults to the strategy's way."""
    domain: NotRequired[DRDomainArgs]
    """The name that clients call. Defaults to no records: `health_check_ids` is for records of your own."""
    primary: DRSiteArgs
    """What stands in the primary Region. Give it; it has no default."""
    recovery: DRSiteArgs
    """What stands in the recovery Region. Give it; it has no default."""
    identity: NotRequired[DRIdentityArgs]
    """The user pool, and whether the recovery Region gets a replica of it. Defaults to none: while the primary Region
    is lost nobody can sign in anew."""
    tables: NotRequired[dict[str, pulumi.Input[str]]]
    """The ARNs of the primary Region's DynamoDB tables that get a replica in the recovery Region, by a name of your
    choice, which becomes part of the replica's. They need a stream with new and old images, and `ignore_changes` for
    `replicas`. Defaults to none. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html"""
    tables_kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of a KMS key of the recovery Region for those replicas, which tables with keys of their own need.
    Defaults to AWS's key."""
    takeovers: NotRequired[int]
    """How many times a Region has taken over from the other so far, 0 to 99. It becomes part of the name of the stack
    that a failover creates, so that a second failover makes one of its own. Defaults to 0."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic in the recovery Region that is told of every alarm and every step; CloudWatch must be
    allowed to publish to it. Defaults to a new one, encrypted."""
    alarm_topic_kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the KMS key of that topic, for which the recovery function needs a permission. Defaults to none."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace what keeps a state: the table of the failovers and its key, and the
    replicas of tables and of the user pool. Defaults to true."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes them, besides a `Name` of its own. Defaults to none."""
