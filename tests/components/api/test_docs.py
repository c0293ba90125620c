"""The page about this component: its programs run, and it names what exists."""

import json
import re
from pathlib import Path

import pytest
import yaml
from components.api.building import Account

from pulumi_aws_mobile.api import Api, ApiArgs, ContributionArgs
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "api.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(DOCUMENT,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_one(
    program: str, preview: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "hello").mkdir()
    (tmp_path / "hello" / "index.py").write_text("def handle(event, context): ...\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type("aws-mobile:index:Api")


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 4


def test_the_page_lists_every_option() -> None:
    for heading, args in (("## Options", ApiArgs), ("## Contributions", ContributionArgs)):
        options = PAGE.partition(heading)[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == list(args.__annotations__)


def test_the_page_lists_every_output() -> None:
    outputs = PAGE.partition("## Outputs")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", outputs)) >= set(Api.__annotations__)


def test_the_pages_document_is_openapi() -> None:
    from openapi_spec_validator import OpenAPIV30SpecValidator

    described = json.loads(json.dumps(yaml.safe_load(DOCUMENT), default=str))
    assert not list(OpenAPIV30SpecValidator(described).iter_errors())
