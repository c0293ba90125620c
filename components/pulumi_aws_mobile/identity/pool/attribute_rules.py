"""The rules about the attributes of users."""

import re
from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems, closest
from pulumi_aws_mobile.identity.choices import Choices

from .args import AttributeType
from .attributes import CUSTOM, STANDARD, VERIFIED, Attribute

MOST_CUSTOM = 50
LONGEST_NAME = 20
_RANGES = {
    AttributeType.STRING: ("min_length", "max_length"),
    AttributeType.NUMBER: ("min_value", "max_value"),
}


def check_custom(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse names and limits of custom attributes that Cognito would refuse."""
    custom = given.get("attributes", {})
    if len(custom) > MOST_CUSTOM:
        problems.add("attributes", f"{len(custom)} attributes", f"at most {MOST_CUSTOM}", "remove some")
    for name, options in custom.items():
        path = f"attributes.{name}"
        if name.startswith(CUSTOM):
            problems.add(path, name, "the name without custom:, which Cognito adds", f'write "{name[len(CUSTOM) :]}"')
        elif not re.fullmatch(rf"[^\s:\x00-\x1f]{{1,{LONGEST_NAME}}}", name):
            problems.add(
                path,
                name,
                f"a name of 1 to {LONGEST_NAME} characters without spaces and colons",
                "rename the attribute",
            )
        _check_range(path, options, problems)


def check_standard(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse standard attributes that do not exist or that Cognito fills in by itself."""
    for name in given.get("standard_attributes", {}):
        if name in STANDARD:
            continue
        near = closest(name, STANDARD)
        fix = f'did you mean "{near}"?' if near else "write it under attributes: it is one of your own"
        if name == "sub" or name in VERIFIED:
            fix = "remove it: Cognito sets it by itself"
        problems.add(f"standard_attributes.{name}", name, ", ".join(sorted(STANDARD)), fix)


def check_used(  # noqa: PLR0913 - the rule holds one name against the whole pool
    path: str, name: str, attributes: Mapping[str, Attribute], chosen: Choices, problems: Problems, *, written: bool
) -> None:
    """Refuse the name of an attribute that does not exist, or that cannot be `written`."""
    found = attributes.get(name)
    known = STANDARD | attributes.keys() | (frozenset() if written else VERIFIED | {"sub"})
    if name not in known and not (chosen.adopted and name.startswith(CUSTOM)):
        near = f"{CUSTOM}{name}" if f"{CUSTOM}{name}" in attributes else closest(name, sorted(known))
        fix = f'did you mean "{near}"?' if near else "add it to attributes, or remove it"
        if name in VERIFIED:
            fix = "remove it: Cognito sets it by itself"
        problems.add(path, name, "a standard attribute, or custom: and one of attributes", fix)
    elif written and found is not None and not found.mutable:
        problems.add(
            path,
            name,
            "a mutable attribute, since it is written",
            "remove it, or take mutable: false away in a new pool",
        )


def _check_range(path: str, options: Mapping[str, Any], problems: Problems) -> None:
    kind = options.get("type", AttributeType.STRING)
    for other, ends in _RANGES.items():
        for end in ends:
            if other is not kind and end in options:
                problems.add(
                    f"{path}.{end}",
                    options[end],
                    f"nothing for a {kind.value}: it limits a {other.value}",
                    f"remove it, or set type: {other.value}",
                )
    low, high = _RANGES.get(kind, (None, None))
    if low in options and high in options and options[low] > options[high]:
        problems.add(
            f"{path}.{high}", options[high], f"{options[low]} or more, as {low} is", f"raise it, or lower {low}"
        )
