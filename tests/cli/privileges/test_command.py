"""`aws-mobile privileges` measures a project of its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_cli.exits import Exit
from aws_mobile_cli.privileges.command import Options, privileges

Write = Callable[..., Path]
_PROGRAM = """
import json
import pulumi_aws as aws

trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
role = aws.iam.Role("worker", assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": [trust]}))
read = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::box/*"}
aws.iam.RolePolicy("read", role=role.name, policy=json.dumps({"Version": "2012-10-17", "Statement": [read]}))
"""
_REASONS = "unused: [{roles: worker, actions: s3:GetObject, reason: Only now and then.}]\n"


def test_a_grant_that_nobody_uses_is_found(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert privileges(project(_PROGRAM), "dev", Options(), as_json=False) == Exit.FOUND
    assert capsys.readouterr().out.splitlines()[2:] == [
        "",
        "Granted, never used, and no reason is documented:",
        "  worker: nobody took the role, so none of 1 grant was used",
        "",
        "1 role with 1 grant; the checks made use of 0; 0 have a reason, 1 has none",
    ]


def test_a_reason_of_the_projects_own_explains_it(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(_PROGRAM)
    (folder / "privileges.yaml").write_text(_REASONS)
    assert privileges(folder, "dev", Options(reasons=[folder / "privileges.yaml"]), as_json=True) == Exit.OK
    assert json.loads(capsys.readouterr().out)["roles"] == [
        {
            "role": "worker",
            "grants": [
                {"action": "s3:GetObject", "resource": "box/*", "used": False, "reason": "Only now and then."},
            ],
        }
    ]


def test_a_file_of_reasons_that_says_something_else_is_wrong_usage(
    project: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(_PROGRAM)
    (folder / "privileges.yaml").write_text("[]")
    assert privileges(folder, "dev", Options(reasons=[folder / "privileges.yaml"]), as_json=False) == Exit.USAGE
    assert capsys.readouterr().err.endswith("got []; allowed: a mapping of unused and refused to lists\n")


def test_a_region_that_cannot_be_lost_is_wrong_usage(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert privileges(project(_PROGRAM), "dev", Options(lose="mars-1"), as_json=False) == Exit.USAGE
    assert capsys.readouterr().err.endswith(
        "aws-mobile: --lose mars-1: there is no drill of it, so nothing was measured\n"
    )
