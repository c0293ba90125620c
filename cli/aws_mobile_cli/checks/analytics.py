"""Checks of analytics: a day of simulated users goes in by the user's own rights, and the answers are the truth."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aws_mobile_cli.simulator import (
    SESSION_TIMES,
    NotTakenError,
    QueryFailedError,
    Simulated,
    Types,
    ask,
    differences,
    send,
    send_all,
    simulate,
    truth_of,
)
from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import clock, lake, streams

from .check import Check, Clients, checks_of, refused
from .system import System

check = checks_of(System.ANALYTICS)

_DEVICES = 40
_SEED = 11
_BROKEN = "processing-failed"
_WHOLE = ("daily_active", "monthly_active", "retention", "custom_events", "clocks")


@dataclass(frozen=True, slots=True)
class _Deployed:
    """One `Analytics` as it stands, and the day that is sent into it."""

    outputs: Mapping[str, Any]
    types: Types
    tolerance_seconds: int
    day: str
    simulated: Simulated

    @property
    def config(self) -> Mapping[str, str]:
        """What an app is told."""
        return self.outputs["client_config"]


def check_analytics(
    recording: Recording, clients: Clients, user: Clients, guest: Mapping[str, str] | None
) -> Iterator[Check]:
    """Check each `Analytics` that lets signed-in users send, with a user's clients and, if there are, a guest's."""
    for analytics in recording.of_type("aws-mobile:index:Analytics"):
        named = {found.name for found in recording.of_type("aws:iam/rolePolicy:RolePolicy")}
        if f"{analytics.name}-signed-in" not in named:
            continue
        name, stands = analytics.name, _read(recording, analytics)
        written: Counter[str] = Counter()
        truth = "a day of events from simulated users: the named queries equal the truth"
        yield check(name, truth, lambda s=stands, w=written: _truth(clients, user, s, w))
        yield check(name, "keeps broken events apart", lambda s=stands, w=written: _broken(s, w))
        if guest is not None and f"{name}-guests" not in named:
            visitor = clients.signed_by(guest["AccessKeyId"], guest["SecretKey"], guest["SessionToken"])
            yield check(name, "refuses a guest", lambda s=stands, v=visitor: refused(_puts(v, s), _DENIED))


_DENIED = "AccessDeniedException"


def _read(recording: Recording, analytics: Recorded) -> _Deployed:
    """Read schema and tolerance where the function is told them, and simulate yesterday."""
    (told,) = [
        found.inputs["environment"]["variables"]
        for found in recording.of_type("aws:lambda/function:Function")
        if found.name == f"{analytics.name}-prepare-function"
    ]
    schema = json.loads(told["SCHEMA"])
    # Every app has the built-in types, and simulated users use them in their own way.
    types = {
        kind: (attributes, metrics)
        for kind, (attributes, metrics) in schema["types"].items()
        if not kind.startswith("_") and kind != "screen_view"
    }
    yesterday = (clock.today() - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    simulated = simulate(seed=_SEED, devices=_DEVICES, first_day=int(yesterday.timestamp()) * 1000, days=1, types=types)
    tolerance = int(told["CLOCK_TOLERANCE_SECONDS"])
    outputs = recording.component_outputs[analytics.urn]
    return _Deployed(outputs, types, tolerance, f"{yesterday:%Y-%m-%d}", simulated)


def _truth(clients: Clients, user: Clients, stands: _Deployed, written: Counter[str]) -> tuple[bool, str]:
    """Send the day and ask every named query about it."""
    config = stands.config
    try:
        send_all(user(config["service"], config["region"]), config, stands.simulated, clock.now)
    except NotTakenError as error:
        return False, str(error)
    streams.deliver()
    for each in lake.deliver(flush=True):
        if each.bucket == stands.outputs["bucket_name"]:
            written[each.kind] += each.records
    athena = clients("athena", config["region"])
    wrong: list[str] = []
    asked = _questions(stands)
    for query, (true, within) in asked.items():
        try:
            found = ask(
                athena, stands.outputs["query_ids"][query], stands.outputs["database_name"], stands.day, stands.day
            )
        except QueryFailedError as error:
            wrong.append(str(error))
        else:
            wrong += [f"{query}: {each}" for each in differences(found, true, within)]
    sent = f"{len(stands.simulated.events)} events of {_DEVICES} devices, {len(stands.simulated.again)} of them twice"
    return not wrong, "; ".join(wrong) or f"{sent}; {', '.join(asked)}"


def _questions(stands: _Deployed) -> dict[str, tuple[Any, Mapping[int, float]]]:
    """Return the true answer to each named query, and within how much of it fractions have to be."""
    truth = truth_of(stands.simulated.events, stands.tolerance_seconds)
    questions: dict[str, tuple[Any, Mapping[int, float]]] = {query: (getattr(truth, query), {}) for query in _WHOLE}
    questions["sessions"] = truth.sessions, SESSION_TIMES
    if "metrics" in stands.outputs["query_ids"]:
        questions["metrics"] = [row for row in truth.metrics if row[1] in stands.types], {}
    return questions


def _broken(stands: _Deployed, written: Counter[str]) -> tuple[bool, str]:
    expected = len(stands.simulated.broken)
    apart, rows = written[_BROKEN], written["data"]
    whole = rows == len(stands.simulated.events) + len(stands.simulated.again)
    return apart == expected and whole, f"{apart} of {expected} apart, {rows} rows in the lake"


def _puts(caller: Clients, stands: _Deployed) -> Callable[[], object]:
    """Return what sends one event as somebody."""
    config = stands.config
    client = caller(config["service"], config["region"])
    return lambda: send(client, config, [(stands.simulated.events[0].sent(int(clock.now() * 1000)), "device")])
