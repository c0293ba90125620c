"""A CI with an IAM user, a key that lasts, and every right."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "ci": "iam-no-users",
    "ci-key": "iam-no-users",
    "ci-admin": "iam-no-admin",
    "ci-everything": "iam-no-admin",
    "all-but-iam": "iam-kms-decrypt iam-wildcards",
}


def program() -> None:
    user = aws.iam.User("ci", path="/machines/")
    key = aws.iam.AccessKey("ci-key", user=user.name)
    aws.iam.UserPolicyAttachment("ci-admin", user=user.name, policy_arn=aws.iam.ManagedPolicy.ADMINISTRATOR_ACCESS)
    aws.iam.UserPolicy(
        "ci-everything",
        user=user.name,
        policy=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        ),
    )
    aws.iam.Policy(
        "all-but-iam",
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}],
            }
        ),
    )
    pulumi.export("secret", key.secret)
