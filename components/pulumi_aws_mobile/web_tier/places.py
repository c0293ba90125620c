"""Where a web tier stands: a network that exists, or one of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.network.args import NetworkArgs
from pulumi_aws_mobile.network.rules import FEWEST_ZONES, MOST_ZONES
from pulumi_aws_mobile.network.settings import resolve as resolve_network

from .layers import Layers

Subnets = pulumi.Input[list[pulumi.Input[str]]]


@dataclass(frozen=True, slots=True)
class ExistingPlace:
    """Subnets that somebody else made; the zones where they are known."""

    vpc_id: pulumi.Input[str]
    instance_subnet_ids: Subnets
    load_balancer_subnet_ids: Subnets
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A network that the component makes."""

    args: NetworkArgs


Place = ExistingPlace | NewPlace


def resolve_place(given: Mapping[str, Any], layers: Mapping[str, Layers], problems: Problems) -> Place | None:
    """Return the place; note what does not fit together. None if it cannot be told."""
    if problems.touches("network"):
        return None
    network: Mapping[str, Any] = given.get("network", {})
    subnets = [option for option in ("vpc_id", "instance_subnet_ids", "load_balancer_subnet_ids") if option in network]
    _check_zones(network.get("zones", ()), given.get("region"), problems, existing=bool(subnets))
    return _existing(network, given, subnets, problems) if subnets else _new(network, given, layers, problems)


def _existing(
    network: Mapping[str, Any], given: Mapping[str, Any], subnets: Sequence[str], problems: Problems
) -> ExistingPlace | None:
    needed = ["vpc_id", "instance_subnet_ids", *(["load_balancer_subnet_ids"] if given.get("public") else [])]
    missing = [option for option in needed if option not in network]
    for option in missing:
        why = "the load balancer is public" if option == "load_balancer_subnet_ids" else f"{subnets[0]} is given"
        problems.add(f"network.{option}", None, f"given, since {why}", "give it, or let the web tier make a network")
    if "cidr" in network:
        problems.add("network.cidr", network["cidr"], "nothing, with subnets that exist", "remove it, or the subnets")
    for option in ("instance_subnet_ids", "load_balancer_subnet_ids"):
        ids = network.get(option)
        if isinstance(ids, Sequence) and len({each for each in ids if isinstance(each, str)} or ids) < FEWEST_ZONES:
            allowed = f"subnets in at least {FEWEST_ZONES} zones"
            problems.add(f"network.{option}", ids, allowed, "add the missing ones")
    if missing:
        return None
    instances = network["instance_subnet_ids"]
    return ExistingPlace(
        vpc_id=network["vpc_id"],
        instance_subnet_ids=instances,
        load_balancer_subnet_ids=network.get("load_balancer_subnet_ids", instances),
        zones=tuple(sorted(set(network.get("zones", ())))),
    )


def _new(
    network: Mapping[str, Any], given: Mapping[str, Any], layers: Mapping[str, Layers], problems: Problems
) -> NewPlace:
    args: NetworkArgs = {"tags": dict(given.get("tags", {}))}
    if "region" in given:
        args["region"] = given["region"]
    if "cidr" in network:
        args["cidr"] = network["cidr"]
    zones = network.get("zones") or _zones_of_instances(layers, problems)
    if zones:
        args["zones"] = list(zones)
    try:
        # Checked here, before anything is registered; the zones of the account are only asked for by the network.
        resolve_network("network", args, lambda region: [f"{region or 'eu-west-1'}{letter}" for letter in "abc"])
    except ArgsError as error:
        known = [problem for problem in error.problems if not problems.touches(f"network.{problem.path}")]
        own = [problem for problem in known if problem.path != "region"]
        problems.extend(Problem(f"network.{each.path}", each.got, each.allowed, each.fix) for each in own)
    return NewPlace(args)


def _zones_of_instances(layers: Mapping[str, Layers], problems: Problems) -> list[str]:
    """Return the zones that the instances of all environments name, if a network can span just them."""
    zones = sorted({zone for each in layers.values() for zone in each.part("instances").get("zones", ())})
    if zones and not FEWEST_ZONES <= len(zones) <= MOST_ZONES:
        allowed = f"{FEWEST_ZONES} or {MOST_ZONES} zones, those of the instances among them"
        problems.add("network.zones", None, allowed, "name the zones of the network: its load balancer needs two")
        return []
    return zones


def _check_zones(zones: Sequence[str], region: str | None, problems: Problems, *, existing: bool) -> None:
    """Note zones of another Region; a new network says so itself."""
    for position, zone in enumerate(zones if existing else ()):
        if region is not None and zone[:-1] != region:
            fix = "name a zone of that Region or change region"
            problems.add(f"network.zones[{position}]", zone, f"a zone of {region}", fix)
