"""The state while an invocation holds the lease."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .state import Pair, Run
from .store import Lease, Store


class Held:
    """The pair and the run that is open, as they were written last."""

    def __init__(self, store: Store, lease: Lease) -> None:
        """Hold what was read with the lease."""
        self._store = store
        self.lease = lease
        self.pair: Pair = lease.pair
        self.run: Run | None = None

    @property
    def open_run(self) -> Run:
        """The run that there is."""
        if self.run is None:
            message = "there is no run"
            raise LookupError(message)
        return self.run

    def save(self, other: Run | None = None) -> None:
        """Write the pair, and the run or another one; new messages become the pair's."""
        run = other or self.run
        if run is not None and run.outbox:
            self.pair = self.pair.with_messages(run.outbox)
            run = replace(run, outbox=())
        if self.run is not None and run is not None and run.id == self.run.id:
            self.run = run
        self.lease = self._store.save(self.lease, self.pair, run)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - fields of the pair
        """Change the pair, and write it."""
        self.pair = replace(self.pair, **changes)
        self.save()

    def tell(self, subject: str, text: str) -> None:
        """Keep a message, and write it."""
        self.pair = self.pair.with_messages([{"subject": subject, "text": text}])
        self.save()


def noting(run: Run, note: Mapping[str, Any]) -> Run:
    """Return a run with what was asked of it."""
    return replace(run, approvals=(*run.approvals, note))
