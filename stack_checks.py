"""Checks what a stack file comes to: what a component would refuse is noted where the file asks for it."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from typing import Any

from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.ha_database import settings as database_settings
from pulumi_aws_mobile.mobile_backend import settings as backend_settings
from pulumi_aws_mobile.network import NetworkArgs
from pulumi_aws_mobile.network import settings as network_settings
from pulumi_aws_mobile.observability import settings as observability_settings
from pulumi_aws_mobile.recovery_site import RecoverySiteArgs
from pulumi_aws_mobile.recovery_site import settings as site_settings
from pulumi_aws_mobile.self_healing import settings as healing_settings
from stack_args import STAND_INS
from stack_parts import StackSettings
from stack_recovery import PRIMARY, RECOVERY, reserved
from stack_wiring import join_site_stand_ins, join_stand_ins, place_stand_ins

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
_SITE_ORIGINS = {
    "api": "backend.api",
    "token_exchange": "backend.token_exchange",
    "data_sync": "backend.data_sync",
    "push": "backend.push",
    "web_tier.https": "recovery.servers",
}
"""Where in the file the recovery site's options come from; the others are those of its servers."""


def check_copies(read: Mapping[str, Any], found: Problems) -> None:
    """Refuse copies of what users keep in another Region than the recovery Region, where nothing would use them."""
    region = read.get("recovery", {}).get("region")
    for part, option in (("user_files", "replication"), ("data_sync", "recovery")):
        asked = read.get("backend", {}).get(part, {}).get(option, {}).get("region")
        if region is not None and asked not in {None, region}:
            where = f"backend.{part}.{option}.region"
            found.add(where, asked, f"{region}, as recovery.region says", "remove it")


def check_components(settings: StackSettings, found: Problems) -> None:
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
