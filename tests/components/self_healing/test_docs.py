"""The page about self-healing: its programs run, and it names what exists."""

import re
from pathlib import Path
from typing import Any

import pytest
from components.ha_database import account as databases
from components.web_tier.building import Account, folder
from pulumi.runtime.mocks import MockResourceArgs

from pulumi_aws_mobile.self_healing import (
    BreakerArgs,
    HealedDatabaseArgs,
    HealedEnvironmentArgs,
    HealedQueueArgs,
    RetriesArgs,
    SelfHealing,
    SelfHealingArgs,
)
from pulumi_aws_mobile.self_healing.functions.healing.plan import AILMENTS
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "self-healing.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ARGS = (
    SelfHealingArgs,
    HealedEnvironmentArgs,
    HealedDatabaseArgs,
    HealedQueueArgs,
    RetriesArgs,
    BreakerArgs,
)


class Everything(Account):
    """Answers for the database beside servers too, and names what AWS names."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if args.typ.startswith(("aws:rds/", "random:index/randomPassword")):
            return databases.Account().new_resource(args)
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, "url": "https://sqs/123456789012/x", **outputs}


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(
    program: str, preview: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    recording = record(lambda: exec(program, {}), mocks=Everything(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:SelfHealing")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 2


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    expected = [option for each in ARGS for option in each.__annotations__]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == expected


def test_the_page_lists_every_ailment() -> None:
    healed = PAGE.partition("## What is healed")[2].partition("## How it stays bounded")[0]
    expected = [ailment for ailments in AILMENTS.values() for ailment in ailments]
    assert re.findall(r"^\| `(\w+)`", healed, re.MULTILINE) == expected


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("## What it tells")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(SelfHealing.__annotations__)
