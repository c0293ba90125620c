"""What a function finds around it: its own environment, the sandbox's AWS, this machine, and nothing else."""

import os

import pytest
from sandbox.functions.conftest import Deploy

_SET_BY_LAMBDA = {
    "AWS_ACCESS_KEY_ID",
    "AWS_CONFIG_FILE",
    "AWS_DEFAULT_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_ENDPOINT_URL",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "LANG",
    "PATH",
    "TZ",
    "_HANDLER",
}


def test_its_environment_is_its_own_and_what_lambda_adds(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THE_TEST", "hidden")
    function = deploy(
        "import os\ndef handle(event, context):\n    return dict(os.environ)\n",
        environment={"variables": {"TABLE_NAME": "users"}},
    )
    found = function()
    assert set(found) == _SET_BY_LAMBDA | {"TABLE_NAME"}
    assert (found["TABLE_NAME"], found["AWS_REGION"], found["AWS_LAMBDA_FUNCTION_NAME"]) == (
        "users",
        "eu-west-1",
        function.name,
    )
    assert found["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert found["AWS_CONFIG_FILE"] == os.devnull


def test_it_has_the_standard_library_and_boto3_and_no_more(deploy: Deploy) -> None:
    function = deploy(
        """
        import importlib
        def handle(event, context):
            found = []
            for name in event:
                try:
                    importlib.import_module(name)
                    found.append(name)
                except ImportError:
                    pass
            return found
        """,
        timeout=30,
    )
    asked = [
        "json",
        "sqlite3",
        "boto3",
        "botocore",
        "dateutil",
        "pulumi",
        "moto",
        "pulumi_aws_sandbox",
        "worker",
        "pytest",
    ]
    assert function(asked) == ["json", "sqlite3", "boto3", "botocore", "dateutil"]


def test_boto3_reaches_the_sandbox_as_the_functions_role(deploy: Deploy) -> None:
    function = deploy(
        """
        import boto3
        def handle(event, context):
            return boto3.client("sts").get_caller_identity()["Arn"]
        """,
        actions=("logs:*", "sts:GetCallerIdentity"),
    )
    role = function.inputs["role"].rsplit("/", 1)[1]
    assert function() == f"arn:aws:sts::123456789012:assumed-role/{role}/{function.name}"


def test_what_it_makes_is_there_for_every_client(deploy: Deploy) -> None:
    function = deploy(
        """
        import boto3
        def handle(event, context):
            boto3.client("s3").put_object(Bucket=event, Key="a/b", Body=b"text")
        """,
        actions=("logs:*", "s3:*"),
    )
    bucket = function.world.bucket()
    function(bucket)
    s3 = function.world.sandbox.clients("s3")
    assert s3.get_object(Bucket=bucket, Key="a/b")["Body"].read() == b"text"


def test_what_its_role_may_not_do_is_refused(deploy: Deploy) -> None:
    function = deploy(
        """
        import boto3, botocore.exceptions
        def handle(event, context):
            try:
                boto3.client("s3").put_object(Bucket=event, Key="a", Body=b"")
            except botocore.exceptions.ClientError as error:
                return error.response["Error"]["Code"]
        """
    )
    assert function(function.world.bucket()) == "AccessDenied"


def test_it_reaches_this_machine_and_no_other(deploy: Deploy) -> None:
    function = deploy(
        """
        import socket, urllib.request
        def handle(event, context):
            try:
                with urllib.request.urlopen(event, timeout=2):
                    return "reached"
            except OSError as error:
                return str(error)
        """,
        timeout=10,
    )
    for url, host in {"http://192.0.2.1/": "192.0.2.1", "https://example.com/": "example.com"}.items():
        assert function(url) == f"<urlopen error [Errno 111] the sandbox never calls out: {host}>"


def test_a_functions_files_lie_where_it_starts(deploy: Deploy) -> None:
    function = deploy("from pathlib import Path\ndef handle(event, context):\n    return Path('index.py').exists()\n")
    assert function() is True
