"""Devices against the function's own code on moto's DynamoDB; each answer is compared with the model's.

What they do not prove: that DynamoDB does what moto does, least of all transactions that really meet.
"""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from pulumi_aws_mobile.data_sync.functions.sync import api, clients

from .devices import LIMITS, Devices
from .function_server import TABLE, FunctionServer, function_server, purge
from .model_server import ModelServer
from .world import DATASETS, World

_ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FunctionServer]:
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name, value in LIMITS.items():
        monkeypatch.setenv(name.upper(), str(value))
    api._limits.cache_clear()
    clients.client.cache_clear()
    with function_server(api.handle, ModelServer(**LIMITS)) as found:
        # The service's clock goes with the model's, so that days can pass.
        monkeypatch.setattr(api, "time", SimpleNamespace(time=lambda: found.model.now + 1.0))
        yield found
    api._limits.cache_clear()
    clients.client.cache_clear()


class FunctionDevices(Devices):
    """The same devices, with the function as their service, which may die at any of its calls too."""

    server: ClassVar[FunctionServer]

    def make_world(self) -> World:
        model = ModelServer(**{**LIMITS, "page_records": 1000})
        self.server.run += 1
        self.server.model, self.server.plan = model, {}
        return World(self.server, model=model)

    def let_pass(self, days: int) -> None:
        super().let_pass(days)
        purge(self.world.model.now)

    @rule(
        phone=st.integers(0, 3),
        keys=st.lists(st.sampled_from("abde"), min_size=1, max_size=4),
        plan=st.dictionaries(
            st.integers(0, 3),
            st.sampled_from(
                ["dies before", "dies after", "another pushes", "another pushes b", "another deletes", "late"]
            ),
            min_size=1,
            max_size=2,
        ),
        pulled=st.booleans(),
    )
    def disturbed(self, phone: int, keys: list[str], plan: dict[int, str], *, pulled: bool) -> None:
        """Let the service die, or others come, between any two of its calls for one request."""
        type(self).steps += 1
        chosen = self._phone(phone)
        for key in keys:
            self._put(chosen, DATASETS[0], key)
        acts: dict[int, str | Callable[[], None]] = {
            index: (lambda what=what: self.world.interlude(what, chosen)) if what in self.world.interludes else what
            for index, what in plan.items()
        }
        self.world.interludes["plan"] = lambda _: self.server.plan.update(acts)
        # The first request is the pull, the second the push, if nothing was left over from before.
        chosen.synchronize(DATASETS[0], "local", {0 if pulled else 1: "plan"})
        self.server.plan = {}


def test_all_devices_converge_and_nothing_is_lost(server: FunctionServer) -> None:
    FunctionDevices.server = server
    run_state_machine_as_test(FunctionDevices, settings=settings(max_examples=20, stateful_step_count=30))
