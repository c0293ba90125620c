"""How the sandbox is made to misbehave for a game day."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from aws_mobile_cli.checks.check import Clients
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.runtime import databases, functions

from .game_days import Mischief
from .situation import Deployed

_NO_LIMITS: Mapping[str, str] = {"rateLimit": "10000", "burstLimit": "5000"}


def mischief_in(recording: Recording, clients: Clients, deployed: Deployed) -> Mischief:
    """Return what can be done to a deployed stack."""

    def let_lag(seconds: float) -> None:
        let_replica_lag(deployed, seconds)

    @contextmanager
    def degrade(region: str) -> Iterator[None]:
        api = clients("apigateway", region)
        stages = [
            (str(stage.inputs["restApi"]), str(stage.inputs["stageName"]))
            for stage in recording.of_type("aws:apigateway/stage:Stage")
            if stage.outputs.get("region") == region
        ]
        for api_id, stage in stages:
            _throttle(api, api_id, stage, dict.fromkeys(_NO_LIMITS, "0"))
        try:
            yield
        finally:
            for api_id, stage in stages:
                _throttle(api, api_id, stage, _NO_LIMITS)

    return Mischief(let_lag, lambda call: crashing_after(call, deployed.function_name), degrade)


def let_replica_lag(deployed: Deployed, seconds: float) -> None:
    """Let the recovery Region's replica be behind; nothing happens where there is none."""
    site = deployed.site("recovery")
    if site["database"] is not None:
        databases.delay(str(site["database"]["identifier"]), seconds, str(site["region"]))


@contextmanager
def crashing_after(call: str, function_name: str) -> Iterator[Callable[[], int]]:
    """End a function's process right after AWS did what it asked for by a call of that name, once."""
    from moto.core.responses import BaseResponse  # noqa: PLC0415 - loads moto

    answer = BaseResponse.call_action
    crashes: list[int] = []

    def answer_and_crash(self: Any) -> Any:  # noqa: ANN401 - moto's own
        done = answer(self)
        if not crashes and self._get_action() == call:
            crashes.extend(_end(function_name))
        return done

    with patch.object(BaseResponse, "call_action", answer_and_crash):
        yield lambda: len(crashes)


def _end(function_name: str) -> list[int]:
    """Kill the process in which a function is at work; return its id."""
    pool = functions._current.require().pool  # noqa: SLF001 - no client of AWS can crash a function
    busy = [
        worker
        for workers in pool._busy.values()  # noqa: SLF001 - as above
        for worker in workers
        if worker is not None and worker.plan.name == function_name
    ]
    ended = [worker._process.pid for worker in busy]  # noqa: SLF001 - as above
    for pid in ended:
        os.kill(pid, signal.SIGKILL)
    return ended


def _throttle(api: Any, api_id: str, stage: str, limits: Mapping[str, str]) -> None:  # noqa: ANN401 - a boto3 client
    api.update_stage(
        restApiId=api_id,
        stageName=stage,
        patchOperations=[
            {"op": "replace", "path": f"/*/*/throttling/{name}", "value": value} for name, value in limits.items()
        ],
    )
