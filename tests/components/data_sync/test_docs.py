"""The page about this component: its programs run, and it names what exists."""

import re
from pathlib import Path

import pulumi
import pytest
from components.api.building import Account as ApiAccount
from components.data_sync.building import Account as DataSyncAccount

from pulumi_aws_mobile.data_sync import DataSync, DataSyncArgs
from pulumi_aws_mobile.data_sync.args import DataSyncLimitsArgs
from pulumi_aws_mobile.data_sync.settings import LIMITS, resolve
from pulumi_aws_mobile.limits import Between
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "data-sync.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OPTIONS = PAGE.partition("## Options")[2].partition("## In two Regions")[0]


class Account(ApiAccount):
    """Knows tables and queues besides what an API and an identity ask for."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict]:
        if args.typ.startswith(("aws:dynamodb/", "aws:sqs/")):
            return DataSyncAccount().new_resource(args)
        return super().new_resource(args)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:DataSync")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    assert re.findall(r"^\| `(\w+)`", OPTIONS, re.MULTILINE) == list(DataSyncArgs.__annotations__)


def test_the_page_lists_every_limit_with_its_range_and_default() -> None:
    rows = re.findall(r"^\| `limits\.(\w+)` \| .+? \| (\d+) to (\d+) \| (\d+) \|$", OPTIONS, re.MULTILINE)
    assert [row[0] for row in rows] == list(DataSyncLimitsArgs.__annotations__)
    defaults = resolve("sync", {}).limits
    for option, least, most, default in rows:
        limit = LIMITS[DataSyncLimitsArgs][option]
        assert isinstance(limit, Between)
        assert (int(least), int(most), int(default)) == (limit.minimum, limit.maximum, defaults[option])


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0].partition("In Python")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(DataSync.__annotations__)
