"""The network that a web tier stands in: somebody else's subnets, or its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.network import Network

from .places import ExistingPlace
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Site:
    """Where the parts of a web tier stand."""

    vpc_id: pulumi.Output[str]
    instance_subnet_ids: pulumi.Output[list[str]]
    load_balancer_subnet_ids: pulumi.Output[list[str]]
    zones: pulumi.Output[list[str]] | None
    """The zones by name, of a new network in the order of its subnets; none if nobody said."""
    own: bool
    """Whether it is a network of the web tier's own."""

    @property
    def zones_joined(self) -> pulumi.Output[str] | None:
        """The zones as an option setting writes them."""
        return None if self.zones is None else joined(self.zones)

    def subnets_in(self, zones: Sequence[str]) -> pulumi.Output[list[str]]:
        """Return the instances' subnets, those in `zones` only if it is known where each is."""
        if not zones or not self.own or self.zones is None:
            return self.instance_subnet_ids
        return pulumi.Output.all(self.instance_subnet_ids, self.zones).apply(
            lambda known: [subnet for subnet, zone in zip(*known, strict=True) if zone in zones]
        )


def find_or_create_site(scope: Scope) -> Site:
    """Return the place that was given, or create a network."""
    place = scope.settings.place
    if isinstance(place, ExistingPlace):
        return Site(
            vpc_id=pulumi.Output.from_input(place.vpc_id),
            instance_subnet_ids=_listed(place.instance_subnet_ids),
            load_balancer_subnet_ids=_listed(place.load_balancer_subnet_ids),
            zones=pulumi.Output.from_input(list(place.zones)) if place.zones else None,
            own=False,
        )
    network = Network(scope.child("network"), place.args, scope.owned)
    public = scope.settings.public
    return Site(
        vpc_id=network.vpc_id,
        instance_subnet_ids=network.application_subnet_ids,
        load_balancer_subnet_ids=network.public_subnet_ids if public else network.application_subnet_ids,
        zones=network.zones,
        own=True,
    )


def joined(texts: pulumi.Output[list[str]]) -> pulumi.Output[str]:
    """Return a list as option settings write it: sorted, with commas."""
    return texts.apply(_joined)


def _listed(ids: pulumi.Input[list[pulumi.Input[str]]]) -> pulumi.Output[list[str]]:
    known: pulumi.Output[Any] = pulumi.Output.from_input(ids)
    return known.apply(list)


def _joined(texts: Sequence[str]) -> str:
    return ",".join(sorted(texts))
