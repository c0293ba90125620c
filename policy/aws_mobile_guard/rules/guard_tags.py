"""A bill, and a resource that nobody remembers, can be traced to whoever has it."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import PLACED
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN, Node


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    required = options.texts("required")
    if not required:
        return
    tags = resource.node("tags")
    if tags is UNKNOWN:
        yield Undecided("tags")
        return
    for each in required:
        key, _, pattern = each.partition("=")
        value = _value(tags, key)
        if value is UNKNOWN and pattern:
            yield Undecided(f"tags.{key}")
        elif value is None:
            yield Problem(f"tags.{key}", None, f"a tag {key}", "add it")
        elif pattern and not re.search(pattern, str(value)):
            yield Problem(f"tags.{key}", value, f"what matches {pattern}", "correct it")


def _value(tags: Node | None, key: str) -> object:
    """Return the value of a tag, whose key may hold dots."""
    if tags is None or key not in set(tags.known()):
        return None
    return UNKNOWN if "." in key else tags.text(key)


RULE = Rule(
    id="guard-tags",
    pack=Pack.COST,
    description="What keeps or costs something has the tags that the configuration names.",
    severity=Severity.LOW,
    level=Level.BY_TIER,
    types=PLACED,
    frameworks=(),
    remediation="Add the tags to the resource, or to the component that makes it.",
    url="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    options=(
        Option(
            "required",
            (),
            "Keys that must be there, each alone or as KEY=REGULAR EXPRESSION of its value. Defaults to none.",
        ),
    ),
    check=_check,
)
