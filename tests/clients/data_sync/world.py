"""Devices of several people, a service, and everything that goes wrong between them."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aws_mobile_clients.data_sync import (
    LOCAL,
    REMOTE,
    Answer,
    Conflict,
    Dataset,
    NoAnswerError,
    Options,
    RefusedError,
    Request,
    SqliteStore,
    SyncBusyError,
    SyncError,
    SyncManager,
    last_writer,
    local,
    remote,
)
from aws_mobile_clients.data_sync.store import Place

from .model_server import ModelServer
from .recording import Server

DATASETS = ("notes", "app:settings")
HANDLERS: dict[str, Any] = {
    "last_writer": last_writer,
    "remote": remote,
    "local": local,
    "join": lambda conflict: f"{conflict.local.value}+{conflict.remote.value}",
    "neither": lambda _: None,
    "mine if odd": lambda conflict: LOCAL if conflict.local.changed_at % 2 else REMOTE,
}
_TRIES = 30
Edit = tuple[str, str, str, str, int]
"""A local change: identity, dataset, device, key and time; a device's clock says each time but once."""


class CrashError(BaseException):
    """The device dies; nothing of the client's may catch it."""


class CrashingStore(SqliteStore):
    """A store whose device dies at a transaction: before it is whole, or right after."""

    _left: int | None = None

    def crash_after(self, halves: int | None) -> None:
        """Let the device die after so many halves of transactions; `None`: not at all."""
        self._left = halves

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = self._depth == 0
        with super().transaction():
            yield
            if outermost:
                self._step()
        if outermost:
            self._step()

    def _step(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            raise CrashError


@dataclass
class Phone:
    """One device: its store, its manager, and what its user did that nobody has decided on yet."""

    world: "World"
    name: str
    identity: str
    path: Path
    signs_as: str
    now: int = 1_700_000_000_000
    tokens: int = 0
    edits: dict[Place, dict[str, Edit]] = field(default_factory=dict)
    """The last local change of each record, until the device's user drops it."""
    faults: dict[int, str] = field(default_factory=dict)
    """What befalls the request of this number: `request`, `answer`, `twice`, or the name of something to do before."""
    sent: int = 0
    busy: bool = False
    """Whether it is synchronising."""

    def __post_init__(self) -> None:
        self.store = CrashingStore(self.path)
        self.store._write("INSERT INTO device SELECT ? WHERE NOT EXISTS (SELECT 1 FROM device)", self.name)
        self.manager = self._open()

    def _open(self) -> SyncManager:
        return SyncManager(self.store, self, self.identity, Options(self._tick, self._token, max_changes=3))

    def _tick(self) -> int:
        self.now += 10
        return self.now

    def _token(self) -> str:
        self.tokens += 1
        return f"{self.name}-{self.tokens:06d}"

    def restart(self) -> None:
        """Die and start again, as whoever the app remembers."""
        self.store.close()
        self.store = CrashingStore(self.path)
        self.manager = self._open()

    def dataset(self, name: str) -> Dataset:
        return self.manager.open(name)

    def place(self, name: str) -> Place:
        return Place(self.identity, name)

    def put(self, name: str, key: str, value: str) -> None:
        self._edit(name, key, lambda: self.dataset(name).put(key, value))

    def remove(self, name: str, key: str) -> None:
        self._edit(name, key, lambda: self.dataset(name).remove(key))

    def _edit(self, name: str, key: str, act: Callable[[], None]) -> None:
        place = self.place(name)
        try:
            act()
        except CrashError:
            self._note(place, key)
            if self.busy:
                raise
            self.restart()
        self._note(place, key)

    def _note(self, place: Place, key: str) -> None:
        """Remember what the store says of the user's change."""
        record = self.store.record(place, key)
        mine = self.edits.setdefault(place, {})
        if record is None:
            mine.pop(key, None)  # taken back before anybody was told
        elif record.is_edited:
            mine[key] = self.edit(place, key, record.changed_at)
            if record.value is None:
                self.world.removals.add(mine[key])

    def edit(self, place: Place, key: str, changed_at: int) -> Edit:
        """Return a local change of this device."""
        return place.identity, place.dataset, self.name, key, changed_at

    def send(self, request: Request) -> Answer:
        """Carry a request, with what befalls it."""
        fault = self.faults.get(self.sent, "")
        self.sent += 1
        if fault == "request":
            self.world.delay(self.signs_as, request)
            raise NoAnswerError
        if fault in self.world.interludes:
            self.world.interlude(fault, self)
        answer = self.world.deliver(self.signs_as, request)
        if fault == "twice":
            self.world.deliver(self.signs_as, request)
        if fault == "answer":
            raise NoAnswerError
        return answer

    def synchronize(self, name: str, handler: str = "last_writer", faults: dict[int, str] | None = None) -> str:
        """Synchronise and say how it ended."""
        self.sent, self.faults = 0, faults or {}

        def decide(conflict: Conflict) -> Any:  # noqa: ANN401 - what a handler gives
            assert conflict.remote.device != self.name, "asked about its own write"
            decision = HANDLERS[handler](conflict)
            if decision is not LOCAL:
                self.world.decided.add(self.edit(self.place(name), conflict.key, conflict.local.changed_at))
            return decision

        self.busy = True
        try:
            self.dataset(name).synchronize(decide)
        except CrashError:
            self.restart()
            return "crashed"
        except SyncError as error:
            self.world.ends[type(error).__name__] = self.world.ends.get(type(error).__name__, 0) + 1
            return type(error).__name__
        finally:
            self.faults, self.busy = {}, False
        return "done"

    def delete(self, name: str, faults: dict[int, str] | None = None) -> None:
        """Delete the dataset; what was changed in it and not pushed goes with it, by the user's own wish."""
        self.sent, self.faults, self.busy = 0, faults or {}, True
        try:
            with suppress(SyncError):
                self.dataset(name).delete()
                self.edits.pop(self.place(name), None)
                # A push of which no answer was known is given up too, and would make the dataset again.
                self.world.forget(lambda sent: sent.path.endswith(name) and self._is_mine(sent))
        except CrashError:
            self.restart()
            if not self.store.records(self.place(name)):
                self.edits.pop(self.place(name), None)
                self.world.forget(lambda sent: sent.path.endswith(name) and self._is_mine(sent))
        finally:
            self.faults, self.busy = {}, False

    def _is_mine(self, sent: Request) -> bool:
        return sent.body is not None and sent.body["device"] == self.name

    def sign_in(self, identity: str) -> None:
        """Sign in from the guest, as an app does: it remembers who it is once that is done."""
        before = {name: self.store.records(self.place(name)) for name in self.store.datasets(self.identity)}
        old, self.signs_as = self.identity, identity
        try:
            self.manager.use_identity(identity)
        except CrashError:
            self.restart()
            self.manager.use_identity(identity)
        self.world.merged.setdefault(identity, set()).add(old)
        self.identity = identity
        for name, records in before.items():
            self.edits.pop(Place(old, name), None)
            place = self.place(name)
            now = self.store.records(place)
            for key, record in records.items():
                if record.value is not None and now[key].changed_at == record.changed_at and now[key].is_edited:
                    self.edits.setdefault(place, {})[key] = self.edit(place, key, record.changed_at)


class World:
    """Everything of one example."""

    def __init__(self, server: Server, *, model: ModelServer) -> None:
        """Have a service; `model` is the one that knows what was taken, the same or one that goes along."""
        self.server = server
        self.model = model
        self.folder = Path(tempfile.mkdtemp(prefix="devices-", dir=_fast()))
        self.phones: list[Phone] = []
        self.in_flight: list[tuple[str, Request]] = []
        """Pushes and deletions that a slow network may deliver once more."""
        self.decided: set[Edit] = set()
        self.removals: set[Edit] = set()
        self.merged: dict[str, set[str]] = {}
        """Whose records an identity's devices brought along."""
        self.ends: dict[str, int] = {}
        self.interludes: dict[str, Callable[[Phone], None]] = {}
        self._inside = False

    def phone(self, name: str, identity: str) -> Phone:
        """Give somebody a new device."""
        made = Phone(self, name, identity, self.folder / name, identity)
        self.phones.append(made)
        return made

    def deliver(self, signer: str, request: Request) -> Answer:
        """Bring a request to the service."""
        self.delay(signer, request)
        answer = self.server.handle(signer, request)
        if answer.status in {400, 409, 413}:
            # Only what was taken is remembered: a refused push could be taken once the dataset was deleted.
            self.forget(lambda sent: sent == request)
        if request.method == "POST" and answer.status == 200:
            told = (signer, request.path.rsplit("/", 1)[-1], answer.body["sync_count"], (request.body or {})["token"])
            assert told in {(*push[:3], push[3]["token"]) for push in self.model.taken}, "acknowledged and not taken"
        return answer

    def delay(self, signer: str, request: Request) -> None:
        """Keep a request that may arrive later, for the first time or once more."""
        if request.method != "GET":
            self.in_flight.append((signer, request))

    def forget(self, which: Callable[[Request], bool]) -> None:
        """Let requests never arrive again."""
        self.in_flight = [each for each in self.in_flight if not which(each[1])]

    def deliver_again(self, index: int) -> None:
        """Deliver once more what was delivered some time ago; nobody waits for the answer."""
        if self.in_flight:
            signer, request = self.in_flight[index % len(self.in_flight)]
            self.server.handle(signer, request)

    def interlude(self, name: str, phone: Phone) -> None:
        """Let something happen between two requests of a device, and not within that again."""
        if self._inside:
            return
        self._inside = True
        try:
            self.interludes[name](phone)
        finally:
            self._inside = False

    def settle(self) -> None:
        """Let everybody be online and synchronise until nothing moves, as their users would after what was refused."""
        for phone in self.phones:
            phone.store.crash_after(None)
            phone.signs_as = phone.identity
        for turn in range(_TRIES):
            ends = [self._settle(phone, name) for phone in self.phones for name in DATASETS]
            if turn and set(ends) == {"done"}:
                return
        message = f"nobody comes to rest: {ends}"
        raise AssertionError(message)

    def _settle(self, phone: Phone, name: str) -> str:
        dataset = phone.dataset(name)
        try:
            outcome = dataset.synchronize(lambda conflict: self._last(phone, conflict))
        except RefusedError as error:
            phone.remove(name, error.key or self._to_give_up(phone, name))
            return error.code
        except SyncBusyError:
            raise AssertionError(name) from None
        return "done" if outcome.pulled == outcome.pushed == 0 else "moved"

    def _last(self, phone: Phone, conflict: Conflict) -> Any:  # noqa: ANN401 - what a handler gives
        assert conflict.remote.device != phone.name, "asked about its own write"
        decision = last_writer(conflict)
        if decision is not LOCAL:
            place = phone.place(conflict.dataset)
            self.decided.add(phone.edit(place, conflict.key, conflict.local.changed_at))
        return decision

    def _to_give_up(self, phone: Phone, name: str) -> str:
        """Return the record that a user parts with where a dataset is full: the largest of their own new ones."""
        records = phone.store.records(phone.place(name)).values()
        mine = [each for each in records if each.is_edited and each.value is not None]
        return max(mine, key=lambda each: (len(each.value or ""), each.key)).key

    def check(self) -> None:
        """Check what must hold once everything is settled."""
        self._check_alike()
        self._check_nothing_twice()
        self._check_nothing_lost()
        self._check_nobody_elses()

    def _check_alike(self) -> None:
        for phone in self.phones:
            for name in DATASETS:
                expected = self.pulled(phone.identity, name)
                records = phone.store.records(phone.place(name))
                live = {key: (each.value, each.base) for key, each in records.items() if each.value is not None}
                assert live == expected, f"{phone.name} does not hold what the service does"
                assert not any(each.is_edited for each in records.values()), f"{phone.name} has something to push"
                assert phone.store.pending(phone.place(name)) is None, f"{phone.name} waits for an answer"

    def pulled(self, identity: str, name: str) -> dict[str, tuple[str, int]]:
        """Return what the service holds, by a pull of everything."""
        query: dict[str, str] = {"since": "0"}
        found: dict[str, tuple[str, int]] = {}
        while True:
            body = self.server.handle(identity, Request("GET", f"/sync/datasets/{name}", dict(query))).body
            found.update({each["key"]: (each["value"], each["sync_count"]) for each in body["records"]})
            if "page" not in body:
                return found
            query["page"] = body["page"]

    def _check_nothing_twice(self) -> None:
        tokens = [(identity, name, body["token"]) for identity, name, _, body in self.model.taken]
        assert len(tokens) == len(set(tokens)), "a push was taken twice"
        counts = [(identity, name, count) for identity, name, count, _ in self.model.taken]
        assert len(counts) == len(set(counts)), "two pushes have one count"
        last: dict[tuple[str, str, str], int] = {}
        for identity, name, count, body in self.model.taken:
            for change in body["changes"]:
                record = identity, name, change["key"]
                # 0: the dataset was deleted meanwhile, or the record's removal is forgotten.
                assert change["base"] in {0, last.get(record, 0)}, "a write was overwritten by one that did not know it"
                last[record] = count

    def _check_nothing_lost(self) -> None:
        told = {
            (identity, name, body["device"], change["key"], change["changed_at"])
            for identity, name, _, body in self.model.taken
            for change in body["changes"]
        }
        # A removal goes without a word where others removed the record too.
        fine = told | self.decided | self.removals
        lost = {edit for phone in self.phones for edits in phone.edits.values() for edit in edits.values()} - fine
        assert not lost, "never pushed, and nobody decided against it"

    def _check_nobody_elses(self) -> None:
        for phone in self.phones:
            people = {phone.identity, *self.merged.get(phone.identity, ())}
            for name in DATASETS:
                owners = {
                    part.partition("|")[0] for value in phone.dataset(name).all().values() for part in value.split("+")
                }
                assert owners <= people | {"None"}, f"{phone.name} holds what is somebody else's"


def _fast() -> str | None:
    """Return a folder in memory, if there is one: a store writes to its disk after each change."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own inside
