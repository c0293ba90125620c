"""The recovery strategies in `aws-mobile preview`: of each pair of the stack, and of nothing else."""

from collections.abc import Callable
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

import pulumi
import pytest
from cli.conftest import Answer
from rich.console import Console

from aws_mobile_cli.render import _show_strategies
from aws_mobile_cli.strategies import PairStrategies, duration, pair_strategies
from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Situation, compare
from pulumi_aws_mobile.testing import record

Run = Callable[..., Answer]
Write = Callable[..., Path]

SITUATION = Situation(mode=FailoverMode.AUTOMATIC, lag_limit_seconds=1800)
PAIR = """
import json
from pulumi_aws_mobile import DRPair

DRPair("pair", json.loads('''{args}'''))
"""


class Pair(pulumi.ComponentResource):
    """Tells what a `DRPair` tells of its strategies."""

    def __init__(self, name: str, strategy: str, situation: Situation) -> None:
        super().__init__("aws-mobile:index:DRPair", name)
        reached = {each.value: asdict(found) for each, found in compare(situation).items()}
        self.register_outputs({"strategy": strategy, "strategies": reached})


def pairs_of(program: Callable[[], object]) -> list[PairStrategies]:
    return pair_strategies(record(program, preview=True))


def one_pair(strategy: str = "pilot_light") -> PairStrategies:
    (found,) = pairs_of(lambda: Pair("pair", strategy, SITUATION))
    return found


def shown(width: int, *, colours: bool = False) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=colours, highlight=False, emoji=False)
    _show_strategies(console, one_pair())
    return out.getvalue().splitlines()


def test_a_stack_without_a_pair_has_none() -> None:
    assert pairs_of(lambda: pulumi.ComponentResource("aws-mobile:index:HAdatabase", "database")) == []


def test_each_pair_has_the_models_figures_with_the_cheapest_strategy_first() -> None:
    assert one_pair().reached == {strategy.value: found for strategy, found in compare(SITUATION).items()}
    assert [*one_pair().reached] == [strategy.value for strategy in RecoveryStrategy]


def test_every_pair_of_a_stack_is_there() -> None:
    def program() -> None:
        Pair("one", "pilot_light", SITUATION)
        Pair("other", "warm_standby", SITUATION)

    assert [(each.pair.name, each.chosen) for each in pairs_of(program)] == [
        ("one", "pilot_light"),
        ("other", "warm_standby"),
    ]


def test_the_document_marks_the_chosen_one() -> None:
    document = one_pair().document()
    assert document["urn"] == "urn:pulumi:stack::project::aws-mobile:index:DRPair::pair"
    assert [(each["strategy"], each["chosen"]) for each in document["strategies"]] == [
        ("backup_restore", False),
        ("pilot_light", True),
        ("warm_standby", False),
        ("multi_site", False),
    ]
    found = compare(SITUATION)[RecoveryStrategy.PILOT_LIGHT]
    assert document["strategies"][1] == {"strategy": "pilot_light", "chosen": True, **asdict(found)}


@pytest.mark.parametrize("width", [80, 120, 1000])
def test_the_table_fits_on_a_terminal(width: int) -> None:
    assert [line.rstrip() for line in shown(width)] == [
        "Recovery of pair, by the recovery model",
        "  strategy             RTO     worst       RPO     worst     cost",
        "  backup_restore    30 min     3.4 h    18 min    30 min     +13%",
        "  pilot_light       17 min    72 min       5 s    30 min     +40%    chosen",
        "  warm_standby      15 min    67 min       5 s    30 min     +95%",
        "  multi_site        10 min    58 min       5 s    30 min    +106%",
        "  worst: every step as slow as planned for; cost: over the primary Region's own",
        "  multi_site: what needs no database answers again after 2 min",
        "",
    ]
    assert max(len(line) for line in shown(width)) < 80


def test_the_chosen_strategy_is_marked_by_colour_too() -> None:
    (line,) = [line for line in shown(80, colours=True) if "pilot_light" in line]
    assert line.startswith("\x1b[32m  pilot_light")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (89, "89 s"), (90, "2 min"), (5399, "90 min"), (5400, "1.5 h"), (86_400, "24.0 h")],
)
def test_a_time_is_told_in_the_largest_unit_that_still_tells_something(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.fixture
def with_a_pair(project: Write) -> Path:
    """Write a project that joins two Regions which others made."""
    import json

    from components.dr_pair.building import args_of

    args: dict[str, Any] = {**args_of("pilot_light"), "mode": "automatic"}
    return project(PAIR.replace("{args}", json.dumps(args)))


def test_a_preview_shows_them_before_the_policies(aws_mobile: Run, with_a_pair: Path) -> None:
    lines = aws_mobile("preview", "--stack", "dev", folder=with_a_pair).out.splitlines()
    at = lines.index("Recovery of pair, by the recovery model")
    assert [line.split()[0] for line in lines[at + 1 : at + 6]] == [
        "strategy",
        "backup_restore",
        "pilot_light",
        "warm_standby",
        "multi_site",
    ]
    assert lines[at + 3].rstrip().endswith("chosen")
    assert lines[-1].endswith("undecided")


def test_a_preview_as_json_has_them(aws_mobile: Run, with_a_pair: Path) -> None:
    (pair,) = aws_mobile("preview", "--stack", "dev", "--json", folder=with_a_pair).document["recovery"]
    assert pair["urn"] == "urn:pulumi:dev::app::aws-mobile:index:DRPair::pair"
    assert [each["strategy"] for each in pair["strategies"] if each["chosen"]] == ["pilot_light"]


def test_a_preview_without_a_pair_has_an_empty_list(aws_mobile: Run, project: Write) -> None:
    folder = project("import pulumi\n")
    assert aws_mobile("preview", "--stack", "dev", "--json", folder=folder).document["recovery"] == []
    assert "Recovery" not in aws_mobile("preview", "--stack", "dev", folder=folder).out
