"""What a stack file may say: the contract that the program reads it by and that editors check it by."""

from collections.abc import Mapping
from enum import Enum
from typing import NotRequired, TypedDict

from pulumi_aws_mobile.archive_bucket import ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.dr_pair import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.limits import LIMITS as PAIR_LIMITS
from pulumi_aws_mobile.dr_pair.nested_args import DRGuardArgs, DRNeedArgs, DRSituationArgs, DRTrafficArgs
from pulumi_aws_mobile.ha_database import HAdatabaseArgs
from pulumi_aws_mobile.ha_database import settings as database_settings
from pulumi_aws_mobile.limits import REGION, Between, Limits
from pulumi_aws_mobile.mobile_backend import MobileBackendArgs
from pulumi_aws_mobile.mobile_backend import settings as backend_settings
from pulumi_aws_mobile.network import NetworkArgs
from pulumi_aws_mobile.network import settings as network_settings
from pulumi_aws_mobile.observability import ObservabilityArgs
from pulumi_aws_mobile.observability import settings as observability_settings
from pulumi_aws_mobile.self_healing import SelfHealingArgs
from pulumi_aws_mobile.self_healing import settings as healing_settings
from pulumi_aws_mobile.web_tier.environment_args import InstanceArgs


class PolicyTier(str, Enum):
    """How strict the policies are; each is a configuration of the pack, in `policy/aws_mobile_guard/`."""

    DEVELOPMENT = "development"
    """What makes an environment hard to throw away is advice."""
    PRODUCTION = "production"
    """What production needs to survive is mandatory."""


class RestoredDatabaseArgs(TypedDict):
    """The database that a failover restored from copied backups: its CloudFormation stack has it, not the program."""

    arn: str
    """The ARN of the instance, as the failover's report says. Give it; it has no default."""
    host: str
    """The host name of its endpoint, as the report says. Give it; it has no default."""
    security_group_id: str
    """Its security group, as the report says. Give it; it has no default."""


class RecoveryServersArgs(TypedDict):
    """How the servers of the recovery Region differ from the primary ones."""

    instances: NotRequired[InstanceArgs]
    """Their number and types before a failover, which gives them those of the primary Region. Defaults to none with
    backup_restore and pilot_light, to 2 to 4 of the same types with warm_standby, though never more than the primary
    ones, and to the same as the primary ones with multi_site."""
    certificate_arn: NotRequired[str]
    """The ARN of the recovery Region's certificate for `backend.web_tier.https.host_name`. Give it where the servers of
    the primary Region speak HTTPS; it has no default."""


class RecoveryArgs(TypedDict):
    """What stands in a second Region, to go on from when the first one is lost."""

    strategy: NotRequired[RecoveryStrategy]
    """How much stands ready. Give it, or `need`; it has no default."""
    need: NotRequired[DRNeedArgs]
    """What the strategy has to reach: the cheapest that does is chosen. Defaults to none; give `strategy` instead."""
    situation: NotRequired[DRSituationArgs]
    """What the times and costs of the strategies depend on besides this file. Defaults to what the file tells."""
    region: str
    """The recovery Region, another one than `aws:region`. Give it; it has no default."""
    network: NotRequired[NetworkArgs]
    """The network there. Defaults to 10.1.0.0/16 over the Region's first three zones, without NAT gateways for
    backup_restore and pilot_light, where a failover makes the way out."""
    instance_class: NotRequired[str]
    """The size of the replica there. Defaults to the primary database's. Not with `backup_restore`."""
    servers: NotRequired[RecoveryServersArgs]
    """How the servers there differ from the primary ones. Defaults to what the strategy says."""
    api_certificate_arn: NotRequired[str]
    """The ARN of the recovery Region's certificate for the API's domain. Defaults to a new one there."""
    mode: NotRequired[FailoverMode]
    """Whether a failover waits for approval. Defaults to approval."""
    guards: NotRequired[DRGuardArgs]
    """What has to hold before a failover goes on. Defaults to what a DRPair asks by itself."""
    traffic: NotRequired[DRTrafficArgs]
    """How callers are spread over both Regions; only with multi_site. Defaults to by latency."""
    user_pool_replica: NotRequired[bool]
    """Whether the user pool has a replica in the recovery Region, so that users can sign in while the first one is
    lost; needs the tier essentials or plus. Defaults to false."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete what keeps a failover's state. Defaults to true."""
    takeovers: NotRequired[int]
    """How often the other Region's database has taken over, 0 to 99: after a failover 1, after the way back 2, and so
    on. Say so before the next update, as the failover's report does. Defaults to 0."""
    successor: NotRequired[bool]
    """Whether the database that would take over next is made. Defaults to true while the primary Region writes, and to
    false while the recovery Region does: set it when the first Region is back, to prepare the way home. Before the
    first takeover nothing but true, unless the strategy is backup_restore."""
    restored: NotRequired[RestoredDatabaseArgs]
    """With backup_restore and one takeover or more: what was restored. Defaults to none."""


