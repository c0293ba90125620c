"""The trust policies of an identity pool's roles, word for word."""

import json

from pulumi_aws_mobile.identity.federation.trust import guest_trust, signed_in_trust

POOL_ID = "eu-west-1:11111111-2222-3333-4444-555555555555"


def test_only_users_of_this_pool_who_signed_in_take_the_signed_in_role() -> None:
    assert json.loads(signed_in_trust(POOL_ID, tagged=False)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                "Action": ["sts:AssumeRoleWithWebIdentity"],
                "Condition": {
                    "StringEquals": {"cognito-identity.amazonaws.com:aud": POOL_ID},
                    "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
                },
            }
        ],
    }


def test_only_guests_of_this_pool_take_the_guests_role() -> None:
    (statement,) = json.loads(guest_trust(POOL_ID))["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": POOL_ID},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"},
        },
    }


def test_sessions_may_be_tagged_only_where_tags_are_wanted() -> None:
    (statement,) = json.loads(signed_in_trust(POOL_ID, tagged=True))["Statement"]
    assert statement["Action"] == ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
