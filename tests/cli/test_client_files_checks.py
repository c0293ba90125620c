"""A run makes the client files of what it deployed, and asks AWS for what they name."""

from collections.abc import Callable
from pathlib import Path

from cli.conftest import Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]

PROGRAM = """
import pulumi
from pulumi_aws_mobile import MobileBackend

backend = MobileBackend("app", {{"features": ["sign_in"]}})
pulumi.export("client", {client})
"""
CLAIM = "has its client files for iOS, Android, Flutter and JavaScript"


def _files(aws_mobile: Run, folder: Path) -> tuple[bool, str]:
    document = aws_mobile("run", "--stack", "dev", "--json", folder=folder).document
    (check,) = [one for one in document["checks"] if one["claim"] == CLAIM]
    assert (check["system"], check["subject"]) == ("M1", "app")
    return check["passed"], check["seen"]


def test_the_files_of_a_backend_name_what_aws_has(aws_mobile: Run, project: Write) -> None:
    assert _files(aws_mobile, project(PROGRAM.format(client="backend.client"))) == (
        True,
        (
            "amplify_outputs.dart, amplify_outputs.json, amplifyconfiguration.json, aws-exports.js, aws-mobile.json; "
            "AWS has their app client, identity pool"
        ),
    )


def test_files_that_name_another_pool_fail(aws_mobile: Run, project: Write) -> None:
    pool = 'said["sign_in"] | {"user_pool_id": "eu-west-1_gone"}'
    other = f'backend.client.apply(lambda said: said | {{"sign_in": {pool}}})'
    passed, seen = _files(aws_mobile, project(PROGRAM.format(client=other)))
    assert not passed
    assert seen.startswith("DescribeUserPoolClient: ResourceNotFoundException: ")


def test_an_output_that_makes_no_files_fails(aws_mobile: Run, project: Write) -> None:
    passed, seen = _files(aws_mobile, project(PROGRAM.format(client='{"region": "eu-west-1"}')))
    assert not passed
    assert "sign_in" in seen
