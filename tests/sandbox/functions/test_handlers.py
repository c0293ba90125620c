"""What a handler gets and gives back, well or not. Lambda's own Python runtime is not here to compare with."""

import json

import pytest
from sandbox.functions.conftest import Deploy

from pulumi_aws_sandbox.runtime import functions


def test_a_handler_answers_an_event(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return {'got': event, 'text': 'ß'}\n")
    assert function({"a": [1, None]}) == {"got": {"a": [1, None]}, "text": "ß"}


def test_a_handler_is_told_about_its_invocation(deploy: Deploy) -> None:
    function = deploy(
        """
        def handle(event, context):
            left = context.get_remaining_time_in_millis()
            return [
                context.function_name, context.function_version, context.invoked_function_arn,
                context.memory_limit_in_mb, context.log_group_name, len(context.aws_request_id),
                "[$LATEST]" in context.log_stream_name, 0 < left <= 7000,
            ]
        """,
        timeout=7,
        memorySize=512,
    )
    arn = function.outputs["arn"]
    assert function() == [function.name, "$LATEST", arn, "512", f"/aws/lambda/{function.name}", 36, True, True]


def test_an_exception_comes_back_with_its_stack(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    raise KeyError('user')\n")
    client = function.world.sandbox.clients("lambda")
    answer = client.invoke(FunctionName=function.name)
    assert answer["FunctionError"] == "Unhandled"
    error = json.loads(answer["Payload"].read())
    assert len(error.pop("requestId")) == 36
    assert error == {
        "errorMessage": "'user'",
        "errorType": "KeyError",
        "stackTrace": ["  File \"/var/task/index.py\", line 2, in handle\n    raise KeyError('user')\n"],
    }


def test_a_failure_names_its_type_and_message(deploy: Deploy) -> None:
    error = deploy("def handle(event, context):\n    raise ValueError('no such user')\n").failure()
    assert (error.error_type, error.message, str(error)) == ("ValueError", "no such user", "ValueError: no such user")


def test_an_answer_that_is_no_json_is_an_error(deploy: Deploy) -> None:
    error = deploy("def handle(event, context):\n    return {1, 2}\n").failure()
    assert (error.error_type, error.message) == (
        "Runtime.MarshalError",
        "Unable to marshal response: Object of type set is not JSON serializable",
    )


def test_decimals_become_numbers(deploy: Deploy) -> None:
    function = deploy(
        "from decimal import Decimal\ndef handle(event, context):\n    return [Decimal('2'), Decimal('.5')]"
    )
    assert function() == [2, 0.5]


@pytest.mark.parametrize(
    ("source", "handler", "error_type", "message"),
    [
        (
            "import nothing_like_it\n",
            "index.handle",
            "Runtime.ImportModuleError",
            "Unable to import module 'index': No module named 'nothing_like_it'",
        ),
        ("x = 1\n", "index.handle", "Runtime.HandlerNotFound", "Handler 'handle' missing on module 'index'"),
        (
            "x = (\n",
            "index.handle",
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module 'index': '(' was never closed (index.py, line 1)",
        ),
        ("raise RuntimeError('no table')\n", "index.handle", "RuntimeError", "no table"),
        ("", "index", "Runtime.MalformedHandlerName", "Bad handler 'index': it names no module"),
    ],
)
def test_code_that_cannot_be_loaded_says_why(
    deploy: Deploy, source: str, handler: str, error_type: str, message: str
) -> None:
    function = deploy(source, handler=handler)
    for _ in range(2):
        error = function.failure()
        assert (error.error_type, error.message) == (error_type, message)


def test_a_function_that_takes_too_long_is_stopped(deploy: Deploy) -> None:
    function = deploy("import time\ndef handle(event, context):\n    time.sleep(60)\n", timeout=1)
    error = function.failure()
    assert error.error_type == "Sandbox.Timedout"
    assert error.message.endswith(" Error: Task timed out after 1.00 seconds")


def test_after_a_timeout_the_next_event_gets_a_new_environment(deploy: Deploy) -> None:
    function = deploy(
        """
        import os, time
        def handle(event, context):
            if event == "sleep":
                time.sleep(60)
            return os.getpid()
        """,
        timeout=1,
    )
    before = function("")
    function.failure("sleep")
    assert function("") != before


@pytest.mark.parametrize(
    ("last", "how"), [("sys.exit(3)", "exit status 3"), ("os.kill(os.getpid(), 9)", "signal: killed")]
)
def test_a_crash_is_an_error_and_not_the_end(deploy: Deploy, last: str, how: str) -> None:
    function = deploy(f"import os, sys\ndef handle(event, context):\n    if event:\n        {last}\n    return 1\n")
    error = function.failure("crash")
    assert error.error_type == "Runtime.ExitError"
    assert error.message.endswith(f" Error: Runtime exited with error: {how}")
    assert function() == 1


def test_an_answer_may_be_large_but_not_larger_than_lambda_takes(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return 'x' * event\n", timeout=30)
    assert len(function(functions.ANSWER_BYTES - 2)) == functions.ANSWER_BYTES - 2
    error = function.failure(functions.ANSWER_BYTES)
    assert (error.error_type, error.message) == (
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    )


def test_a_function_that_does_not_exist_is_not_found(deploy: Deploy) -> None:
    function = deploy("def handle(event, context): ...\n")
    with pytest.raises(functions.FunctionFailedError) as raised:
        functions.invoke("eu-west-1", "nobody", {})
    assert str(raised.value) == (
        "ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody"
    )
    assert functions.invoke("eu-north-1", function.outputs["arn"], {}) is None


def test_without_a_sandbox_nothing_runs() -> None:
    with pytest.raises(RuntimeError) as raised:
        functions.run(None, "{}")
    assert str(raised.value) == "no sandbox is running: start one with aws.in_process or serve.serving"
