"""What the READMEs show works, and what they point to exists."""

import re
from pathlib import Path

import pytest

from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.in_process import PreviewMocks

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / page for page in ("README.md", "CONTRIBUTING.md", "sandbox/README.md", "clients/README.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
]


def blocks(page: Path) -> list[str]:
    return re.findall(r"^ *```python\n(.*?)^ *```", page.read_text(), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks(ROOT / "README.md"))
def test_every_program_of_the_readme_previews(block: str) -> None:
    recording = record(lambda: exec(compile(block, "README.md", "exec"), {}), mocks=PreviewMocks(), preview=True)  # noqa: S102 - our own page
    assert any(resource.type.startswith("aws-mobile:index:") for resource in recording)


def test_the_readme_shows_each_component() -> None:
    shown = "".join(blocks(ROOT / "README.md"))
    components = (
        "Analytics",
        "Api",
        "ArchiveBucket",
        "DRPair",
        "DataSync",
        "HAdatabase",
        "Identity",
        "MobileBackend",
        "Network",
        "Observability",
        "PushNotifications",
        "SelfHealing",
        "TokenExchange",
        "UserFiles",
        "WebTier",
    )
    assert all(f"{component}(" in shown for component in components)


def test_the_sandboxes_example_deploys(capsys: pytest.CaptureFixture[str]) -> None:
    block = blocks(ROOT / "sandbox/README.md")[0]
    lines = [line.removeprefix("  ") for line in block.splitlines()]
    exec(compile("\n".join(lines), "README.md", "exec"), {})  # noqa: S102 - our own page
    assert ":alarms-" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_into_the_tree_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make ([\w./]+)", (ROOT / "README.md").read_text(), flags=re.MULTILINE):
        assert re.search(rf"^(\$\(READY\)|{re.escape(target)}):", makefile, flags=re.MULTILINE), target
