"""What is secret is ciphertext wherever the engine writes, and is shown nowhere."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

CANARY = "canary-3f9ac1d2-of-the-configuration"
PROGRAM = """
    import json

    import pulumi
    import pulumi_aws as aws
    import pulumi_random as random

    given = pulumi.Config().require_secret("given")
    password = random.RandomPassword("password", length=40, special=False)
    secret = aws.secretsmanager.Secret("secret", tags={"round": "{round}"})
    value = pulumi.Output.json_dumps({"password": password.result, "given": given})
    aws.secretsmanager.SecretVersion("version", secret_id=secret.id, secret_string=value)
    aws.s3.Bucket("bucket", tags={"note": given, "round": "{round}"})
    pulumi.export("password", password.result)
    pulumi.export("secret_arn", secret.arn)
"""


@dataclass(frozen=True)
class Story:
    runs: list[Run]
    json_preview: str
    password: str
    kept: dict[str, str]
    written: str
    shown: str


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace = make_workspace()
    workspace.command("config", "set", "--secret", "given", CANARY)
    workspace.write(PROGRAM.replace("{round}", "one"))
    runs = [workspace.preview(), workspace.up()]
    json_preview = workspace.command("preview", "--json")
    workspace.write(PROGRAM.replace("{round}", "two"))
    runs += [workspace.up(), workspace.refresh(), workspace.drift()]
    outputs = workspace.outputs()
    text = operator("secretsmanager").get_secret_value(SecretId=outputs["secret_arn"])["SecretString"]
    written = workspace.kept_texts() + workspace.command("stack", "export")
    shown = workspace.command("stack", "output", "--json") + workspace.command("stack", "history", "--json")
    return Story(runs, json_preview, outputs["password"], json.loads(text), written, shown)


def test_every_step_succeeds(story: Story) -> None:
    assert [run.code for run in story.runs] == [0] * len(story.runs), story.runs


def test_aws_has_the_true_values(story: Story) -> None:
    assert len(story.password) == 40
    assert story.kept == {"password": story.password, "given": CANARY}


def test_no_secret_is_in_the_states_their_backups_or_the_export(story: Story) -> None:
    assert '"ciphertext"' in story.written
    assert story.password not in story.written
    assert CANARY not in story.written


def test_no_secret_is_in_what_the_commands_print_or_log(story: Story) -> None:
    for run in story.runs:
        for text in (run.output, json.dumps(run.events)):
            assert story.password not in text
            assert CANARY not in text


def test_no_secret_is_in_previews_outputs_or_history_as_json(story: Story) -> None:
    for text in (story.json_preview, story.shown):
        assert story.password not in text
        assert CANARY not in text
