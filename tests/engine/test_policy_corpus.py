"""Plain programs under the real engine with the policy pack: the same findings as in process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_guard import presets
from policy import corpus_runs
from tests.engine.workspace import Run, Workspace

PACK = Path(__file__).resolve().parents[2] / "policy" / "aws_mobile_guard"
BAD = ("fan_out_open", "nightly_job", "statements", "vpc_database_quickstart")
GOOD = ("log_bucket", "vpc_database_production")


def preview(workspace: Workspace, name: str) -> Run:
    source = (corpus_runs.FOLDER / f"{name}.py").read_text(encoding="utf-8")
    workspace.write(f"{source}\n\nprogram()\n")
    workspace.command("config", "set", "--secret", "password", corpus_runs.PASSWORD)
    config = str(presets.path("production"))
    return workspace.preview("--policy-pack", str(PACK), "--policy-pack-config", config)


def stopping(run: Run) -> set[corpus_runs.Pair]:
    return {
        (one.get("resourceUrn", "").rsplit("::", 1)[-1], one["policyName"])
        for one in run.violations
        if one["enforcementLevel"] == "mandatory"
    }


@pytest.mark.parametrize("name", BAD)
def test_the_engine_stops_a_program_for_what_is_found_in_process(
    make_workspace: Callable[[], Workspace], name: str
) -> None:
    run = preview(make_workspace(), name)
    assert run.code == 255, run.output
    assert stopping(run) == corpus_runs.preview(name).found
    assert corpus_runs.PASSWORD not in run.output


@pytest.mark.parametrize("name", GOOD)
def test_the_engine_lets_a_good_program_pass(make_workspace: Callable[[], Workspace], name: str) -> None:
    run = preview(make_workspace(), name)
    assert run.code == 0, run.output
    assert stopping(run) == set()
