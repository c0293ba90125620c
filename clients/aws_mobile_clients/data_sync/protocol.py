"""What passes between a device and the service, as values: requests, answers and how an answer is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .errors import NoAnswerError, RefusedError, SyncError, UnavailableError

_OK, _BAD, _CONFLICT, _TOO_LARGE, _TOO_MANY, _BROKEN = 200, 400, 409, 413, 429, 500


@dataclass(frozen=True, slots=True)
class Request:
    """What a device asks."""

    method: str
    path: str
    """The path as it is meant, such as `/sync/datasets/a:b`; a transport encodes it."""
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by the service or by whatever stands before it."""

    status: int
    body: Any
    """The JSON of the answer; `None` if it was none."""
    retry_after_seconds: int | None = None


class Transport(Protocol):
    """Carries one request to the service; knows addresses and signatures, and nothing of datasets."""

    def send(self, request: Request) -> Answer:
        """Send the request once and return what was answered; raise `NoAnswerError` if nothing was."""
        ...


@dataclass(frozen=True, slots=True)
class RemoteRecord:
    """A record as the service holds it."""

    key: str
    value: str | None
    """`None`: the record was removed, or never was."""
    sync_count: int
    """The dataset's count when the record last changed; 0 if the service holds nothing under the key."""
    changed_at: int
    """When it was changed, in milliseconds since 1970 by the clock of the device that did."""
    device: str
    """The device that changed it."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a complete pull brought: the dataset at one sync count."""

    since: int
    """The count that the records start from; 0: they are all there is, and what the device held before is void."""
    sync_count: int
    seen_at: int
    records: tuple[RemoteRecord, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is answered to a push that was taken."""

    sync_count: int
    seen_at: int


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A dataset as the service lists it."""

    name: str
    sync_count: int
    records: int
    bytes: int
    changed_at: int
    """When it last changed, as the service says it."""


def code(answer: Answer) -> str:
    """Return the service's word for why it refuses; empty if it does not, or if somebody else answered."""
    if answer.status == _OK or not isinstance(answer.body, dict):
        return ""
    found = answer.body.get("code")
    return found if isinstance(found, str) else ""


def is_judged(answer: Answer) -> bool:
    """Tell whether the answer proves that the service looked at a push and did not take it.

    A gateway's refusal (expired credentials, too many calls) proves nothing about the same push sent before it.
    """
    return answer.status in {_BAD, _CONFLICT, _TOO_LARGE} and bool(code(answer))


def failure(answer: Answer, request: Request) -> SyncError:
    """Return the error that an answer other than 200 is."""
    said = answer.body if isinstance(answer.body, dict) else {}
    message = str(said.get("message", "no reason given"))
    if _BAD <= answer.status < _BROKEN and answer.status != _TOO_MANY:
        where = said.get("field")
        about = where if isinstance(where, str) else None
        return RefusedError(answer.status, code(answer), message, about, _key(about, request))
    return UnavailableError(answer.status, message, answer.retry_after_seconds)


def _key(about: str | None, request: Request) -> str | None:
    """Return the key of the change that a field such as `changes[3].value` is about."""
    if about is None or request.body is None or not about.startswith("changes["):
        return None
    index = about.removeprefix("changes[").partition("]")[0]
    changes = request.body["changes"]
    return changes[int(index)]["key"] if index.isdigit() and int(index) < len(changes) else None


def read_page(answer: Answer) -> tuple[Pulled, str | None]:
    """Read one page of a pull and what to ask for the next."""
    try:
        said = answer.body
        records = tuple(_record(each) for each in said["records"])
        page = said.get("page")
        found = Pulled(_count(said["since"]), _count(said["sync_count"]), _count(said["seen_at"]), records)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _nonsense(answer) from None
    return found, page


def read_taken(answer: Answer) -> Taken:
    """Read the answer to a push that was taken."""
    try:
        return Taken(_count(answer.body["sync_count"]), _count(answer.body["seen_at"]))
    except (KeyError, TypeError, ValueError):
        raise _nonsense(answer) from None


def read_conflicts(answer: Answer) -> tuple[int, tuple[RemoteRecord, ...]]:
    """Read the dataset's count, and what the service holds instead of what a push was based on."""
    try:
        return _count(answer.body["sync_count"]), tuple(_record(each["record"]) for each in answer.body["conflicts"])
    except (KeyError, TypeError, ValueError):
        raise _nonsense(answer) from None


def read_list(answer: Answer) -> list[DatasetInfo]:
    """Read the list of datasets."""
    try:
        return [
            DatasetInfo(
                _text(each["name"]),
                _count(each["sync_count"]),
                _count(each["records"]),
                _count(each["bytes"]),
                _count(each["changed_at"]),
            )
            for each in answer.body["datasets"]
        ]
    except (KeyError, TypeError, ValueError):
        raise _nonsense(answer) from None


def _record(said: Mapping[str, Any]) -> RemoteRecord:
    value = said["value"]
    return RemoteRecord(
        _text(said["key"]),
        None if value is None else _text(value),
        _count(said["sync_count"]),
        _count(said.get("changed_at") or 0),
        _text(said.get("device") or ""),
    )


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _nonsense(answer: Answer) -> NoAnswerError:
    """Return the error for a 200 that the service never gives: a hotspot's page, a proxy's cache."""
    shown = json.dumps(answer.body)[:_SHOWN]
    return NoAnswerError(f"what was answered is not the service's: {answer.status} {shown}")


_SHOWN = 80
