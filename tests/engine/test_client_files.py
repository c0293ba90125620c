"""What the real engine keeps of the output `client` is plain, and `aws-mobile clients` reads it by the Pulumi CLI."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Workspace

CANARY = "canary-of-a-provider"
PROGRAM = f"""
    import pulumi
    from pulumi_aws_mobile import MobileBackend

    google = {{"kind": "google", "client_id": "app-at-google", "client_secret": pulumi.Output.secret("{CANARY}")}}
    app = {{"callback_urls": ["app://in"], "logout_urls": ["app://out"]}}
    identity = {{
        "domain": {{"prefix": "client-files-under-the-engine"}},
        "providers": {{"google": google}},
        "clients": {{"app": app, "server": {{"kind": "server"}}}},
    }}
    backend = MobileBackend("app", {{"identity": identity, "data_sync": {{}}}})
    pulumi.export("client", backend.client)
"""


@dataclass(frozen=True)
class Story:
    before: subprocess.CompletedProcess[str]
    unknown: subprocess.CompletedProcess[str]
    after: subprocess.CompletedProcess[str]
    files: dict[str, str]
    outputs: dict[str, Any]
    again: int


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], surroundings: Mapping[str, str]) -> Story:
    workspace = make_workspace()
    home, out = workspace.directory.parent, workspace.directory / "app"
    own = {"PULUMI_BACKEND_URL": (home / "states").as_uri(), "PULUMI_HOME": str(home / "home")}

    def clients(stack: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "aws_mobile_cli", "clients", "--stack", stack, "--out", str(out)]
        return subprocess.run(
            command, cwd=workspace.directory, env={**surroundings, **own}, capture_output=True, text=True, check=False
        )

    workspace.write(PROGRAM)
    before, unknown = clients("stack"), clients("other")
    assert not out.exists()
    first = workspace.up()
    assert first.code == 0, first.output
    after = clients("stack")
    again = workspace.up("--expect-no-changes")
    files = {path.name: path.read_text() for path in out.iterdir()}
    return Story(before, unknown, after, files, json.loads(workspace.command("stack", "output", "--json")), again.code)


def test_before_the_deployment_there_is_nothing_to_write(story: Story) -> None:
    assert story.before.returncode == 2
    assert story.before.stderr == (
        'aws-mobile: the stack "stack" has nothing to tell apps: it has no outputs; deploy it with pulumi up, '
        "and export the output client of its MobileBackend under that name\n"
    )


def test_a_stack_that_does_not_exist_is_refused_in_pulumis_words(story: Story) -> None:
    assert story.unknown.returncode == 2
    assert story.unknown.stderr.startswith('aws-mobile: pulumi knows no outputs of the stack "other": ')
    assert "no stack named 'other' found" in story.unknown.stderr


def test_the_files_are_made_of_what_pulumi_says_without_its_secrets(story: Story) -> None:
    assert story.after.returncode == 0, story.after.stderr
    assert sorted(story.files) == [
        "amplify_outputs.dart",
        "amplify_outputs.json",
        "amplifyconfiguration.json",
        "aws-exports.js",
        "aws-mobile.json",
    ]
    assert CANARY not in "".join(story.files.values())


def test_they_name_what_is_deployed(story: Story, operator: aws.Connection) -> None:
    found = json.loads(story.files["amplify_outputs.json"])
    auth = found["auth"]
    asked = {"UserPoolId": auth["user_pool_id"], "ClientId": auth["user_pool_client_id"]}
    client = operator("cognito-idp", "eu-west-1").describe_user_pool_client(**asked)["UserPoolClient"]
    assert client["CallbackURLs"] == auth["oauth"]["redirect_sign_in_uri"]
    assert auth["oauth"]["identity_providers"] == ["GOOGLE"]
    apis = operator("apigateway", "eu-west-1").get_rest_apis()["items"]
    assert found["custom"]["API"]["api"]["endpoint"] in {
        f"https://{api['id']}.execute-api.eu-west-1.amazonaws.com/live" for api in apis
    }


def test_the_output_is_no_secret_and_stays_as_it_is(story: Story) -> None:
    assert list(story.outputs["client"]["sign_in"]["apps"]) == ["app"]
    assert "[secret]" not in json.dumps(story.outputs)
    assert story.again == 0
