"""A changed function runs as it is now; a deleted one not at all."""

import pytest
from sandbox.functions.conftest import Deploy
from sandbox.situations.lambda_ import archive
from sandbox.situations.world import TRUST

from pulumi_aws_sandbox import archives, wire
from pulumi_aws_sandbox.errors import SandboxError
from pulumi_aws_sandbox.runtime import functions

SOURCE = "import os\ndef handle(event, context):\n    return [os.environ.get('MODE'), os.getpid()]\n"


def test_new_code_runs_at_once(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return 'one'\n")
    assert function() == "one"
    before = function.outputs["codeSha256"]
    function.update(code=archive("def handle(event, context):\n    return 'two'\n"))
    assert function() == "two"
    assert function.outputs["codeSha256"] != before


def test_new_variables_hold_at_once(deploy: Deploy) -> None:
    function = deploy(SOURCE, environment={"variables": {"MODE": "one"}})
    mode, process = function()
    function.update(environment={"variables": {"MODE": "two"}})
    assert mode == "one"
    assert function()[0] == "two"
    assert function()[1] != process


def test_a_longer_time_holds_at_once(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return context.get_remaining_time_in_millis() > 5000\n")
    assert function() is False
    function.update(timeout=60)
    assert function() is True


def test_a_deleted_function_is_gone(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    function()
    function.world.sandbox.delete("aws:lambda/function:Function", function.name, function.outputs)
    assert function.failure().error_type == "ResourceNotFoundException"


def test_a_function_of_the_same_name_is_another_one(deploy: Deploy) -> None:
    function = deploy(SOURCE, name="same")
    _, process = function()
    function.world.sandbox.delete("aws:lambda/function:Function", "same", function.outputs)
    deploy("def handle(event, context):\n    return 'other'\n", name="same")
    assert functions.invoke("eu-west-1", "same", None) == "other"
    assert process


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (
            {"environment": {"variables": {"AWS_REGION": "x"}}},
            (
                "Lambda was unable to configure your environment variables because the environment variables you have "
                "provided contains reserved keys that are currently not supported for modification. Reserved keys "
                "used in this request: AWS_REGION"
            ),
        ),
        (
            {"environment": {"variables": {"TEXT": "x" * 4096}}},
            (
                "Lambda was unable to configure your environment variables because the environment variables you have "
                "provided exceeded the 4KB limit."
            ),
        ),
    ],
)
def test_variables_that_lambda_refuses_are_refused(deploy: Deploy, inputs: dict[str, object], reason: str) -> None:
    with pytest.raises(SandboxError) as raised:
        deploy(SOURCE, **inputs)
    assert (raised.value.operation, raised.value.code) == ("CreateFunction", "InvalidParameterValueException")
    assert raised.value.reason == reason


def test_a_role_that_lambda_may_not_take_is_refused(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    with pytest.raises(SandboxError) as raised:
        function.update(role=function.world.role_arn())
    assert (raised.value.code, raised.value.reason) == (
        "InvalidParameterValueException",
        "The role defined for the function cannot be assumed by Lambda.",
    )


def test_a_role_that_lambda_may_take_no_longer_stops_the_function(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    iam, role = function.world.sandbox.clients("iam"), function.inputs["role"].rsplit("/", 1)[1]
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=TRUST)
    error = function.failure()
    assert (error.error_type, error.message) == (
        "AccessDeniedException",
        "The role defined for the function cannot be assumed by Lambda.",
    )


def test_code_that_is_no_zip_is_refused(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    client = function.world.sandbox.clients("lambda")
    with pytest.raises(client.exceptions.InvalidParameterValueException, match="Could not unzip uploaded file"):
        client.update_function_code(FunctionName=function.name, ZipFile=b"not a zip")


def test_what_the_sandbox_cannot_run_is_refused_before_anything_is_made(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    inputs = {**function.inputs, "layers": ["arn"], "packageType": "Image", "code": None, "runtime": None}
    _, failures = function.world.sandbox.check("aws:lambda/function:Function", "f", inputs, None, b"")
    subject = 'aws:lambda/function:Function "f": '
    assert [reason.removeprefix(subject) for _, reason in failures] == [
        "the sandbox runs functions without layers; leave it out, or deploy to a real account",
        'the sandbox runs zip archives only: got "Image"',
        "one of code and s3Bucket must be given: got neither",
        "runtime must be given for a zip archive",
    ]


def test_code_may_lie_in_a_bucket(deploy: Deploy) -> None:
    function = deploy(SOURCE)
    bucket, code = function.world.bucket(), archive("def handle(event, context):\n    return 'from a bucket'\n")
    s3 = function.world.sandbox.clients("s3")
    s3.put_object(Bucket=bucket, Key="code.zip", Body=archives.zipped(wire.plain(code)))
    function.inputs.pop("code")
    function.update(s3Bucket=bucket, s3Key="code.zip")
    assert function() == "from a bucket"
