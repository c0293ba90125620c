"""Shows a deployment while it happens and what was found afterwards."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich import progress as rich_progress
from rich.markup import escape

from pulumi_aws_mobile.testing import Recorded, Recording

from .checks import Check
from .render import short_type, show_output, terminal

_CONSOLE = terminal()


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


def show_check(check: Check) -> None:
    """Print one check."""
    mark = "[green]ok[/]    " if check.passed else "[red bold]FAILED[/]"
    _CONSOLE.print(f"{mark} [bold]{escape(check.subject)}[/] {check.claim} [dim]({escape(check.seen)})[/]")


def show_end(  # noqa: PLR0913 - what a run comes to
    outputs: Mapping[str, Any], checks: int, failed: int, deployed: float, checked: float, *, kept: bool
) -> None:
    """Print the outputs and one line that sums up."""
    _CONSOLE.print("\n[bold]Outputs[/]")
    for name, value in outputs.items():
        show_output(_CONSOLE, name, value, indent=2)
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
