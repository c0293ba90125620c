"""What a load balancer spreads requests over: which targets it has, which of them are healthy, and who gets the next.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from pulumi_aws_sandbox.runtime.beanstalk.options import Check


class TargetState(str, Enum):
    """What a load balancer thinks of a target."""

    UNUSED = "unused"
    INITIAL = "initial"
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"
    DRAINING = "draining"


@dataclass(eq=False, slots=True)
class Target:
    """One instance, as a load balancer sees it."""

    id: str
    port: int = 0
    state: TargetState = TargetState.UNUSED
    new_version: bool = False
    """Whether it belongs to the new version while traffic is split."""
    under_way: int = 0
    successes: int = 0
    failures: int = 0
    last_check: str = "not checked yet"
    served: int = field(default=0)


class Targets:
    """The targets of one load balancer."""

    def __init__(self) -> None:
        """Start with none."""
        self._changed = threading.Condition()
        self._targets: list[Target] = []
        self._turn = 0
        self._split_percent: int | None = None
        self._split_due = 0

    def register(self, target: Target) -> None:
        """Take a target in; it gets requests after its first good health check."""
        with self._changed:
            target.state = TargetState.INITIAL
            target.successes = target.failures = 0
            target.last_check = "not checked yet"
            if target not in self._targets:
                self._targets.append(target)
            self._changed.notify_all()

    def deregister(self, target: Target, draining_seconds: float) -> bool:
        """Give a target no new requests; wait for those under way, and tell whether all of them have ended."""
        until = time.monotonic() + draining_seconds
        with self._changed:
            if target not in self._targets:
                return True
            target.state = TargetState.DRAINING
            self._targets.remove(target)
            self._changed.wait_for(lambda: target.under_way == 0, max(0.0, until - time.monotonic()))
            target.state = TargetState.UNUSED
            return target.under_way == 0

    def count_anew(self, target: Target) -> None:
        """Forget the checks of a target that runs something else now; it stays as healthy as it was."""
        with self._changed:
            target.successes = target.failures = 0

    def split(self, percent: int | None) -> None:
        """Give the targets of the new version a share of the requests, or treat all alike again."""
        with self._changed:
            self._split_percent, self._split_due = percent, 0

    @contextmanager
    def chosen(self) -> Iterator[Target | None]:
        """Choose who gets a request, for as long as it lasts; `None` if there is no target."""
        with self._changed:
            target = self._choose()
            if target is not None:
                target.under_way += 1
                target.served += 1
        try:
            yield target
        finally:
            if target is not None:
                with self._changed:
                    target.under_way -= 1
                    self._changed.notify_all()

    def checked(self, target: Target, check: Check, *, passed: bool, said: str) -> None:
        """Take in the result of a health check."""
        with self._changed:
            target.last_check = said
            target.successes, target.failures = (target.successes + 1, 0) if passed else (0, target.failures + 1)
            if target.state is TargetState.INITIAL and passed:
                # The first good check is enough for a new target.
                target.state = TargetState.HEALTHY
            elif target.state is TargetState.UNHEALTHY and target.successes >= check.healthy_count:
                target.state = TargetState.HEALTHY
            elif target.failures >= check.unhealthy_count and target.state in _CHECKED:
                target.state = TargetState.UNHEALTHY
            self._changed.notify_all()

    def _choose(self) -> Target | None:
        candidates = self._targets
        if self._split_percent is not None:
            self._split_due += self._split_percent
            new_version = self._split_due >= _PERCENT
            self._split_due -= _PERCENT if new_version else 0
            candidates = [each for each in candidates if each.new_version is new_version]
        healthy = [each for each in candidates if each.state is TargetState.HEALTHY]
        # A load balancer that has no healthy target sends requests to all of them.
        among = healthy or candidates
        if not among:
            return None
        self._turn += 1
        return among[self._turn % len(among)]


_CHECKED = {TargetState.INITIAL, TargetState.HEALTHY}
_PERCENT = 100
