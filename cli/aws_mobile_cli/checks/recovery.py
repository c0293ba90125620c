"""Checks of the recovery Region: it takes the users' sessions, waits as it should, and knows how to take over."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import beanstalk, gateway

from .api_caller import ApiCaller
from .check import Check, Clients, checks_of
from .journey import Journey
from .push import check_push_elsewhere
from .system import System

check = checks_of(System.RECOVERY)

_HANDLER = "recovery.handler.handle"
_FOUND, _CREATED, _UNAVAILABLE = 200, 201, 503


def check_recovery(recording: Recording, clients: Clients, journey: Journey) -> Iterator[Check]:
    """Check what stands in the recovery Region, and the pair that joins both."""
    for lambda_ in recording.of_type("aws:lambda/function:Function"):
        if lambda_.inputs["handler"] != _HANDLER:
            continue
        region, name = str(lambda_.outputs["arn"]).split(":")[3], lambda_.name.removesuffix("-function")
        for stage in recording.of_type("aws:apigateway/stage:Stage"):
            if stage.outputs.get("region") == region:
                user = ApiCaller(gateway.local_url(stage.outputs["invokeUrl"]), region, journey.credentials)
                yield from _standby(recording, stage, region, user)
                yield from check_push_elsewhere(recording, clients, user, journey.identity_id)
        function = _Function(clients("lambda", region), str(lambda_.outputs["name"]))
        yield check(name, "knows which Region serves", lambda f=function: _status(f))
        yield check(name, "could take over: a dry run finds nothing missing", lambda f=function: _dry_run(f))
        yield check(name, "refuses an approval that nobody asked for", lambda f=function: _wrong_approval(f))


class _Function:
    """The pair's function, as an operator invokes it."""

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._name = name

    def __call__(self, **request: str) -> Mapping[str, Any]:
        """Return the answer to a request."""
        answer = self._client.invoke(FunctionName=self._name, Payload=json.dumps(request))
        return json.loads(answer["Payload"].read())


def _standby(recording: Recording, stage: Recorded, region: str, user: ApiCaller) -> Iterator[Check]:
    yield check(stage.name, "takes the sessions of the primary Region's users", lambda: _token(user))
    yield check(stage.name, "refuses a call that is not signed", lambda: _unsigned(user))
    if beanstalk.missing():
        return
    for environment in recording.of_type("aws:elasticbeanstalk/environment:Environment"):
        if environment.outputs.get("region") != region:
            continue
        settings = {each["name"]: each["value"] for each in environment.inputs["settings"]}
        if settings["MinSize"] == "0":
            yield check(environment.name, "waits without servers", lambda e=environment: _waits(e, user))
        else:
            yield check(environment.name, "serves healthily", lambda e=environment: _serves(e, user))


def _token(user: ApiCaller) -> tuple[bool, str]:
    reply = user.call("POST", "/token")
    return reply.status == _FOUND and bool(reply.said.get("token")), str(reply.status)


def _unsigned(user: ApiCaller) -> tuple[bool, str]:
    reply = replace(user, credentials=None).call("POST", "/token")
    return reply.error == "MissingAuthenticationTokenException", str(reply)


def _waits(environment: Recorded, user: ApiCaller) -> tuple[bool, str]:
    number = len(beanstalk.health(str(environment.id)).instances)
    reply = user.call("GET", "/about")
    return number == 0 and reply.status == _UNAVAILABLE, f"{number} instances; {reply}"


def _serves(environment: Recorded, user: ApiCaller) -> tuple[bool, str]:
    beanstalk.wake(str(environment.id))
    reply = user.call("GET", "/about")
    return reply.status == _FOUND, f"{len(beanstalk.health(str(environment.id)).instances)} instances; {reply}"


def _status(function: _Function) -> tuple[bool, str]:
    state = function(request="status").get("state", {})
    return state.get("active") == "primary", f"active: {state.get('active')}, takeovers: {state.get('takeovers')}"


def _dry_run(function: _Function) -> tuple[bool, str]:
    answer = function(request="dry_run", by="a check", of="switchover")
    run = answer.get("run") or {}
    steps = {name: record.get("status") for name, record in run.get("steps", {}).items()}
    done = run.get("status") == "done"
    return done, ", ".join(f"{name} {status}" for name, status in steps.items()) or str(answer)


def _wrong_approval(function: _Function) -> tuple[bool, str]:
    answer = function(request="approve", run="no-such-run", by="a check")
    refusal = str(answer.get("refused") or answer.get("error") or answer)
    return "no such run" in refusal, refusal[:120]
