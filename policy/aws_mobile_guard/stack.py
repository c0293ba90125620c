"""All resources together, and which of them refer to which.

While a stack is previewed most references are unknown values. Pulumi still knows which resources each property comes
from, so a reference is followed by value where the value is known, and by URN where it is not.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from aws_mobile_guard.resources import Resource
from aws_mobile_guard.view import UNKNOWN, Unknown, WrongTypeError


@dataclass(frozen=True, slots=True)
class Links:
    """The resources that one property refers to."""

    resources: tuple[Resource, ...]
    outside: bool
    """Whether it (also) names something that is not in the stack."""
    unknown: bool
    """Whether it (also) refers to something that cannot be told yet."""


@dataclass(slots=True)
class Join:
    """Who refers to whom, over all resources of some types."""

    loose: list[Resource] = field(default_factory=list)
    """The holders whose target cannot be told yet."""
    _holders: dict[str, list[Resource]] = field(default_factory=dict)

    def holders(self, target: Resource) -> Sequence[Resource]:
        """Return the resources that refer to `target`."""
        return self._holders.get(target.urn, ())

    def add(self, holder: Resource, links: Links) -> None:
        """Note what `holder` refers to."""
        for target in links.resources:
            self._holders.setdefault(target.urn, []).append(holder)
        if links.unknown:
            self.loose.append(holder)


class Stack:
    """The resources of a stack."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        """Take the resources in the order of registration."""
        self._by_urn: dict[str, Resource] = {}
        self._by_type: dict[str, list[Resource]] = {}
        for resource in resources:
            self._by_urn[resource.urn] = resource
            self._by_type.setdefault(resource.type, []).append(resource)
        self._identities: dict[tuple[str, ...], dict[str, Resource]] = {}
        self._joins: dict[tuple[tuple[str, ...], str, tuple[str, ...]], Join] = {}

    def of(self, types: Sequence[str]) -> list[Resource]:
        """Return the resources of these types."""
        return [resource for type_ in types for resource in self._by_type.get(type_, ())]

    def links(self, holder: Resource, name: str, types: tuple[str, ...]) -> Links:
        """Return the resources of `types` that the top-level property `name` of `holder` refers to."""
        values = _values(holder, name)
        known = [value for value in values if value is not UNKNOWN]
        identities = self._identities_of(types)
        found = {identities[value].urn: identities[value] for value in known if value in identities}
        missing = sum(value not in identities for value in known)
        if missing or len(known) < len(values):
            by_urn = self._follow(holder, name, types)
            if by_urn:
                return Links(tuple((found | by_urn).values()), outside=False, unknown=False)
        return Links(tuple(found.values()), outside=missing > 0, unknown=len(known) < len(values))

    def join(self, holders: tuple[str, ...], name: str, targets: tuple[str, ...]) -> Join:
        """Return which resources of the types `holders` refer by `name` to which of the types `targets`."""
        key = (holders, name, targets)
        if key not in self._joins:
            join = self._joins[key] = Join()
            for holder in self.of(holders):
                join.add(holder, self.links(holder, name, targets))
        return self._joins[key]

    def _follow(self, holder: Resource, name: str, types: tuple[str, ...]) -> dict[str, Resource]:
        """Follow a property by URN, also through resources that pass it on under the same name."""
        found: dict[str, Resource] = {}
        seen: set[str] = set()
        ahead = deque(holder.sources(name))
        while ahead:
            urn = ahead.popleft()
            resource = self._by_urn.get(urn)
            if resource is None or urn in seen:
                continue
            seen.add(urn)
            if resource.type in types:
                found[urn] = resource
            else:
                ahead.extend(resource.sources(name))
        return found

    def _identities_of(self, types: tuple[str, ...]) -> dict[str, Resource]:
        if types not in self._identities:
            index = self._identities[types] = {}
            for resource in self.of(types):
                for identity in resource.identities:
                    index.setdefault(identity, resource)
        return self._identities[types]


def _values(resource: Resource, name: str) -> Sequence[str | Unknown]:
    """Return the texts of a property that may be one text or a list of them; an object's parts count as unknown."""
    try:
        values = resource.texts(name)
    except WrongTypeError:
        return (UNKNOWN,)
    if values is None:
        return ()
    return (UNKNOWN,) if values is UNKNOWN else values
