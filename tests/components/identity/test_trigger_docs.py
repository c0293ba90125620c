"""The page about what Cognito calls: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest

from pulumi_aws_mobile.identity.triggers.args import CaptchaArgs, ChallengeArgs, HooksArgs, MigrationArgs
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.in_process import PreviewMocks

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "identity-triggers.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_previews(program: str) -> None:
    recording = record(lambda: exec(program, {}), mocks=PreviewMocks(), preview=True)  # noqa: S102 - the page's own programs
    pool = recording.only("aws:cognito/userPool:UserPool")
    assert pool.inputs["lambdaConfig"]


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 4


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    assert re.findall(r"^\| `challenge\.(\w+)`", options, re.MULTILINE) == list(ChallengeArgs.__annotations__)
    nested = [CaptchaArgs, HooksArgs, MigrationArgs]
    assert not [name for args in nested for name in args.__annotations__ if f"`{name}`" not in options]
