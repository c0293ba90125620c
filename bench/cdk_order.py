"""The order of the statements of a CDK app: a construct stands after those that it refers to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from .cdk_app import Construct, Get, Join, Last
from .errors import BenchError


def ordered(made: Mapping[int, Construct]) -> Iterator[Construct]:
    """Yield the constructs so that each comes after those that it refers to."""
    needs: dict[int, set[int]] = defaultdict(set)
    for index, construct in made.items():
        referred = (*_got(construct.properties), *_got(construct.overrides))
        needs[index] = {found for found in (*referred, *construct.waits) if found != index}
    done: set[int] = set()
    open_: set[int] = set()

    def visit(index: int) -> Iterator[Construct]:
        if index in done:
            return
        if index in open_:
            message = f"{made[index].name}: the CDK app would have resources that wait for each other"
            raise BenchError(message)
        open_.add(index)
        for need in sorted(needs[index]):
            yield from visit(need)
        done.add(index)
        yield made[index]

    for index in sorted(made):
        yield from visit(index)


def _got(value: object) -> Iterator[int]:
    if isinstance(value, Get):
        yield value.index
    elif isinstance(value, Last):
        yield value.arn.index
    elif isinstance(value, Join):
        for piece in value.pieces:
            yield from _got(piece)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _got(item)
    elif isinstance(value, list):
        for item in value:
            yield from _got(item)
