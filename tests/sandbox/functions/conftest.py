"""Functions deployed for one test, in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import pytest
from sandbox.situations.lambda_ import archive, function
from sandbox.situations.world import World, document

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import functions

REGION = "eu-west-1"


@dataclass
class Deployed:
    """A function in the sandbox's AWS."""

    world: World
    inputs: dict[str, Any]
    outputs: dict[str, Any]

    @property
    def name(self) -> str:
        return self.outputs["name"]

    @property
    def log_group(self) -> str:
        return self.outputs["loggingConfig"]["logGroup"]

    def __call__(self, event: object = None, **more: str) -> Any:  # noqa: ANN401 - any JSON
        """Run it as the runtime's own callers do."""
        return functions.invoke(REGION, self.name, event, **more)

    def failure(self, event: object = None, **more: str) -> functions.FunctionFailedError:
        with pytest.raises(functions.FunctionFailedError) as raised:
            self(event, **more)
        return raised.value

    def update(self, **changes: object) -> None:
        """Change it as an engine would."""
        token = "aws:lambda/function:Function"
        new = {**self.inputs, **changes}
        sandbox = self.world.sandbox
        checked, failures = sandbox.check(token, "f", new, self.outputs, b"")
        assert failures == []
        self.outputs = sandbox.update(token, self.name, self.outputs, {"name": self.name, **self.inputs}, checked)
        self.inputs = new

    def log(self) -> list[str]:
        """Return what is in its log group."""
        logs = self.world.sandbox.clients("logs")
        streams = logs.describe_log_streams(logGroupName=self.log_group)["logStreams"]
        found = (
            logs.get_log_events(logGroupName=self.log_group, logStreamName=stream["logStreamName"])["events"]
            for stream in streams
        )
        return [event["message"] for events in found for event in events]


Deploy = Callable[..., Deployed]


@pytest.fixture
def deploy(sandbox: Sandbox) -> Deploy:
    """Deploy the source of index.py, whose role may do `actions`."""

    world = World(sandbox)

    def deploy_it(source: str, actions: tuple[str, ...] = ("logs:*",), **inputs: object) -> Deployed:
        wanted = function(world, code=archive(dedent(source)), **inputs)
        role = wanted["role"].rsplit("/", 1)[1]
        for number, action in enumerate(actions):
            policy = {"role": role, "policy": document(action), "name": f"may-{number}"}
            world.make("aws:iam/rolePolicy:RolePolicy", policy)
        made = world.make("aws:lambda/function:Function", wanted)
        return Deployed(world, wanted, made)

    return deploy_it
