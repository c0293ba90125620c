"""Run the rules over plain data, with no engine and no Pulumi.

    findings = evaluate(resources, {"rds-backups": {"minimumDays": 14}})

A rule never stops the run: a value of the wrong type is a violation of the rule that read it, a value that is not known
yet makes the rule undecided, and a rule that fails says so in a finding of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

from aws_mobile_guard import config as policy_config
from aws_mobile_guard.config import ConfigError, RuleSettings, read_config
from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.rule import Answer, BaseRule, Level, Options, Problem, Rule, Severity, StackRule
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import WrongTypeError

__all__ = ["ConfigError", "Finding", "Kind", "ResourceInput", "evaluate", "judge", "unknown_rules"]

LATER = ": only known after deployment; checked then"
"""What the message of a rule that is undecided says after the property's path."""

_BY_TYPE: Mapping[str, tuple[Rule, ...]] = {
    type_: tuple(rule for rule in RULES if isinstance(rule, Rule) and type_ in rule.types)
    for type_ in {type_ for rule in RULES for type_ in rule.types}
}
_STACK_RULES = tuple(rule for rule in RULES if isinstance(rule, StackRule))


class Kind(Enum):
    """What a finding means."""

    VIOLATION = "violation"
    """The resource breaks the rule."""
    UNDECIDED = "undecided"
    """The rule needs a value that is only known after deployment; it never stops a preview."""
    BROKEN = "broken"
    """The rule failed; it counts like a violation, because nothing was checked."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody has accepted what the rule says of the resource, and the day is not over; it never stops anything."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says about one resource."""

    rule: str
    """The rule's id."""
    kind: Kind
    level: Level
    """Mandatory or advisory. What is undecided or acknowledged is advisory."""
    severity: Severity
    urn: str
    message: str
    """What is wrong, what was found, what is allowed, what to change; never a secret."""
    remediation: str
    url: str
    reason: str = ""
    """Why it was accepted, and until when; empty for what is not acknowledged."""

    @property
    def stops(self) -> bool:
        """Whether a deployment must not go on."""
        return self.level is Level.MANDATORY


def evaluate(
    resources: Iterable[ResourceInput], config: Mapping[str, Any] | None = None, *, today: date | None = None
) -> list[Finding]:
    """Return what the rules say, resource by resource in the order given, then about the whole stack.

    Raise a `ConfigError` if `config` is wrong. `today` decides which acknowledgements have expired.
    """
    settings = read_config(config or {}, RULES)
    day = today or datetime.now(UTC).date()
    views = [Resource(resource) for resource in resources if resource.type in _BY_TYPE]
    findings: list[Finding] = []
    for view in views:
        for rule in _BY_TYPE[view.type]:
            findings.extend(judge(rule, partial(rule.check, view), view.urn, settings[rule.id], day))
    stack = Stack(views)
    for rule in _STACK_RULES:
        findings.extend(judge(rule, partial(rule.check, stack), "", settings[rule.id], day))
    return findings


def unknown_rules(config: Mapping[str, Any]) -> list[str]:
    """Return one line for each name in `config` that no rule has; Pulumi itself would ignore it in silence."""
    return policy_config.unknown_rules(config, (rule.id for rule in RULES))


def judge(
    rule: BaseRule, ask: Callable[[Options], Iterable[Answer]], urn: str, settings: RuleSettings, today: date
) -> Iterator[Finding]:
    """Turn the answers of one rule into findings; those that name no resource are about `urn`."""
    level = settings.level
    if level is None:
        return

    def finding(kind: Kind, about: str, message: str) -> Finding:
        found = None if kind is Kind.BROKEN else settings.acknowledgement(about)
        accepted = found is not None and not found.expired(today)
        if found is not None and kind is Kind.VIOLATION and not accepted:
            message = f"{message} (acknowledged {found})"
        certain = Level.ADVISORY if accepted or kind is Kind.UNDECIDED else level
        told = Kind.ACKNOWLEDGED if accepted else kind
        reason = str(found) if accepted else ""
        return Finding(rule.id, told, certain, rule.severity, about, message, rule.remediation, rule.url, reason)

    try:
        for answer in ask(settings.options):
            about = answer.resource.urn if answer.resource else urn
            if isinstance(answer, Problem):
                yield finding(Kind.VIOLATION, about, str(answer))
            else:
                yield finding(Kind.UNDECIDED, about, f"{answer.path}{LATER}")
    except WrongTypeError as error:
        message = f"{error.path}: got {error.found}; allowed: {error.wanted}; correct the value"
        yield finding(Kind.VIOLATION, error.owner, message)
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the others still run
        yield finding(Kind.BROKEN, urn, _broken(rule, error))


def _broken(rule: BaseRule, error: Exception) -> str:
    """Say where a rule failed, without the exception's text, which might hold a secret."""
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    return (
        f"the rule failed with {type(error).__name__} at {place}, so nothing was checked; "
        f'report it, and until then set "{rule.id}" to "disabled" in the policy configuration'
    )
