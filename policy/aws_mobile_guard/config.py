"""The configuration of the rules: the JSON that `pulumi preview --policy-pack-config` takes, read and checked.

For each rule id: a level (`"mandatory"`, `"advisory"`, `"disabled"`), or an object with `enforcementLevel`, the rule's
own options, and `excludeFor`, a list of acknowledged findings. The key `all` sets the level of every rule that is not
named.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aws_mobile_guard.rule import BaseRule, Level, Options, show

LEVELS = ("mandatory", "advisory", "remediate", "disabled")
"""What `enforcementLevel` may say; `remediate` counts as mandatory, for these rules change nothing."""

EXCLUDE_SCHEMA: Mapping[str, Any] = {
    "description": "Acknowledged findings: resources that the rule passes over until the date given.",
    "type": "array",
    "default": [],
    "items": {
        "type": "object",
        "properties": {
            "urn": {"type": "string", "minLength": 1, "description": "A regular expression, searched for in the URN."},
            "reason": {"type": "string", "minLength": 1, "description": "Why the finding is accepted."},
            "expires": {
                "type": "string",
                "pattern": r"^\d{4}-\d{2}-\d{2}$",
                "description": "The last day (UTC) on which it is accepted, as YYYY-MM-DD. Defaults to no end.",
            },
        },
        "required": ["urn", "reason"],
        "additionalProperties": False,
    },
}
"""The JSON Schema of `excludeFor`."""


class ConfigError(ValueError):
    """The configuration is wrong; no rule was run."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Say what is wrong, all at once."""
        self.problems = tuple(problems)
        noun = "problem" if len(self.problems) == 1 else "problems"
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(f"policy configuration: {len(self.problems)} {noun}{lines}")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A finding that somebody accepted, with a reason."""

    pattern: re.Pattern[str]
    reason: str
    expires: date | None

    def expired(self, today: date) -> bool:
        """Tell whether its last day is over."""
        return self.expires is not None and today > self.expires

    def __str__(self) -> str:
        """Return until when, and why."""
        return f"until {self.expires}: {self.reason}" if self.expires else self.reason


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """How one rule is to be applied."""

    level: Level | None
    """Mandatory or advisory; none where the rule is disabled."""
    options: Options
    acknowledgements: tuple[Acknowledgement, ...]

    def acknowledgement(self, urn: str) -> Acknowledgement | None:
        """Return the acknowledgement of findings about `urn`, the one that lasts longest, if there is one."""
        found = [one for one in self.acknowledgements if one.pattern.search(urn)]
        return max(found, key=lambda one: one.expires or date.max, default=None)


def unknown_rules(config: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Return one line for each name in `config` that no rule has; Pulumi itself would ignore it in silence."""
    names = sorted(known)
    lines = []
    for name in config:
        if name != "all" and name not in names:
            close = difflib.get_close_matches(str(name), names, n=1)
            hint = f'did you mean "{close[0]}"?' if close else "remove it"
            lines.append(f"{name}: no rule has this name; {hint}")
    return lines


def read_config(config: Mapping[str, Any], rules: Sequence[BaseRule]) -> dict[str, RuleSettings]:
    """Return the settings of every rule; raise a `ConfigError` that lists all that is wrong."""
    problems = unknown_rules(config, (rule.id for rule in rules))
    overall = config.get("all", {})
    level = overall.get("enforcementLevel") if isinstance(overall, Mapping) else overall
    if "all" in config and level not in LEVELS:
        problems.append(_bad("all", level, _one_of(LEVELS), "name one of these levels"))
        level = None
    settings = {}
    for rule in rules:
        settings[rule.id], found = read_rule_config(rule, config.get(rule.id, {}), level)
        problems.extend(found)
    if problems:
        raise ConfigError(problems)
    return settings


