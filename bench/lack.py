"""What a value comes from and does not show: resources that it waits for, and functions whose answers are in it.

A digest of a document refers to nothing, and yet is unknown until the document is. A preview tells such values apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.testing import UNKNOWN

from .reference import references


@dataclass(frozen=True, slots=True)
class Lack:
    """What the values of one input come from besides what they refer to, by their paths, as in `settings.3.value`."""

    waits: Mapping[str, tuple[int, ...]]
    asks: Mapping[str, tuple[int, ...]]


def lack(  # noqa: PLR0913 - what two runs tell about one input
    name: str,
    value: object,
    previewed: object,
    *,
    sources: AbstractSet[int],
    seen: AbstractSet[int],
    calls: Sequence[AbstractSet[int]],
    known: AbstractSet[tuple[int, str]],
) -> Lack:
    """Tell where the resources and calls are missing in `value`.

    `sources` are the resources that the input comes from, `seen` those of them that the preview names: it loses those
    whose outputs went through a function, as the SDK does not call it with what is unknown. `calls` are the resources
    that each call's arguments refer to. `known` are the outputs that even a preview knows, because they were inputs: a
    value that refers to these alone and is unknown waits for their resources. Which of several values it is that waits
    or asks, no run tells: then all that show nothing do.
    """
    unknown = dict(_open(name, value, previewed))
    found = {path: set(references(inner)) for path, inner in unknown.items()}
    bare = [path for path, referred in found.items() if not referred]
    filled = [path for path, referred in found.items() if referred][:1]
    echoes = {path: sorted({index for index, _ in referred}) for path, referred in found.items() if referred <= known}
    hidden = sources - seen
    left = sources - {index for index, _ in references(value)}
    # What was asked with values that a preview knows, it knows as well.
    possible = tuple(place for place, wanted in enumerate(calls) if wanted and wanted <= sources)
    asked = possible if hidden or (bare and not left) else ()
    if asked:
        left -= hidden
    waiting = (filled if asked else []) or bare or filled or [name]
    waits = {path: tuple(indexes) for path, indexes in echoes.items() if indexes}
    # A mapping that is unknown as a whole came out of a function, whatever of it refers to something.
    whole = {path: {index for index, _ in found[path]} for path in filled if not isinstance(unknown[path], str)}
    waits |= {path: tuple(sorted(indexes)) for path, indexes in whole.items()}
    if bare and not left and not asked:
        left = sources
    return Lack(
        {**waits, **(dict.fromkeys(waiting, tuple(sorted(left))) if left else {})},
        dict.fromkeys(bare or filled or [name], asked) if asked else {},
    )


def _open(path: str, value: Any, previewed: object) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """Yield what the preview does not know, by its path."""
    if previewed == UNKNOWN:
        yield path, value
    elif isinstance(previewed, Mapping):
        for key, inner in previewed.items():
            yield from _open(f"{path}.{key}", value[key], inner)
    elif isinstance(previewed, list):
        for place, (inner, item) in enumerate(zip(previewed, value, strict=True)):
            yield from _open(f"{path}.{place}", item, inner)
