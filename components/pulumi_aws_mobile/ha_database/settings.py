"""From an `HAdatabase`'s arguments to what it is made of: defaults and rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems

from .args import HAdatabaseArgs
from .backups import BackupSettings, resolve_backups
from .choices import DatabaseCredentials, DatabaseEngine, DatabaseTopology
from .cluster_limits import check_cluster
from .credentials import OWN_PASSWORD_FOR, resolve_credentials, resolve_names
from .engines import ENGINES
from .limits import LIMITS, check_arns
from .monitoring import AlarmSettings, MonitoringSettings, resolve_alarms, resolve_monitoring
from .parameters import Parameter, resolve_logs, resolve_parameters
from .places import Place, check_zone, resolve_place
from .replica_settings import (
    Home,
    RecoverySettings,
    ReplicaSettings,
    check_user_key,
    resolve_recovery,
    resolve_replicas,
)
from .restores import RestoreSettings, resolve_restore
from .sources import in_order
from .storage import StorageSettings, resolve_storage
from .versions import UpdateSettings, VersionSettings, resolve_updates, resolve_version


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """What stands between the data and a mistake."""

    deletion_protection: bool
    protect: bool
    final_snapshot: bool


@dataclass(frozen=True, slots=True)
class HAdatabaseSettings:
    """A database that can be built."""

    region: str | None
    """The Region for every child and call; none is the provider's."""
    engine: DatabaseEngine
    version: VersionSettings
    topology: DatabaseTopology
    zone: str | None
    instance_class: str
    storage: StorageSettings
    database_name: str | None
    """None where a backup decides it."""
    username: str | None
    """None where a backup decides it."""
    port: int
    credentials: DatabaseCredentials
    password_version: int
    place: Place
    allowed_security_group_ids: Mapping[str, pulumi.Input[str]]
    backups: BackupSettings
    restore: RestoreSettings | None
    kms_key_arn: pulumi.Input[str] | None
    replicas: Mapping[str, ReplicaSettings]
    """The replicas in the database's own Region."""
    recovery: Mapping[str, RecoverySettings]
    """The other Regions by name."""
    chain: tuple[str, ...]
    """The keys of all replicas, each after the one that it follows."""
    parameters: tuple[Parameter, ...]
    log_exports: tuple[str, ...]
    log_retention_days: int
    monitoring: MonitoringSettings
    alarms: AlarmSettings | None
    iam_authentication: bool
    updates: UpdateSettings
    ca_certificate: str
    guarded: bool
    safety: SafetySettings
    tags: Mapping[str, pulumi.Input[str]]

    @property
    def cluster(self) -> bool:
        """Whether it is a Multi-AZ cluster."""
        return self.topology is DatabaseTopology.MULTI_AZ_CLUSTER

    @property
    def everywhere(self) -> dict[str, tuple[str | None, ReplicaSettings]]:
        """All replicas by key, with their Region; none is the database's own."""
        found: dict[str, tuple[str | None, ReplicaSettings]] = {key: (None, r) for key, r in self.replicas.items()}
        for region, recovery in self.recovery.items():
            found |= {key: (region, replica) for key, replica in recovery.replicas.items()}
        return {key: found[key] for key in self.chain}

    @property
    def leaves_backups(self) -> bool:
        """Whether snapshots or backups outlive the database, which then need its key."""
        return self.safety.final_snapshot or self.backups.keep_after_delete


