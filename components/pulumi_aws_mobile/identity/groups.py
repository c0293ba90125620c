"""The groups of users."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .pool.user_pool import Pool
from .settings import Group


def create_groups(
    scope: Scope,
    groups: Mapping[str, Group],
    role_arns: Mapping[str, pulumi.Output[str]],
    pool: Pool,
) -> None:
    """Create the groups, each with its role where there is an identity pool to use it."""
    for key, group in groups.items():
        aws.cognito.UserGroup(
            scope.child(f"users-{key}"),
            user_pool_id=pool.id,
            name=key,
            description=group.description,
            precedence=group.precedence,
            role_arn=role_arns.get(key),
            region=scope.region,
            opts=scope.options(),
        )
