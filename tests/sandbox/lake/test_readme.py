"""What the sandbox's README shows of the lake works."""

from pathlib import Path

import pytest

_README = Path(__file__).parents[3] / "sandbox/README.md"


def test_what_the_readme_shows_works(capsys: pytest.CaptureFixture[str]) -> None:
    section = _README.read_text().split("\n## The lake: Firehose, Athena, dashboards\n")[1].split("\n## ")[0]
    block = section.split("```python\n")[1].split("```")[0]
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "[]\n1\n"
