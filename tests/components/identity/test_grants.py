"""Permissions that other components hand to an identity pool's users."""

import json
from typing import Any

import pulumi
import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity.federation.grants import USER, create_grant, listing, own_items, own_objects, own_prefix
from pulumi_aws_mobile.statements import StatementArgs
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox.runtime.access.patterns import lowered
from pulumi_aws_sandbox.runtime.access.policies import Policies, Question, decide

BUCKET = "arn:aws:s3:::files"
ANNA, BERT = "eu-west-1:anna", "eu-west-1:bert"
TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/notes"


def granted(*statements: StatementArgs) -> Recording:
    def program() -> None:
        parent = pulumi.ComponentResource("test:index:Identity", "identity")
        create_grant(parent, "identity-notes", "the-role", list(statements))

    return record(program)


def allowed(*statements: StatementArgs) -> list[dict[str, Any]]:
    policy = granted(*statements).only("aws:iam/rolePolicy:RolePolicy")
    return json.loads(policy.inputs["policy"])["Statement"]


def error_of(*statements: StatementArgs) -> str:
    with pytest.raises(ArgsError) as caught:
        granted(*statements)
    return str(caught.value)


def test_the_user_is_whom_iam_says() -> None:
    assert USER == "${cognito-identity.amazonaws.com:sub}"


def test_a_grant_is_one_inline_policy_of_the_role() -> None:
    policy = granted(own_objects(BUCKET, "private", ["s3:GetObject"])).only("aws:iam/rolePolicy:RolePolicy")
    assert (policy.name, policy.inputs["role"]) == ("identity-notes", "the-role")
    assert policy.parent.endswith("test:index:Identity::identity")


def test_own_objects_are_below_the_users_id() -> None:
    assert allowed(own_objects(BUCKET, "private", ["s3:PutObject", "s3:GetObject"])) == [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": ["arn:aws:s3:::files/private/${cognito-identity.amazonaws.com:sub}/*"],
        }
    ]


def test_an_own_prefix_can_be_of_a_bucket_that_is_not_made_yet() -> None:
    seen: list[str] = []
    record(lambda: pulumi.Output.from_input(own_prefix(pulumi.Output.from_input(BUCKET), "private")).apply(seen.append))
    assert seen == ["arn:aws:s3:::files/private/${cognito-identity.amazonaws.com:sub}/*"]


def test_a_listing_names_its_folders() -> None:
    assert allowed(listing(BUCKET, ["public", f"private/{USER}"])) == [
        {
            "Effect": "Allow",
            "Action": ["s3:ListBucket"],
            "Resource": [BUCKET],
            "Condition": {"StringLike": {"s3:prefix": ["public/*", "private/${cognito-identity.amazonaws.com:sub}/*"]}},
        }
    ]


def test_own_items_have_the_users_id_as_their_partition_key() -> None:
    assert allowed(own_items(TABLE, ["dynamodb:Query"])) == [
        {
            "Effect": "Allow",
            "Action": ["dynamodb:Query"],
            "Resource": [TABLE],
            "Condition": {
                "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${cognito-identity.amazonaws.com:sub}"]},
                "Null": {"dynamodb:LeadingKeys": ["false"]},
            },
        }
    ]


@pytest.mark.parametrize(
    ("keys", "allowed_by_iam"),
    [
        (["eu-west-1:anna"], True),
        (["eu-west-1:bert"], False),
        (["eu-west-1:anna", "eu-west-1:bert"], False),
        ([], False),
    ],
)
def test_a_user_reaches_their_own_items_and_scans_nothing(keys: list[str], allowed_by_iam: bool) -> None:
    document = {"Version": "2012-10-17", "Statement": allowed(own_items(TABLE, ["dynamodb:Query", "dynamodb:Scan"]))}
    facts = {"cognito-identity.amazonaws.com:sub": ANNA} | ({"dynamodb:LeadingKeys": keys} if keys else {})
    question = Question("dynamodb:Query" if keys else "dynamodb:Scan", TABLE, lowered(facts))
    assert decide(question, Policies(identity=(document,))).allowed is allowed_by_iam


def test_an_empty_grant_is_refused() -> None:
    assert error_of() == (
        'Grant "identity-notes": 1 problem\n'
        "  statements: got []; allowed: one statement or more; IAM takes no empty policy: leave the grant out"
    )


def test_wildcards_are_refused_at_once() -> None:
    assert error_of(
        {"actions": ["s3:*"], "resources": [BUCKET]}, {"actions": ["s3:GetObject"], "resources": ["*"]}
    ) == (
        'Grant "identity-notes": 2 problems\n'
        '  statements[0].actions[0]: got "s3:*"; allowed: an IAM action without wildcards, for example s3:GetObject; '
        "choose an allowed value\n"
        '  statements[1].resources[0]: got "*"; allowed: ARNs, since s3:GetObject knows resources; name the resources'
    )