class StackArgs(TypedDict):
    """Everything a stack file may say in the project's namespace."""

    backend: NotRequired[MobileBackendArgs]
    """What the app itself uses: sign-in, users' files, and the API with the servers behind it. Defaults to what a
    MobileBackend has by itself. The web tier stands in the network and reaches the database: `network`, `database` and
    the properties RDS_HOSTNAME, RDS_PORT, RDS_DB_NAME, RDS_USERNAME and RDS_PASSWORD are the program's."""
    network: NotRequired[NetworkArgs]
    """The primary Region's network. Defaults to 10.0.0.0/16 over the Region's first three zones."""
    database: NotRequired[HAdatabaseArgs]
    """The database. Defaults to MySQL with a standby in another zone."""
    archive: NotRequired[ArchiveBucketArgs]
    """The archive. Defaults to what an ArchiveBucket does by itself."""
    recovery: NotRequired[RecoveryArgs]
    """What stands in a second Region. Defaults to nothing."""
    healing: NotRequired[SelfHealingArgs]
    """How the servers and the database of the primary Region are healed, where the backend has servers. What is healed,
    and the topic that pages, are the program's. Defaults to what a SelfHealing does by itself."""
    observability: NotRequired[ObservabilityArgs]
    """What users are promised, and what the account may cost, where the backend has an API and servers. What is watched
    is the program's. Defaults to what an Observability promises by itself."""
    policies: NotRequired[PolicyTier]
    """The configuration of the policy pack that `aws-mobile preview` takes; hand the same file to `pulumi preview` by
    `--policy-pack-config`. Defaults to production."""
    tags: NotRequired[dict[str, str]]
    """Tags of every resource that takes tags; a component's own tags win. Defaults to none."""


LIMITS: Limits = {
    **backend_settings.LIMITS,
    **network_settings.LIMITS,
    **database_settings.LIMITS,
    **archive_settings.LIMITS,
    **healing_settings.LIMITS,
    **observability_settings.LIMITS,
    **PAIR_LIMITS,
    RecoveryArgs: {"region": REGION, "takeovers": Between(0, 99, "takeovers")},
}

_OF_THE_PROGRAM = frozenset({backend_settings.WATCH})
"""The parts that the program has for both Regions, and the backend not."""
WIRED: Mapping[str, frozenset[str]] = {
    "backend": _OF_THE_PROGRAM | {"region"},
    **{f"backend.{part}": options for part, options in backend_settings.WIRED.items() if part not in _OF_THE_PROGRAM},
    "backend.web_tier": backend_settings.WIRED["web_tier"] | {"network", "database", "secret_kms_key_arns"},
    "network": frozenset({"region"}),
    "database": frozenset({"region", "network"}),
    "archive": frozenset({"region"}),
    "recovery.network": frozenset({"region"}),
    "healing": frozenset({"region", "page_topic_arn", "key_arns", "environments", "databases", "queues"}),
    "observability": frozenset({"region", "regions"}),
}
"""The options of each object that the program fills in, so that a stack file does not have them."""
STAND_INS: Mapping[str, Mapping[str, object]] = {
    **{f"backend.{part}": told for part, told in backend_settings.STAND_INS.items() if part not in _OF_THE_PROGRAM},
    "healing": {"page_topic_arn": "arn:aws:sns:eu-west-1:123456789012:to-be-made"},
    "observability": {"regions": {"eu-west-1": {"topic_arn": "arn:aws:sns:eu-west-1:123456789012:to-be-made"}}},
}
"""What stands for required options of those while a stack file is read."""
