"""The page about policies says what is so: its programs run, its configuration is valid."""

import json
import re

import pytest
from policy.test_rules import PACK

from aws_mobile_guard.config import read_config
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.star_only import STAR_ONLY

PAGE = (PACK.parents[1] / "docs" / "policies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("program", re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL))
def test_a_program_on_the_page_runs(program: str) -> None:
    exec(compile(program, "policies.md", "exec"), {})  # noqa: S102 - the page's own program


@pytest.mark.parametrize("config", re.findall(r"^```json\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL))
def test_a_configuration_on_the_page_is_valid(config: str) -> None:
    assert set(read_config(json.loads(config), RULES)) == {rule.id for rule in RULES}


def test_every_action_without_resources_is_on_the_page_with_its_reason() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+:\w+)` \| (.+?) \|$", PAGE, flags=re.MULTILINE)
    assert rows == list(STAR_ONLY.items())
