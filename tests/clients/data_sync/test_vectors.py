"""The Python client goes through the conformance vectors as a client in any language does, and they are up to date."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from aws_mobile_clients.data_sync import Answer, NoAnswerError, Options, Request, SqliteStore, SyncManager

from .record_vectors import VECTORS, as_text, recorded
from .recording import do, request_of
from .scenarios import SCENARIOS

FILES = sorted(VECTORS.glob("*.json"))


class Player:
    """Plays the app and the service of one vector."""

    def __init__(self, vector: Mapping[str, Any], path: Path) -> None:
        self.vector, self.path = vector, path
        self.tokens, self.clock = iter(vector["tokens"]), iter(vector["clock"])
        self.identity = vector["identity"]
        self.script: list[Mapping[str, Any]] = []
        self.store = SqliteStore(path)
        self.store._write("INSERT INTO device VALUES (?)", vector["device"])
        self.manager = self.open()

    def open(self) -> SyncManager:
        options = Options(lambda: next(self.clock), lambda: next(self.tokens), **self.vector.get("options", {}))
        return SyncManager(self.store, self, self.identity, options)

    def send(self, request: Request) -> Answer:
        expected = self.script.pop(0)
        assert request_of(request) == expected["request"]
        for step in expected.get("meanwhile", ()):
            do(self.manager.open(step["dataset"]), step)
        response = expected["response"]
        if "lost" in response:
            message = "lost"
            raise NoAnswerError(message)
        return Answer(response["status"], response["body"], response.get("retry_after"))

    def play(self, step: Mapping[str, Any]) -> None:
        if step["do"] == "restart":
            self.store.close()
            self.identity = step.get("identity", self.identity)
            self.store = SqliteStore(self.path)
            self.manager = self.open()
        elif step["do"] == "use_identity":
            self.identity = step["identity"]
            self.manager.use_identity(self.identity)
        else:
            self.script = list(step.get("exchange", ()))
            assert do(self.manager.open(step["dataset"]), step) == step["expect"]
            assert self.script == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_python_client_goes_through_the_vector(file: Path, tmp_path: Path) -> None:
    vector = json.loads(file.read_text())
    player = Player(vector, tmp_path / "store.sqlite")
    for step in vector["steps"]:
        player.play(step)
    assert list(player.tokens) == list(player.clock) == []


def test_there_is_a_vector_for_each_scenario_and_no_other() -> None:
    assert {file.stem for file in FILES} == set(SCENARIOS)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_a_vector_is_what_the_scenario_gives_today(name: str, tmp_path: Path) -> None:
    assert (VECTORS / f"{name}.json").read_text() == as_text(recorded(name, tmp_path))
