"""The result as a reviewer reads it: a table for people, a document for machines."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from aws_mobile_cli.render import terminal

from .ledger import Ledger, Line
from .reasons import Reasons


@dataclass(frozen=True, slots=True)
class Report:
    """The ledger of the journeys, with the reasons that are documented."""

    project: str
    stack: str
    journeys: tuple[str, ...]
    ledger: Ledger
    reasons: Reasons

    @property
    def unexplained(self) -> list[Line]:
        """The grants that nobody used and nobody explains."""
        return [line for line in self.ledger.unused if self.reasons.why_unused(line) is None]

    @property
    def unexpected(self) -> list[Line]:
        """What a role asked for in vain, and nobody expects."""
        return [line for line in sorted(self.ledger.refused) if self.reasons.why_refused(line) is None]

    @property
    def passed(self) -> bool:
        """Whether roles hold no more than they use or have a reason for, and ask for no more than they hold."""
        return not self.unexplained and not self.unexpected

    def document(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "project": self.project,
            "stack": self.stack,
            "journeys": list(self.journeys),
            "roles": [self._role(role) for role in self.ledger.roles],
            "refused": [
                {**_fields(line), "message": self.ledger.refused[line], "reason": self.reasons.why_refused(line)}
                for line in sorted(self.ledger.refused)
            ],
            "unexplained": len(self.unexplained),
            "unexpected": len(self.unexpected),
        }

    def _role(self, role: str) -> dict[str, Any]:
        grants = sorted(line for line in self.ledger.granted if line.role == role)
        return {
            "role": role,
            "grants": [
                {
                    "action": line.action,
                    "resource": line.resource,
                    "used": line in self.ledger.used,
                    "reason": None if line in self.ledger.used else self.reasons.why_unused(line),
                }
                for line in grants
            ],
        }


def show(report: Report, *, every: bool) -> None:
    """Print a row per role, then what has no reason; with `every`, each grant that was not used and why."""
    console = terminal()
    table = Table("role", "granted", "used", "unused, with a reason", "unused, without one", box=None)
    for role in report.ledger.roles:
        grants = [line for line in report.ledger.granted if line.role == role]
        unused = [line for line in grants if line not in report.ledger.used]
        without = [line for line in unused if report.reasons.why_unused(line) is None]
        counts = (len(grants), len(grants) - len(unused), len(unused) - len(without), len(without))
        table.add_row(role, *map(str, counts))
    console.print(table)
    for line in _lines(report, every=every):
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _lines(report: Report, *, every: bool) -> Iterator[str]:
    if every:
        yield from ("", "Unused, with a reason:")
        reasons = {line: report.reasons.why_unused(line) for line in report.ledger.unused}
        for text in dict.fromkeys(reason for reason in reasons.values() if reason is not None):
            yield f"  {text}"
            yield from (f"    {each}" for each in _gathered(line for line, why in reasons.items() if why == text))
    if report.unexplained:
        yield from ("", "Granted, never used, and no reason is documented:")
        yield from (f"  {each}" for each in _unexplained(report))
    if report.unexpected:
        yield from ("", "Asked for and refused, which is not expected:")
        yield from (f"  {each}" for each in _gathered(report.unexpected))
    yield from ("", _sum(report))


def _unexplained(report: Report) -> Iterator[str]:
    """Yield a line for each role that nobody took, then what is too much for the others."""
    taken = {line.role for line in report.ledger.granted & report.ledger.used}
    idle = Counter(line.role for line in report.unexplained if line.role not in taken)
    for role, count in sorted(idle.items()):
        yield f"{role}: nobody took the role, so none of {_count(count, 'grant')} was used"
    yield from _gathered(line for line in report.unexplained if line.role in taken)


def _sum(report: Report) -> str:
    granted, used = len(report.ledger.granted), len(report.ledger.granted & report.ledger.used)
    without = len(report.unexplained)
    with_reason = granted - used - without
    return (
        f"{_count(len(report.ledger.roles), 'role')} with {_count(granted, 'grant')}; {' and '.join(report.journeys)}"
        f" made use of {used}; {_have(with_reason)} a reason, {_have(without)} none"
    )


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _have(count: int) -> str:
    return f"{count} {'has' if count == 1 else 'have'}"


def _gathered(lines: Iterable[Line]) -> Iterator[str]:
    """Yield lines with the actions on the same resource together."""
    actions: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        actions.setdefault((line.role, line.resource), []).append(line.action)
    for (role, resource), found in sorted(actions.items()):
        yield f"{role}: {', '.join(found)} on {resource}"


def _fields(line: Line) -> dict[str, str]:
    return {"role": line.role, "action": line.action, "resource": line.resource}
