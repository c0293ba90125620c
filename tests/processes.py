"""Which tests run in one process, where pytest has several: those that share what takes long to start.

xdist's own groups are names that it hangs on tests' ids, which pytest 9.2 no longer lets it do:
https://github.com/pytest-dev/pytest-xdist/issues/1386. An id tells file and folder as it is.
"""

from collections.abc import Iterable

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

SHARED = ("tests/app/",)
"""Folders whose files share their servers; elsewhere only the tests of one file share something that takes long."""
LONGEST = ("tests/engine/", *SHARED)
"""What comes first, lest one process is busy with it when all others have ended."""


class Sharing(LoadFileScheduling):
    """Gives each process whole files, and whole folders where files share their servers."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False  # what comes first has few tests that take long
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in SHARED if nodeid.startswith(folder)), super()._split_scope(nodeid))


def longest_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Sort `items`, which keep their order otherwise."""
    return sorted(items, key=lambda item: not item.nodeid.startswith(LONGEST))
