"""Writes a scenario down as a conformance vector while the Python client goes through it against a server."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from aws_mobile_clients.data_sync import (
    Answer,
    Dataset,
    NoAnswerError,
    Options,
    RefusedError,
    Request,
    SqliteStore,
    SyncManager,
    last_writer,
    local,
    remote,
)
from aws_mobile_clients.data_sync.errors import InvalidError, SyncBusyError, UnavailableError

USER, GUEST = "eu-west-1:11111111-1111-4111-8111-111111111111", "eu-west-1:22222222-2222-4222-8222-222222222222"
HANDLERS: Mapping[str, Any] = {"last_writer": last_writer, "remote": remote, "local": local}
FIRST_CLOCK = 1_700_000_000_000


class Server(Protocol):
    """What a device talks to in a test."""

    def handle(self, identity: str, request: Request) -> Answer:
        """Answer a request that `identity` has signed."""
        ...


def handler_of(named: str | Mapping[str, Any]) -> Any:  # noqa: ANN401 - a handler
    """Return the handler that a vector names: one of the library's, a fixed value, or both values joined."""
    if isinstance(named, str):
        return HANDLERS[named]
    if "join" in named:
        return lambda conflict: named["join"].join(
            each for each in (conflict.local.value, conflict.remote.value) if each is not None
        )
    return lambda _: named["value"]


def outcome_of(act: Callable[[], Any]) -> Any:  # noqa: ANN401, PLR0911 - any JSON; one return per error
    """Return what a step gives, or the error that it ends in, as a vector writes it."""
    try:
        found = act()
    except NoAnswerError:
        return {"error": "no_answer"}
    except UnavailableError as error:
        return {"error": "unavailable", "status": error.status}
    except RefusedError as error:
        said = {"error": "refused", "status": error.status, "code": error.code, "field": error.field, "key": error.key}
        return {name: value for name, value in said.items() if value is not None}
    except SyncBusyError:
        return {"error": "busy"}
    except InvalidError:
        return {"error": "invalid"}
    if hasattr(found, "pulled"):
        return {name: getattr(found, name) for name in ("pulled", "pushed", "conflicts", "retries")}
    return found


