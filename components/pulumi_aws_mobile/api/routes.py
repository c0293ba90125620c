"""The routes of all contributions, and what of them cannot stand together. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_mobile.errors import Problems

SIGNED_IN = "signed_in"
GUESTS = "guests"
ANYONE = "anyone"
METHODS = ("delete", "get", "head", "options", "patch", "post", "put")
"""The methods of OpenAPI that API Gateway has; it has no TRACE."""
MOST_RESOURCES = 300
"""The resources of one API, intermediate ones and the root included.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"""

_RESERVED = ("/ping", "/sping")
_SEGMENT = re.compile(r"[A-Za-z0-9._~:,-]+|\{[A-Za-z0-9._-]+\+?\}")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path, who may call it and what the document says of it."""

    feature: str
    path: str
    method: str
    """In capitals."""
    callers: tuple[str, ...]
    """Sorted; `anyone` stands alone."""
    operation: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)
    """What the document says, in the words that API Gateway takes."""

    @property
    def where(self) -> str:
        """The place of the route in the arguments."""
        return f"contributions.{self.feature}.paths.{self.path}.{self.method.lower()}"

    @property
    def public(self) -> bool:
        """Whether it needs no signature."""
        return self.callers == (ANYONE,)

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path; none for the root."""
        return split(self.path)


def split(path: str) -> tuple[str, ...]:
    """Return the parts of a path between its slashes; none for the root."""
    return tuple(path[1:].split("/")) if path != "/" else ()


def is_variable(segment: str) -> bool:
    """Tell whether a part of a path stands for many, one segment or, greedily, the rest."""
    return segment.startswith("{")


def is_greedy(segment: str) -> bool:
    """Tell whether a part of a path stands for all the rest."""
    return segment.endswith("+}")


def variables(path: str) -> tuple[str, ...]:
    """Return the names of a path's parameters."""
    return tuple(segment.strip("{}+") for segment in split(path) if is_variable(segment))


def check_path(path: str, where: str, problems: Problems) -> None:
    """Note what API Gateway does not take of a path."""
    if not path.startswith("/"):
        problems.add(where, path, "a path that starts with a slash", "add the slash")
        return
    if path in _RESERVED:
        problems.add(where, path, "paths that API Gateway does not answer itself", "rename it")
    if path != "/" and path.endswith("/"):
        problems.add(where, path, "no slash at the end: API Gateway has one resource for both", "remove the slash")
        return
    segments = split(path)
    for place, segment in enumerate(segments):
        if not _SEGMENT.fullmatch(segment):
            allowed = "segments of letters, digits and ._~:,-, or a parameter alone in braces"
            problems.add(where, segment, allowed, "rename the segment")
        elif is_greedy(segment) and place < len(segments) - 1:
            problems.add(where, segment, "a greedy parameter at the end of a path only", "remove the + or what follows")
    names = variables(path)
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(where, name, "each parameter once in a path", "rename one")


def check_routes(routes: Sequence[Route], problems: Problems) -> None:
    """Note routes that cannot stand together, each at the later of the two places."""
    _check_overlaps(routes, problems)
    _check_siblings(routes, problems)
    _check_operation_ids(routes, problems)
    count = len(resources(route.path for route in routes))
    if count > MOST_RESOURCES:
        fix = "join paths by a parameter, or split the API"
        problems.add("contributions", f"{count} resources", f"at most {MOST_RESOURCES}", fix)


def resources(paths: Iterable[str]) -> set[tuple[str, ...]]:
    """Return all resources that the paths need: each with those above it, up to the root."""
    return {parts[:length] for parts in map(split, paths) for length in range(len(parts) + 1)} | {()}


def _check_overlaps(routes: Sequence[Route], problems: Problems) -> None:
    seen: dict[tuple[str, str], Route] = {}
    for route in routes:
        first = seen.setdefault((route.method, route.path), route)
        if first is not route:
            allowed = "each method of a path once"
            fix = f"remove it here or in the contribution {first.feature}, which has it as well"
            problems.add(route.where, f"{route.method} {route.path}", allowed, fix)


def _check_siblings(routes: Sequence[Route], problems: Problems) -> None:
    """Note parameters with different names in the same place: API Gateway has one variable child per resource."""
    seen: dict[tuple[str, ...], tuple[str, Route]] = {}
    told: set[tuple[str, str]] = set()
    for route in routes:
        for place, segment in enumerate(route.segments):
            if not is_variable(segment):
                continue
            above = route.segments[:place]
            first, other = seen.setdefault(above, (segment, route))
            if segment != first and (route.feature, route.path) not in told:
                told.add((route.feature, route.path))
                allowed = f"{first} below /{'/'.join(above)}, as in the contribution {other.feature}"
                where = f"contributions.{route.feature}.paths.{route.path}"
                fix = "give the parameter one name: API Gateway takes one for each place"
                problems.add(where, segment, allowed, fix)


def _check_operation_ids(routes: Sequence[Route], problems: Problems) -> None:
    seen: dict[str, Route] = {}
    for route in routes:
        name = route.operation.get("operationId")
        if name is None:
            continue
        first = seen.setdefault(name, route)
        if first is not route:
            where = f"{route.where}.operationId"
            problems.add(where, name, "each operationId once", f"rename it; {first.where} has it already")
