"""What the client says when something is wrong, and what it lists."""

import pytest

from aws_mobile_clients.data_sync import (
    Answer,
    InvalidError,
    NoAnswerError,
    Options,
    RefusedError,
    Request,
    SqliteStore,
    SyncBusyError,
    SyncManager,
    UnavailableError,
)
from aws_mobile_clients.data_sync.protocol import DatasetInfo

from .model_server import ModelServer
from .recording import USER, Device


class _Says:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def send(self, _: Request) -> Answer:
        return self.answer


def _manager(answer: Answer) -> SyncManager:
    return SyncManager(SqliteStore(":memory:"), _Says(answer), USER, Options(lambda: 1, lambda: "token-0001"))


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        pytest.param(
            Answer(413, {"code": "TooLarge", "message": "the dataset is full", "field": "dataset"}),
            RefusedError,
            "the service refused it (413 TooLarge): the dataset is full",
            id="refused",
        ),
        pytest.param(
            Answer(503, {"code": "Busy", "message": "ask again"}, 1),
            UnavailableError,
            "the service answered 503: ask again",
            id="busy",
        ),
        pytest.param(
            Answer(502, None), UnavailableError, "the service answered 502: no reason given", id="without a reason"
        ),
        pytest.param(
            Answer(200, {"welcome": "to the hotel"}),
            NoAnswerError,
            'what was answered is not the service\'s: 200 {"welcome": "to the hotel"}',
            id="a hotspot",
        ),
    ],
)
def test_an_error_says_what_was_answered(answer: Answer, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as raised:
        _manager(answer).open("notes").synchronize()
    assert str(raised.value) == message


def test_an_error_says_how_long_to_wait() -> None:
    with pytest.raises(UnavailableError) as raised:
        _manager(Answer(503, None, 7)).list()
    assert raised.value.retry_after_seconds == 7


def test_others_who_never_stop_are_told_by_the_number_of_rounds() -> None:
    changed = Answer(409, {"code": "DatasetChanged", "message": "it changed"})
    with pytest.raises(SyncBusyError, match=r'^dataset "notes" changed during each of 8 rounds$'):
        _manager(changed).open("notes").synchronize()


def test_what_no_service_takes_is_refused_by_its_name() -> None:
    manager = _manager(Answer(200, None))
    said = []
    for act in (
        lambda: manager.open("a/b"),
        lambda: manager.open("notes").put("", "1"),
        lambda: manager.open("notes").put("a", "\ud800"),
    ):
        with pytest.raises(InvalidError) as raised:
            act()
        said.append(str(raised.value))
    assert said == [
        "name: got 'a/b'; allowed: 1 to 128 of A-Z, a-z, 0-9, _, ., : and -",
        "key: got ''; allowed: 1 to 1024 bytes of UTF-8 without control characters",
        "value: got '\\ud800'; allowed: text that UTF-8 can write; remove() takes a record away",
    ]


def test_the_datasets_of_an_identity_are_listed_by_name() -> None:
    device = Device(ModelServer(now=0), USER, "device-1")
    device.push({"a": "12"}, "notes")
    device.push({"b": "é"}, "app:settings")
    first, second = device.manager.list()
    assert first == DatasetInfo("app:settings", 1, 1, 3, first.changed_at)
    assert second == DatasetInfo("notes", 1, 1, 3, second.changed_at)