def do(dataset: Dataset, step: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Do one step of a vector with a dataset."""
    acts: dict[str, Callable[[], Any]] = {
        "put": lambda: dataset.put(step["key"], step["value"]),
        "get": lambda: dataset.get(step["key"]),
        "remove": lambda: dataset.remove(step["key"]),
        "all": dataset.all,
        "synchronize": lambda: dataset.synchronize(handler_of(step.get("handler", "last_writer"))),
        "delete": dataset.delete,
    }
    return outcome_of(acts[step["do"]])


def request_of(request: Request) -> dict[str, Any]:
    """Return a request as a vector writes it."""
    return {
        "method": request.method,
        "path": request.path,
        "query": dict(request.query),
        "body": None if request.body is None else json.loads(json.dumps(request.body)),
    }


@dataclass
class Fault:
    """What befalls one request on its way."""

    lost: str = ""
    """`request`: it never arrives; `answer`: it is taken, and the answer is lost."""
    answer: Answer | None = None
    """What stands before the service answers instead of it."""
    before: Callable[[], object] | None = None
    """What others do before it arrives."""
    meanwhile: Sequence[Mapping[str, Any]] = ()
    """Steps of the app while it waits for the answer."""


class Device:
    """A device of somebody else, who is always online and quick."""

    def __init__(self, server: Server, identity: str, name: str, first_clock: int = FIRST_CLOCK) -> None:
        """Have an empty store."""
        self._store = SqliteStore(":memory:")
        self._store._write("INSERT INTO device VALUES (?)", name)
        self._numbers = iter(range(1, 1000))
        self.clock = first_clock
        transport = _Straight(server, identity)
        options = Options(clock=self._tick, new_token=lambda: f"{name}-token-{next(self._numbers)}")
        self.manager = SyncManager(self._store, transport, identity, options)

    def push(self, changes: Mapping[str, str | None], dataset: str = "notes") -> None:
        """Change records and bring them to the service, over whatever others did."""
        opened = self.manager.open(dataset)
        opened.synchronize()
        for key, value in changes.items():
            if value is None:
                opened.remove(key)
            else:
                opened.put(key, value)
        opened.synchronize(local)

    def delete(self, dataset: str = "notes") -> None:
        """Delete the dataset as it is."""
        opened = self.manager.open(dataset)
        opened.synchronize()
        opened.delete()

    def _tick(self) -> int:
        self.clock += 1
        return self.clock


@dataclass
class _Straight:
    server: Server
    identity: str

    def send(self, request: Request) -> Answer:
        return self.server.handle(self.identity, request)


@dataclass
class Recorder:
    """Goes through a scenario with one device and keeps what was done, asked and answered."""

    server: Server
    folder: Path
    identity: str = USER
    max_changes: int = 90
    signer: str = ""
    """Who signs, if it is not the identity that the store is for."""
    tokens: list[str] = field(default_factory=list)
    clocks: list[int] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    step_ms: int = 1000

    def __post_init__(self) -> None:
        self.first_identity = self.identity
        self._exchange: list[dict[str, Any]] = []
        self._faults: dict[int, Fault] = {}
        self._path = self.folder / "device.sqlite"
        self._store = SqliteStore(self._path)
        self._store._write("INSERT INTO device VALUES (?)", "device-1")
        self._manager = self._open()

    def other(self, name: str = "device-2", first_clock: int = FIRST_CLOCK) -> Device:
        """Return another device of the same user."""
        return Device(self.server, self.identity, name, first_clock)

    def put(self, key: str, value: str, **more: Any) -> None:  # noqa: ANN401 - JSON
        self._step({"do": "put", "key": key, "value": value, **more})

    def remove(self, key: str) -> None:
        self._step({"do": "remove", "key": key})

    def get(self, key: str) -> None:
        self._step({"do": "get", "key": key})

    def all(self, dataset: str = "notes") -> None:
        self._step({"do": "all", "dataset": dataset})

    def delete(self, *faults: Fault) -> None:
        self._step({"do": "delete"}, faults)

    def synchronize(self, *faults: Fault | None, handler: Any = "last_writer", dataset: str = "notes") -> None:  # noqa: ANN401 - JSON
        """Synchronise; the first request meets the first fault, and so on."""
        self._step({"do": "synchronize", "dataset": dataset, "handler": handler}, faults)

    def restart(self, identity: str | None = None) -> None:
        """Let the app die and start again, for another person if `identity` is given."""
        self._store.close()
        self.identity = identity or self.identity
        self._store = SqliteStore(self._path)
        self._manager = self._open()
        self.steps.append({"do": "restart", **({"identity": identity} if identity else {})})

    def use_identity(self, identity: str) -> None:
        """Sign in."""
        self._manager.use_identity(identity)
        self.identity = identity
        self.steps.append({"do": "use_identity", "identity": identity})

    def document(self, name: str) -> dict[str, Any]:
        """Return the vector."""
        found: dict[str, Any] = {"name": name, "identity": self.first_identity, "device": "device-1"}
        if self.max_changes != 90:
            found["options"] = {"max_changes": self.max_changes}
        return {**found, "tokens": self.tokens, "clock": self.clocks, "steps": self.steps}

    def send(self, request: Request) -> Answer:
        """Carry a request of the device, or lose it."""
        fault = self._faults.pop(len(self._exchange), Fault())
        noted: dict[str, Any] = {"request": request_of(request)}
        self._exchange.append(noted)
        for step in fault.meanwhile:
            done = {"dataset": "notes", **step}
            do(self._manager.open(done["dataset"]), done)
            noted.setdefault("meanwhile", []).append(done)
        if fault.before is not None:
            fault.before()
        answer: Answer | None = fault.answer
        if answer is None and fault.lost != "request":
            answer = self.server.handle(self.signer or self.identity, request)
        if fault.lost or answer is None:
            noted["response"] = {"lost": True}
            message = "lost"
            raise NoAnswerError(message)
        noted["response"] = {"status": answer.status, "body": answer.body}
        if answer.retry_after_seconds is not None:
            noted["response"]["retry_after"] = answer.retry_after_seconds
        return answer

    def _step(self, step: dict[str, Any], faults: Sequence[Fault | None] = ()) -> None:
        dataset = step.setdefault("dataset", "notes")
        self._exchange = []
        self._faults = {index: fault for index, fault in enumerate(faults) if fault is not None}
        expected = do(self._manager.open(dataset), step)
        assert not self._faults, f"faults that no request met: {self._faults}"
        if self._exchange:
            step["exchange"] = self._exchange
        step["expect"] = expected
        self.steps.append(step)

    def _open(self) -> SyncManager:
        return SyncManager(
            self._store, self, self.identity, Options(self._tick, self._token, max_changes=self.max_changes)
        )

    def _tick(self) -> int:
        self.clocks.append(FIRST_CLOCK + self.step_ms * (1 + len(self.clocks)))
        return self.clocks[-1]

    def _token(self) -> str:
        self.tokens.append(f"token-{len(self.tokens) + 1:04d}")
        return self.tokens[-1]
