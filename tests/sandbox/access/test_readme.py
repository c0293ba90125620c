"""What the sandbox's README shows of permissions works."""

import re
from pathlib import Path

import pytest

_README = Path(__file__).parents[3] / "sandbox/README.md"


def _blocks() -> list[str]:
    section = _README.read_text().split("\n## Permissions\n")[1].split("\n## ")[0]
    return re.findall(r"^```python\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)


def test_the_examples_of_permissions_run(capsys: pytest.CaptureFixture[str]) -> None:
    for block in _blocks():
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert "is not authorized to perform: dynamodb:ListTables because no identity-based" in capsys.readouterr().out
