"""What the engine's run of the pack found: `aws-mobile policies report` tells it as a preview in process does."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.workspace import Workspace

PACK = Path(__file__).resolve().parents[2] / "policy" / "aws_mobile_guard"
PROGRAM = """
    import json
    import pulumi
    import pulumi_aws as aws

    key = aws.kms.Key("key", deletion_window_in_days=7)
    topic = aws.sns.Topic("topic", kms_master_key_id=key.arn)
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish"}


    def policy(arn):
        return json.dumps({"Statement": [{**allow, "Resource": arn}]})


    aws.sns.TopicPolicy("everyone", arn=topic.arn, policy=topic.arn.apply(policy))
    aws.s3.Bucket("files", force_destroy=True)
"""


def _aws_mobile(folder: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "aws_mobile_cli", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def workspace(make_workspace: Callable[[], Workspace]) -> Workspace:
    made = make_workspace()
    made.write(PROGRAM)
    return made


def test_a_log_of_the_engine_and_a_preview_in_process_find_the_same(workspace: Workspace, tmp_path: Path) -> None:
    config = str(PACK / "production.json")
    run = workspace.preview("--policy-pack", str(PACK), "--policy-pack-config", config)
    assert run.code == 255, run.output
    sarif = tmp_path / "engine.sarif"
    code, out = _aws_mobile(tmp_path, "policies", "report", str(workspace._events), "--json", "--sarif", str(sarif))
    own = tmp_path / "own.sarif"
    words = ["--stack", "stack", "--json", "--policy-config", config, "--sarif", str(own)]
    assert _aws_mobile(workspace.directory, "preview", *words)[0] == code == 1
    found, expected = (
        {
            (
                one["ruleId"],
                one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
                one.get("kind"),
                one["level"],
            )
            for one in json.loads(file.read_text())["runs"][0]["results"]
        }
        for file in (sarif, own)
    )
    # What a rule about the whole stack cannot decide, the engine says of the stack and not of the resource.
    assert {one for one in found if one[2] is None} == {one for one in expected if one[2] is None}
    assert {one[0] for one in found if one[2]} == {one[0] for one in expected if one[2]} == {"sns-policy"}
    assert {"kms-rotation", "kms-policy", "s3-no-force-destroy", "s3-tls-only"} <= {one[0] for one in found}
    assert json.loads(out)["stack"] == "stack"


def test_a_pack_that_was_written_into_another_project_finds_what_the_rules_do(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "policies"
    assert _aws_mobile(tmp_path, "policies", "init", str(folder), "--pack", "security")[0] == 0
    run = workspace.preview("--policy-pack", str(folder))
    assert run.code == 255, run.output
    assert _aws_mobile(tmp_path, "policies", "report", str(workspace._events), "--json")[0] == 1
    assert "aws-mobile-guard-security" in run.output
    assert "kms-rotation" in run.output
    assert "kms-policy" in run.output
    assert "s3-no-force-destroy" not in run.output
