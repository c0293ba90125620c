"""Reads the stack file: `Pulumi.<stack>.yaml` in, the components' arguments out.

Each component has one object in the project's namespace, passed on as it stands: what a component's documentation says
is what the file says. Added here is only what joins components: the Region, the tags, the networks, and what a recovery
strategy asks of the database and the archive.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from pulumi_aws_mobile.archive_bucket import ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.args_reader import fields, read_args, with_stand_ins
from pulumi_aws_mobile.dr_pair import DRPair, DRPairArgs, RecoveryStrategy, needs
from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.ha_database import HAdatabase, HAdatabaseArgs
from pulumi_aws_mobile.ha_database import settings as database_settings
from pulumi_aws_mobile.limits import REGION
from pulumi_aws_mobile.mobile_backend import MobileBackend, MobileBackendArgs
from pulumi_aws_mobile.mobile_backend import settings as backend_settings
from pulumi_aws_mobile.network import Network, NetworkArgs
from pulumi_aws_mobile.network import settings as network_settings
from pulumi_aws_mobile.observability import ObservabilityArgs
from pulumi_aws_mobile.observability import settings as observability_settings
from pulumi_aws_mobile.recovery_site import RecoverySite, RecoverySiteArgs
from pulumi_aws_mobile.recovery_site import settings as site_settings
from pulumi_aws_mobile.self_healing import SelfHealingArgs
from pulumi_aws_mobile.self_healing import settings as healing_settings
from stack_args import LIMITS, STAND_INS, WIRED, StackArgs
from stack_pair import Sites, join_pair
from stack_recovery import PRIMARY, RECOVERY, Recovery, database_options, reserved, site_options, situation_options
from stack_watch import join_healing, join_observability
from stack_wiring import (
    DATABASE_PROPERTIES,
    Ground,
    alarmed,
    join_recovery_site,
    join_site_stand_ins,
    join_stand_ins,
    join_web_tier,
    place_database,
    place_stand_ins,
)

_PRIMARY_CIDR = "10.0.0.0/16"
_RECOVERY_CIDR = "10.1.0.0/16"
_WATCHED: Mapping[str, Mapping[str, Any]] = {
    "healing": {"environments": {"live": {"application_name": "to-be-made", "environment_name": "to-be-made"}}},
    "observability": {
        "regions": {
            "eu-west-1": {
                "topic_arn": "arn:aws:sns:eu-west-1:123456789012:to-be-made",
                "api": {"name": "to-be-made", "stage": "live"},
            }
        }
    },
}
"""What stands for what is healed and watched while the rest is checked."""
_SITE_ORIGINS = {"api": "backend.api", "token_exchange": "backend.token_exchange", "web_tier.https": "recovery.servers"}
"""Where in the file the recovery site's options come from; the others are those of its servers."""


@dataclass(frozen=True, slots=True)
class StackSettings:
    """The checked settings of one stack."""

    region: str
    recovery: Recovery | None
    unplaced_backend: Mapping[str, Any]
    """The arguments of the backend but for the network and the database of its web tier."""
    networks: Mapping[str, NetworkArgs]
    """The arguments of one Network per site, `primary` and where there is one `recovery`."""
    archive: ArchiveBucketArgs
    unplaced_database: Mapping[str, Any]
    """The arguments of the database but for the networks that it stands in."""
    unplaced_site: Mapping[str, Any] | None
    """The arguments of the recovery site but for what it is joined to; `None` without one."""
    unjoined_healing: Mapping[str, Any] | None
    """The arguments of what heals but for what is healed; `None` without servers, or without a topic to page."""
    unjoined_observability: Mapping[str, Any] | None
    """The arguments of what watches but for what is watched; `None` likewise."""

    @property
    def recovery_region(self) -> str | None:
        """The recovery Region."""
        return None if self.recovery is None else self.recovery.region

    @property
    def has_recovery_site(self) -> bool:
        """Whether servers and an API stand in the recovery Region too."""
        return self.unplaced_site is not None

    def database(self, networks: Mapping[str, Network]) -> HAdatabaseArgs:
        """Return the database's arguments, placed in the networks that were made."""
        return place_database(self.unplaced_database, networks, self.networks)

    def backend(self, networks: Mapping[str, Network], database: HAdatabase) -> MobileBackendArgs:
        """Return the backend's arguments, its web tier in the primary network, joined to the database and its topic."""
        joined = join_web_tier(
            self.unplaced_backend, networks[PRIMARY], self.networks[PRIMARY], database, self.recovery
        )
        silent = self.unplaced_database.get("alarms", {}).get("enabled") is False
        return joined if silent else alarmed(joined, database.alarm_topic_arn)

    def site(self, networks: Mapping[str, Network], database: HAdatabase, backend: MobileBackend) -> RecoverySiteArgs:
        """Return the recovery site's arguments, joined to what was made."""
        assert self.unplaced_site is not None  # noqa: S101 - asked only where there is one
        assert self.recovery is not None  # noqa: S101 - as above
        ground = Ground(networks[RECOVERY], self.networks[RECOVERY], self.networks[PRIMARY]["cidr"], database, backend)
        return join_recovery_site(self.unplaced_site, self.recovery, ground)

    def pair(
        self, networks: Mapping[str, Network], database: HAdatabase, backend: MobileBackend, site: RecoverySite
    ) -> DRPairArgs:
        """Return the pair's arguments, with what stands in both Regions."""
        assert self.recovery is not None  # noqa: S101 - as above
        made = Sites(networks, database, backend, site)
        return join_pair(self.recovery, self.unplaced_backend, self.unplaced_database, self.networks, made)

    def healing(self, database: HAdatabase, backend: MobileBackend) -> SelfHealingArgs:
        """Return the arguments of what heals, with what is healed."""
        assert self.unjoined_healing is not None  # noqa: S101 - asked only where there is something to heal
        own_topic = "topic_arn" not in self.unplaced_database.get("alarms", {})
        return join_healing(self.unjoined_healing, database, backend, own_topic=own_topic)

    def observability(
        self, database: HAdatabase, backend: MobileBackend, there: tuple[RecoverySite, DRPair] | None
    ) -> ObservabilityArgs:
        """Return the arguments of what watches, with what is watched in both Regions."""
        assert self.unjoined_observability is not None  # noqa: S101 - asked only where there is something to watch
        return join_observability(self.unjoined_observability, self.region, database, backend, self.recovery, there)

    @property
    def is_watched(self) -> bool:
        """Whether there are servers to heal and to watch, and somebody to tell."""
        return self.unjoined_healing is not None


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


