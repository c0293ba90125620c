"""The operators' page says what the runbook does."""

import re
from pathlib import Path

from pulumi_aws_mobile.dr_pair.functions.recovery import machine, requests
from pulumi_aws_mobile.dr_pair.functions.recovery.steps import STEPS

PAGE = (Path(__file__).parents[4] / "docs/failover.md").read_text()


def rows(heading: str) -> list[str]:
    """Return the first cell of each row of a section's table."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| (.+?) \|", section, flags=re.MULTILINE)[1:]


def test_the_steps_are_told_in_their_order() -> None:
    assert rows("The steps") == list(STEPS)


def test_every_request_is_told() -> None:
    told = {name for row in rows("Talking to the recovery function") for name in re.findall(r'"request": "(\w+)"', row)}
    assert told == requests.OPENING | requests.DECIDING | {requests.STATUS}


def test_the_patience_of_each_step_is_told() -> None:
    (told,) = re.findall(r"After its patience \((.+?)\)", PAGE)
    minutes: dict[str, int] = {}
    for names, figure in re.findall(r"([a-z, ]+?) (\d+)(?: minutes)?(?:; |$)", told):
        minutes |= dict.fromkeys(names.split(", "), int(figure))
    assert minutes == {name: step.patience_minutes for name, step in STEPS.items() if name not in {"guard", "approval"}}


def test_the_attempts_are_told() -> None:
    assert "tried again after 1, 2, 4 and 8 minutes" in PAGE
    assert machine.MOST_ATTEMPTS == 5
    assert "Five attempts" in PAGE