def read_rule_config(rule: BaseRule, raw: object, level: str | None = None) -> tuple[RuleSettings, list[str]]:
    """Return the settings that `raw` gives `rule`, and what is wrong with it; `level` is the level of all rules."""
    problems: list[str] = []
    if isinstance(raw, str):
        raw = {"enforcementLevel": raw}
    if not isinstance(raw, Mapping):
        problems.append(_bad(rule.id, raw, "a level, or an object of options", "write a level or an object"))
        raw = {}
    own = raw.get("enforcementLevel", level)
    if own is not None and own not in LEVELS:
        problems.append(_bad(f"{rule.id}.enforcementLevel", own, _one_of(LEVELS), "name one of these levels"))
        own = None
    values = dict(rule.defaults)
    problems.extend(_options(rule, raw, values))
    acknowledgements = []
    entries = raw.get("excludeFor", ())
    if isinstance(entries, str) or not isinstance(entries, Sequence):
        problems.append(_bad(f"{rule.id}.excludeFor", entries, "a list of objects", "write a list"))
        entries = ()
    for index, entry in enumerate(entries):
        read = _acknowledgement(f"{rule.id}.excludeFor[{index}]", entry)
        if isinstance(read, Acknowledgement):
            acknowledgements.append(read)
        else:
            problems.extend(read)
    return RuleSettings(_level(rule, own), Options(values), tuple(acknowledgements)), problems


def _level(rule: BaseRule, configured: str | None) -> Level | None:
    if configured is None:
        return Level.MANDATORY if rule.level is Level.MANDATORY else Level.ADVISORY
    return {"disabled": None, "advisory": Level.ADVISORY}.get(configured, Level.MANDATORY)


def _options(rule: BaseRule, raw: Mapping[str, Any], values: dict[str, Any]) -> Iterator[str]:
    """Put the configured options over the defaults in `values`; yield what is wrong with them."""
    allowed = ["enforcementLevel", "excludeFor", *rule.defaults]
    for name, value in raw.items():
        if name not in allowed:
            close = difflib.get_close_matches(str(name), allowed, n=1)
            hint = f'did you mean "{close[0]}"?' if close else f"it has {_one_of(allowed)}"
            yield f"{rule.id}.{name}: the rule has no such option; {hint}"
        elif name in rule.defaults:
            wanted = _wanted(rule.defaults[name])
            if _fits(value, rule.defaults[name]):
                values[name] = value
            else:
                yield _bad(f"{rule.id}.{name}", value, wanted, f"write {wanted}")


def _wanted(default: object) -> str:
    if isinstance(default, bool):
        return "true or false"
    if isinstance(default, (int, float)):
        return "a number"
    return "a list of numbers" if _of_numbers(default) else "a list of texts"


def _fits(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, (int, float)):
        return isinstance(value, (int, float))
    kind = (int, float) if _of_numbers(default) else str
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(item, kind) for item in value)


def _of_numbers(default: object) -> bool:
    return isinstance(default, tuple) and bool(default) and not isinstance(default[0], str)


def _acknowledgement(path: str, entry: object) -> Acknowledgement | list[str]:
    if not isinstance(entry, Mapping):
        return [_bad(path, entry, "an object with urn, reason and expires", "write an object")]
    problems = [
        f"{path}.{name}: an acknowledgement has no such part; it has urn, reason, expires"
        for name in entry
        if name not in {"urn", "reason", "expires"}
    ]
    texts = {name: entry.get(name) for name in ("urn", "reason")}
    for name, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            fix = "say which resources" if name == "urn" else "say why the finding is accepted"
            problems.append(_bad(f"{path}.{name}", value, "a text", fix))
    pattern = None
    if not problems:
        try:
            pattern = re.compile(str(texts["urn"]))
        except re.error as error:
            problems.append(_bad(f"{path}.urn", texts["urn"], "a regular expression", f"mend it: {error}"))
    expires = None
    if entry.get("expires") is not None:
        try:
            expires = date.fromisoformat(str(entry["expires"]))
        except ValueError:
            problems.append(_bad(f"{path}.expires", entry["expires"], "a date", "write it as YYYY-MM-DD"))
    if problems or pattern is None:
        return problems
    return Acknowledgement(pattern, str(texts["reason"]).strip(), expires)


def _bad(path: str, got: object, allowed: str, fix: str) -> str:
    return f"{path}: got {show(got)}; allowed: {allowed}; {fix}"


def _one_of(names: Iterable[str]) -> str:
    return ", ".join(names)
