"""Why roles hold what no journey used, and why they are refused what they ask for: read from files of reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from aws_mobile_cli.exits import UsageError

from .ledger import Ledger, Line

OWN = Path(__file__).with_name("reasons.yaml")
"""The reasons of the library's own components."""
_FIELDS = {"roles", "actions", "resources", "reason"}
_KINDS = ("unused", "refused")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some lines of a ledger are as they are."""

    roles: tuple[str, ...]
    """Patterns of the roles' names; `*` stands for anything."""
    actions: tuple[str, ...]
    text: str
    resources: tuple[str, ...] = ("*",)

    def explains(self, line: Line) -> bool:
        """Tell whether a line is meant."""
        return _any(line.role, self.roles) and _any(line.action, self.actions) and _any(line.resource, self.resources)


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that is documented."""

    unused: tuple[Reason, ...] = ()
    refused: tuple[Reason, ...] = ()

    def why_unused(self, line: Line) -> str | None:
        """Return the reason of a grant that nobody used, if one is documented."""
        return _first(self.unused, line)

    def why_refused(self, line: Line) -> str | None:
        """Return the reason of a refusal, if one is documented."""
        return _first(self.refused, line)

    def idle(self, ledger: Ledger) -> list[Reason]:
        """Return the reasons that explain nothing."""
        unused, refused = ledger.unused, list(ledger.refused)
        return [
            *(each for each in self.unused if not any(each.explains(line) for line in unused)),
            *(each for each in self.refused if not any(each.explains(line) for line in refused)),
        ]

    def __add__(self, other: "Reasons") -> "Reasons":
        """Return the reasons of both."""
        return Reasons(self.unused + other.unused, self.refused + other.refused)


def read_reasons(path: Path) -> Reasons:
    """Read a file of reasons; raise `UsageError` for what is none."""
    try:
        document = yaml.safe_load(path.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{path}: cannot be read as YAML: {error}"
        raise UsageError(message) from error
    if not isinstance(document, dict) or set(document) - set(_KINDS):
        message = f"{path}: got {_shown(document)}; allowed: a mapping of {' and '.join(_KINDS)} to lists"
        raise UsageError(message)
    return Reasons(*(_reasons(path, kind, document.get(kind) or []) for kind in _KINDS))


def _reasons(path: Path, kind: str, entries: object) -> tuple[Reason, ...]:
    if not isinstance(entries, list):
        message = f"{path}: {kind}: got {_shown(entries)}; allowed: a list"
        raise UsageError(message)
    return tuple(_reason(f"{path}: {kind}[{place}]", entry) for place, entry in enumerate(entries))


def _reason(where: str, entry: Any) -> Reason:  # noqa: ANN401 - whatever a file says
    if not isinstance(entry, dict) or not set(entry) <= _FIELDS:
        message = f"{where}: got {_shown(entry)}; allowed: roles, actions, reason and, if wanted, resources"
        raise UsageError(message)
    patterns = {name: _patterns(where, name, entry.get(name)) for name in ("roles", "actions")}
    resources = _patterns(where, "resources", entry.get("resources", ["*"]))
    text = entry.get("reason")
    if not isinstance(text, str) or not text.strip():
        message = f"{where}.reason: got {_shown(text)}; allowed: a sentence that says why"
        raise UsageError(message)
    return Reason(patterns["roles"], patterns["actions"], " ".join(text.split()), resources)


def _patterns(where: str, name: str, value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(each, str) and each for each in found):
        message = f"{where}.{name}: got {_shown(value)}; allowed: a pattern or a list of them"
        raise UsageError(message)
    return tuple(found)


def _first(reasons: Iterable[Reason], line: Line) -> str | None:
    return next((each.text for each in reasons if each.explains(line)), None)


def _any(value: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - about what a line holds
