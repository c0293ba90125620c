"""Execution environments that stay warm: one per event under way, kept for the next event of the same function."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pulumi_aws_sandbox.runtime.plan import Plan
from pulumi_aws_sandbox.runtime.worker_process import Worker

_IDLE = 4
"""How many environments of one function wait for events; more than that are ended when they have nothing to do."""

Key = tuple[str, str]
"""A function's ARN without version, and its version."""


class ThrottledError(Exception):
    """A function has reached its reserved concurrency."""


class WorkerPool:
    """The execution environments of all functions."""

    def __init__(self, start: Callable[[Plan], Worker]) -> None:
        """Make new environments with `start`."""
        self._start = start
        self._lock = threading.Lock()
        self._idle: dict[Key, list[Worker]] = {}
        self._busy: dict[Key, list[Worker | None]] = {}
        self._closed = False

    @contextmanager
    def lent(self, key: Key, plan: Plan, most: int | None) -> Iterator[Worker]:
        """Lend an environment for one event; raise `ThrottledError` if `most` of them are busy already."""
        worker, outdated = self._take(key, plan, most)
        for each in outdated:
            each.close()
        usable = False
        try:
            if worker is None:
                worker = self._begin(key, plan)
            yield worker
            usable = True
        finally:
            self._give_back(key, worker, usable=usable)

    def warm(self, key: Key, plan: Plan) -> Worker | None:
        """Have an environment wait for the first event of a function; return it, or `None` if there is one already."""
        with self._lock:
            if self._closed or self._idle.get(key) or self._busy.get(key):
                return None
            self._idle.setdefault(key, [])
        worker = self._start(plan)
        with self._lock:
            idle = self._idle.get(key)
            # There is no list once the function is forgotten, or the sandbox has ended.
            keep = idle is not None and not idle and not self._closed
            if keep and idle is not None:
                idle.append(worker)
        if keep:
            return worker
        worker.close()
        return None

    def forget(self, arn: str) -> None:
        """End the idle environments of a function and all its versions; busy ones end with their event."""
        with self._lock:
            ended = [worker for key in list(self._idle) if key[0] == arn for worker in self._idle.pop(key)]
        for each in ended:
            each.close()

    def close(self) -> None:
        """End every environment, whatever it is doing."""
        with self._lock:
            self._closed = True
            workers = [worker for group in (*self._idle.values(), *self._busy.values()) for worker in group]
            self._idle.clear()
        for each in workers:
            if each is not None:
                each.close()

    def _take(self, key: Key, plan: Plan, most: int | None) -> tuple[Worker | None, list[Worker]]:
        """Return an idle environment, if there is one, and those that no longer are what the function is."""
        with self._lock:
            if self._closed:
                message = "the sandbox has ended"
                raise RuntimeError(message)
            busy = self._busy.setdefault(key, [])
            if most is not None and len(busy) >= most:
                raise ThrottledError
            idle = self._idle.pop(key, [])
            fitting = [worker for worker in idle if worker.fits(plan)]
            outdated = [worker for worker in idle if worker not in fitting]
            worker = fitting.pop() if fitting else None
            self._idle[key] = fitting
            busy.append(worker)
            return worker, outdated

    def _begin(self, key: Key, plan: Plan) -> Worker:
        """Start an environment in the place that `_take` kept for it."""
        worker = self._start(plan)
        with self._lock:
            busy = self._busy[key]
            busy[busy.index(None)] = worker
            closed = self._closed
        if closed:
            worker.close()
        return worker

    def _give_back(self, key: Key, worker: Worker | None, *, usable: bool) -> None:
        with self._lock:
            self._busy[key].remove(worker)
            idle = self._idle.get(key)
            # There is no list once the function is forgotten.
            keep = worker is not None and usable and worker.usable and idle is not None and len(idle) < _IDLE
            if keep and worker is not None and idle is not None:
                idle.append(worker)
        if worker is not None and not keep:
            worker.close()
