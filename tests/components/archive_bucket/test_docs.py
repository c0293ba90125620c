"""The page about archives: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.archive_bucket.account import Account

from pulumi_aws_mobile.archive_bucket import (
    AccessLogArgs,
    ArchiveBucket,
    ArchiveBucketArgs,
    ArchiveReplicationArgs,
    NoncurrentVersionArgs,
    ObjectLockArgs,
    TransitionArgs,
)
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "archive-bucket.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_an_archive(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:ArchiveBucket")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 5


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(ArchiveBucketArgs.__annotations__)
    nested = [AccessLogArgs, ArchiveReplicationArgs, NoncurrentVersionArgs, ObjectLockArgs, TransitionArgs]
    assert not [name for args in nested for name in args.__annotations__ if f"`{name}`" not in options]


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("The last four")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(ArchiveBucket.__annotations__)
