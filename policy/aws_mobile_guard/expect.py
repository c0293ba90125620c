"""The demands that many rules make of one property."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Problem, Undecided
from aws_mobile_guard.view import UNKNOWN, Node


def on(node: Node, path: str, fix: str) -> Iterator[Answer]:
    """Demand that the flag at `path` is true."""
    value = node.flag(path)
    if value is UNKNOWN:
        yield Undecided(node.path(path))
    elif value is not True:
        yield Problem(node.path(path), value, "true", fix)


def not_on(node: Node, path: str, fix: str) -> Iterator[Answer]:
    """Demand that the flag at `path` is false or absent."""
    value = node.flag(path)
    if value is UNKNOWN:
        yield Undecided(node.path(path))
    elif value is True:
        yield Problem(node.path(path), value, "false", fix)


def given(node: Node, path: str, allowed: str, fix: str) -> Iterator[Answer]:
    """Demand that something stands at `path`; a value that is not known yet will do."""
    if not node.has(path):
        yield Problem(node.path(path), None, allowed, fix)


def one_of(node: Node, path: str, allowed: Sequence[str], fix: str) -> Iterator[Answer]:
    """Demand that the text at `path` is one of those allowed."""
    value = node.text(path)
    if value is UNKNOWN:
        yield Undecided(node.path(path))
    elif value is None or value not in allowed:
        yield Problem(node.path(path), value, " or ".join(allowed), fix)


def at_least(node: Node, path: str, minimum: float, unit: str, fix: str) -> Iterator[Answer]:
    """Demand that the number at `path` is given and not below `minimum`."""
    value = node.number(path)
    if value is UNKNOWN:
        yield Undecided(node.path(path))
    elif value is None or value < minimum:
        singular = unit.removesuffix("s") if minimum == 1 else unit
        yield Problem(node.path(path), value, f"{minimum:g} {singular} or more", fix)


def each(node: Node, path: str, demand: Callable[[Node], Iterator[Answer]]) -> Iterator[Answer]:
    """Make a demand of everything in the list at `path`."""
    found = node.items(path)
    if found is UNKNOWN:
        yield Undecided(node.path(path))
        return
    for one in found or ():
        if one is UNKNOWN:
            yield Undecided(node.path(path))
        else:
            yield from demand(one)


def about(resource: Resource, answers: Iterable[Answer]) -> Iterator[Answer]:
    """Say of each answer which resource it is about, as whole-stack rules have to."""
    for answer in answers:
        yield replace(answer, resource=resource)
