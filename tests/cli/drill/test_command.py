"""The command line of `aws-mobile drill`, as far as it gets without deploying anything."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import ROOT, Answer

from aws_mobile_cli.__main__ import _GAME_DAYS, _STRATEGIES
from aws_mobile_cli.drill.game_days import GAME_DAYS
from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy

Run = Callable[..., Answer]
Write = Callable[..., Path]
PAGE = (ROOT / "docs" / "drill.md").read_text()


def test_the_command_line_knows_every_strategy_and_game_day() -> None:
    """It names them itself, to be read quickly."""
    assert set(_STRATEGIES) == {each.value for each in RecoveryStrategy}
    assert tuple(GAME_DAYS) == _GAME_DAYS


def test_the_page_names_every_game_day_and_option() -> None:
    """And no other."""
    assert set(re.findall(r"^\| `([a-z][a-z-]+)` \|", PAGE, re.MULTILINE)) == set(GAME_DAYS)
    named = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE))
    assert named == {
        "--lose",
        "--strategy",
        "--game-day",
        "--approve-after",
        "--tick",
        "--html",
        "--json",
    }


def test_a_drill_needs_a_region_to_lose(aws_mobile: Run) -> None:
    """Which one is not for the command to choose."""
    answer = aws_mobile("drill")
    assert answer.code == 2
    assert "the following arguments are required: --lose" in answer.err


def test_a_stack_without_a_recovery_object_is_refused(aws_mobile: Run, project: Write) -> None:
    """Nothing stands ready for the loss."""
    answer = aws_mobile("drill", "--stack", "dev", "--lose", "eu-west-1", folder=project("import pulumi\n"))
    assert answer.code == 2
    assert answer.err == (
        "aws-mobile: Pulumi.dev.yaml has no recovery object, so nothing stands ready for the loss of eu-west-1; "
        "add recovery.region and recovery.strategy\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--tick", "0.5"), "--tick: got 0.5; allowed: 1 to 15 seconds"),
        (("--approve-after", "-1"), "--approve-after: got -1; allowed: 0 or more minutes"),
        (("--html", "/no-such-folder/drill.html"), "--html: there is no folder /no-such-folder"),
    ],
)
def test_options_out_of_range_are_refused(aws_mobile: Run, words: tuple[str, ...], message: str) -> None:
    """Before anything is deployed."""
    answer = aws_mobile("drill", "--lose", "eu-west-1", *words)
    assert (answer.code, answer.err) == (2, f"aws-mobile: {message}\n")


def test_a_game_day_needs_the_loss_of_the_primary_region(aws_mobile: Run) -> None:
    """All of them are about taking over."""
    answer = aws_mobile("drill", "--lose", "eu-central-1", "--game-day", "wrong-approval")
    assert answer.code == 2
    assert answer.err == (
        "aws-mobile: --game-day wrong-approval needs the loss of the primary Region: --lose eu-west-1\n"
    )
