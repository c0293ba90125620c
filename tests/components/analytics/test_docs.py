"""The pages about this component: their programs run, and they name what exists."""

import json
import re
from pathlib import Path

import pytest
from components.archive_bucket.account import Account

from pulumi_aws_mobile.analytics import Analytics, AnalyticsArgs
from pulumi_aws_mobile.analytics.event_schema import BUILT_IN, schema_document
from pulumi_aws_mobile.analytics.functions.events.reading import read_event
from pulumi_aws_mobile.analytics.functions.events.settings import EventType, Settings
from pulumi_aws_mobile.analytics.querying import texts
from pulumi_aws_mobile.analytics.settings import resolve
from pulumi_aws_mobile.testing import record

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "components" / "analytics.md").read_text(encoding="utf-8")
FORMAT = (DOCS / "analytics.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:Analytics")


def test_the_page_lists_every_option() -> None:
    options = PAGE.partition("## Options")[2].partition("## What is refused")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(AnalyticsArgs.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("\n## ")[0]
    assert re.findall(r"`(\w+)`", outputs) == list(Analytics.__annotations__)


def test_the_event_on_the_page_is_taken() -> None:
    (event,) = re.findall(r"```json\n(.*?)```", FORMAT, re.DOTALL)
    types = {"purchase": EventType(frozenset({"currency"}), frozenset({"price"}))}
    told = Settings(2, types, {}, "", 1, 1, "", "")
    assert read_event(event.encode(), told).metrics == {"price": 9.5}


def test_every_built_in_type_is_on_the_page() -> None:
    assert [name for name in BUILT_IN if f"`{name}`" not in FORMAT] == []
    assert json.loads(schema_document(1, {}))["types"].keys() == BUILT_IN.keys()


def test_every_named_query_is_on_the_page() -> None:
    settings = resolve("a", {"events": {"b": {"metrics": ["c"]}}, "funnels": {"NAME": ["b", "b"]}})
    listed = re.findall(r"^\| `([\w-]+)` \|", FORMAT.partition("## Questions")[2], re.MULTILINE)
    assert sorted(listed) == sorted(texts(settings))
