"""The page about pairs: its programs run, and it names what exists."""

import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.ha_database.account import Account as DatabaseAccount

from pulumi_aws_mobile.dr_pair import DRPair, DRPairArgs
from pulumi_aws_mobile.dr_pair.functions.recovery.requests import DECIDING, OPENING, STATUS
from pulumi_aws_mobile.dr_pair.functions.recovery.steps import STEPS
from pulumi_aws_mobile.dr_pair.nested_args import (
    DRDatabaseArgs,
    DRGuardArgs,
    DRIdentityArgs,
    DRNeedArgs,
    DRNetworkArgs,
    DRRestoreArgs,
    DRSiteArgs,
    DRSituationArgs,
    DRTrafficArgs,
    DRWebTierArgs,
)
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "dr-pair.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OPTIONS = PAGE.partition("## Options")[2].partition("## What is refused")[0]
TABLES = [table for table in OPTIONS.split("\n\n") if table.strip()]


class Account(DatabaseAccount):
    """Gives buckets the name by which they are reached."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"bucketRegionalDomainName": "bucket.s3.amazonaws.com", **outputs}


def named(table: str) -> list[str]:
    """Return the options in the first column of a table."""
    firsts = [row.split("|")[1] for row in table.strip().splitlines()[2:]]
    return [name for first in firsts for name in re.findall(r"`(\w+)`", first)]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:DRPair")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 2


@pytest.mark.parametrize(
    ("table", "args_type"),
    [(0, DRPairArgs), (1, DRGuardArgs), (2, DRSiteArgs)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_page_lists_every_option(table: int, args_type: type) -> None:
    assert named(TABLES[table]) == list(args_type.__annotations__)


@pytest.mark.parametrize(
    "args_type",
    [
        DRDatabaseArgs,
        DRIdentityArgs,
        DRNeedArgs,
        DRNetworkArgs,
        DRRestoreArgs,
        DRSituationArgs,
        DRTrafficArgs,
        DRWebTierArgs,
    ],
    ids=lambda found: found.__name__,
)
def test_the_page_names_every_option_of_an_object(args_type: type) -> None:
    assert set(args_type.__annotations__) <= set(re.findall(r"`(\w+)`", OPTIONS))


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(DRPair.__annotations__)


def test_the_page_lists_every_step_in_order() -> None:
    steps = PAGE.partition("## How a failover goes")[2].partition("Every step")[0]
    assert re.findall(r"^\| (\w+) \|", steps, re.MULTILINE)[1:] == list(STEPS)


def test_the_page_lists_every_request() -> None:
    (listed,) = re.findall(r"`request` is ([\w, ]+);", PAGE)
    assert set(re.split(r", | or ", listed)) == OPENING | DECIDING | {STATUS}
