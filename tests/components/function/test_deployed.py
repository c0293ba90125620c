"""A function as it is deployed to the sandbox: it runs, with the rights it was given."""

import json
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest
from components.function.building import Args, folder

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox import aws as sandboxed
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import functions

REGION = "eu-west-1"
CODE = """
import logging
import boto3
import app.texts

def handle(event, context):
    logging.getLogger().info("wrote to %s", event["bucket"])
    boto3.client("s3").put_object(Bucket=event["bucket"], Key="greeting", Body=app.texts.GREETING.encode())
    return app.texts.GREETING
"""
FILES = {"index.py": CODE, "app/__init__.py": "", "app/texts.py": "GREETING = 'Grüße'\n"}


@pytest.fixture
def clients() -> Iterator[sandboxed.Connection]:
    with sandboxed.in_process(REGION) as connection:
        yield connection


def deploy(clients: sandboxed.Connection, source: str, **more: object) -> Recording:
    """Deploy a bucket and a function that may write to it."""

    def program() -> None:
        bucket = aws.s3.Bucket("greetings")
        statements = [{"actions": ["s3:PutObject"], "resources": [pulumi.Output.concat(bucket.arn, "/*")]}]
        args: Args = {"source": source, "statements": statements, "timeout_seconds": 60, **more}
        function = Function("greet", args)
        function.allow(
            "user-pool", "cognito-idp.amazonaws.com", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/p"
        )

    return record(program, mocks=DeployMocks(Sandbox(clients)))


def test_it_runs_and_writes_where_it_may_and_into_its_log(clients: sandboxed.Connection, tmp_path: Path) -> None:
    made = deploy(clients, folder(tmp_path, FILES))
    bucket = made.named("greetings").id
    assert functions.invoke(REGION, made.named("greet-function").id, {"bucket": bucket}) == "Grüße"
    assert clients("s3").get_object(Bucket=bucket, Key="greeting")["Body"].read().decode() == "Grüße"
    group, logs = made.named("greet-logs").id, clients("logs")
    (stream,) = logs.describe_log_streams(logGroupName=group)["logStreams"]
    events = logs.get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])["events"]
    messages = [json.loads(event["message"]) for event in events]
    assert f"wrote to {bucket}" in [each.get("message") for each in messages]


def test_only_who_was_allowed_may_call_it(clients: sandboxed.Connection, tmp_path: Path) -> None:
    made = deploy(clients, folder(tmp_path, FILES))
    name, event = made.named("greet-function").id, {"bucket": made.named("greetings").id}
    service, pool = "cognito-idp.amazonaws.com", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/"
    assert functions.invoke(REGION, name, event, as_service=service, source_arn=f"{pool}p") == "Grüße"
    with pytest.raises(functions.FunctionFailedError, match=r"^AccessDeniedException: "):
        functions.invoke(REGION, name, event, as_service=service, source_arn=f"{pool}q")


def test_its_log_is_kept_as_long_as_was_said(clients: sandboxed.Connection, tmp_path: Path) -> None:
    made = deploy(clients, folder(tmp_path, FILES), log_retention_days=7)
    (group,) = clients("logs").describe_log_groups(logGroupNamePrefix=made.named("greet-logs").id)["logGroups"]
    assert group["retentionInDays"] == 7
    settings = clients("lambda").get_function_configuration(FunctionName=made.named("greet-function").id)
    assert settings["LoggingConfig"]["LogGroup"] == group["logGroupName"]


def test_the_archive_is_the_same_from_every_folder(clients: sandboxed.Connection, tmp_path: Path) -> None:
    (tmp_path / "b" / "__pycache__").mkdir(parents=True)
    (tmp_path / "b" / "__pycache__" / "index.cpython-313.pyc").write_bytes(b"x")
    sums = []
    for number, place in enumerate(("a", "b")):
        source = folder(tmp_path / place, FILES)
        made = record(
            lambda name=f"f{number}", source=source: Function(name, {"source": source}),
            mocks=DeployMocks(Sandbox(clients)),
        )
        sums.append(made.named(f"f{number}-function").outputs["codeSha256"])
    assert sums[0] == sums[1]
