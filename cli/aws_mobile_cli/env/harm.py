"""What keeps the resources of an environment from being deleted, and the options by which it is turned off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pulumi_aws_mobile.testing import Recorded, Recording

from .shape import PARTS

_LOCKS = ("deletionProtection", "deletionProtectionEnabled")
_ON = (True, "ACTIVE")
_PROTECTIONS = ("protect", "deletion_protection")


@dataclass(frozen=True, slots=True)
class Kept:
    """The protected resources of one part."""

    part: str
    """The path of its options; the name of the program's own component where no option is known for it."""
    resources: Sequence[Recorded]

    @property
    def options(self) -> Mapping[str, object]:
        """The options that end its protection; none are known for parts of other programs."""
        known = PARTS[self.part].open if self.part in PARTS else {}
        return {name: value for name, value in known.items() if name in _PROTECTIONS}


def kept(recording: Recording) -> list[Kept]:
    """Return what is protected, by Pulumi or by AWS itself, by part."""
    found: dict[str, list[Recorded]] = defaultdict(list)
    part_of = _parts_of(recording)
    for resource in recording:
        if resource.custom and (resource.protect or any(resource.inputs.get(lock) in _ON for lock in _LOCKS)):
            found[part_of[resource.urn]].append(resource)
    return [Kept(part, resources) for part, resources in found.items()]


def parts_there(recording: Recording) -> list[str]:
    """Return the parts that the program makes of its stack file, whether the file says something of them or not."""
    names = {resource.name for resource in recording if not resource.custom}
    return [path for path, part in PARTS.items() if names & set(part.components)]


def owners(recording: Iterable[Recorded]) -> Mapping[str, str]:
    """Return for each URN the name of the component that the program itself made; the resource's own where none is."""
    by_urn = {resource.urn: resource for resource in recording}
    found: dict[str, str] = {}
    for urn, resource in by_urn.items():
        found[urn] = found.get(resource.parent, resource.name)
    return found


def _parts_of(recording: Recording) -> Mapping[str, str]:
    by_component = {name: path for path, part in PARTS.items() for name in part.components}
    top = owners(recording)
    found: dict[str, str] = {}
    for resource in recording:
        own = None if resource.custom else by_component.get(resource.name)
        found[resource.urn] = own or found.get(resource.parent) or top[resource.urn]
    # What stands straight below a component without options of its own carries that component's name.
    return found
