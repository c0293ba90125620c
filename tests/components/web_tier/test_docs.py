"""The page about web tiers: its programs run, and it names what exists."""

import re
from pathlib import Path
from typing import Any

import pytest
from components.ha_database import account as databases
from components.web_tier.building import ENVIRONMENT, Account, folder
from pulumi.runtime.mocks import MockResourceArgs

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.web_tier import WebTier, WebTierArgs

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "web-tier.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


class Everything(Account):
    """Answers for the database beside a web tier too."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if args.typ.startswith(("aws:rds/", "random:index/randomPassword")):
            return databases.Account().new_resource(args)
        return super().new_resource(args)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_web_tiers(
    program: str, preview: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path / "app")
    monkeypatch.chdir(tmp_path)
    recording = record(lambda: exec(program, {}), mocks=Everything(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type(ENVIRONMENT)


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 3


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## Outputs")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(WebTierArgs.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## Decisions")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(WebTier.__annotations__)
