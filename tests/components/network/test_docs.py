"""The page about networks: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest

from pulumi_aws_mobile.network import FlowLogArgs, Network, NetworkArgs
from pulumi_aws_mobile.testing import PlainMocks, record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "network.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_networks(account: PlainMocks, program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=account, preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws:ec2/vpc:Vpc")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 5


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## Outputs")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(NetworkArgs.__annotations__)
    assert not [name for name in FlowLogArgs.__annotations__ if f"`{name}`" not in options]


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("Lists are")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(Network.__annotations__)
