"""What the options of this program's stack files mean to an environment: what is its own, what makes it large or safe.

Paths are those of a stack file inside the project's namespace. What a file says elsewhere is passed on as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PRIMARY_CIDR = "10.0.0.0/16"
"""The primary network's block where a file names none."""
RECOVERY_CIDR = "10.1.0.0/16"
"""The recovery network's block where a file names none."""

HISTORY = ("recovery.takeovers", "recovery.successor", "recovery.restored")
"""What has happened to one environment and not to its copy."""

OWN: Mapping[str, str] = {
    "backend.api.domain": "a domain name belongs to one API; --domain gives the new one its own",
    "backend.identity.domain": "a sign-in domain belongs to one user pool; --sign-in-prefix gives the new one its own",
    "backend.identity.existing_user_pool_id": "its users belong to the environment that it was copied from",
    "backend.identity.migration": "it takes users over from an older pool, for one environment",
    "backend.user_files.bucket_name": "a bucket's name is there once in the world",
    "backend.web_tier.https": "a host name belongs to one environment; --host-name and --certificate give the new one",
    "archive.bucket_name": "a bucket's name is there once in the world",
    "archive.replication.bucket_arn": "two archives would mix in one bucket",
    "database.restore": "it would fill the new database with the data of another",
    "recovery.api_certificate_arn": "it is for the domain name of the environment that it was copied from",
    "recovery.servers.certificate_arn": "it is for another host name; --recovery-certificate gives the new one",
}
"""What two environments cannot share, and why."""

SMALL: Mapping[str, object] = {
    "policies": "development",
    "network.nat": "single",
    "database.topology": "single_zone",
    "database.instance_class": "db.t4g.medium",
    "database.backups.retention_days": 7,
}
"""What an environment of one developer needs at most."""
SMALL_SERVERS: Mapping[str, object] = {"min": 1, "max": 2}
"""The number of servers of each environment there, where there are servers."""
FULL: Mapping[str, object] = {"policies": "production", "backend.identity.tier": "plus"}
"""What a production environment has beyond what the components do by themselves."""
LARGE = (
    "archive.replication",
    "backend.data_sync.recovery",
    "backend.user_files.replication",
    "database.cross_region_backups",
    "database.iops",
    "database.max_storage_gib",
    "database.replicas",
    "database.storage_gib",
    "database.storage_type",
    "database.throughput_mibps",
    "network.interface_endpoints",
    "recovery",
)
"""What a small environment does without; most of it costs by the hour."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an environment that keeps things, and how it is kept from harm."""

    components: tuple[str, ...]
    """The names of the components that the program makes for it."""
    open: Mapping[str, object]
    """The options by which it may be destroyed with what it keeps."""


_UNPROTECTED: Mapping[str, object] = {"protect": False}
_DELETABLE: Mapping[str, object] = {"protect": False, "deletion_protection": False}
_EMPTIED: Mapping[str, object] = {"protect": False, "empty_on_destroy": True}

PARTS: Mapping[str, Part] = {
    "backend.identity": Part(("backend-identity",), _DELETABLE),
    "backend.user_files": Part(("backend-files",), _EMPTIED),
    "backend.token_exchange": Part(("backend-tokens", "recovery-tokens"), _UNPROTECTED),
    "backend.data_sync": Part(("backend-data", "recovery-data"), _DELETABLE),
    "backend.push": Part(("backend-push", "recovery-push"), _DELETABLE),
    "backend.analytics": Part(("backend-analytics",), _EMPTIED),
    "backend.web_tier": Part(("backend-web", "recovery-web"), _UNPROTECTED),
    "healing": Part(("healing",), _UNPROTECTED),
    "database": Part(("database",), {**_DELETABLE, "final_snapshot": False, "backups.keep_after_delete": False}),
    "archive": Part(("archive",), _EMPTIED),
    "recovery": Part(("pair",), _UNPROTECTED),
}
"""By the path of its options."""

LOCKS = ("archive.object_lock",)
"""What keeps objects from being deleted by anyone, and so keeps an environment from being thrown away."""
