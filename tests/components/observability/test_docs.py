"""The page about observability: its programs run, its numbers are those of the alarms, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.observability.building import Account

from pulumi_aws_mobile.observability import (
    BudgetArgs,
    Observability,
    ObservabilityArgs,
    ServiceLevelArgs,
    WatchedRegionArgs,
)
from pulumi_aws_mobile.observability.service_levels import BURNS
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "observability.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:Observability")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 2


def test_the_page_tells_the_alarms_numbers() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \| .*? \| (\d+) % \| ([\d.]+) % \| ([\d.]+) % \|", PAGE, re.MULTILINE)
    assert [(role, *(float(each) for each in numbers)) for role, *numbers in rows] == [
        (
            burn.role,
            burn.rate,
            pytest.approx(burn.budget_percent(30)),
            burn.threshold_percent(99.9),
            burn.threshold_percent(99),
        )
        for burn in BURNS
    ]


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    types = (ObservabilityArgs, WatchedRegionArgs, ServiceLevelArgs, BudgetArgs)
    expected = [option for each in types for option in each.__annotations__]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == expected


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(Observability.__annotations__)
