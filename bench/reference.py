"""References from a value to the output of a resource, as text: `@@<index>.<output>@@`."""

import re
from collections.abc import Iterator, Mapping

REFERENCE = re.compile(r"@@(\d+)\.([A-Za-z0-9_.|]+)@@")
TAIL = "|tail"
"""Ends the output of which only the last part of an ARN is meant."""


def references(value: object) -> Iterator[tuple[int, str]]:
    """Yield the index and the output of every reference in a value."""
    if isinstance(value, str):
        for found in REFERENCE.finditer(value):
            yield int(found[1]), found[2]
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
