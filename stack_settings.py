"""Reads the stack file: `Pulumi.<stack>.yaml` in, the components' arguments out.

Each component has one object in the project's namespace, passed on as it stands: what a component's documentation says
is what the file says. Added here is only what joins components: the Region, the tags, the networks, and what a recovery
strategy asks of the database and the archive.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Any

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from pulumi_aws_mobile.archive_bucket import ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.args_reader import fields, read_args, with_stand_ins
from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.ha_database import HAdatabase, HAdatabaseArgs
from pulumi_aws_mobile.ha_database import settings as database_settings
from pulumi_aws_mobile.limits import REGION
from pulumi_aws_mobile.mobile_backend import MobileBackendArgs
from pulumi_aws_mobile.mobile_backend import settings as backend_settings
from pulumi_aws_mobile.network import Network, NetworkArgs
from pulumi_aws_mobile.network import settings as network_settings
from stack_args import LIMITS, STAND_INS, WIRED, RecoveryStrategy, StackArgs
from stack_wiring import (
    DATABASE_PROPERTIES,
    PRIMARY,
    RECOVERY,
    alarmed,
    join_stand_ins,
    join_web_tier,
    place_database,
    place_stand_ins,
)


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a recovery strategy asks of the components."""

    site: bool
    """Whether there is a network and a replica."""
    network: Mapping[str, Any] = field(default_factory=dict)
    replica: Mapping[str, Any] = field(default_factory=dict)


_NEEDS = {
    RecoveryStrategy.BACKUP_RESTORE: _Needs(site=False),
    RecoveryStrategy.PILOT_LIGHT: _Needs(site=True, network={"nat": "none"}),
    RecoveryStrategy.WARM_STANDBY: _Needs(site=True, replica={"multi_az": True}),
}
_REPLICA_OPTIONS = ("instance_class", "promoted")
"""The options of a recovery object that are the replica's."""
_PRIMARY_CIDR = "10.0.0.0/16"
_RECOVERY_CIDR = "10.1.0.0/16"


@dataclass(frozen=True, slots=True)
class StackSettings:
    """The checked settings of one stack."""

    region: str
    recovery_region: str | None
    unplaced_backend: Mapping[str, Any]
    """The arguments of the backend but for the network and the database of its web tier."""
    networks: Mapping[str, NetworkArgs]
    """The arguments of one Network per site, `primary` and where there is one `recovery`."""
    archive: ArchiveBucketArgs
    unplaced_database: Mapping[str, Any]
    """The arguments of the database but for the networks that it stands in."""

    def backend(self, networks: Mapping[str, Network], database: HAdatabase) -> MobileBackendArgs:
        """Return the backend's arguments, its web tier in the primary network, joined to the database and its topic."""
        joined = join_web_tier(self.unplaced_backend, networks[PRIMARY], self.networks[PRIMARY], database)
        silent = self.unplaced_database.get("alarms", {}).get("enabled") is False
        return joined if silent else alarmed(joined, database.alarm_topic_arn)

    def database(self, networks: Mapping[str, Network]) -> HAdatabaseArgs:
        """Return the database's arguments, placed in the networks that were made."""
        return place_database(self.unplaced_database, networks, self.networks)


def load() -> StackSettings:
    """Read the running stack's configuration; raise an `ArgsError` that lists every problem in it."""
    return resolve(f"Pulumi.{pulumi.get_stack()}.yaml", pulumi.get_project(), {**get_config_env(), **CONFIG.get()})


def resolve(file: str, namespace: str, config: Mapping[str, str]) -> StackSettings:
    """Return the settings that `config`, of `namespace:key` to text or JSON, stands for; name `file` in errors."""
    found = Problems()
    prefix = f"{namespace}:"
    objects = {key.removeprefix(prefix): _parsed(text) for key, text in config.items() if key.startswith(prefix)}
    # The project file gives every object a default, which is empty.
    given = {name: value for name, value in objects.items() if value != {} or name not in fields(StackArgs)}
    _refuse_wired(given, found)
    read = read_args(StackArgs, with_stand_ins(given, STAND_INS), LIMITS, found)
    _drop_stand_ins(read)
    region = config.get("aws:region")
    named = region if region is not None and REGION.accepts(region) else None
    recovery = _recovery(read, named, found)
    settings = _settings(read, named or "", recovery)
    _check_components(settings, found)

    problems = Problems()
    if named is None:
        problems.add("aws:region", region, REGION.allowed, "name the primary Region")
    problems.extend(Problem(f"{prefix}{p.path}", p.got, p.allowed, p.fix) for p in found)
    problems.raise_for(file)
    return settings