def _recovery(read: Mapping[str, Any], region: str | None, found: Problems) -> Recovery | None:
    """Return the recovery object if it is whole, and note where it clashes with the rest of the file."""
    asked = read.get("recovery", {})
    if not asked or "region" not in asked:
        return None
    if asked["region"] == region:
        found.add("recovery.region", asked["region"], "another Region than aws:region", "choose a second Region")
    strategy = _strategy(read, found)
    if strategy is None:
        return None
    takeovers = asked.get("takeovers", 0)
    recovery = Recovery(
        strategy=strategy,
        region=asked["region"],
        takeovers=takeovers,
        successor=asked.get("successor", takeovers % 2 == 0),
        restored_arn=asked.get("restored", {}).get("arn"),
        asked=asked,
        situation=situation_options(read),
    )
    _check_database_beside(read.get("database", {}), found)
    _check_strategy_options(recovery, found)
    _check_servers_there(recovery, read.get("backend", {}), found)
    return recovery


def _strategy(read: Mapping[str, Any], found: Problems) -> RecoveryStrategy | None:
    """Return the strategy that the file names, or the cheapest that does what it needs."""
    asked = read["recovery"]
    problems = Problems()
    given = {name: asked[name] for name in ("strategy", "need", "mode", "guards", "traffic") if name in asked}
    given["situation"] = situation_options(read)
    situation = needs.situation_of(given, problems)
    strategy = needs.strategy_for(given, situation, problems)
    for problem in problems:
        where = f"recovery.{problem.path}"
        if not found.touches(where):
            found.extend([Problem(where, problem.got, problem.allowed, problem.fix)])
    return strategy


def _check_database_beside(database: Mapping[str, Any], found: Problems) -> None:
    """Refuse what the strategy itself says of the database."""
    if "cross_region_backups" in database:
        fix = "remove it, or remove recovery"
        found.add("database.cross_region_backups", database["cross_region_backups"], "nothing beside recovery", fix)
    if "guarded" in database:
        found.add("database.guarded", database["guarded"], "nothing beside recovery", "remove it")
    for key in filter(reserved, database.get("replicas", {})):
        allowed = "any key but primary, recovery and home, which name the databases that follow each other"
        found.add(f"database.replicas.{key}", key, allowed, "choose another key")


def _check_strategy_options(recovery: Recovery, found: Problems) -> None:
    """Refuse options that say nothing under the strategy, and ask for those that it needs."""
    asked, replicated = recovery.asked, recovery.stance.replicated
    if not replicated and "instance_class" in asked:
        allowed = "nothing with backup_restore, which has no replica"
        found.add("recovery.instance_class", asked["instance_class"], allowed, "remove it, or choose pilot_light")
    if "restored" in asked and (replicated or recovery.takeovers == 0):
        allowed = "nothing but with backup_restore after a takeover"
        found.extend([Problem("recovery.restored", "a database", allowed, "remove it, or set takeovers")])
    if not replicated and recovery.takeovers and "restored" not in asked:
        fix = "copy its arn, host and security_group_id from the failover's report"
        found.add("recovery.restored", None, "the database that the failover restored", fix)
    if "traffic" in asked and not recovery.stance.full_size:
        fix = "remove it, or choose multi_site"
        found.extend([Problem("recovery.traffic", "a policy", "nothing but with multi_site", fix)])


