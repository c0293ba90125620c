"""The functions that look something up in AWS, in a deployment and in a preview."""

import pulumi
import pulumi_aws as aws
import pytest
from sandbox.situations import World
from sandbox.situations.cognito import LEVEL, pool

from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.functions import FunctionError
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks
from pulumi_aws_sandbox.lookups import STAND_IN

VERSION = "aws:secretsmanager/getSecretVersion:getSecretVersion"
POOL = "aws:cognito/getUserPool:getUserPool"


def _secret(sandbox: Sandbox) -> str:
    return sandbox.clients("secretsmanager").create_secret(Name="google", SecretString="hidden")["ARN"]


def test_the_text_of_a_secret_is_itself_secret(sandbox: Sandbox) -> None:
    arn = _secret(sandbox)
    answer = sandbox.invoke(VERSION, {"secretId": "google"})
    assert (answer["arn"], answer["region"], answer["versionStages"]) == (arn, "eu-west-1", ["AWSCURRENT"])
    assert answer["secretString"] == wire.secret("hidden")


def test_a_secret_that_does_not_exist_is_said(sandbox: Sandbox) -> None:
    with pytest.raises(FunctionError) as raised:
        sandbox.invoke(VERSION, {"secretId": "nothing"})
    assert str(raised.value) == (
        "getSecretVersion: AWS refused: ResourceNotFoundException: Secrets Manager can't find the specified secret."
    )


def test_an_existing_pool_is_described(sandbox: Sandbox) -> None:
    made = pool(World(sandbox), schemas=[LEVEL], autoVerifiedAttributes=["email"], tags={"team": "app"})
    answer = sandbox.invoke(POOL, {"userPoolId": made["id"]})
    assert (answer["arn"], answer["name"], answer["userPoolTags"]) == (made["arn"], made["name"], {"team": "app"})
    assert answer["autoVerifiedAttributes"] == ["email"]
    level = next(each for each in answer["schemaAttributes"] if each["name"] == "custom:level")
    assert level["numberAttributeConstraints"] == [{"minValue": "-5", "maxValue": "100"}]


def _lookup(seen: dict[str, object]) -> None:
    found = aws.secretsmanager.get_secret_version_output(secret_id="google")
    pulumi.Output.from_input(found.is_secret()).apply(lambda secret: seen.update(secret=secret))
    found.secret_string.apply(lambda text: seen.update(text=text))
    aws.cognito.UserPool("users", name="users")


def test_a_program_reads_a_secret_as_a_secret(sandbox: Sandbox) -> None:
    _secret(sandbox)
    seen: dict[str, object] = {}
    record(lambda: _lookup(seen), mocks=DeployMocks(sandbox))
    assert seen == {"secret": True, "text": "hidden"}


def test_a_preview_without_an_aws_shows_a_stand_in_for_a_secret() -> None:
    seen: dict[str, object] = {}
    record(lambda: _lookup(seen), mocks=PreviewMocks(), preview=True)
    assert seen == {"secret": True, "text": STAND_IN}


def test_a_preview_without_an_aws_knows_of_a_pool_what_its_id_tells() -> None:
    seen: list[tuple[str, str]] = []

    def program() -> None:
        found = aws.cognito.get_user_pool_output(user_pool_id="eu-west-1_abc")
        pulumi.Output.all(found.arn, found.custom_domain).apply(lambda facts: seen.append(tuple(facts)))

    record(program, mocks=PreviewMocks(), preview=True)
    assert seen == [("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc", "")]
