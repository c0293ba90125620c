"""What the schema of events, the funnels and privacy may say."""

import re
from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems, closest

from .args import AnalyticsIdentifier
from .event_schema import BUILT_IN, MOST_BYTES, MOST_TYPES, schema_document

_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_FUNNEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_FEWEST_STEPS, _MOST_STEPS, _MOST_FUNNELS = 2, 8, 50


def check_events(events: Mapping[str, Any], problems: Problems) -> None:
    """Refuse types that the built-in ones, the partitions or a function's environment have no room for."""
    for event_type in events:
        path = f"events.{event_type}"
        if event_type in BUILT_IN:
            fix = "remove it: every app has it; or choose another name"
            problems.add(path, event_type, "types that are not built in", fix)
        elif not _TYPE.fullmatch(event_type):
            allowed = "a letter, then up to 63 letters, digits, underscores, full stops and hyphens"
            problems.add(path, event_type, allowed, "rename it")
    most = MOST_TYPES - len(BUILT_IN)
    if len(events) > most:
        fix = "tell kinds apart by an attribute instead"
        problems.add("events", f"{len(events)} types", f"at most {most} types, one partition a day each", fix)
    if problems.touches("events"):
        return
    custom = {name: (told.get("attributes", ()), told.get("metrics", ())) for name, told in events.items()}
    for name, (attributes, metrics) in custom.items():
        for kind, names in (("attributes", attributes), ("metrics", metrics)):
            twice = sorted({each for each in names if list(names).count(each) > 1})
            if twice:
                problems.add(f"events.{name}.{kind}", twice[0], "each name once", "remove one")
    size = len(schema_document(1, custom))
    if size > MOST_BYTES:
        allowed = f"a schema of at most {MOST_BYTES} bytes as JSON, which the functions' environment has room for"
        problems.add("events", f"{size} bytes", allowed, "shorten names, or share attributes between fewer types")


def check_funnels(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse funnels of unknown types and of too few or too many steps."""
    known = [*BUILT_IN, *(given.get("events") or {})]
    funnels = given.get("funnels") or {}
    if len(funnels) > _MOST_FUNNELS:
        problems.add("funnels", f"{len(funnels)} funnels", f"at most {_MOST_FUNNELS}", "remove some")
    for funnel, steps in funnels.items():
        path = f"funnels.{funnel}"
        if not _FUNNEL.fullmatch(funnel):
            allowed = "a letter, then up to 39 letters, digits, hyphens and underscores"
            problems.add(path, funnel, allowed, "rename it")
        if problems.touches(path):
            continue
        if not _FEWEST_STEPS <= len(steps) <= _MOST_STEPS:
            fix = "name the types in the order in which they are to happen"
            problems.add(path, steps, f"{_FEWEST_STEPS} to {_MOST_STEPS} types of events", fix)
        for position, step in enumerate(steps):
            if step not in known:
                near = closest(step, known)
                fix = f'did you mean "{near}"?' if near else "add it to events, or choose one of these"
                problems.add(f"{path}[{position}]", step, " | ".join(known), fix)


def check_privacy(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse to drop what is counted, and wishes for attributes that no event has."""
    privacy = given.get("privacy") or {}
    if privacy.get("device_id") is AnalyticsIdentifier.DROP:
        allowed = "keep | hash: devices are what is counted"
        problems.add("privacy.device_id", "drop", allowed, "choose hash, which nobody can turn back")
    if problems.touches("events"):
        return
    declared = {
        *(name for attributes, _ in BUILT_IN.values() for name in attributes),
        *(name for told in (given.get("events") or {}).values() for name in told.get("attributes", ())),
    }
    for name in privacy.get("attributes") or {}:
        if name not in declared:
            near = closest(name, sorted(declared))
            fix = f'did you mean "{near}"?' if near else "remove it"
            problems.add(f"privacy.attributes.{name}", name, " | ".join(sorted(declared)), fix)
