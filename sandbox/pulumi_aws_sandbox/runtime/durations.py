"""How long what AWS needs time for takes, in seconds of `runtime.clock`; nothing takes any unless it is set.

What has begun keeps the time that it began with; it is over when the clock has passed it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

NAMES = (
    "create",
    "modify",
    "nat_gateway",
    "promote",
    "reboot",
    "restore",
    "scale",
)
"""`create`, `modify`, `promote`, `reboot` and `restore` are of databases, `nat_gateway` until one is available, and
`scale` until an environment of Elastic Beanstalk is ready after its number of instances or a property changed."""

_seconds: dict[str, float] = {}


def set(durations: Mapping[str, float]) -> None:  # noqa: A001 - read as `durations.set`
    """Let operations take so many seconds from now on; those that are not named stay as they are."""
    for name, seconds in durations.items():
        if name not in NAMES:
            message = f'got "{name}"; allowed: {", ".join(NAMES)}'
            raise ValueError(message)
        if seconds < 0:
            message = f"{name}: got {seconds}; allowed: 0 or more seconds"
            raise ValueError(message)
    _seconds.update(durations)


def of(name: str) -> float:
    """Return how long an operation takes."""
    return _seconds.get(name, 0.0)


def any_set() -> bool:
    """Tell whether anything takes time."""
    return bool(_seconds)


def reset() -> None:
    """Let everything be ready at once again."""
    _seconds.clear()


@contextmanager
def lasting(**durations: float) -> Iterator[None]:
    """Let operations take so many seconds within the block."""
    before = dict(_seconds)
    set(durations)
    try:
        yield
    finally:
        _seconds.clear()
        _seconds.update(before)
