"""The example of a state backend is made, and used as CI does: by GitHub's tokens, under its roles and no others.

It does not show that GitHub's tokens have these subjects, which GitHub's documentation says.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.connection import DUMMY
from pulumi_aws_sandbox.runtime import issuers
from tests.engine.workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "state_backend"
CANARY = "canary-of-the-team"
PROGRAM = """
import pulumi, pulumi_random
config = pulumi.Config()
pulumi.export("given", config.require_secret("key"))
pulumi_random.RandomId("id", byte_length=4)
"""
STATE = ".pulumi/stacks/aws-mobile/dev.json"
DEV, PULL_REQUEST, MAIN = (
    f"repo:example/app:{rest}" for rest in ("environment:dev", "pull_request", "ref:refs/heads/main")
)


@dataclass
class Team:
    """A project whose states are in the bucket, and who works on it."""

    folder: Path
    environment: dict[str, str]
    outputs: dict[str, Any]
    address: str
    github: issuers.StandIn

    @property
    def bucket(self) -> str:
        return self.outputs["backend_url"].removeprefix("s3://").split("?")[0]

    def pulumi(self, *arguments: str, role: str | None = None, subject: str = "") -> subprocess.CompletedProcess[str]:
        """Run the CLI as the account's owner or, in a role, as a run of a workflow that has this subject."""
        command = ["pulumi", "--non-interactive", *arguments]
        environment = {**self.environment, **(self.credentials(role, subject) if role else {})}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def credentials(self, role: str, subject: str) -> dict[str, str]:
        """Take a role by a token of GitHub's; raise what STS says."""
        sts = boto3.client(
            "sts", "eu-west-1", endpoint_url=self.address, config=Config(signature_version=botocore.UNSIGNED)
        )
        given = sts.assume_role_with_web_identity(
            RoleArn=self.outputs["role_arns"][role],
            RoleSessionName="run",
            WebIdentityToken=self.github.token(sub=subject, aud="sts.amazonaws.com"),
        )["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": given["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": given["SecretAccessKey"],
            "AWS_SESSION_TOKEN": given["SessionToken"],
        }


@pytest.fixture(scope="module")
def made(make_workspace: Callable[..., Workspace]) -> Workspace:
    files = [path for path in EXAMPLE.iterdir() if path.is_file()]
    workspace = make_workspace(files=files, stack="shared")
    done = workspace.up_after_preview()
    assert done.code == 0, done.output
    return workspace


@pytest.fixture(scope="module")
def team(
    made: Workspace, surroundings: dict[str, str], sandbox_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Team]:
    outputs = made.outputs()
    folder = tmp_path_factory.mktemp("team")
    (folder / "Pulumi.yaml").write_text("name: aws-mobile\nruntime: python\n")
    (folder / "__main__.py").write_text(PROGRAM)
    # What stands for AWS has one address for all services and buckets.
    there = f"&endpoint={sandbox_url.removeprefix('http://')}&disableSSL=true"
    environment = {
        **{key: value for key, value in surroundings.items() if key != "PULUMI_CONFIG_PASSPHRASE"},
        "AWS_ACCESS_KEY_ID": DUMMY,
        "AWS_SECRET_ACCESS_KEY": DUMMY,
        "AWS_REGION": "eu-west-1",
        "PULUMI_BACKEND_URL": f"{outputs['backend_url']}{there}&s3ForcePathStyle=true",
        "PULUMI_HOME": str(folder / "home"),
    }
    with issuers.stand_in("https://token.actions.githubusercontent.com", server_url=sandbox_url) as github:
        found = Team(folder, environment, outputs, sandbox_url, github)
        provider = outputs["secrets_providers"]["dev"] + there
        for words in (
            ("stack", "init", "dev", "--secrets-provider", provider),
            ("config", "set", "--secret", "key", CANARY),
        ):
            done = found.pulumi(*words)
            assert done.returncode == 0, done.stderr
        deployed = found.pulumi("up", "--yes", role="deploy-dev", subject=DEV)
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        yield found


def test_states_are_in_the_bucket_and_secrets_are_not_in_them(team: Team, operator: aws.Connection) -> None:
    s3 = operator("s3")
    kept = {
        entry["Key"]: s3.get_object(Bucket=team.bucket, Key=entry["Key"])["Body"].read()
        for entry in s3.list_objects_v2(Bucket=team.bucket)["Contents"]
    }
    assert STATE in kept
    assert {key.split("/")[1] for key in kept} == {"meta.yaml", "stacks", "history", "backups"}
    assert not any(CANARY.encode() in content for content in kept.values())
    assert json.loads(kept[STATE])["checkpoint"]["latest"]["secrets_providers"]["type"] == "cloud"
    shown = team.pulumi("stack", "output", "--json", "--show-secrets", role="deploy-dev", subject=DEV)
    assert json.loads(shown.stdout)["given"] == CANARY


def test_a_stack_that_someone_is_at_is_locked(team: Team, operator: aws.Connection) -> None:
    s3, lock = operator("s3"), ".pulumi/locks/organization/aws-mobile/dev/0.json"
    held = {"pid": 1, "username": "colleague", "hostname": "elsewhere", "timestamp": "2026-01-01T00:00:00Z"}
    s3.put_object(Bucket=team.bucket, Key=lock, Body=json.dumps(held))
    refused = team.pulumi("up", "--yes", "--skip-preview", role="deploy-dev", subject=DEV)
    seen = team.pulumi("preview", role="preview", subject=PULL_REQUEST)
    s3.delete_object(Bucket=team.bucket, Key=lock)
    assert refused.returncode != 0
    assert "the stack is currently locked by 1 lock(s)" in refused.stdout + refused.stderr
    assert "created by colleague@elsewhere" in refused.stdout + refused.stderr
    assert seen.returncode == 0, seen.stdout + seen.stderr


def test_a_pull_request_previews_and_changes_nothing(team: Team) -> None:
    assert team.pulumi("preview", "--expect-no-changes", role="preview", subject=PULL_REQUEST).returncode == 0
    refused = team.pulumi("up", "--yes", "--skip-preview", role="preview", subject=PULL_REQUEST)
    assert refused.returncode != 0
    assert "AccessDenied" in refused.stdout + refused.stderr


def test_drift_is_looked_for_under_the_lock(team: Team, operator: aws.Connection) -> None:
    looked = team.pulumi("refresh", "--preview-only", "--expect-no-changes", role="drift", subject=MAIN)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "Contents" not in operator("s3").list_objects_v2(Bucket=team.bucket, Prefix=".pulumi/locks/")
    assert "AccessDenied" in team.pulumi("refresh", "--yes", role="drift", subject=MAIN).stderr


def test_one_environments_role_does_not_reach_anothers_state(team: Team) -> None:
    refused = team.pulumi("up", "--yes", role="deploy-prod", subject=DEV.replace("dev", "prod"))
    assert refused.returncode != 0
    assert f'failed to load checkpoint: blob (key "{STATE}") (code=Unknown): Forbidden' in refused.stderr


@pytest.mark.parametrize(
    ("role", "subject"),
    [
        ("deploy-prod", DEV),
        ("deploy-dev", PULL_REQUEST),
        ("deploy-dev", MAIN),
        ("deploy-dev", DEV.replace("example/app", "example/app-2")),
        ("deploy-dev", DEV.replace("example", "stranger")),
        ("preview", MAIN),
        ("drift", PULL_REQUEST),
        ("drift", MAIN.replace("main", "feature")),
    ],
)
def test_a_role_is_for_one_kind_of_run_alone(team: Team, role: str, subject: str) -> None:
    with pytest.raises(ClientError) as caught:
        team.credentials(role, subject)
    assert caught.value.response["Error"]["Message"] == "Not authorized to perform sts:AssumeRoleWithWebIdentity"


def test_an_overwritten_state_can_be_brought_back(team: Team, operator: aws.Connection) -> None:
    assert team.pulumi("up", "--yes", role="deploy-dev", subject=DEV).returncode == 0
    versions = operator("s3").list_object_versions(Bucket=team.bucket, Prefix=STATE)
    assert len([entry for entry in versions["Versions"] if entry["Key"] == STATE]) > 1


def test_the_bucket_and_the_keys_are_kept_from_deletion(made: Workspace) -> None:
    refused = made.destroy()
    assert refused.code != 0
    assert made.protected() == {"team-states", "team-secrets-dev", "team-secrets-stage", "team-secrets-prod"}
    assert made.drift().code == 0
