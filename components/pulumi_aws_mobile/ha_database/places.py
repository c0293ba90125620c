"""Where a database or replica stands: subnets that exist, or a network of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.network.args import NatMode, NetworkArgs
from pulumi_aws_mobile.network.settings import resolve as resolve_network


@dataclass(frozen=True, slots=True)
class ExistingPlace:
    """Subnets that somebody else made."""

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[list[pulumi.Input[str]]]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A network that the component makes."""

    args: NetworkArgs


Place = ExistingPlace | NewPlace


def resolve_place(  # noqa: PLR0913 - the rules of a place depend on all of them
    values: Mapping[str, Any],
    problems: Problems,
    *,
    path: str,
    region: str | None,
    cluster: bool,
    default_cidr: str | None,
    tags: Mapping[str, pulumi.Input[str]],
) -> Place | None:
    """Return the place for the options in `values`; note what does not fit together. None if it cannot be told."""
    zones: list[str] | None = values.get("zones")
    existing = [key for key in ("vpc_id", "subnet_ids") if key in values]
    _check_zones(zones, problems, path=path, region=region, cluster=cluster)
    if not existing:
        return _new_place(values.get("cidr", default_cidr), zones, problems, path=path, region=region, tags=tags)
    for missing in {"vpc_id", "subnet_ids"} - set(existing):
        problems.add(
            f"{path}.{missing}", None, f"given together with {existing[0]}", f"give it, or remove {existing[0]}"
        )
    if "cidr" in values:
        problems.add(f"{path}.cidr", values["cidr"], "nothing, with subnets that exist", "remove it, or the subnets")
    subnet_ids = values.get("subnet_ids")
    least = 3 if cluster else 2
    if isinstance(subnet_ids, Sequence) and len(set(subnet_ids)) < least:
        allowed = f"subnets in at least {least} zones" + (", for a Multi-AZ cluster" if cluster else "")
        found = f"{len(set(subnet_ids))} of them"
        problems.extend([Problem(f"{path}.subnet_ids", found, allowed, "add the missing ones")])
    if len(existing) == 1:
        return None
    return ExistingPlace(values["vpc_id"], values["subnet_ids"])


def _new_place(  # noqa: PLR0913 - see resolve_place
    cidr: str | None,
    zones: list[str] | None,
    problems: Problems,
    *,
    path: str,
    region: str | None,
    tags: Mapping[str, pulumi.Input[str]],
) -> NewPlace | None:
    if cidr is None:
        problems.add(
            path,
            None,
            "vpc_id and subnet_ids of subnets in that Region, or the cidr of a new network there",
            "give one of the two; a new network's addresses must not overlap the first one's",
        )
        return None
    args: NetworkArgs = {
        "cidr": cidr,
        "nat": NatMode.NONE,
        "gateway_endpoints": [],
        "interface_endpoints": [],
        "tags": dict(tags),
    }
    if region is not None:
        args["region"] = region
    if zones is not None:
        args["zones"] = zones
    try:
        # Checked here, before anything is registered; the zones of the account are only asked for by the network.
        resolve_network(path, args, lambda _: [f"{region or 'eu-west-1'}{letter}" for letter in "abc"])
    except ArgsError as error:
        known = (problem for problem in error.problems if not problems.touches(f"{path}.{problem.path}"))
        problems.extend(Problem(f"{path}.{p.path}", p.got, p.allowed, p.fix) for p in known)
    return NewPlace(args)


def _check_zones(zones: list[str] | None, problems: Problems, *, path: str, region: str | None, cluster: bool) -> None:
    if zones is None:
        return
    wanted = 3
    if cluster and len(set(zones)) != wanted:
        problems.add(
            f"{path}.zones",
            ", ".join(zones),
            f"exactly {wanted} zones, for a Multi-AZ cluster",
            "name three, or choose the topology multi_az_instance",
        )
    for index, zone in enumerate(zones):
        check_zone(zone, problems, path=f"{path}.zones[{index}]", region=region)


def check_zone(zone: str, problems: Problems, *, path: str, region: str | None) -> None:
    """Note a zone of another Region."""
    if region is not None and zone[:-1] != region:
        problems.add(path, zone, f"a zone of {region}, for example {region}a", "name a zone of that Region")
