"""The state in memory, by the same rules as DynamoDB keeps it, and processes that die at any moment."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_aws_mobile.dr_pair.functions.recovery.state import (
    Pair,
    Run,
    new_pair,
    pair_from_item,
    pair_to_item,
    run_from_item,
    run_to_item,
)
from pulumi_aws_mobile.dr_pair.functions.recovery.store import LEASE_SECONDS, Lease, LostLeaseError


class CrashError(BaseException):
    """The process is gone."""


@dataclass
class Process:
    """One invocation's process: it may die before or after anything that others can see."""

    dies_at: int | None = None
    """The moment, counted over everything that others can see."""
    hangs_at: int | None = None
    during_hang: Callable[[], None] = lambda: None
    watch: Callable[[], None] = lambda: None
    """What is checked at every moment."""
    moments: int = 0
    is_dead: bool = False
    trail: list[str] = field(default_factory=list)

    def around(self, name: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the act returns
        """Act, unless the process dies before; it may also die after, when nobody learns of it."""
        self._moment(f"before {name}")
        result = act()
        if self.hangs_at == self.moments:
            self.hangs_at = None
            self.during_hang()
        self._moment(f"after {name}")
        return result

    def _moment(self, name: str) -> None:
        if self.is_dead or self.moments == self.dies_at:
            self.is_dead = True
            raise CrashError
        self.watch()
        self.moments += 1
        self.trail.append(name)


@dataclass
class Memory:
    """What the table keeps."""

    takeovers: int = 0
    pair_text: str | None = None
    run_texts: dict[str, str] = field(default_factory=dict)
    version: int = 0
    owner: str = ""
    until: int = 0
    process: Process = field(default_factory=Process)

    def pair(self) -> Pair:
        """Return the pair."""
        return new_pair(self.takeovers) if self.pair_text is None else pair_from_item(json.loads(self.pair_text))

    def run(self, run_id: str) -> Run | None:
        """Return a run."""
        return run_from_item(json.loads(self.run_texts[run_id])) if run_id in self.run_texts else None

    def runs(self) -> list[Run]:
        """Return every run."""
        return [run_from_item(json.loads(text)) for text in self.run_texts.values()]

    def lease(self, owner: str, now: int) -> Lease | None:
        """Take the right to write, unless another invocation has it."""
        return self.process.around("lease", lambda: self._lease(owner, now))

    def save(self, lease: Lease, pair: Pair, run: Run | None) -> Lease:
        """Write both or nothing."""
        return self.process.around("save", lambda: self._save(lease, pair, run))

    def release(self, lease: Lease) -> None:
        """Give the lease back."""
        self.process.around("release", lambda: self._release(lease))

    def _lease(self, owner: str, now: int) -> Lease | None:
        if self.until > now:
            return None
        self.owner, self.until, self.version = owner, now + LEASE_SECONDS, self.version + 1
        return Lease(owner, self.until, self.version, self.pair())

    def _save(self, lease: Lease, pair: Pair, run: Run | None) -> Lease:
        if (lease.owner, lease.version) != (self.owner, self.version):
            raise LostLeaseError
        self.version += 1
        self.pair_text = json.dumps(pair_to_item(pair))
        if run is not None:
            self.run_texts[run.id] = json.dumps(run_to_item(run))
        return replace(lease, version=self.version, pair=pair)

    def _release(self, lease: Lease) -> None:
        if (lease.owner, lease.version) == (self.owner, self.version):
            self.until = 0
