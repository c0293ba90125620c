"""Whatever the order in which calls of several devices come to the table, each takes effect at one moment.

The calls run at once, but only one of them at a time goes on to its next request to DynamoDB; which one is drawn. A
batch is read item by item, as DynamoDB promises no more of it. What it promises of a transaction is taken as given.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any
from unittest.mock import patch

from components.data_sync.functions.surroundings import Reply, Service, service
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.data_sync.functions.sync import pushes, removals
from pulumi_aws_mobile.data_sync.functions.sync.items import Item
from pulumi_aws_mobile.data_sync.functions.sync.table import Table

KEYS = "ab"


@dataclass(frozen=True)
class Op:
    """A call: `("push", token, ((key, value, base), ...))`, `("pull", since)` or `("delete",)`."""

    kind: str
    token: str = ""
    changes: tuple[tuple[str, str | None, int], ...] = ()
    since: int = 0


@dataclass
class Model:
    """The service as one device after the other would find it."""

    count: int = 0
    life: int = 0
    alive: bool = False
    records: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    taken: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def copy(self) -> "Model":
        return Model(self.count, self.life, self.alive, dict(self.records), dict(self.taken))

    def do(self, op: Op) -> tuple[object, ...]:
        if op.kind == "delete":
            self.alive, self.records = False, {}
            return "deleted", self.count
        if op.kind == "pull":
            return self._pull(op.since)
        return self._push(op)

    def _pull(self, since: int) -> tuple[object, ...]:
        if since > self.count:
            return ("FutureCount",)
        start = since if self.alive and since > self.life else 0
        changed = {
            key: held for key, held in self.records.items() if held[1] > start and (start or held[0] is not None)
        }
        return "pulled", start, self.count, frozenset(changed.items())

    def _push(self, op: Op) -> tuple[object, ...]:
        if op.token in self.taken:
            return self.taken[op.token]
        if any(base > self.count for _, _, base in op.changes):
            return ("FutureCount",)
        if any(self.records.get(key, (None, 0))[1] != base for key, _, base in op.changes):
            return ("Conflict",)
        if not self.alive:
            self.alive, self.life = True, self.count
        self.count += 1
        self.records |= {key: (value, self.count) for key, value, _ in op.changes}
        live = sum(value is not None for value, _ in self.records.values())
        self.taken[op.token] = ("taken", self.count, live)
        return self.taken[op.token]


def call(sync: Service, op: Op) -> tuple[object, ...]:
    """Make a call, and return what it says as the model says it."""
    if op.kind == "delete":
        reply = sync.call("DELETE", "notes")
    elif op.kind == "pull":
        reply = sync.pull("notes", op.since, 2_000_000_000 if op.since else None)
    else:
        changes = [{"key": key, "value": value, "base": base} for key, value, base in op.changes]
        reply = sync.push("notes", changes, token=f"token-{op.token}")
    return said(op, reply)


def said(op: Op, reply: Reply) -> tuple[object, ...]:
    body: dict[str, Any] = reply.body
    if reply.status != 200:
        return (body["code"],)
    if op.kind == "delete":
        return "deleted", body["sync_count"]
    if op.kind == "push":
        return "taken", body["sync_count"], body["records"]
    held = frozenset((each["key"], (each["value"], each["sync_count"])) for each in body["records"])
    return "pulled", body["since"], body["sync_count"], held


class Turns:
    """Lets one call after the other make its next request, in an order that was drawn."""

    def __init__(self, sync: Service, order: Iterator[int]) -> None:
        self._sync = sync
        self._order = order
        self._changed = threading.Condition()
        self._waiting: dict[int, bool] = {}
        self._name = threading.local()

    def run(self, ops: Sequence[Op]) -> list[tuple[object, ...]]:
        answers: list[tuple[object, ...]] = [()] * len(ops)

        def work(number: int) -> None:
            self._name.number = number
            try:
                self._wait()
                answers[number] = call(self._sync, ops[number])
            finally:
                with self._changed:
                    del self._waiting[number]
                    self._changed.notify_all()

        self._waiting = dict.fromkeys(range(len(ops)), False)
        self._sync.between = lambda _number, _operation: self._wait()
        threads = [threading.Thread(target=work, args=(number,)) for number in range(len(ops))]
        for thread in threads:
            thread.start()
        with self._changed:
            while self._waiting:
                self._changed.wait_for(lambda: all(self._waiting.values()))
                if self._waiting:
                    ready = sorted(self._waiting)
                    self._waiting[ready[next(self._order, 0) % len(ready)]] = False
                    self._changed.notify_all()
        for thread in threads:
            thread.join()
        self._sync.between = None
        return answers

    def _wait(self) -> None:
        number = self._name.number
        with self._changed:
            self._waiting[number] = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._waiting[number])


def explains(
    before: Model, ops: Sequence[Op], answers: Sequence[tuple[object, ...]], after: tuple[object, ...]
) -> bool:
    """Return whether some order of the calls gives these answers, and leaves this; one that was busy did nothing."""
    done = [number for number, answer in enumerate(answers) if answer != ("Busy",)]
    for order in permutations(done):
        model = before.copy()
        if all(model.do(ops[number]) == answers[number] for number in order) and model.do(Op("pull")) == after:
            return True
    return False


COUNTS = st.sampled_from([0, 0, 1, 1, 2, 2, 3, 4])
CHANGES = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(["x", "y", None]), COUNTS),
    min_size=1,
    max_size=2,
    unique_by=lambda change: change[0],
).map(tuple)
DELETE = Op("delete")
PULLS = st.builds(Op, st.just("pull"), since=COUNTS)


@st.composite
def histories(draw: st.DrawFn, largest: int) -> list[Op]:
    """Draw calls; some pushes are sent twice."""
    ops: list[Op] = []
    for number in range(draw(st.integers(2, largest))):
        pushes = [op for op in ops if op.kind == "push"]
        kind = draw(st.sampled_from(["push", "push", "pull", "delete", "again"]))
        if kind == "again" and pushes:
            ops.append(draw(st.sampled_from(pushes)))
        elif kind == "pull":
            ops.append(draw(PULLS))
        elif kind == "delete":
            ops.append(DELETE)
        else:
            ops.append(Op("push", f"own-{number}", draw(CHANGES)))
    return ops


def push(token: str, key: str, base: int) -> Op:
    return Op("push", token, ((key, token, base),))


READ_BATCH = Table._get


def item_by_item(table: Table, keys: Sequence[Item]) -> list[Item]:
    """Read a batch with room for others between its items."""
    return [item for key in keys for item in READ_BATCH(table, [key])]


FIRST = (push("first", "a", 0), push("second", "b", 0))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(10))
def test_calls_one_after_the_other_are_answered_as_a_plain_model_answers(ops: list[Op]) -> None:
    model = Model()
    with patch("time.time", lambda: 2_000_000_000.0), service() as sync:
        assert [call(sync, op) for op in ops] == [model.do(op) for op in ops]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(4), st.lists(st.integers(0, 3), max_size=24))
@example([push("own", "a", 1), push("own", "a", 1)], [0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
@example([DELETE, Op("pull", since=2)], [1, 1, 0, 0, 0, 0])
@example([DELETE, push("own", "b", 2)], [1, 1, 0, 0, 0, 0])
@example([DELETE, DELETE], [1, 1, 0, 0, 0, 0])
def test_calls_at_once_are_answered_as_in_some_order(ops: list[Op], order: list[int]) -> None:
    model = Model()
    with (
        patch("time.time", lambda: 2_000_000_000.0),
        patch.object(pushes, "_SLEEP_SECONDS", 0),
        patch.object(removals, "_SLEEP_SECONDS", 0),
        service() as sync,
    ):
        for op in FIRST:
            assert call(sync, op) == model.do(op)
        with patch.object(Table, "_get", item_by_item):
            answers = Turns(sync, iter(order)).run(ops)
        assert explains(model, ops, answers, call(sync, Op("pull"))), answers
