"""`aws-mobile run`: the stack files are deployed to the sandbox and checked."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import ROOT, Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]


@pytest.mark.parametrize("stack", ["local", "dev", "stage", "prod"])
def test_every_stack_deploys_and_every_check_passes(aws_mobile: Run, stack: str) -> None:
    answer = aws_mobile("run", "--stack", stack, "--json")
    assert [check for check in answer.document["checks"] if not check["passed"]] == []
    assert answer.code == 0
    assert {check["subject"] for check in answer.document["checks"]} >= {"database-instance", "archive-bucket"}
    assert answer.document["outputs"]["database"]["endpoint"].endswith(".eu-west-1.rds.amazonaws.com")


def test_a_person_sees_components_systems_and_outputs(aws_mobile: Run) -> None:
    answer = aws_mobile("run", "--stack", "dev")
    assert "archive: " in answer.out
    assert "core_api:" in answer.out
    lines = answer.out.splitlines()
    (databases,) = [line for line in lines if line.startswith("M7  RDS")]
    assert re.match(r"M7  RDS +ok +4 of 4, \d+\.\d s +is available and encrypted; refuses connections", databases)
    assert "database-instance is available and encrypted" not in answer.out
    assert "nothing is left of it" in lines[-1]


def test_who_asks_for_it_sees_every_check(aws_mobile: Run) -> None:
    answer = aws_mobile("run", "--stack", "dev", "--verbose")
    assert "ok     database-instance is available and encrypted (mysql " in answer.out
    assert "\nM7  RDS" in answer.out


def test_the_local_stack_tells_the_whole_mission(aws_mobile: Run) -> None:
    document = aws_mobile("run", "--stack", "local", "--json").document
    assert [system["number"] for system in document["systems"]] == [f"M{number}" for number in range(1, 14)]
    assert all(system["passed"] for system in document["systems"])
    assert (document["unchecked"], document["absent"]) == ([], [])
    assert sum(system["checks"] for system in document["systems"]) == len(document["checks"])


def test_what_aws_refuses_is_said_with_the_resource_and_what_stood_by_then(aws_mobile: Run, project: Write) -> None:
    program = (
        "import pulumi, pulumi_aws as aws\n"
        'first = aws.s3.Bucket("first", bucket="one-name-for-two")\n'
        'aws.s3.Bucket("second", bucket="one-name-for-two", opts=pulumi.ResourceOptions(depends_on=[first]))\n'
    )
    answer = aws_mobile("run", "--stack", "dev", folder=project(program))
    assert answer.code == 3
    assert answer.err.startswith('aws-mobile: aws:s3/bucket:Bucket "second": AWS refused CreateBucket: BucketAlready')
    assert answer.err.endswith("\n1 of 2 resources were created before that:\n  s3.Bucket first\n")


def test_inputs_that_the_provider_refuses_are_said_with_the_resource(aws_mobile: Run, project: Write) -> None:
    program = 'import pulumi_aws as aws\naws.kms.Alias("wrong", name="alias/aws/mine", target_key_id="k")\n'
    answer = aws_mobile("run", "--stack", "dev", folder=project(program))
    assert answer.code == 3
    assert answer.err.startswith('aws-mobile: aws:kms/alias:Alias "wrong": ')
    assert "Traceback" not in answer.err


def test_wrong_arguments_deploy_nothing(aws_mobile: Run, project: Write) -> None:
    program = 'from pulumi_aws_mobile import Network\nNetwork("n", {"zones": ["eu-west-1a"]})\n'
    answer = aws_mobile("run", "--stack", "dev", folder=project(program))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith('aws-mobile: Network "n": 1 problem\n  zones: ')


@pytest.mark.parametrize("components", [1, 2, 3])
def test_a_run_interrupted_anywhere_says_so_and_leaves_nothing(tmp_path: Path, components: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    before = sorted(path for path in ROOT.iterdir())
    process = subprocess.Popen(
        [sys.executable, "-m", "aws_mobile_cli", "run", "--stack", "local"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(components):
        process.stdout.readline()  # one more component stands
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors == "aws-mobile: interrupted; the sandbox lived in this process and is gone\n"
    assert sorted(path for path in ROOT.iterdir()) == before
    assert list(home.iterdir()) == []
    assert list(tmp_path.iterdir()) == [home]
