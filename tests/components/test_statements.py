"""Permissions say no more than they should, and become the policy that they say."""

import json

import pulumi
import pytest

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import (
    LIMITS,
    StatementArgs,
    check_statements,
    policy_document,
    tls_only,
    trust_document,
)
from pulumi_aws_mobile.testing import record


def _refused(*resources: str, action: str = "s3:GetObject") -> list[str]:
    problems = Problems()
    check_statements([{"actions": [action], "resources": list(resources)}], "statements", problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::bucket",
        "arn:aws:s3:::bucket/private/${cognito-identity.amazonaws.com:sub}/*",
        "arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/notes/index/*",
    ],
)
def test_an_arn_that_names_a_resource_is_taken(arn: str) -> None:
    assert _refused(arn) == []


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::*",
        "arn:aws:s3:::*/*",
        "arn:aws:s3:::?*",
        "arn:aws:dynamodb:*:123456789012:table/notes",
        "arn:aws:dynamodb:eu-west-1:*:table/notes",
        "arn:*:s3:::bucket",
        "bucket",
    ],
)
def test_an_arn_that_names_more_is_refused(arn: str) -> None:
    allowed = "an ARN that names a resource; name the service and the resource"
    assert _refused(arn) == [f'statements[0].resources[0]: got "{arn}"; allowed: {allowed}']


def test_everything_is_taken_only_for_actions_without_resources() -> None:
    assert _refused("*", action="xray:PutTraceSegments") == []
    assert _refused("*") == [
        'statements[0].resources[0]: got "*"; allowed: ARNs, since s3:GetObject knows resources; name the resources'
    ]


def test_a_policy_allows_what_is_stated_and_nothing_else() -> None:
    seen: list[dict[str, object]] = []

    def program() -> None:
        statement: StatementArgs = {
            "actions": ["s3:PutObject", "s3:GetObject"],
            "resources": [pulumi.Output.from_input("arn:aws:s3:::bucket/*")],
            "conditions": {"Bool": {"aws:SecureTransport": ["true"]}},
        }
        policy_document([statement]).apply(lambda text: seen.append(json.loads(text)))

    record(program)
    assert seen == [
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["s3:GetObject", "s3:PutObject"],
                    "Resource": ["arn:aws:s3:::bucket/*"],
                    "Condition": {"Bool": {"aws:SecureTransport": ["true"]}},
                }
            ],
        }
    ]


def test_a_trust_policy_names_one_service() -> None:
    (statement,) = json.loads(trust_document("lambda.amazonaws.com"))["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_a_statement_may_deny_instead() -> None:
    seen: list[dict[str, object]] = []

    def program() -> None:
        statement: StatementArgs = {
            "effect": "Deny",
            "actions": ["s3:GetObject"],
            "resources": ["arn:aws:s3:::bucket/a"],
        }
        policy_document([statement]).apply(lambda text: seen.extend(json.loads(text)["Statement"]))

    record(program)
    assert seen == [{"Effect": "Deny", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::bucket/a"]}]


def test_a_statement_either_allows_or_denies() -> None:
    problems = Problems()
    read_args(StatementArgs, {"effect": "Forbid", "actions": [], "resources": []}, LIMITS, problems)
    assert [str(problem) for problem in problems] == [
        'effect: got "Forbid"; allowed: Allow | Deny; choose an allowed value'
    ]


def test_nothing_comes_without_tls_and_the_account_decides_about_the_rest() -> None:
    assert json.loads(tls_only("sqs:*", "arn:q")) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sqs:*",
                "Resource": "arn:q",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
