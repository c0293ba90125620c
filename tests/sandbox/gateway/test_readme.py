"""What the sandbox's README shows of APIs works."""

import re
from pathlib import Path

import pytest

_README = Path(__file__).parents[3] / "sandbox/README.md"


def test_the_example_of_an_api_runs(capsys: pytest.CaptureFixture[str]) -> None:
    section = _README.read_text().split("\n## APIs\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"^```python\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "{'version': 'live'}\n"