def _parsed(text: str) -> object:
    """Return the value of a configuration entry: objects arrive as JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _refuse_wired(given: Mapping[str, Any], found: Problems) -> None:
    """Refuse the options that the program fills in, and take them away."""
    for path, names in WIRED.items():
        options = _object_at(given, path)
        for name in sorted(names & options.keys()):
            found.add(f"{path}.{name}", options.pop(name), "nothing", "remove it: the program fills it in")
    properties = _object_at(given, "backend.web_tier.environment")
    for name in sorted(DATABASE_PROPERTIES & properties.keys()):
        where = f"backend.web_tier.environment.{name}"
        found.add(where, properties.pop(name), "nothing", "remove it: the program says where the database is")


def _drop_stand_ins(read: Mapping[str, Any]) -> None:
    """Take away what stood for options while they were read."""
    for path, options in STAND_INS.items():
        place = _object_at(read, path)
        for name in options:
            place.pop(name, None)


def _object_at(options: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - whatever stands in the file
    """Return the object at a path; an empty one if there is none."""
    for step in path.split("."):
        options = options.get(step) if isinstance(options, dict) else None
    return options if isinstance(options, dict) else {}


def _recovery(read: Mapping[str, Any], region: str | None, found: Problems) -> Mapping[str, Any] | None:
    """Return the recovery object if it is whole, and note where it clashes with the rest of the file."""
    recovery = read.get("recovery", {})
    if not {"strategy", "region"} <= recovery.keys():
        return None
    if recovery["region"] == region:
        found.add("recovery.region", region, "another Region than aws:region", "choose a second Region")
    if not _NEEDS[recovery["strategy"]].site:
        for name in ("network", *_REPLICA_OPTIONS):
            if name in recovery:
                fix = "remove it, or choose pilot_light or warm_standby"
                found.add(f"recovery.{name}", recovery[name], "nothing with backup_restore, which runs nothing", fix)
    database = read.get("database", {})
    if "cross_region_backups" in database:
        fix = "remove it, or remove recovery"
        found.add("database.cross_region_backups", database["cross_region_backups"], "nothing beside recovery", fix)
    if RECOVERY in database.get("replicas", {}):
        allowed = "any key but recovery, which names the recovery Region's replica"
        found.add(f"database.replicas.{RECOVERY}", RECOVERY, allowed, "choose another key")
    return recovery


def _settings(read: Mapping[str, Any], region: str, recovery: Mapping[str, Any] | None) -> StackSettings:
    """Join the objects of the file into the components' arguments."""
    tags = read.get("tags", {})

    def complete(own: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - a component's args, put together from a checked file
        return {**own, "region": where or None, "tags": {**tags, **own.get("tags", {})}}

    backend = complete(read.get("backend", {}), region)
    networks = {PRIMARY: complete({"cidr": _PRIMARY_CIDR, **read.get("network", {})}, region)}
    database = complete(read.get("database", {}), region)
    archive = complete(read.get("archive", {}), region)
    if recovery is not None:
        needs = _NEEDS[recovery["strategy"]]
        there = recovery["region"]
        archive["replication"] = {"region": there, **archive.get("replication", {})}
        if needs.site:
            chosen = {name: recovery[name] for name in _REPLICA_OPTIONS if name in recovery}
            own = {"cidr": _RECOVERY_CIDR, **needs.network, **recovery.get("network", {})}
            networks[RECOVERY] = complete(own, there)
            replica = {"region": there, **needs.replica, **chosen}
            database["replicas"] = {**database.get("replicas", {}), RECOVERY: replica}
        else:
            database["cross_region_backups"] = {"region": there}
    recovery_region = None if recovery is None else recovery["region"]
    return StackSettings(region, recovery_region, backend, networks, archive, database)


def _check_components(settings: StackSettings, found: Problems) -> None:
    """Note what each component would refuse, at the place in the file that asks for it."""
    backend = join_stand_ins(settings.unplaced_backend, settings.networks[PRIMARY])
    _check(backend_settings.resolve, backend, "backend", found)
    nat = settings.networks[PRIMARY].get("nat")
    if "web_tier" in settings.unplaced_backend and nat == "none":
        allowed = "per_zone | single beside backend.web_tier, whose servers reach Elastic Beanstalk through it"
        found.add("network.nat", "none", allowed, "choose one, or remove the web tier")
    sites = {PRIMARY: "network", RECOVERY: "recovery.network"}
    for site, args in settings.networks.items():
        _check(_resolve_network, args, sites[site], found)
    cidrs = [args.get("cidr", "") for args in settings.networks.values()]
    if len(cidrs) == len(sites) and _overlap(*cidrs):
        found.add("recovery.network.cidr", cidrs[-1], f"a network apart from {cidrs[0]}", "choose another")
    strategy = {_recovery_replica(settings): "recovery", "cross_region_backups": "recovery"}
    derived = strategy if settings.recovery_region else {}
    placed = place_stand_ins(settings.unplaced_database, settings.networks)
    _check(database_settings.resolve, placed, "database", found, derived)
    _check(archive_settings.resolve, settings.archive, "archive", found)


def _recovery_replica(settings: StackSettings) -> str:
    """Return the path of the replica that the strategy adds: all replicas, if it is the only one."""
    alone = set(settings.unplaced_database.get("replicas", {})) == {RECOVERY}
    return "replicas" if alone else f"replicas.{RECOVERY}"


def _resolve_network(name: str, args: NetworkArgs) -> object:
    """Check a network's arguments; zones that are not named are AWS's to choose, later."""
    return network_settings.resolve(name, args, lambda region: [f"{region}{letter}" for letter in "abc"])


def _check(
    resolve_args: Callable[[str, Any], object],
    args: object,
    path: str,
    found: Problems,
    derived: Mapping[str, str] | None = None,
) -> None:
    """Note the problems of one component under `path`, or where `derived` says that an option came from."""
    try:
        resolve_args(path, args)
    except ArgsError as error:
        for problem in error.problems:
            origin = next((to for part, to in (derived or {}).items() if problem.path.startswith(part)), None)
            where = origin or f"{path}.{problem.path}"
            if not found.touches(where):
                found.extend([Problem(where, problem.got, problem.allowed, problem.fix)])


def _overlap(one: str, other: str) -> bool:
    try:
        return IPv4Network(one).overlaps(IPv4Network(other))
    except ValueError:
        return False
