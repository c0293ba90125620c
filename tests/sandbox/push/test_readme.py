"""What the sandbox's README shows of streams and push works."""

from pathlib import Path

import pytest

_README = Path(__file__).parents[3] / "sandbox/README.md"


def test_what_the_readme_shows_works(capsys: pytest.CaptureFixture[str]) -> None:
    section = _README.read_text().split("\n## Streams and push\n")[1].split("\n## ")[0]
    block = section.split("```python\n")[1].split("```")[0]
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    shown = [line.split("# ", 1)[1] for line in block.splitlines() if "print(" in line]
    assert capsys.readouterr().out.splitlines() == shown