def resolve(name: str, args: HAdatabaseArgs) -> HAdatabaseSettings:
    """Return the settings for `args`, or raise an `ArgsError` with every problem."""
    problems = Problems()
    values = read_args(HAdatabaseArgs, args, LIMITS, problems)
    unread = {re.split(r"[.\[]", problem.path)[0] for problem in problems}

    def heard(*options: str) -> Problems:
        """Return where a rule about these options notes problems: nowhere, if one of them could not be read."""
        return Problems() if unread.intersection(options) else problems

    _check_name(name, problems)
    region: str | None = values.get("region")
    engine: DatabaseEngine = values.get("engine", DatabaseEngine.MYSQL)
    topology: DatabaseTopology = values.get("topology", DatabaseTopology.MULTI_AZ_INSTANCE)
    cluster = topology is DatabaseTopology.MULTI_AZ_CLUSTER
    instance_class: str = values.get("instance_class", "db.m6gd.large" if cluster else "db.t4g.medium")
    tags: Mapping[str, pulumi.Input[str]] = values.get("tags", {})
    check_arns(values, region, problems)
    if cluster:
        check_cluster(values, engine, instance_class, problems)
    for key in values.get("allowed_security_group_ids", {}):
        check_user_key(f"allowed_security_group_ids.{key}", key, problems)
    backups = resolve_backups(values, heard("backups", "maintenance_window"))
    updates = resolve_updates(values, heard("apply_immediately", "replicas"))
    version = resolve_version(
        engine,
        values.get("engine_version"),
        heard("engine", "extended_support", "auto_minor_version_upgrade"),
        extended_support=values.get("extended_support", False),
        auto_minor_version_upgrade=updates.auto_minor_version_upgrade,
    )
    database_name, username = resolve_names(values, engine, heard("engine", "topology", "restore"), cluster=cluster)
    home = Home(region, instance_class, backups.retention_days, tags)
    place = resolve_place(
        values.get("network", {}),
        problems,
        path="network",
        region=region,
        cluster=cluster,
        default_cidr="10.0.0.0/16",
        tags=tags,
    )
    log_exports = resolve_logs(values.get("log_exports"), engine, heard("engine"))
    settings = {
        "zone": _zone(values, topology, heard("topology")),
        "storage": resolve_storage(
            values,
            heard("topology", "storage_type", "storage_gib", "restore"),
            cluster=cluster,
            restored="restore" in values,
        ),
        "credentials": resolve_credentials(values, heard("credentials", *OWN_PASSWORD_FOR)),
        "restore": resolve_restore(values.get("restore"), problems, cluster=cluster),
        "replicas": resolve_replicas(values, home, heard("region")),
        "recovery": resolve_recovery(values, home, heard("region")),
        "parameters": resolve_parameters(values.get("parameters", {}), engine, log_exports, heard("engine")),
        "monitoring": resolve_monitoring(
            values.get("monitoring", {}), instance_class, engine, heard("engine", "instance_class", "topology")
        ),
    }
    problems.raise_for(f'HAdatabase "{name}"')
    assert place is not None  # noqa: S101 - without a place there was a problem
    return HAdatabaseSettings(
        region=region,
        engine=engine,
        version=version,
        topology=topology,
        instance_class=instance_class,
        database_name=database_name,
        username=username,
        port=values.get("port", ENGINES[engine].port),
        password_version=values.get("password_version", 1),
        place=place,
        allowed_security_group_ids=values.get("allowed_security_group_ids", {}),
        backups=backups,
        kms_key_arn=values.get("kms_key_arn"),
        log_exports=log_exports,
        log_retention_days=values.get("log_retention_days", 365),
        alarms=resolve_alarms(values.get("alarms", {})),
        iam_authentication=values.get("iam_authentication", True),
        updates=updates,
        ca_certificate=values.get("ca_certificate", "rds-ca-rsa2048-g1"),
        guarded=values.get("guarded", False),
        safety=SafetySettings(
            deletion_protection=values.get("deletion_protection", True),
            protect=values.get("protect", True),
            final_snapshot=values.get("final_snapshot", True),
        ),
        tags=tags,
        chain=in_order(values.get("replicas", {})),
        **settings,
    )


def _check_name(name: str, problems: Problems) -> None:
    if re.match("[A-Za-z]", name) is None:
        problems.add("name", name, "a name that starts with a letter, as RDS wants its identifiers", "rename it")


def _zone(values: Mapping[str, Any], topology: DatabaseTopology, problems: Problems) -> str | None:
    zone: str | None = values.get("zone")
    if zone is not None and topology is not DatabaseTopology.SINGLE_ZONE:
        problems.add(
            "zone",
            zone,
            f"nothing, with topology {topology.value}, where RDS chooses the zones among the subnets'",
            'remove it, or choose the topology "single_zone"',
        )
    elif zone is not None:
        check_zone(zone, problems, path="zone", region=values.get("region"))
    return zone
