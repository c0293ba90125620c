"""The IAM documents of every stack, linted: trust policies, permissions, and the policies of resources.

What it does not prove: that AWS takes each document; the linter knows AWS's published reference, not its services.
"""

import json
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli.privileges.iam_linter import IDENTITY, RESOURCE, TRUST, Document, Finding, lint

from aws_mobile_cli.owner import hold_what_is_named
from aws_mobile_cli.project import open_project
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks

_ROOT = Path(__file__).parents[3]
_KINDS = {
    ("aws:iam/policy:Policy", "policy"): IDENTITY,
    ("aws:iam/role:Role", "assumeRolePolicy"): TRUST,
    ("aws:iam/rolePolicy:RolePolicy", "policy"): IDENTITY,
    ("aws:kms/key:Key", "policy"): RESOURCE,
    ("aws:s3/bucketPolicy:BucketPolicy", "policy"): RESOURCE,
    ("aws:sns/topicPolicy:TopicPolicy", "policy"): RESOURCE,
    ("aws:sqs/queuePolicy:QueuePolicy", "policy"): RESOURCE,
}
_LINTED = yaml.safe_load(Path(__file__).with_name("linted.yaml").read_text())


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Deploy every stack, so that each value in a document is known."""
    found = {}
    for stack in ("local", "dev", "stage", "prod"):
        project = open_project(_ROOT, stack)
        planned = project.run(PreviewMocks(project.region), preview=True)
        with in_process(project.region) as clients:
            hold_what_is_named(planned)
            found[stack] = project.run(DeployMocks(Sandbox(clients)), preview=False)
    return found


@pytest.fixture(scope="module")
def findings(recordings: dict[str, Recording], tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Lint all of them at once."""
    documents = [
        Document(stack, resource.name, kind, resource.inputs[key])
        for stack, recording in recordings.items()
        for (type_, key), kind in _KINDS.items()
        for resource in recording.of_type(type_)
        if resource.inputs.get(key)
    ]
    assert {each.stack for each in documents} == {"local", "dev", "stage", "prod"}
    return list(lint(documents, tmp_path_factory.mktemp("linted")))


def test_every_document_of_every_stack_is_of_a_kind_that_is_linted(recordings: dict[str, Recording]) -> None:
    holders = {
        (resource.type, key)
        for recording in recordings.values()
        for resource in recording
        for key, value in resource.inputs.items()
        if isinstance(value, str) and '"Statement"' in value
    }
    assert holders <= set(_KINDS)


def test_the_linter_finds_nothing_that_has_no_reason(findings: list[Finding]) -> None:
    assert sorted({each for each in findings if not any(_explains(entry, each) for entry in _LINTED)}) == []


def test_every_reason_is_for_something_that_the_linter_finds(findings: list[Finding]) -> None:
    assert [entry for entry in _LINTED if not any(_explains(entry, each) for each in findings)] == []


@pytest.mark.parametrize(
    ("statement", "check", "issue"),
    [
        ({"Action": "s3:GetObjects", "Resource": "arn:aws:s3:::a/*"}, "action_validation", "invalid_action"),
        ({"Action": "s3:*", "Resource": "arn:aws:s3:::a/*"}, "service_wildcard", "overly_permissive"),
        ({"Action": "dynamodb:PutItem", "Resource": "*"}, "wildcard_resource", "overly_permissive"),
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::a"}, "action_resource_matching", "resource_mismatch"),
        (
            {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:123456789012:a",
             "Condition": {"StringEquals": {"sqs:Colour": "red"}}},
            "condition_key_validation",
            "invalid_condition_key",
        ),
    ],
)  # fmt: skip
def test_the_linter_knows_a_bad_document(tmp_path: Path, statement: dict[str, Any], check: str, issue: str) -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
    bad = Document("any", "bad", IDENTITY, json.dumps(document))
    found = list(lint([bad], tmp_path))
    assert (check, issue) in {(each.check, each.issue) for each in found}
    assert not all(any(_explains(entry, each) for entry in _LINTED) for each in found)


def _explains(entry: dict[str, Any], finding: Finding) -> bool:
    return (
        _matches(finding.check, entry["check"])
        and _matches(finding.issue, entry["issue"])
        and _matches(finding.resource, entry["resources"])
        and _matches(finding.action, entry.get("actions", "*"))
        and _matches(finding.message, entry.get("message", "*"))
    )


def _matches(value: str, patterns: str | Sequence[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))
