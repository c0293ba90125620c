"""The page about this component: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.mobile_backend.building import Account

from pulumi_aws_mobile.mobile_backend import MobileBackend, MobileBackendArgs
from pulumi_aws_mobile.testing import record

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "components" / "mobile-backend.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # programs name the core API's files
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:MobileBackend")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 5


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(MobileBackendArgs.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Good to know")[0].partition("In Python")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(MobileBackend.__annotations__)
