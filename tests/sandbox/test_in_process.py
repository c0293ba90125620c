"""The in-process door: programs preview with nothing created, and deploy for real into moto."""

import subprocess
import sys
import textwrap

import pulumi
import pulumi_aws as aws
import pulumi_random as random
import pytest

from pulumi_aws_mobile.testing import UNKNOWN, Secret, record
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks, RefusedInputsError


def _topic_and_alarm() -> None:
    topic = aws.sns.Topic("alarms", tags={"team": "data"})
    aws.sns.TopicSubscription("mail", topic=topic.arn, protocol="email", endpoint="ops@example.com")


def test_a_preview_leaves_what_aws_would_answer_unknown() -> None:
    seen = record(_topic_and_alarm, mocks=PreviewMocks(), preview=True)
    assert seen.named("mail").inputs["topic"] == UNKNOWN
    assert seen.named("alarms").id == ""


def test_a_preview_refuses_an_unsupported_type() -> None:
    with pytest.raises(UnsupportedError, match="does not support the resource type aws:ecs/cluster:Cluster"):
        record(lambda: aws.ecs.Cluster("c"), mocks=PreviewMocks(), preview=True)


def test_a_preview_answers_functions() -> None:
    def program() -> None:
        zones = aws.get_availability_zones(state="available", region="eu-central-1")
        pulumi.export("zones", zones.names)
        pulumi.export("account", aws.get_caller_identity().account_id)
        pulumi.export("region", aws.get_region().region)

    outputs = record(program, mocks=PreviewMocks("eu-west-3"), preview=True).stack_outputs
    assert outputs == {
        "zones": ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        "account": "123456789012",
        "region": "eu-west-3",
    }


def test_a_preview_loads_neither_boto3_nor_moto() -> None:
    program = """
        import sys
        import pulumi_aws as aws
        from pulumi_aws_mobile.testing import record
        from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks

        def program():
            aws.get_availability_zones()
            aws.sns.Topic("t")

        record(program, mocks=PreviewMocks(), preview=True)
        print(sorted(sys.modules.keys() & {"boto3", "botocore", "moto"}))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_deployment_is_there_for_any_client(sandbox: Sandbox) -> None:
    seen = record(_topic_and_alarm, mocks=DeployMocks(sandbox))
    sns = sandbox.clients("sns")
    assert [each["TopicArn"] for each in sns.list_topics()["Topics"]] == [seen.named("alarms").id]
    assert sns.list_subscriptions()["Subscriptions"][0]["Endpoint"] == "ops@example.com"
    assert seen.named("mail").inputs["topic"] == seen.named("alarms").outputs["arn"]


def test_generated_names_are_the_same_each_time(sandbox: Sandbox) -> None:
    first = record(lambda: aws.iam.Role("r", assume_role_policy="{}"), mocks=DeployMocks(sandbox))
    with pytest.raises(SandboxError) as raised:
        record(lambda: aws.iam.Role("r", assume_role_policy="{}"), mocks=DeployMocks(sandbox))
    assert str(raised.value) == (
        f'aws:iam/role:Role "r": AWS refused CreateRole: EntityAlreadyExists: Role with name {first.named("r").id} '
        "already exists."
    )


def test_the_same_name_under_two_parents_gives_two_names(sandbox: Sandbox) -> None:
    def program() -> None:
        for kind in ("a", "b"):
            parent = pulumi.ComponentResource(f"test:index:{kind.upper()}", kind)
            aws.sns.Topic("t", opts=pulumi.ResourceOptions(parent=parent))

    one, two = record(program, mocks=DeployMocks(sandbox)).of_type("aws:sns/topic:Topic")
    assert one.id != two.id


def test_a_refusal_of_aws_comes_with_the_name_and_what_was_made_stays(sandbox: Sandbox) -> None:
    def program() -> None:
        topic = aws.sns.Topic("alarms")
        aws.kms.Alias("alias", target_key_id=topic.arn)

    made: list[str] = []
    with pytest.raises(SandboxError, match=r'^aws:kms/alias:Alias "alias": AWS refused CreateAlias: '):
        record(program, mocks=DeployMocks(sandbox), on_resource=lambda resource: made.append(resource.name))
    assert made == ["alarms"]


def test_inputs_that_the_provider_refuses_never_reach_aws(sandbox: Sandbox) -> None:
    with pytest.raises(RefusedInputsError) as raised:
        record(lambda: aws.kms.Alias("a", name="no-prefix", target_key_id="k"), mocks=DeployMocks(sandbox))
    assert str(raised.value) == (
        'aws:kms/alias:Alias "a": name must begin with "alias/" and not with "alias/aws/": got "no-prefix"'
    )


def test_a_generated_password_is_secret_wherever_it_flows(sandbox: Sandbox) -> None:
    def program() -> None:
        password = random.RandomPassword("p", length=20, special=False)
        secret = aws.secretsmanager.Secret("s")
        aws.secretsmanager.SecretVersion("v", secret_id=secret.id, secret_string=password.result)

    seen = record(program, mocks=DeployMocks(sandbox))
    drawn = seen.named("p").outputs["result"]
    assert isinstance(drawn, Secret)
    assert seen.named("v").inputs["secretString"] == drawn
    kept = sandbox.clients("secretsmanager").get_secret_value(SecretId=seen.named("s").id)["SecretString"]
    assert kept == drawn.value


def test_an_explicit_provider_sets_the_region(sandbox: Sandbox) -> None:
    def program() -> None:
        there = aws.Provider("there", region="eu-central-1")
        aws.sns.Topic("t", opts=pulumi.ResourceOptions(provider=there))

    seen = record(program, mocks=DeployMocks(sandbox))
    assert seen.named("t").id.split(":")[3] == "eu-central-1"
