"""Shows a plan on a terminal: the tree of components, what the policies found, and one line that sums it up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from aws_mobile_guard.run import Kind
from pulumi_aws_mobile.testing import Recorded

from .findings.said import Standing, of_findings
from .plan import Plan, plain, unknown_paths
from .strategies import PairStrategies

_NEVER_WRAPPED = 1000


def show_plan(plan: Plan, pairs: Sequence[PairStrategies] = ()) -> None:
    """Print the plan, in colour where standard output is a terminal."""
    console = terminal()
    console.print(_tree(plan))
    console.print()
    _show_outputs(console, plan)
    for pair in pairs:
        _show_strategies(console, pair)
    _show_findings(console, plan)
    if plan.unsupported:
        types = ", ".join(f"{type_} ({count})" for type_, count in plan.unsupported.items())
        console.print(f"[dim]shown and judged as written, but not run by the sandbox: {types}[/]\n")
    console.print(_sum(plan))


def terminal() -> Console:
    """Return standard output; where it is no terminal, lines are as long as they are."""
    console = Console(highlight=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, emoji=False, width=_NEVER_WRAPPED)


def short_type(token: str) -> str:
    """Return a type token as a program writes it: `aws:rds/instance:Instance` as `rds.Instance`."""
    package, module, kind = token.split(":")
    module = module.split("/")[0]
    return f"{package}.{kind}" if module == "index" else f"{module}.{kind}"


def _tree(plan: Plan) -> Tree:
    children: dict[str, list[Recorded]] = defaultdict(list)
    known = {resource.urn for resource in plan.recording}
    for resource in plan.recording:
        children[resource.parent if resource.parent in known else ""].append(resource)
    root = Tree(Text.assemble((f"{plan.project} ", "bold"), (f"stack {plan.stack}", "cyan")), guide_style="dim")
    _grow(root, children, children[""])
    return root


def _grow(branch: Tree, children: dict[str, list[Recorded]], resources: Iterable[Recorded]) -> None:
    for resource in sorted(resources, key=lambda resource: (resource.custom, resource.name)):
        _grow(branch.add(_line(resource)), children, children[resource.urn])


def _line(resource: Recorded) -> Text:
    if not resource.custom:
        return Text.assemble((f"{short_type(resource.type)} ", "magenta"), (resource.name, "bold"))
    line = Text.assemble(("+ ", "green"), (f"{short_type(resource.type)} ", "green"), resource.name)
    if resource.protect:
        line.append("  protected", "yellow")
    region = resource.inputs.get("region")
    if isinstance(region, str):
        line.append(f"  {region}", "dim")
    unknown = sum(1 for _ in unknown_paths(resource.inputs))
    if unknown:
        line.append(f"  {unknown} unknown", "dim italic")
    return line


def _show_outputs(console: Console, plan: Plan) -> None:
    if plan.recording.stack_outputs:
        console.print("[bold]Outputs[/]")
        for name, value in plan.recording.stack_outputs.items():
            show_output(console, name, plain(value), indent=2)
        console.print()


def show_output(console: Console, name: str, value: object, indent: int) -> None:
    """Print one output, and what is inside it on lines of its own."""
    if isinstance(value, Mapping) and value:
        console.print(f"{' ' * indent}{escape(name)}:")
        for key, item in value.items():
            show_output(console, str(key), item, indent + 2)
    else:
        shown = "none" if value is None else str(value)
        console.print(f"{' ' * indent}{escape(name)}: [cyan]{escape(shown)}[/]")


_FIGURES = ("RTO", "worst", "RPO", "worst", "cost")


def _show_strategies(console: Console, pair: PairStrategies) -> None:
    """Print what each recovery strategy reaches, the chosen one marked, on lines of less than 80 characters."""
    console.print(f"[bold]Recovery[/] of {escape(pair.pair.name)}, by the recovery model")
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    table.add_column("  strategy", no_wrap=True)
    for title in _FIGURES:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name, *figures in pair.rows():
        chosen = name == pair.chosen
        table.add_row(f"  {name}", *figures, "chosen" if chosen else "", style="green" if chosen else None)
    console.print(table)
    console.print("  [dim]worst: every step as slow as planned for; cost: over the primary Region's own[/]")
    for name, soon in pair.sooner().items():
        console.print(f"  [dim]{name}: what needs no database answers again after {soon}[/]")
    console.print()


_WORDS = {
    Standing.MANDATORY: "[red]mandatory[/]",
    Standing.ADVISORY: "[yellow]advisory[/]",
    Standing.ACKNOWLEDGED: "[dim]acknowledged[/]",
}


def _show_findings(console: Console, plan: Plan) -> None:
    if not plan.findings:
        return
    console.print("[bold]Policies[/]")
    standings = list(_WORDS)
    same: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for one in of_findings(plan.findings):
        if one.standing in _WORDS:
            reason = f" ({one.reason})" if one.reason else ""
            same[standings.index(one.standing), one.rule, f"{one.message}{reason}"].append(one.resource)
    for (place, rule, message), names in sorted(same.items()):
        word = _WORDS[standings[place]]
        console.print(f"  {word} [bold]{escape(rule)}[/] {escape(', '.join(sorted(names)))}: {escape(message)}")
    later = Counter(finding.rule for finding in plan.findings if finding.kind is Kind.UNDECIDED)
    if later:
        rules = ", ".join(f"{rule} ({count})" for rule, count in sorted(later.items()))
        console.print(f"  [dim]decided once deployed, on values unknown until then: {rules}[/]")
    console.print()


def _sum(plan: Plan) -> str:
    figures = plan.summary()
    colour = "red" if figures["mandatory"] else "green"
    told = (one.value for one in Standing if figures[one.value] or one is not Standing.ACKNOWLEDGED)
    policies = ", ".join(f"{figures[name]} {name}" for name in told)
    return (
        f"[{colour} bold]{figures['create']} to create[/] in {figures['components']} components, "
        f"{figures['protected']} protected; policies: {policies}"
    )
