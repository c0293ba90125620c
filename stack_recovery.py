"""What a recovery strategy asks of the components, and which database writes after how many takeovers.

Databases follow each other in a line: the primary Region's, its replica in the recovery Region, that one's replica back
in the primary Region, and so on. Each takeover promotes the next of them; none ever becomes a replica again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_mobile.dr_pair import RecoveryStrategy

PRIMARY = "primary"
RECOVERY = "recovery"
HOME = "home"

_NO_WAY_OUT: Mapping[str, Any] = {"nat": "none"}
"""What waits without servers needs no way to the internet; a failover's CloudFormation stack makes one."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a strategy keeps in the recovery Region."""

    network: Mapping[str, Any] = field(default_factory=dict)
    """The options of the network there, unless the stack file says otherwise."""
    replicated: bool = True
    """Whether the database has a replica there, not only copies of its backups."""
    standby_database: bool = False
    """Whether that replica has a standby of its own."""
    serving: bool = False
    """Whether servers run there before a failover."""
    full_size: bool = False
    """Whether they are as many as in the primary Region."""


STANCES: Mapping[RecoveryStrategy, Stance] = {
    RecoveryStrategy.BACKUP_RESTORE: Stance(network=_NO_WAY_OUT, replicated=False),
    RecoveryStrategy.PILOT_LIGHT: Stance(network=_NO_WAY_OUT),
    RecoveryStrategy.WARM_STANDBY: Stance(network={"nat": "single"}, standby_database=True, serving=True),
    RecoveryStrategy.MULTI_SITE: Stance(standby_database=True, serving=True, full_size=True),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One database in the line of those that follow each other."""

    key: str
    """Its key among the replicas; `primary` for the first."""
    site: str
    source: str | None
    """The key of the one it follows, or an ARN; `None` for the first, and for the first one's own replica."""
    promoted: bool


@dataclass(frozen=True, slots=True)
class Recovery:
    """A checked recovery object."""

    strategy: RecoveryStrategy
    region: str
    takeovers: int
    """How many takeovers there have been: with an odd number the recovery Region's database writes."""
    successor: bool
    """Whether the one that would take over next is there."""
    restored_arn: str | None
    """The database that a failover restored from copied backups."""
    asked: Mapping[str, Any]
    """The object as it stands in the stack file."""
    situation: Mapping[str, Any] = field(default_factory=dict)
    """What the times and costs depend on."""

    @property
    def stance(self) -> Stance:
        """What the strategy keeps in the recovery Region."""
        return STANCES[self.strategy]

    @property
    def active_site(self) -> str:
        """The site whose database writes."""
        return site_of(self.takeovers)

    def links(self) -> list[Link]:
        """Return the databases from the first to the last that is there; one that was restored is not the program's."""
        last = self.takeovers + (1 if self.successor else 0)
        return [self._link(place) for place in range(last + 1) if place != 1 or self.stance.replicated]

    def _link(self, place: int) -> Link:
        before = None if place < 2 else key_of(place - 1)  # noqa: PLR2004 - the first two need no source said
        if place == 2 and not self.stance.replicated:  # noqa: PLR2004 - the one after the restored one
            before = self.restored_arn
        return Link(key_of(place), site_of(place), before, promoted=0 < place <= self.takeovers)


def site_of(place: int) -> str:
    """Return the site of the database at a place in the line."""
    return RECOVERY if place % 2 else PRIMARY


def key_of(place: int) -> str:
    """Return the key of the database at a place in the line: primary, recovery, home, recovery-3, home-4 and so on."""
    if place == 0:
        return PRIMARY
    name = RECOVERY if place % 2 else HOME
    return name if place <= 2 else f"{name}-{place}"  # noqa: PLR2004 - the first of each name has no number


def situation_options(stack: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the times and costs of a recovery depend on, as far as the stack file tells it."""
    database, recovery = stack.get("database", {}), stack.get("recovery", {})
    types = stack.get("backend", {}).get("web_tier", {}).get("instances", {}).get("types")
    told = {
        "database_gib": database.get("storage_gib"),
        "engine": database.get("engine"),
        "instance_class": recovery.get("instance_class", database.get("instance_class")),
        "server_type": types[0] if types else None,
    }
    return {**{name: value for name, value in told.items() if value is not None}, **recovery.get("situation", {})}


def reserved(key: str) -> bool:
    """Tell whether a key among the database's replicas names one of the line."""
    name, _, number = key.partition("-")
    return name in {PRIMARY, RECOVERY, HOME} and (not number or number.isdigit())


def database_options(recovery: Recovery, database: Mapping[str, Any], home: str) -> dict[str, Any]:
    """Return the database's options with the line of its replicas, or with copies of its backups."""
    chosen = {name: recovery.asked[name] for name in ("instance_class",) if name in recovery.asked}
    replicas = dict(database.get("replicas", {}))
    for link in recovery.links()[1:]:
        options: dict[str, Any] = {"region": recovery.region if link.site == RECOVERY else home}
        if link.source is not None:
            options["source"] = link.source
        if link.site == RECOVERY:
            options |= chosen
        if recovery.stance.standby_database:
            options["multi_az"] = True
        if link.promoted:
            options["promoted"] = True
        replicas[link.key] = options
    joined = {**database, "guarded": True, **({"replicas": replicas} if replicas else {})}
    if not recovery.stance.replicated:
        joined["cross_region_backups"] = {"region": recovery.region}
    return joined


def site_options(
    recovery: Recovery, backend: Mapping[str, Any], *, instances: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the recovery site's API, exchange and servers: the backend's, as many as the strategy keeps or is due."""
    options: dict[str, Any] = {"api": _api_there(recovery, backend["api"])}
    exchange = {name: value for name, value in backend.get("token_exchange", {}).items() if name != "multi_region"}
    if recovery.asked.get("user_pool_replica"):
        # With the first Region lost, users are looked up where their directory still is.
        exchange["user_pool_region"] = recovery.region
    options["token_exchange"] = exchange
    if groups := backend.get("identity", {}).get("groups"):
        options["groups"] = sorted(groups)
    if "web_tier" in backend:
        options["web_tier"] = _servers_there(recovery, backend["web_tier"], instances)
    if "data_sync" in backend:
        primary_only = {"recovery", "protect", "deletion_protection", "alarm_topic_arn"}
        options["data_sync"] = {name: value for name, value in backend["data_sync"].items() if name not in primary_only}
    if "push" in backend:
        # Endpoints are not copied: here it has a table of its own.
        options["push"] = {name: value for name, value in backend["push"].items() if name != "alarm_topic_arn"}
    return options


def with_copies(recovery: Recovery, backend: Mapping[str, Any]) -> dict[str, Any]:
    """Return the backend's options, what users keep copied to the recovery Region."""
    copied = dict(backend)
    if "user_files" in backend.get("features", ["user_files"]):
        copied["user_files"] = _copied(recovery, backend.get("user_files", {}), "replication")
    if "data_sync" in backend:
        copied["data_sync"] = _copied(recovery, backend["data_sync"], "recovery")
    return copied


def _copied(recovery: Recovery, options: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {**options, name: {"region": recovery.region, **options.get(name, {})}}


def instances_of(web_tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options about the primary Region's instances, their numbers said."""
    given = web_tier.get("instances", {})
    fewest = given.get("min", min(2, given.get("max", 2)))
    return {**given, "min": fewest, "max": given.get("max", max(4, fewest))}


def standby_of(recovery: Recovery, web_tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options about the recovery Region's instances before a failover."""
    full = instances_of(web_tier)
    asked = recovery.asked.get("servers", {}).get("instances", {})
    if recovery.stance.full_size:
        size = {}
    elif recovery.stance.serving:
        # Two, so that a zone of the recovery Region may be lost as well.
        size = {"min": min(2, full["min"]), "max": min(4, full["max"])}
    else:
        size = {"min": 0, "max": 0}
    # Zones are the primary Region's own.
    return {name: value for name, value in {**full, **size}.items() if name != "zones"} | dict(asked)


def _api_there(recovery: Recovery, api: Mapping[str, Any]) -> dict[str, Any]:
    there = {name: value for name, value in api.items() if name not in {"alarms", "domain"}}
    if "domain" in api:
        domain = {name: value for name, value in api["domain"].items() if name != "certificate_arn"}
        own = recovery.asked.get("api_certificate_arn")
        there["domain"] = {**domain, "records": False, **({} if own is None else {"certificate_arn": own})}
    return there


def _servers_there(
    recovery: Recovery, web_tier: Mapping[str, Any], instances: Mapping[str, Any] | None
) -> dict[str, Any]:
    there = {name: value for name, value in web_tier.items() if name not in {"alarm_topic_arn", "https"}}
    if "https" in web_tier:
        certificate = recovery.asked.get("servers", {}).get("certificate_arn")
        there["https"] = {**web_tier["https"], "certificate_arn": certificate}
    return {**there, "instances": dict(instances or standby_of(recovery, web_tier)), "standby": True}
