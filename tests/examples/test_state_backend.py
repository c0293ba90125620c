"""The state backend's own rules: what its roles may do, and what it refuses to make."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pulumi_aws_mobile.testing import record

EXAMPLE = Path(__file__).parents[2] / "examples" / "state_backend"
BUCKET, STATE_KEY = "arn:aws:s3:::states", "arn:aws:kms:eu-west-1:123456789012:key/states"
KEYS = {"dev": "arn:aws:kms:eu-west-1:123456789012:key/dev", "qa": "arn:aws:kms:eu-west-1:123456789012:key/qa"}
TEAM: dict[str, Any] = {
    "repository": "example/app",
    "branch": "main",
    "project": "aws-mobile",
    "environments": ["dev"],
    "previewed": ["dev"],
    "deploy_policy_arns": [],
    "protect": True,
}


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def documents() -> Iterator[ModuleType]:
    yield load("documents")
    del sys.modules["documents"]


@pytest.fixture
def backend(documents: ModuleType) -> Iterator[ModuleType]:
    assert documents
    yield load("state_backend")
    del sys.modules["state_backend"]


def test_a_preview_reads_the_states_and_secrets_of_its_environments_alone(documents: ModuleType) -> None:
    reach = documents.Reach.PREVIEW
    assert documents.access(BUCKET, STATE_KEY, {"dev": KEYS["dev"]}, "app", reach)["Statement"] == [
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [BUCKET]},
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": [
                f"{BUCKET}/.pulumi/meta.yaml",
                f"{BUCKET}/.pulumi/stacks/app/dev.json*",
                f"{BUCKET}/.pulumi/backups/app/dev/*",
                f"{BUCKET}/.pulumi/history/app/dev/*",
                f"{BUCKET}/.pulumi/locks/organization/app/dev/*",
            ],
        },
        {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [STATE_KEY, KEYS["dev"]]},
    ]


def test_a_look_for_drift_writes_locks_and_nothing_else(documents: ModuleType) -> None:
    statements = documents.access(BUCKET, STATE_KEY, KEYS, "app", documents.Reach.DRIFT)["Statement"]
    assert statements[3:] == [
        {
            "Effect": "Allow",
            "Action": ["s3:DeleteObject", "s3:PutObject"],
            "Resource": [f"{BUCKET}/.pulumi/locks/organization/app/{stack}/*" for stack in ("dev", "qa")],
        },
        {"Effect": "Allow", "Action": ["kms:GenerateDataKey"], "Resource": [STATE_KEY]},
    ]


def test_a_deployment_writes_what_it_reads_and_encrypts_its_secrets(documents: ModuleType) -> None:
    reach = documents.Reach.DEPLOY
    statements = documents.access(BUCKET, STATE_KEY, {"dev": KEYS["dev"]}, "app", reach)["Statement"]
    read, written = statements[1]["Resource"], statements[3]["Resource"]
    assert written == read[1:]
    assert statements[-1] == {"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": [KEYS["dev"]]}


def test_a_role_trusts_one_subject_exactly(documents: ModuleType) -> None:
    (statement,) = documents.trust("arn:provider", "repo:example/app:environment:dev")["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:example/app:environment:dev",
        }
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"repository": "app"}, 'repository: got "app"; allowed: OWNER/NAME, without wildcards'),
        ({"repository": "example/*"}, 'repository: got "example/*"; allowed: OWNER/NAME, without wildcards'),
        ({"branch": "*"}, 'branch: got "*"; allowed: the name of one branch'),
        ({"environments": [], "previewed": []}, "environments: got []; allowed: the names of one or more stacks"),
        ({"environments": ["dev", "*"]}, "environments: got ['dev', '*']; allowed: the names of one or more stacks"),
        ({"previewed": ["prod"]}, "previewed: got ['prod']; allowed: names out of environments"),
    ],
)
def test_what_anyone_could_take_is_not_made(backend: ModuleType, change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match="the state backend cannot be made") as raised:
        backend.Team(**{**TEAM, **change})
    assert str(raised.value) == f"the state backend cannot be made:\n  {problem}"


def test_environments_get_keys_aliases_roles_and_policies_of_their_own(backend: ModuleType) -> None:
    team = backend.Team(**{**TEAM, "environments": ["dev", "prod"], "deploy_policy_arns": ["arn:aws:iam::1:policy/d"]})
    recording = record(lambda: backend.StateBackend("team", team))
    names = {(resource.type.split(":")[-1], resource.name) for resource in recording if resource.custom}
    for stack in ("dev", "prod"):
        assert {
            ("Key", f"team-secrets-{stack}"),
            ("Alias", f"team-secrets-{stack}"),
            ("Role", f"team-deploy-{stack}"),
            ("RolePolicy", f"team-deploy-{stack}"),
            ("RolePolicyAttachment", f"team-deploy-{stack}-d"),
        } <= names
    (component,) = [resource for resource in recording if resource.type == "state-backend:index:StateBackend"]
    assert {resource.parent for resource in recording if resource.custom} == {component.urn}
    protected = {resource.name for resource in recording if resource.protect}
    assert protected == {"team-states", "team-secrets-dev", "team-secrets-prod"}
    policy = json.loads(recording.only("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])
    assert [statement["Sid"] for statement in policy["Statement"]] == ["DenyPlainHttp", "DenyOldTls"]
