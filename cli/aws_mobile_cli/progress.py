"""Shows a deployment while it happens and what was found afterwards."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich import progress as rich_progress
from rich.markup import escape

from pulumi_aws_mobile.testing import Recorded, Recording

from .checks import Check
from .render import short_type, show_output, terminal
from .story import Chapter, untold

_CONSOLE = terminal()
_TITLE = 27
_FIGURES = 18
"""How wide the columns of the story are."""


class Progress:
    """Counts what is created, per component that the program made itself, against what was planned."""

    def __init__(self, planned: Recording, *, quiet: bool) -> None:
        """Expect `planned`; print nothing if `quiet`."""
        self._owner = _owners(planned)
        self._planned = Counter(self._owner[resource.urn] for resource in planned if resource.custom)
        self._done: Counter[str] = Counter()
        self._created: list[str] = []
        self._quiet = quiet
        self._live = _CONSOLE.is_terminal and not quiet
        self._bars = rich_progress.Progress(
            rich_progress.TextColumn("{task.description}"),
            rich_progress.BarColumn(),
            rich_progress.MofNCompleteColumn(),
            rich_progress.TimeElapsedColumn(),
            rich_progress.TextColumn("[dim]{task.fields[last]}"),
            console=_CONSOLE,
            disable=not self._live,
        )
        self._tasks = {
            owner: self._bars.add_task(owner, total=total, last="", start=False)
            for owner, total in self._planned.items()
        }

    def __enter__(self) -> Self:
        """Start showing."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        self._bars.stop()

    def created(self, resource: Recorded) -> None:
        """Count one created resource."""
        if not resource.custom:
            return
        owner = self._owner.get(resource.urn, resource.name)
        self._done[owner] += 1
        self._created.append(f"{short_type(resource.type)} {resource.name}")
        if owner in self._tasks:
            task = self._tasks[owner]
            self._bars.start_task(task)
            self._bars.update(task, advance=1, last=short_type(resource.type))
        if not self._live and not self._quiet and self._done[owner] == self._planned[owner]:
            _CONSOLE.print(f"{owner}: {self._done[owner]} resources created")

    def so_far(self) -> str:
        """Say what was created before a failure."""
        lines = "".join(f"\n  {line}" for line in self._created)
        planned = sum(self._planned.values())
        return f"{len(self._created)} of {planned} resources were created before that:{lines}"


class Checking:
    """Shows checks while they are made: each of them if asked to, else what is being looked at, on a terminal."""

    def __init__(self, *, verbose: bool, quiet: bool) -> None:
        """Show every check if `verbose`; print nothing if `quiet`."""
        self._each = verbose and not quiet
        self._status = None if quiet or verbose or not _CONSOLE.is_terminal else _CONSOLE.status("checking")

    def __enter__(self) -> Self:
        """Start showing."""
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._status is not None:
            self._status.stop()

    def made(self, check: Check) -> None:
        """Show one check."""
        if self._each:
            _show_check(check)
        if self._status is not None:
            self._status.update(f"{check.system.number} {escape(check.system.value)}: {escape(check.claim)}")


def _show_check(check: Check, indent: str = "") -> None:
    mark = "[green]ok[/]    " if check.passed else "[red bold]FAILED[/]"
    _CONSOLE.print(f"{indent}{mark} [bold]{escape(check.subject)}[/] {check.claim} [dim]({escape(check.seen)})[/]")


def show_story(recording: Recording, told: Sequence[Chapter]) -> None:
    """Print one line for each system that was checked, what failed there below it, and which were not."""
    _CONSOLE.print()
    for chapter in told:
        passed = len(chapter.checks) - len(chapter.failed)
        mark = "[red bold]FAILED[/]" if chapter.failed else "[green]ok[/]    "
        name = f"{chapter.system.number:<4}{chapter.system.value}"
        figures = f"{passed} of {len(chapter.checks)}, {chapter.seconds:.1f} s"
        room = _CONSOLE.width - _TITLE - len("FAILED ") - _FIGURES
        claims = fitting(chapter.claims, room if _CONSOLE.is_terminal else None)
        line = f"[bold]{name:<{_TITLE}}[/]{mark} [dim]{figures:<{_FIGURES}}[/]{escape(claims)}"
        _CONSOLE.print(line, no_wrap=True, overflow="ellipsis", soft_wrap=not _CONSOLE.is_terminal)
        for check in chapter.failed:
            _show_check(check, indent="    ")
    unchecked, absent = untold(recording, told)
    for what, systems in (("no check looked at", unchecked), ("not in this stack", absent)):
        if systems:
            names = ", ".join(f"{system.number} {system.value}" for system in systems)
            _CONSOLE.print(f"[{'yellow' if systems is unchecked else 'dim'}]{what}: {names}[/]")


def fitting(claims: Sequence[str], room: int | None) -> str:
    """Return as many claims as there is room for, and how many more there are; all of them if the room is endless."""
    for number in range(len(claims), 0, -1):
        more = f"; {len(claims) - number} more" if number < len(claims) else ""
        text = "; ".join(claims[:number]) + more
        if room is None or len(text) <= room:
            return text
    return claims[0]


def show_outputs(outputs: Mapping[str, Any]) -> None:
    """Print the outputs."""
    _CONSOLE.print("\n[bold]Outputs[/]")
    for name, value in outputs.items():
        show_output(_CONSOLE, name, value, indent=2)


def show_end(checks: int, failed: int, deployed: float, checked: float, *, kept: bool) -> None:
    """Print one line that sums up."""
    colour = "red" if failed else "green"
    _CONSOLE.print(
        f"\n[{colour} bold]{checks - failed} of {checks} checks passed[/]; "
        f"deployed in {deployed:.1f} s, checked in {checked:.1f} s; "
        f"{'it stands until you press Ctrl-C' if kept else 'nothing is left of it'}"
    )


def show_report(file: Path) -> None:
    """Print where the report is."""
    _CONSOLE.print(f"report written to {escape(str(file.absolute()))}", soft_wrap=True)


def show_kept(addresses: Mapping[str, str]) -> None:
    """Print where what is kept answers."""
    width = max(map(len, addresses))
    for name, url in addresses.items():
        _CONSOLE.print(f"  [bold]{escape(name):<{width}}[/]  {escape(url)}", soft_wrap=True)


def _owners(planned: Recording) -> dict[str, str]:
    """Return for each URN the name of the component that the program made, through however many others."""
    parents = {resource.urn: resource.parent for resource in planned}
    names = {resource.urn: resource.name for resource in planned}
    owners = {}
    for urn in parents:
        top = urn
        while parents.get(top) in names:
            top = parents[top]
        owners[urn] = names[top]
    return owners
