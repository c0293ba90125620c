"""Shows a drill in the terminal: what happens while it does, and what came out of it."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aws_mobile_cli.render import terminal
from aws_mobile_cli.strategies import duration

from . import timeline
from .outcome import Outcome, clock
from .records import Act, Moment

_COLOURS = {
    "cut": "red bold",
    "degraded": "red",
    "refused": "yellow",
    "lost": "red",
    "alarm": "yellow",
    "restored": "green bold",
    "well": "green",
    "fenced": "green",
    "dns": "cyan",
    "run": "magenta",
    "update": "cyan",
}
_STRIP = 72


def show_start(outcome_about: str, changes: tuple[str, ...]) -> None:
    """Print what is rehearsed."""
    console = terminal()
    console.print(f"[bold]Drill[/] {escape(outcome_about)}")
    for change in changes:
        console.print(f"  [dim]for the rehearsal {escape(change)}[/]")


def show_moment(moment: Moment) -> None:
    """Print what happened."""
    colour = _COLOURS.get(moment.what, "dim")
    terminal().print(f"{clock(moment.at):>8}  [{colour}]{moment.what:<9}[/] {escape(moment.text)}")


def show_outcome(outcome: Outcome) -> None:
    """Print what came out of it."""
    console = terminal()
    _show_acts(console, outcome)
    for act, title in ((Act.LOSS, "The failover"), (Act.WAY_BACK, "The way back")):
        _show_steps(console, outcome, act, title)
    _show_objectives(console, outcome)
    console.print()
    for each in outcome.diary.expectations:
        mark = "[green]ok[/]    " if each.passed else "[red bold]BROKEN[/]"
        console.print(f"{mark} {escape(each.claim)} [dim]({escape(each.seen)})[/]")
    held = sum(each.passed for each in outcome.diary.expectations)
    colour = "green" if outcome.passed else "red"
    console.print(
        f"\n[{colour} bold]{held} of {len(outcome.diary.expectations)} expectations held[/]; "
        f"{clock(outcome.ended)} of the sandbox's time in {outcome.real_seconds:.0f} s, of which the runbook itself "
        f"took {outcome.own_seconds():.1f} s; nothing is left of it"
    )


def _show_acts(console: Console, outcome: Outcome) -> None:
    console.print("\n[bold]Clients[/]  [green]█[/] every request good  [yellow]█[/] some failed  [red]█[/] all failed")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title, side in (("", "left"), ("from", "right"), ("to", "right"), ("requests", "right"), ("failed", "right")):
        table.add_column(title, justify=side, header_style="dim", no_wrap=True)
    table.add_column("", no_wrap=True)
    for span, seen in timeline.acts(outcome.diary):
        width = max(1, round(_STRIP * (span.ended - span.began) / max(outcome.ended, 1)))
        strip = "".join(_block(bucket) for bucket in outcome.slices(span, width))
        failed = f"[red]{seen.failed}[/]" if seen.failed else "0"
        table.add_row(span.act.value, clock(span.began), clock(span.ended), str(seen.total), failed, strip)
    console.print(table)


def _block(bucket: timeline.Bucket) -> str:
    if not bucket.good + bucket.failed:
        return " "
    colour = "green" if not bucket.failed else "yellow" if bucket.good else "red"
    return f"[{colour}]█[/]"


def _show_steps(console: Console, outcome: Outcome, act: Act, title: str) -> None:
    rows = outcome.steps(act)
    if not rows:
        return
    console.print(f"\n[bold]{title}[/], beside the recovery model")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, side in (("step", "left"), ("at", "right"), ("took", "right"), ("model", "right"), ("plan for", "right")):
        table.add_column(name, justify=side, header_style="dim", no_wrap=True)
    table.add_column("", style="dim", overflow="fold")
    for row in rows:
        table.add_row(
            row.step,
            "" if row.began is None else clock(row.began),
            "" if row.seen_seconds is None else duration(row.seen_seconds),
            "" if row.seconds is None else duration(row.seconds),
            "" if row.high_seconds is None else duration(row.high_seconds),
            escape(row.detail),
        )
    console.print(table)


def _show_objectives(console: Console, outcome: Outcome) -> None:
    if not outcome.steps(Act.LOSS):
        return
    model = outcome.objectives
    console.print("\n[bold]Objectives[/]")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, side in (("", "left"), ("drill", "right"), ("model", "right"), ("plan for", "right")):
        table.add_column(name, justify=side, header_style="dim", no_wrap=True)
    seen = "not reached" if outcome.rto_seconds is None else duration(outcome.rto_seconds)
    table.add_row("RTO", seen, duration(model.rto_seconds), duration(model.rto_high_seconds))
    table.add_row("RPO", duration(outcome.rpo_seconds), duration(model.rpo_seconds), duration(model.rpo_high_seconds))
    console.print(table)
    console.print(f"  [dim]{len(outcome.lost_writes)} acknowledged writes lost[/]")
