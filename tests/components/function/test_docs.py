"""The page about functions: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.function.building import Account, folder

from pulumi_aws_mobile.function import Function, FunctionArgs
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "function.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_functions(
    program: str, preview: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("greeter", "welcome"):
        folder(tmp_path / name)
    folder(tmp_path / "exporter", {"jobs/export.py": "def run(event, context): ...\n"})
    monkeypatch.chdir(tmp_path)
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws:lambda/function:Function")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## Outputs")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(FunctionArgs.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Decisions")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(Function.__annotations__)
