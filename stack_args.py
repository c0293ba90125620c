"""What a stack file may say: the contract that the program reads it by and that editors check it by."""

from collections.abc import Mapping
from enum import Enum
from typing import NotRequired, TypedDict

from pulumi_aws_mobile.archive_bucket import ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.ha_database import HAdatabaseArgs
from pulumi_aws_mobile.ha_database import settings as database_settings
from pulumi_aws_mobile.limits import REGION, Limits
from pulumi_aws_mobile.mobile_backend import MobileBackendArgs
from pulumi_aws_mobile.mobile_backend import settings as backend_settings
from pulumi_aws_mobile.network import NetworkArgs
from pulumi_aws_mobile.network import settings as network_settings


class RecoveryStrategy(str, Enum):
    """What stands in the recovery Region, from the cheapest and slowest to the dearest and quickest."""

    BACKUP_RESTORE = "backup_restore"
    """The database's automated backups and the archive are copied; nothing runs."""
    PILOT_LIGHT = "pilot_light"
    """The database is replicated into a network that stands ready, without NAT gateways."""
    WARM_STANDBY = "warm_standby"
    """The replica has a standby of its own, and the network is complete."""


class PolicyTier(str, Enum):
    """How strict the policies are; each is a configuration of the pack, in `policy/aws_mobile_guard/`."""

    DEVELOPMENT = "development"
    """What makes an environment hard to throw away is advice."""
    PRODUCTION = "production"
    """What production needs to survive is mandatory."""


class RecoveryArgs(TypedDict):
    """What stands in a second Region, to go on from when the first one is lost."""

    strategy: RecoveryStrategy
    """How much stands ready. Give it; it has no default."""
    region: str
    """The recovery Region, another one than `aws:region`. Give it; it has no default."""
    network: NotRequired[NetworkArgs]
    """The network there. Defaults to 10.1.0.0/16 over the Region's first three zones. Not with `backup_restore`."""
    instance_class: NotRequired[str]
    """The size of the replica there. Defaults to the primary database's. Not with `backup_restore`."""
    promoted: NotRequired[bool]
    """Whether a failover has promoted the replica there to a database of its own. Say so before the next update: it is
    then kept as one, with a standby and a final snapshot. Defaults to false. Not with `backup_restore`."""


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
    policies: NotRequired[PolicyTier]
    """The configuration of the policy pack that `aws-mobile preview` takes; hand the same file to `pulumi preview` by
    `--policy-pack-config`. Defaults to each rule's own level."""
    tags: NotRequired[dict[str, str]]
    """Tags of every resource that takes tags; a component's own tags win. Defaults to none."""


LIMITS: Limits = {
    **backend_settings.LIMITS,
    **network_settings.LIMITS,
    **database_settings.LIMITS,
    **archive_settings.LIMITS,
    RecoveryArgs: {"region": REGION},
}

WIRED: Mapping[str, frozenset[str]] = {
    "backend": frozenset({"region"}),
    **{f"backend.{part}": options for part, options in backend_settings.WIRED.items()},
    "backend.web_tier": backend_settings.WIRED["web_tier"] | {"network", "database", "secret_kms_key_arns"},
    "network": frozenset({"region"}),
    "database": frozenset({"region", "network"}),
    "archive": frozenset({"region"}),
    "recovery.network": frozenset({"region"}),
}
"""The options of each object that the program fills in, so that a stack file does not have them."""
STAND_INS: Mapping[str, Mapping[str, object]] = {
    f"backend.{part}": options for part, options in backend_settings.STAND_INS.items()
}
"""What stands for required options of those while a stack file is read."""
