"""Whatever identity is allowed, the sandbox's AWS takes it, and AWS has it as the program wrote it."""

from typing import Any

import pytest
from components.identity.building import EVERYTHING
from components.identity.strategies import identity_args
from hypothesis import HealthCheck, given, settings

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox import lookups, wire
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.in_process import DeployMocks

VERSION = "aws:secretsmanager/getSecretVersion:getSecretVersion"


class Keeping(Sandbox):
    """Keeps what is created."""

    def __init__(self, clients: Any) -> None:  # noqa: ANN401 - the clients of an AWS
        super().__init__(clients)
        self.made: list[tuple[str, str, str, Properties, Properties]] = []

    def create(self, token: str, inputs: Properties, name: str = "") -> tuple[str, Properties]:
        resource_id, outputs = super().create(token, inputs, name)
        self.made.append((token, name, resource_id, inputs, outputs))
        return resource_id, outputs


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every secret exist: the ARNs of the programs are made up."""
    found = {"id": "secret", "secretString": wire.secret("hidden")}
    monkeypatch.setitem(lookups.FUNCTIONS, VERSION, (lambda *_: found, lambda *_: found))


def _drifted(args: dict[str, Any]) -> dict[str, list[str]]:
    """Deploy an identity; return by name what reading it back would change."""
    with in_process("eu-west-1") as clients:
        sandbox = Keeping(clients)
        record(lambda: Identity("users", args), mocks=DeployMocks(sandbox))
        drifted = {}
        for token, name, resource_id, inputs, outputs in sandbox.made:
            now = sandbox.read(token, resource_id, outputs, name)
            assert now is not None
            refreshed = sandbox.refreshed_inputs(token, inputs, now)
            drifted[name] = sandbox.diff(token, inputs, outputs, refreshed).changed
        return {name: paths for name, paths in drifted.items() if paths}


def test_an_identity_with_everything_is_deployed_as_it_is_written() -> None:
    assert _drifted(EVERYTHING) == {}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(identity_args())
def test_any_identity_is_deployed_as_it_is_written(args: dict[str, Any]) -> None:
    assert _drifted(args) == {}
