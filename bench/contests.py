"""Which commands are compared with which."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .growth import COUNTS, STACK
from .measure import Contender, Run
from .peers import Peers

PREVIEW = "aws-mobile preview, policies included"
COMPONENTS = "components, no policies"
RAW = "raw resources, no policies"
JAVASCRIPT = "CDK, JavaScript, default"
JAVASCRIPT_OFF = "CDK, JavaScript, validation off"
PYTHON = "CDK, Python, default"
PYTHON_OFF = "CDK, Python, validation off"

# A policy that finds something does not make a preview shorter.
_PREVIEWED = frozenset({0, 1})


def against_cdk(project: Path, stack: str, made: Path, peers: Peers) -> list[Contender]:
    """Return our preview and the CDK's four ways to synthesise the same."""
    command = [str(Path(sys.executable).with_name("aws-mobile")), "preview", "--stack", stack, "--json"]
    node = ["node", str(peers.javascript / "app.js")]
    python = [str(peers.python), str(made / "app.py")]
    off = {"CDK_VALIDATION": "false"}
    return [
        Contender(PREVIEW, command, project, accepted=_PREVIEWED),
        Contender(JAVASCRIPT, node, made, _assembly(made, "javascript")),
        Contender(JAVASCRIPT_OFF, node, made, _assembly(made, "javascript-off") | off),
        Contender(PYTHON, python, made, _assembly(made, "python")),
        Contender(PYTHON_OFF, python, made, _assembly(made, "python-off") | off),
    ]


def assemblies(made: Path) -> list[Path]:
    """Return the folders that the CDK's ways write to."""
    return [made / f"cdk.out.{name}" for name in ("javascript", "javascript-off", "python", "python-off")]


def against_raw(project: Path, stack: str, made: Path) -> list[Contender]:
    """Return the program and the same resources without components."""
    return [
        Contender(COMPONENTS, _preview(project, stack), project),
        Contender(RAW, _preview(made / "raw", stack), project),
    ]


def regions(project: Path, made: Path) -> list[Contender]:
    """Return one program for each number of Regions."""
    return [Contender(str(count), _preview(made / "growth" / str(count), STACK), project) for count in COUNTS]


def regions_again(project: Path, made: Path) -> list[Contender]:
    """Return the same, previewed twice in one process: the second time nothing is left to load."""
    return [
        Contender(str(count), [*_preview(made / "growth" / str(count), STACK), "--times", "2"], project)
        for count in COUNTS
    ]


def resources(run: Run) -> int:
    """Return how many resources a preview of the harness registered."""
    return json.loads(run.output)["resources"]


def inside(run: Run) -> float:
    """Return how much processor time the last preview of the harness took by itself, in seconds."""
    return json.loads(run.output)["seconds"][-1]


def _preview(folder: Path, stack: str) -> Sequence[str]:
    return [sys.executable, "-m", "bench.harness", "--project", str(folder), "--stack", stack]


def _assembly(made: Path, name: str) -> dict[str, str]:
    return {"CDK_OUTDIR": str(made / f"cdk.out.{name}")}
