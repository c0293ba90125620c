"""Findings in the events of Pulumi's engine: `pulumi preview --event-log FILE`, one JSON object a line."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aws_mobile_cli.exits import UsageError

from .said import Said, Standing

_COLOUR = re.compile(r"<\{%.*?%\}>")
_URN = re.compile(r"urn:pulumi:([^:]+)::([^:]+)::")
_AS_A_WHOLE = {"preview failed", "update failed"}
_LATER = "can't run policy"
_MANDATORY = {"mandatory", "remediate"}


@dataclass(frozen=True, slots=True)
class Log:
    """What a log of the engine says of policies."""

    project: str
    stack: str
    said: list[Said]
    failed: str = ""
    """What Pulumi says went wrong besides the policies, in its first line; empty if nothing did."""


def read(text: str, source: str) -> Log:
    """Return what is in the log `source`; raise a `UsageError` if it is none."""
    said: dict[Said, None] = {}
    where: re.Match[str] | None = None
    failed = ""
    for event in _events(text, source):
        where = where or _URN.search(json.dumps(event))
        policy = event.get("policyEvent")
        if isinstance(policy, dict):
            said[_said(policy, source)] = None  # a preview and its update may say the same
        failed = failed or _error(event.get("diagnosticEvent"))
    if where is None:
        message = f"{source}: no events of the engine; write them with pulumi preview --event-log FILE"
        raise UsageError(message)
    return Log(where[2], where[1], list(said), failed)


def _error(diagnostic: object) -> str:
    """Return the first line of an error; that a preview failed as a whole may be for its policies."""
    if not isinstance(diagnostic, dict) or diagnostic.get("severity") != "error":
        return ""
    line = _COLOUR.sub("", str(diagnostic.get("message") or "an error")).strip().partition("\n")[0]
    return "" if line in _AS_A_WHOLE else line


def _events(text: str, source: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
        except ValueError as error:
            message = f"{source}: line {number} is no event of the engine: {error}"
            raise UsageError(message) from error
        if not isinstance(event, dict):
            message = f"{source}: line {number} is no event of the engine: it must be an object"
            raise UsageError(message)
        yield event


def _said(policy: dict[str, Any], source: str) -> Said:
    parts = [policy.get(name, "") for name in ("policyName", "enforcementLevel", "resourceUrn", "message")]
    name, level, urn, message = parts
    if not all(isinstance(part, str) for part in parts) or not name:
        said = f"{source}: an event of a policy without its name or message: {json.dumps(policy)[:200]}"
        raise UsageError(said)
    message = _COLOUR.sub("", message).strip()
    if message.startswith(_LATER):
        return Said(name, Standing.UNDECIDED, urn, message)
    standing = Standing.MANDATORY if level in _MANDATORY else Standing.ADVISORY
    # The engine puts the policy's description on a line before what it reported.
    return Said(name, standing, urn, message.partition("\n")[2].strip() or message)
