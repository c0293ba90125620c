"""Lambda's Invoke as any client calls it."""

import base64
import json

import pytest
from botocore.exceptions import ClientError
from sandbox.functions.conftest import Deploy, Deployed
from sandbox.situations.lambda_ import archive

from pulumi_aws_sandbox.gaps.lambda_invoke import ASYNCHRONOUS_BYTES, SYNCHRONOUS_BYTES

ECHO = "def handle(event, context):\n    return event\n"


def invoke(function: Deployed, **request: object) -> dict[str, object]:
    return function.world.sandbox.clients("lambda").invoke(FunctionName=function.name, **request)


def refused(function: Deployed, **request: object) -> tuple[str, str, int]:
    with pytest.raises(ClientError) as raised:
        invoke(function, **request)
    answer = raised.value.response
    return answer["Error"]["Code"], answer["Error"]["Message"], answer["ResponseMetadata"]["HTTPStatusCode"]


def test_an_invocation_that_waits_gets_the_answer(deploy: Deploy) -> None:
    answer = invoke(deploy(ECHO), Payload=b'{"a": 1}')
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert "FunctionError" not in answer
    assert json.loads(answer["Payload"].read()) == {"a": 1}


def test_no_payload_is_an_empty_event(deploy: Deploy) -> None:
    assert json.loads(invoke(deploy(ECHO))["Payload"].read()) == {}


def test_a_dry_run_runs_nothing(deploy: Deploy) -> None:
    function = deploy("import sys\ndef handle(event, context):\n    sys.exit(1)\n")
    answer = invoke(function, InvocationType="DryRun")
    assert (answer["StatusCode"], answer["Payload"].read()) == (204, b"")


def test_an_invocation_that_does_not_wait_runs_all_the_same(deploy: Deploy) -> None:
    function = deploy(
        """
        import boto3
        def handle(event, context):
            boto3.client("s3").put_object(Bucket=event, Key="written", Body=b"")
        """,
        actions=("logs:*", "s3:*"),
    )
    bucket = function.world.bucket()
    answer = invoke(function, InvocationType="Event", Payload=json.dumps(bucket).encode())
    assert (answer["StatusCode"], answer["Payload"].read()) == (202, b"")
    waiter = function.world.sandbox.clients("s3").get_waiter("object_exists")
    waiter.config.delay = 0.05
    waiter.config.max_attempts = 400
    waiter.wait(Bucket=bucket, Key="written")


def test_the_end_of_the_log_comes_back_on_request(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    print('x' * 5000)\n    print('the end')\n")
    tail = base64.b64decode(invoke(function, LogType="Tail")["LogResult"])
    assert len(tail) == 4096
    assert b"the end\nEND RequestId: " in tail
    assert "LogResult" not in invoke(function)


def test_a_clients_context_reaches_the_function(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return context.client_context.custom['app']\n")
    context = base64.b64encode(b'{"custom": {"app": "ios"}}').decode()
    assert json.loads(invoke(function, ClientContext=context)["Payload"].read()) == "ios"


def test_an_event_that_is_no_json_is_refused(deploy: Deploy) -> None:
    assert refused(deploy(ECHO), Payload=b"{a}") == (
        "InvalidRequestContentException",
        (
            "Could not parse request body into json: Expecting property name enclosed in double quotes: "
            "line 1 column 2 (char 1)"
        ),
        400,
    )


@pytest.mark.parametrize(("kind", "longest"), [("RequestResponse", SYNCHRONOUS_BYTES), ("Event", ASYNCHRONOUS_BYTES)])
def test_an_event_that_is_too_large_is_refused(deploy: Deploy, kind: str, longest: int) -> None:
    function = deploy("def handle(event, context):\n    return len(event)\n", timeout=30)
    assert refused(function, InvocationType=kind, Payload=json.dumps("x" * (longest - 1)).encode()) == (
        "RequestTooLargeException",
        f"{longest + 1} byte payload is too large for the function's invocation (limit {longest} bytes)",
        413,
    )
    fits = invoke(function, InvocationType=kind, Payload=json.dumps("x" * (longest - 2)).encode())
    assert fits["StatusCode"] in {200, 202}


def test_a_version_keeps_its_code(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return 'one'\n", publish=True)
    function.update(code=archive("def handle(event, context):\n    return 'two'\n"))
    assert json.loads(invoke(function, Qualifier="1")["Payload"].read()) == "one"
    assert json.loads(invoke(function)["Payload"].read()) == "two"


def test_an_unknown_function_is_not_found(deploy: Deploy) -> None:
    function = deploy(ECHO)
    with pytest.raises(ClientError) as raised:
        function.world.sandbox.clients("lambda").invoke(FunctionName="nobody")
    assert raised.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_a_function_without_any_concurrency_is_throttled(deploy: Deploy) -> None:
    function = deploy(ECHO, reservedConcurrentExecutions=0)
    assert refused(function) == ("TooManyRequestsException", "Rate Exceeded.", 429)
    assert str(function.failure()) == "TooManyRequestsException: Rate Exceeded."
