"""Shows environments on a terminal."""

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from aws_mobile_cli.render import short_type, terminal

from .adapt import Change
from .compare import Comparison, Difference
from .listing import Environment
from .making import Made
from .removal import Removal

_COLUMNS = (("STACK", 14), ("REGIONS", 27), ("RECOVERY", 15), ("POLICIES", 12), ("RESOURCES", 10), ("PROTECTED", 10))
_LONGEST_LIST = 6


def show_environments(found: Iterable[Environment]) -> None:
    """Print one line for each environment, as they come."""
    console = terminal()
    console.print(f"[dim]{_row([name for name, _ in _COLUMNS], 'DEPLOYED')}[/]")
    for environment in found:
        if environment.error is not None:
            console.print(
                f"{environment.stack:<13} [red]does not build[/]: {escape(environment.error.splitlines()[0])}"
            )
            continue
        cells = [
            environment.stack,
            " ".join(environment.regions),
            environment.strategy,
            environment.policies,
            str(environment.resources),
            str(environment.protected),
        ]
        console.print(escape(_row(cells, environment.deployed)))


def show_made(made: Made) -> None:
    """Print what a new environment is, what was left out of it, and what is to be done next."""
    console = terminal()
    if not made.written:
        console.print(f"[red bold]{made.file.name} was not written[/]: mandatory policies refuse what it would deploy")
        for finding in made.plan.mandatory:
            name = finding.urn.rsplit("::", 1)[-1]
            console.print(f"  [bold]{escape(finding.rule)}[/] {escape(name)}: {escape(finding.message)}")
    _changes(console, "Set", [change for change in made.changes if not change.left_out])
    _changes(console, "Left out", [change for change in made.changes if change.left_out])
    if made.shared:
        console.print(f"[bold]The same as in {made.source}[/], outside this project")
        for path, value in made.shared:
            console.print(f"  {escape(path)}: {escape(value)}")
    if made.written:
        console.print("[bold]Next[/]")
        for step in made.next_steps:
            console.print(f"  {escape(step)}", soft_wrap=True)
        figures = made.plan.summary()
        console.print(
            f"[green bold]{made.file.name} is written[/]: {figures['create']} resources to create, "
            f"{made.protected} protected"
        )


def _changes(console: Console, title: str, changes: list[Change]) -> None:
    if changes:
        console.print(f"[bold]{title}[/]")
        for change in changes:
            console.print(f"  {escape(change.path)}: {escape(change.what)}")


def show_comparison(comparison: Comparison, *, named: bool) -> None:
    """Print the options that differ, by component, and how many resources only one of the environments has."""
    console = terminal()
    if comparison.same:
        console.print(f"{comparison.first} and {comparison.second} do the same")
        return
    by_part: dict[str, list[Difference]] = defaultdict(list)
    for difference in comparison.options:
        by_part[difference.part].append(difference)
    console.print(f"[bold]{comparison.first}[/], beside {comparison.second}")
    for part, differences in by_part.items():
        console.print(f"[bold magenta]{escape(part)}[/]")
        for difference in differences:
            option = f"{difference.option}: " if difference.option else ""
            console.print(f"  {escape(option)}[cyan]{escape(difference.sentence)}[/]")
            if difference.explained:
                console.print(f"    [dim]{escape(difference.explained)}[/]")
    for stack, resources in comparison.only.items():
        if resources:
            console.print(f"[bold]Only in {stack}[/]: {len(resources)} resources")
            _only(console, comparison, stack, named=named)


def _only(console: Console, comparison: Comparison, stack: str, *, named: bool) -> None:
    by_owner: dict[str, dict[str, int]] = defaultdict(dict)
    for (owner, kind), count in comparison.counts(stack).items():
        by_owner[owner][kind] = count
    for owner, kinds in by_owner.items():
        if not named:
            largest = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
            shown = ", ".join(f"{count} {kind}" for kind, count in largest[:_LONGEST_LIST])
            more = sum(count for _, count in largest[_LONGEST_LIST:])
            console.print(f"  {escape(owner)}: {escape(shown)}{f', {more} others' if more else ''}")
            continue
        console.print(f"  {escape(owner)}")
        for top, resource in comparison.only[stack]:
            if top == owner:
                console.print(f"    {escape(short_type(resource.type))} {escape(resource.name)}")


def show_removal(removal: Removal, *, removed: bool) -> None:
    """Print that it is removed, or what speaks against it and the way out."""
    console = terminal()
    name = removal.file.name
    if removed:
        console.print(f"[green bold]{name} is removed[/]; nothing in AWS was touched")
        if removal.deployed is not None:
            console.print(f"  [dim]its empty stack in Pulumi's backend goes by: pulumi stack rm {removal.stack}[/]")
        return
    if removal.allowed:
        console.print(f"{name} stays")
        return
    console.print(f"[red bold]{name} stays[/]")
    if removal.deployed:
        console.print(f"  {removal.stack} is deployed: {removal.deployed} resources")
    for part in removal.protected:
        names = [resource.name for resource in part.resources]
        more = f" and {len(names) - _LONGEST_LIST} more" if len(names) > _LONGEST_LIST else ""
        console.print(f"  {escape(part.part)} protects {escape(', '.join(names[:_LONGEST_LIST]))}{more}")
    console.print("[bold]Before it can be removed[/]")
    for step in removal.ways_out:
        console.print(f"  {escape(step)}", soft_wrap=True)


def _row(cells: list[str], last: str) -> str:
    return "".join(f"{cell:<{width - 1}} " for cell, (_, width) in zip(cells, _COLUMNS, strict=True)) + last
