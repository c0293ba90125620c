"""Every example deploys to the sandbox and passes the checks of an operator."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Those in Python; the one in YAML is the engine's (tests/engine/test_yaml.py).
EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[1] / "examples").glob("*/__main__.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_deploys_and_its_checks_pass(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aws_mobile_cli", "run", "--json"],
        cwd=example,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    # What is not the library's own is held against the policies alone.
    of_the_library = "from pulumi_aws_mobile import" in (example / "__main__.py").read_text()
    assert len(document["checks"]) > (1 if of_the_library else 0)
    assert document["outputs"]


def test_every_component_has_an_example() -> None:
    programs = "".join((example / "__main__.py").read_text() for example in EXAMPLES)
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
        "WebTier",
    )
    assert all(f"= {component}(" in programs for component in components)