def _check_servers_there(recovery: Recovery, backend: Mapping[str, Any], found: Problems) -> None:
    """Ask for the certificates of the recovery Region, and refuse those that nothing uses."""
    certificate = recovery.asked.get("servers", {}).get("certificate_arn")
    speaks_https = "https" in backend.get("web_tier", {})
    if speaks_https and certificate is None:
        allowed = f"the ARN of a certificate in {recovery.region} for backend.web_tier.https.host_name"
        found.add("recovery.servers.certificate_arn", None, allowed, "give it: certificates are regional")
    if certificate is not None and not speaks_https:
        fix = "remove it, or say backend.web_tier.https"
        found.add("recovery.servers.certificate_arn", certificate, "nothing where servers speak HTTP", fix)


def _settings(read: Mapping[str, Any], region: str, recovery: Recovery | None) -> StackSettings:
    """Join the objects of the file into the components' arguments."""
    tags = read.get("tags", {})

    def complete(own: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - a component's args, put together from a checked file
        return {**own, "region": where or None, "tags": {**tags, **own.get("tags", {})}}

    backend = complete(read.get("backend", {}), region)
    networks = {PRIMARY: complete({"cidr": _PRIMARY_CIDR, **read.get("network", {})}, region)}
    database = complete(read.get("database", {}), region)
    archive = complete(read.get("archive", {}), region)
    site = None
    if recovery is not None:
        archive["replication"] = {"region": recovery.region, **archive.get("replication", {})}
        nat = {"nat": read.get("network", {}).get("nat", "per_zone")} if recovery.stance.full_size else {}
        there = {"cidr": _RECOVERY_CIDR, **nat, **recovery.stance.network, **recovery.asked.get("network", {})}
        networks[RECOVERY] = complete(there, recovery.region)
        database = database_options(recovery, database, region)
        if "web_tier" in backend and "api" in backend:
            site = complete(site_options(recovery, backend), recovery.region)
            backend["token_exchange"] = {**backend.get("token_exchange", {}), "multi_region": True}
            if "domain" in backend["api"]:
                backend["api"] = {**backend["api"], "domain": {**backend["api"]["domain"], "records": False}}
        if "user_files" in backend.get("features", ["user_files"]):
            files = backend.get("user_files", {})
            copies = {"region": recovery.region, **files.get("replication", {})}
            backend["user_files"] = {**files, "replication": copies}
    silent = database.get("alarms", {}).get("enabled") is False
    watched = "web_tier" in backend and "api" in backend and not silent
    healing, observability = (
        complete(read.get(name, {}), region) if watched else None for name in ("healing", "observability")
    )
    return StackSettings(region, recovery, backend, networks, archive, database, site, healing, observability)


def _check_components(settings: StackSettings, found: Problems) -> None:
    """Note what each component would refuse, at the place in the file that asks for it."""
    backend = join_stand_ins(settings.unplaced_backend, settings.networks[PRIMARY])
    _check(backend_settings.resolve, backend, "backend", found)
    nat = settings.networks[PRIMARY].get("nat")
    if "web_tier" in settings.unplaced_backend and nat == "none":
        allowed = "per_zone | single beside backend.web_tier, whose servers reach Elastic Beanstalk through it"
        found.add("network.nat", "none", allowed, "choose one, or remove the web tier")
    if settings.unplaced_site is not None and settings.recovery is not None:
        there = join_site_stand_ins(settings.unplaced_site, settings.networks[RECOVERY], settings.recovery)
        _check(_resolve_site, there, "recovery.servers", found, _SITE_ORIGINS)
    sites = {PRIMARY: "network", RECOVERY: "recovery.network"}
    for site, args in settings.networks.items():
        _check(_resolve_network, args, sites[site], found)
    cidrs = [args.get("cidr", "") for args in settings.networks.values()]
    if len(cidrs) == len(sites) and _overlap(*cidrs):
        found.add("recovery.network.cidr", cidrs[-1], f"a network apart from {cidrs[0]}", "choose another")
    derived = _derived(settings)
    placed = place_stand_ins(settings.unplaced_database, settings.networks)
    _check(database_settings.resolve, placed, "database", found, derived)
    _check(archive_settings.resolve, settings.archive, "archive", found)
    for name, resolve_args in (
        ("healing", healing_settings.resolve),
        ("observability", observability_settings.resolve),
    ):
        own = settings.unjoined_healing if name == "healing" else settings.unjoined_observability
        if own is not None:
            _check(resolve_args, {**own, **STAND_INS[name], **_WATCHED[name]}, name, found)


def _derived(settings: StackSettings) -> dict[str, str]:
    """Return what of the database's options the recovery object asks for: all replicas, if there are no others."""
    replicas = set(settings.unplaced_database.get("replicas", {}))
    line = set(filter(reserved, replicas))
    if settings.recovery is None or not replicas:
        return {"cross_region_backups": "recovery"} if settings.recovery else {}
    paths = ["replicas"] if line == replicas else [f"replicas.{key}" for key in sorted(line)]
    return dict.fromkeys([*paths, "cross_region_backups"], "recovery")


def _resolve_site(_path: str, args: RecoverySiteArgs) -> object:
    """Check the recovery site's arguments, under the name that the program gives it."""
    return site_settings.resolve("recovery", args)


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
