"""Turns measured runs into tables: in colour on a terminal, and as the file that keeps the last results."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import calls, contests, judging, measure
from .calls import Calls
from .data_sync import SyncCosts
from .events import Flow, growth
from .growth import COUNTS
from .judging import Judged
from .measure import Results
from .templates import Expectation

_MOST_COPIES = judging.COPIES[-1]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and a note."""

    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio and how large it may be."""

    what: str
    ratio: float
    allowed: float

    @property
    def met(self) -> bool:
        """Whether the ratio is small enough."""
        return self.ratio <= self.allowed


@dataclass(frozen=True, slots=True)
class Measured:
    """The results of all contests."""

    cdk: Results
    raw: Results
    regions: Results
    again: Results
    calls: Calls
    sync: SyncCosts
    events: Sequence[Flow]
    judged: Sequence[Judged]


def goals(measured: Measured) -> list[Goal]:
    """Return what was aimed at, with what was reached."""
    cdk, raw = measured.cdk, measured.raw
    found = []
    for name, time_allowed in ((contests.JAVASCRIPT, 1 / 3), (contests.PYTHON, 1 / 4)):
        mine = contests.PREVIEW
        found.append(Goal(f"preview / {name}: time", measure.ratio(cdk, mine, name, measure.wall), time_allowed))
        found.append(Goal(f"preview / {name}: memory", measure.ratio(cdk, mine, name, measure.peak), 1 / 3))
    overhead = measure.ratio(raw, contests.COMPONENTS, contests.RAW, measure.wall)
    overhead_cpu = measure.ratio(raw, contests.COMPONENTS, contests.RAW, measure.cpu)
    most, fewest = str(COUNTS[-1]), str(COUNTS[0])
    allowed = COUNTS[-1] + 1
    return [
        *found,
        Goal("components / raw resources: time", overhead, 1.05),
        Goal("components / raw resources: processor time", overhead_cpu, 1.05),
        Goal(
            f"{most} Regions / {fewest}: time of the process",
            measure.ratio(measured.regions, most, fewest, measure.wall),
            allowed,
        ),
        Goal(
            f"{most} Regions / {fewest}: processor time of a second preview in the process",
            measure.ratio(measured.again, most, fewest, contests.inside),
            allowed,
        ),
        Goal(
            f"{measured.events[-1].events} events / {measured.events[0].events}: time of each event",
            growth(measured.events),
            1.25,
        ),
        Goal(
            f"{_MOST_COPIES} stacks / 1: time of every policy rule over a resource",
            judging.growth(measured.judged),
            1.25,
        ),
    ]


def tables(measured: Measured, expectations: Sequence[Expectation]) -> list[Table]:
    """Return everything that was found."""
    return [
        _goals(goals(measured)),
        _contest(
            "The same infrastructure: aws-mobile and the AWS CDK",
            "Whole process, program alone: no CDK command line around it. Ratios are preview's figure to the other's,"
            " taken within each round. Memory is that of the largest process; the CDK in Python is two, Python and"
            " Node, and only the larger one counts here. CDK constructs are of the lowest level (Cfn…), nested"
            " properties plain dictionaries.",
            measured.cdk,
            contests.PREVIEW,
        ),
        _contest(
            "The same resources: with components and without",
            "Whole process, in one and the same harness, without policies. Every input, dependency and option of the"
            " two is equal, which is checked. Ratios are the components' figure to the other's.",
            measured.raw,
            contests.COMPONENTS,
        ),
        _growth(measured),
        _calls(measured.calls),
        _sync_costs(measured.sync),
        _sync_crowds(measured.sync),
        _events(measured.events),
        _judged(measured.judged),
        _same(expectations),
    ]


def _goals(found: Sequence[Goal]) -> Table:
    rows = [
        (goal.what, f"{goal.ratio:.3f}", f"at most {goal.allowed:.3g}", "met" if goal.met else "missed")
        for goal in found
    ]
    return Table("Goals", "Medians of the ratios within each round.", ("ratio", "measured", "goal", ""), rows)


def _contest(title: str, note: str, results: Results, mine: str) -> Table:
    head = ("", "wall, s", "processor, s", "peak, MiB", "wall ratio", "processor ratio", "peak ratio")
    figures = (measure.wall, measure.cpu, measure.peak)
    rows = []
    for name, runs in results.items():
        shown = [f"{measure.median(runs, figure):.2f}" for figure in figures[:2]]
        shown.append(f"{measure.median(runs, measure.peak):.0f}")
        ratios = [f"{measure.ratio(results, mine, name, figure):.3f}" if name != mine else "1" for figure in figures]
        rows.append((name, *shown, *ratios))
    return Table(title, note, head, rows)


def _growth(measured: Measured) -> Table:
    head = ("Regions", "resources", "process, s", "peak, MiB", "ratio to 1", "second preview, s", "ratio to 1")
    rows = []
    for count in COUNTS:
        name, first = str(count), str(COUNTS[0])
        rows.append(
            (
                name,
                str(contests.resources(measured.regions[name][0])),
                f"{measure.median(measured.regions[name], measure.wall):.2f}",
                f"{measure.median(measured.regions[name], measure.peak):.0f}",
                f"{measure.ratio(measured.regions, name, first, measure.wall):.2f}",
                f"{measure.median(measured.again[name], contests.inside):.3f}",
                f"{measure.ratio(measured.again, name, first, contests.inside):.2f}",
            )
        )
    note = (
        "A network, a database and an archive in each Region. The process as a whole pays for loading classes once;"
        " the processor time of a second preview in the same process shows what the Regions themselves cost."
    )
    return Table("Growth", note, head, rows)


def _calls(made: Calls) -> Table:
    title = "Calls through the sandbox's API Gateway"
    if made.missing:
        return Table(title, f"Not measured on this machine: {made.missing}.", (), ())
    rows = []
    for name, seconds in made.seconds.items():
        figures = [1000 * made.percentile(name, percent) for percent in (50, 99)]
        compared = ["", "", ""]
        if name != calls.TOKEN:
            more = [1000 * made.more(name, than) for than in (calls.PROCESS, calls.BALANCER)]
            compared = [*(f"{figure:.2f}" for figure in more), f"{made.ratio(name, calls.PROCESS):.2f}"]
        rows.append((name, str(len(seconds)), *(f"{figure:.2f}" for figure in figures), *compared))
    note = (
        "GET /about of the core API, which asks no database, by one signed-in user, one call after the other; and what"
        " it costs to exchange the credentials for a token. Differences and ratios are medians of those within each"
        " round. Connections stay open, but PHP's own server, which is the app's process here, closes its own after"
        " each answer. What the client needs to sign is not part of the figures."
    )
    head = (
        "",
        "calls",
        "p50, ms",
        "p99, ms",
        "more than the process, ms",
        "than the balancer, ms",
        "ratio to the process",
    )
    return Table(title, note, head, rows)


def _sync_costs(sync: SyncCosts) -> Table:
    fewest = {cost.call: cost for cost in reversed(sync.costs)}
    rows = [
        (
            cost.call,
            str(cost.records),
            str(cost.requests),
            str(cost.sent),
            str(cost.received),
            f"{1000 * cost.seconds:.2f}",
            f"{cost.seconds / fewest[cost.call].seconds:.2f}",
        )
        for cost in sorted(sync.costs, key=lambda cost: cost.call)
    ]
    note = (
        "The function's own code on the sandbox's table; values of 100 bytes. The function's own time is what passes"
        " outside of its calls to DynamoDB, a median; the ratio is to that over the smallest dataset."
    )
    head = ("", "records", "requests to DynamoDB", "bytes sent", "bytes received", "own time, ms", "ratio")
    return Table("Data sync: calls", note, head, rows)


def _sync_crowds(sync: SyncCosts) -> Table:
    alone = {crowd.datasets: crowd.taken / crowd.seconds for crowd in reversed(sync.crowds)}
    rows = [
        (
            crowd.datasets,
            str(crowd.writers),
            str(crowd.taken),
            str(crowd.busy),
            f"{crowd.tries:.2f}",
            f"{crowd.taken / crowd.seconds / alone[crowd.datasets]:.2f}",
        )
        for crowd in sync.crowds
    ]
    note = (
        "Devices that push one change after the other, all at once: to one dataset, or each to its own. All of it, the"
        " sandbox's DynamoDB included, is in one Python process, so that more devices take no more pushes in all; what"
        " counts is how many were tried again, and that none was lost: the dataset's count is checked."
    )
    head = (
        "datasets",
        "devices",
        "taken",
        "told to come again",
        "transactions for each",
        "pushes per second, ratio to 1",
    )
    return Table("Data sync: devices that push at the same time", note, head, rows)


def _events(flows: Sequence[Flow]) -> Table:
    rows = [
        (
            str(flow.events),
            f"{flow.events / flow.prepare_seconds:,.0f}",
            f"{flow.events / flow.measure_seconds:,.0f}",
            f"{flow.per_second:,.0f}",
            f"{flows[0].per_second / flow.per_second:.2f}",
        )
        for flow in flows
    ]
    note = (
        "Events of simulated users through the two functions of analytics: the one that checks them and makes them"
        " private on their way into the lake, and the one that counts them for the dashboard. In one process on one"
        " core, in batches of 500, without AWS: hashes, checks and sums are what takes time. On AWS each runs in as"
        " many processes as there are shards and batches. The ratio is the time of an event to that among the fewest."
    )
    head = ("events", "checked per second", "counted per second", "both, per second", "time of an event, ratio")
    return Table("Analytics: events", note, head, rows)


def _judged(judged: Sequence[Judged]) -> Table:
    first = judged[0]
    rows = [
        (
            str(one.copies),
            str(one.resources),
            str(one.findings),
            f"{1000 * one.seconds:.0f}",
            f"{one.seconds / first.seconds:.2f}",
        )
        for one in judged
    ]
    note = (
        "Every policy rule, those of all packs, over the preview of the stack, and over copies of it in one stack: what"
        " the rules add to a preview in process, a median."
    )
    return Table("Policies", note, ("copies", "resources", "findings", "all rules, ms", "ratio to 1"), rows)


def _same(expectations: Sequence[Expectation]) -> Table:
    rows = []
    for one in expectations:
        also = f", and {one.companion}" if one.companion else ""
        rows.append((one.pulumi_type, str(one.resources), one.kind, one.cloudformation + also))
    total = sum(one.resources for one in expectations)
    note = (
        f"What the {total} resources of the program are in the CDK app. Where CloudFormation has properties of another"
        " resource or an expression instead of a resource, the app has those: it carries fewer resources, none more"
        " than its user would write. The numbers are counted in the synthesised templates; if one differs, nothing is"
        " compared."
    )
    return Table("What is compared", note, ("Pulumi type", "number", "in CloudFormation", ""), rows)


def markdown(found: Sequence[Table], head: Sequence[tuple[str, str]]) -> str:
    """Return the text of the file of results."""
    lines = [
        "# The last results of `make bench`",
        "",
        "Ratios within one run mean something; seconds depend on the machine and on what else it did.",
        "",
    ]
    lines += [f"- {name}: {value}" for name, value in head]
    for table in found:
        lines += ["", f"## {table.title}", "", table.note]
        if not table.rows:
            continue
        lines.append("")
        lines.append(f"| {' | '.join(table.head)} |")
        lines.append(f"|{'|'.join('---' for _ in table.head)}|")
        lines += [f"| {' | '.join(row)} |" for row in table.rows]
    return "\n".join(lines) + "\n"


def show(found: Sequence[Table], head: Sequence[tuple[str, str]]) -> None:
    """Print the tables."""
    # Imported late: measured processes begin with what their parent holds.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415

    console = Console()
    for name, value in head:
        console.print(f"[dim]{name}[/] {value}", highlight=False)
    for table in found:
        if not table.rows:
            console.print(table.title, table.note, sep="\n")
            continue
        drawn = RichTable(title=table.title, caption=table.note, title_justify="left", caption_justify="left")
        for index, column in enumerate(table.head):
            drawn.add_column(column, justify="left" if index == 0 else "right")
        for row in table.rows:
            style = {"met": "green", "missed": "red"}.get(row[-1])
            drawn.add_row(*row, style=style)
        console.print(drawn)
        console.print()
