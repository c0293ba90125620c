"""EventBridge: rules that are due call their targets, if those let them.

Rules of a Region that is cut are not due; what was missed meanwhile is done once.
"""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, functions, regions
from pulumi_aws_sandbox.runtime.functions import FunctionFailedError
from pulumi_aws_sandbox.runtime.signals import cron, topics

SERVICE = "events.amazonaws.com"
"""Who calls the targets of a rule."""

_PIECES = re.compile(r"""<[\w.-]+>|\\.|"|[^"<\\]+|<""", re.DOTALL)
"""A template's names, what is escaped, quotes, and all between."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A target that was called."""

    region: str
    rule: str
    target_id: str
    target_arn: str
    due: float
    """When its rule was due."""
    answer: Any = None
    """What a function returned."""
    error: str | None = None
    """Why the call failed."""


def fire_due() -> list[Fired]:
    """Call the targets of every rule that is due, once each; return how that went."""
    from moto.events.models import events_backends  # noqa: PLC0415 - moto loads only when something is deployed

    fired: list[Fired] = []
    for region, backend in list(events_backends[ACCOUNT].items()):
        if regions.is_cut(region):
            continue
        rules = [rule for bus in list(backend.event_buses.values()) for rule in list(bus.rules.values())]
        for rule in rules:
            fired += _fire(region, rule)
    return fired


def _fire(region: str, rule: Any) -> list[Fired]:  # noqa: ANN401 - moto's own type
    if rule.state == "DISABLED" or not rule.scheduled_expression:
        return []
    schedule = cron.parse(rule.scheduled_expression)
    due = schedule.last_due(since_of(rule), clock.now())
    if due is None:
        return []
    rule.sandbox_since = due
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": f"{datetime.fromtimestamp(due, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": region,
        "resources": [rule.arn],
        "detail": {},
    }
    return [call(region, rule, target, event, due) for target in list(rule.targets)]


def since_of(rule: Any) -> float:  # noqa: ANN401 - moto's own type
    """Return when a rule was last due, or else when it was made."""
    if "sandbox_since" not in vars(rule):
        rule.sandbox_since = clock.now()
    return rule.sandbox_since


def call(region: str, rule: Any, target: dict[str, Any], event: dict[str, Any], due: float) -> Fired:  # noqa: ANN401 - moto's own type
    """Call one target with an event, or what the target makes of it."""
    arn = target["Arn"]
    service, place = arn.split(":")[2:4]
    about = {"region": region, "rule": rule.name, "target_id": target["Id"], "target_arn": arn, "due": due}
    try:
        regions.require(place)
        given = _input(target, event, rule)
        who = {"as_service": SERVICE, "source_arn": rule.arn}
        if service == "lambda":
            return Fired(**about, answer=functions.hand_over(place, arn, given, **who))
        text = given if isinstance(given, str) else json.dumps(given)
        if service == "sns":
            topics.publish(arn, "", text, **who)
        elif service == "sqs":
            group = (target.get("SqsParameters") or {}).get("MessageGroupId")
            topics.send(arn, text, group_id=group, **who)
        else:
            return Fired(**about, error=f"the sandbox calls no targets of {service}")
    except (FunctionFailedError, topics.NotPublishedError, regions.UnreachableError) as error:
        return Fired(**about, error=str(error))
    return Fired(**about)


def _input(target: dict[str, Any], event: dict[str, Any], rule: Any) -> Any:  # noqa: ANN401 - any JSON, and moto's own type
    """Return what a target is given: a constant, a part of the event, what a template makes of it, or all of it."""
    if target.get("Input"):
        return json.loads(target["Input"])
    if target.get("InputPath"):
        return _part(event, target["InputPath"])
    if target.get("InputTransformer"):
        return _transformed(target["InputTransformer"], event, rule)
    return event


def _transformed(transformer: dict[str, Any], event: dict[str, Any], rule: Any) -> Any:  # noqa: ANN401 - as above
    """Return what a template comes to: JSON where it is some, and text where it is not.

    A name within quotes stands for its text, and elsewhere for its value as JSON.
    """
    values = {name: _part(event, path) for name, path in (transformer.get("InputPathsMap") or {}).items()}
    values |= {
        "aws.events.event": {name: value for name, value in event.items() if name != "detail"},
        "aws.events.event.json": event,
        "aws.events.rule-arn": rule.arn,
        "aws.events.rule-name": rule.name,
    }
    within = False
    parts = []
    for piece in _PIECES.findall(transformer["InputTemplate"]):
        name = piece[1:-1]
        if piece.startswith("<") and name in values:
            value = values[name]
            text = json.dumps(value)
            # A value that is not there leaves nothing behind.
            parts.append((value if isinstance(value, str) else "" if value is None else text) if within else text)
        else:
            within ^= piece == '"'
            parts.append(piece)
    text = "".join(parts)
    try:
        return json.loads(text)
    except ValueError:
        return text


def _part(event: dict[str, Any], path: str) -> Any:  # noqa: ANN401 - any JSON
    found: Any = event
    for name in path.removeprefix("$").strip(".").split("."):
        if name:
            found = found.get(name) if isinstance(found, dict) else None
    return found
