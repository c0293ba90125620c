"""The choices of a disaster-recovery pair: what stands in the recovery Region, who decides, how traffic is shared."""

from enum import Enum


class RecoveryStrategy(str, Enum):
    """What stands in the recovery Region while the primary Region serves; cheapest first."""

    BACKUP_RESTORE = "backup_restore"
    """Copied backups and an environment without instances: the database is restored when it is needed."""

    PILOT_LIGHT = "pilot_light"
    """A replica of the database and an environment without instances."""

    WARM_STANDBY = "warm_standby"
    """A replica of the database with a standby of its own, and a small web tier that runs."""

    MULTI_SITE = "multi_site"
    """Both Regions answer at full size; one of them holds the database's writer."""


class FailoverMode(str, Enum):
    """Who decides that the recovery Region takes over."""

    APPROVAL = "approval"
    """The alarm opens a run that waits until a person approves it."""

    AUTOMATIC = "automatic"
    """The alarm opens a run that goes on by itself."""

    DRY_RUN = "dry_run"
    """The alarm opens a run that reports what it would do and changes nothing."""


class TrafficPolicy(str, Enum):
    """How Route 53 shares the requests where both Regions answer (`multi_site` alone)."""

    WEIGHTED = "weighted"
    """By the weights given."""

    LATENCY = "latency"
    """Each client is sent to the Region that is nearer by latency."""
