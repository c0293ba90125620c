"""Which resource a path belongs to: static parts before variable ones, greedy ones last."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pulumi_aws_sandbox.runtime.gateway.incoming import decoded

Found = TypeVar("Found")


class SiblingError(ValueError):
    """Two variable parts at one place, which API Gateway does not allow."""


@dataclass(slots=True)
class _Node(Generic[Found]):
    static: dict[str, "_Node[Found]"] = field(default_factory=dict)
    variable: tuple[str, "_Node[Found]"] | None = None
    greedy: tuple[str, "_Node[Found]"] | None = None
    methods: dict[str, Found] = field(default_factory=dict)
    exists: bool = False


class Routes(Generic[Found]):
    """The resources of an API by their paths, and their methods."""

    def __init__(self) -> None:
        """Begin with no resource."""
        self._root: _Node[Found] = _Node(exists=True)

    def add_resource(self, path: str) -> None:
        """Add a resource; raise `SiblingError` where one of its parts cannot stand beside another."""
        self._node(path).exists = True

    def add(self, path: str, method: str, found: Found) -> None:
        """Add a method of a resource."""
        self._node(path).methods[method] = found

    def find(self, path: str, method: str) -> tuple[Found, dict[str, str]] | None:
        """Return the method of a path with its variable parts, or `None`; a slash at the end means nothing."""
        segments = [segment for segment in path.split("/") if segment]
        match = _match(self._root, segments, 0)
        if match is None:
            return None
        node, values = match
        found = node.methods.get(method) or node.methods.get("ANY")
        return None if found is None else (found, values)

    def _node(self, path: str) -> _Node[Found]:
        node = self._root
        for segment in (each for each in path.split("/") if each):
            node = _child(node, segment)
        return node


def variables(path: str) -> list[str]:
    """Return the names of the variable parts of a path."""
    return [_variable(segment) for segment in path.split("/") if _is_variable(segment)]


def _child(node: _Node[Found], segment: str) -> _Node[Found]:
    if not _is_variable(segment):
        return node.static.setdefault(segment, _Node())
    name = _variable(segment)
    greedy = segment.endswith("+}")
    taken = node.greedy if greedy else node.variable
    other = node.variable if greedy else None
    for sibling, suffix in ((taken, "+" if greedy else ""), (other, "")):
        if sibling is not None and sibling[0] != name:
            message = (
                f"A sibling ({{{sibling[0]}{suffix}}}) of this resource already has a variable path part -- "
                "only one is allowed"
            )
            raise SiblingError(message)
    if taken is None:
        taken = (name, _Node())
        if greedy:
            node.greedy = taken
        else:
            node.variable = taken
    return taken[1]


def _match(node: _Node[Found], segments: list[str], at: int) -> tuple[_Node[Found], dict[str, str]] | None:
    if at == len(segments):
        return (node, {}) if node.exists else None
    segment = segments[at]
    if (static := node.static.get(decoded(segment))) is not None and (found := _match(static, segments, at + 1)):
        return found
    if node.variable is not None and (found := _match(node.variable[1], segments, at + 1)):
        return found[0], {node.variable[0]: decoded(segment), **found[1]}
    if node.greedy is not None and node.greedy[1].exists:
        return node.greedy[1], {node.greedy[0]: "/".join(decoded(each) for each in segments[at:])}
    return None


def _is_variable(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")


def _variable(segment: str) -> str:
    return segment[1:-1].removesuffix("+")


def parents(paths: Iterable[str]) -> list[str]:
    """Return every resource that paths need, parents first, without the root."""
    found: dict[str, None] = {}
    for path in paths:
        segments = [segment for segment in path.split("/") if segment]
        for end in range(1, len(segments) + 1):
            found["/" + "/".join(segments[:end])] = None
    return sorted(found, key=lambda path: (path.count("/"), path))
