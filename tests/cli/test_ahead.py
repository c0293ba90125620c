"""What checks will ask for is started while the first of them are made."""

import time
from pathlib import Path

import pulumi
import pulumi_aws as aws
from sandbox.situations.world import TRUST

from aws_mobile_cli.checks.ahead import started_ahead
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

_REGION = "eu-west-1"


def _deployed(sandbox: Sandbox, *sources: str) -> Recording:
    def program() -> None:
        role = aws.iam.Role("role", assume_role_policy=TRUST.replace("rds.", "lambda."))
        for number, source in enumerate(sources):
            code = pulumi.AssetArchive({"index.py": pulumi.StringAsset(source)})
            aws.lambda_.Function(f"f{number}", code=code, handler="index.handle", runtime="python3.13", role=role.arn)

    return record(program, mocks=DeployMocks(sandbox))


def _source(file: Path) -> str:
    return f"open({str(file)!r}, 'w').close()\ndef handle(event, context):\n    return 1\n"


def test_functions_load_their_code_before_anything_asks_them(tmp_path: Path) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    with in_process(_REGION) as clients:
        with started_ahead(_deployed(Sandbox(clients), *map(_source, files)), clients):
            until = time.monotonic() + 60
            while not all(file.exists() for file in files) and time.monotonic() < until:
                time.sleep(0.01)
        assert [file.exists() for file in files] == [True, True]


def test_what_cannot_start_stops_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "loaded"
    with in_process(_REGION) as clients:
        recording = _deployed(Sandbox(clients), _source(tmp_path / "gone"), _source(file))
        gone, _ = recording.of_type("aws:lambda/function:Function")
        clients("lambda").delete_function(FunctionName=gone.outputs["arn"])
        with started_ahead(recording, clients):
            until = time.monotonic() + 60
            while not file.exists() and time.monotonic() < until:
                time.sleep(0.01)
        assert [each.name for each in tmp_path.iterdir()] == ["loaded"]


def test_a_stack_without_servers_and_functions_starts_nothing() -> None:
    with in_process(_REGION) as clients, started_ahead(record(lambda: None), clients):
        pass
