"""Permissions that other components give to the users of an identity pool, each user's confined to what is theirs."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import LIMITS, StatementArgs, check_statements, policy_document

from .trust import ISSUER

USER = f"${{{ISSUER}:sub}}"
"""Stands in a statement for the identity id of whoever makes the request; IAM fills it in."""


def objects_below(bucket_arn: pulumi.Input[str], folder: str) -> pulumi.Input[str]:
    """Return the ARN of the objects below `folder`, which may contain `USER`; plain if the bucket's ARN is."""
    if isinstance(bucket_arn, str):
        return f"{bucket_arn}/{folder}/*"
    return pulumi.Output.concat(bucket_arn, f"/{folder}/*")


def own_prefix(bucket_arn: pulumi.Input[str], prefix: str) -> pulumi.Input[str]:
    """Return the ARN of the objects below `prefix` that belong to the user who makes the request."""
    return objects_below(bucket_arn, f"{prefix}/{USER}")


def own_objects(bucket_arn: pulumi.Input[str], prefix: str, actions: Sequence[str]) -> StatementArgs:
    """Return the statement that allows `actions` on the user's own objects below `prefix`."""
    return {"actions": list(actions), "resources": [own_prefix(bucket_arn, prefix)]}


def listing(bucket_arn: pulumi.Input[str], folders: Sequence[str]) -> StatementArgs:
    """Return the statement that allows listing a bucket below `folders` only; a folder may contain `USER`.

    A request that names no prefix lists everything, and is not allowed.
    """
    return {
        "actions": ["s3:ListBucket"],
        "resources": [bucket_arn],
        "conditions": {"StringLike": {"s3:prefix": [f"{folder}/*" for folder in folders]}},
    }


def own_items(table_arn: pulumi.Input[str], actions: Sequence[str]) -> StatementArgs:
    """Return the statement that allows `actions` on the DynamoDB items whose partition key is the user's identity id.

    A comparison of a set holds for no values too; `Null` shuts out requests without a key, such as a scan.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
    """
    return {
        "actions": list(actions),
        "resources": [table_arn],
        "conditions": {
            "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [USER]},
            "Null": {"dynamodb:LeadingKeys": ["false"]},
        },
    }


def create_grant(
    parent: pulumi.Resource, name: str, role_name: pulumi.Input[str], statements: Sequence[StatementArgs]
) -> "aws.iam.RolePolicy":
    """Give a role the permissions in one inline policy `name`; raise an `ArgsError` if they say too much or nothing."""
    problems = Problems()
    if not statements:
        problems.add("statements", [], "one statement or more", "IAM takes no empty policy: leave the grant out")
    for position, statement in enumerate(statements):
        read_args(StatementArgs, statement, LIMITS, problems, f"statements[{position}]")
    check_statements(statements, "statements", problems)
    problems.raise_for(f'Grant "{name}"')
    return aws.iam.RolePolicy(
        name, role=role_name, policy=policy_document(statements), opts=pulumi.ResourceOptions(parent=parent)
    )
