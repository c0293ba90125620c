"""The roles of an identity pool's users and guests."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags
from pulumi_aws_mobile.statements import StatementArgs

from .grants import create_grant
from .settings import FederationSettings
from .trust import guest_trust, signed_in_trust

_SESSION_SECONDS = 3600
"""How long credentials of the enhanced flow hold at most; a role that allowed more would only serve other ways in."""


class RoleLink(NamedTuple):
    """A role that others refer to."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]


def create_group_role(  # noqa: PLR0913 - the last two have defaults
    identity: pulumi.Resource,
    name: str,
    key: str,
    statements: Sequence[StatementArgs],
    identity_pool_id: pulumi.Output[str],
    *,
    tagged: bool = False,
    common_tags: Mapping[str, pulumi.Input[str]] | None = None,
) -> RoleLink:
    """Create the role that members of the group `key` of `identity` get."""
    what = f"Users of the group {key}"
    return create_signed_in_role(
        identity,
        f"{name}-group-{key}",
        what,
        statements,
        identity_pool_id,
        tagged=tagged,
        common_tags=common_tags or {},
    )


def create_signed_in_role(  # noqa: PLR0913 - what the roles of users differ in
    identity: pulumi.Resource,
    child: str,
    what: str,
    statements: Sequence[StatementArgs],
    identity_pool_id: pulumi.Output[str],
    *,
    tagged: bool,
    common_tags: Mapping[str, pulumi.Input[str]],
) -> RoleLink:
    """Create a role for users of this identity pool who signed in."""
    trust = identity_pool_id.apply(lambda id_: signed_in_trust(id_, tagged=tagged))
    return _create_role(identity, child, what, trust, statements, common_tags)


def create_guest_role(
    identity: pulumi.Resource,
    name: str,
    settings: FederationSettings,
    identity_pool_id: pulumi.Output[str],
    common_tags: Mapping[str, pulumi.Input[str]],
) -> RoleLink:
    """Create the role of this identity pool's guests."""
    trust = identity_pool_id.apply(guest_trust)
    return _create_role(
        identity, f"{name}-guests", "People who have not signed in", trust, settings.guest_statements, common_tags
    )


def _create_role(  # noqa: PLR0913, PLR0917 - what roles differ in
    identity: pulumi.Resource,
    child: str,
    what: str,
    trust: pulumi.Output[str],
    statements: Sequence[StatementArgs],
    common_tags: Mapping[str, pulumi.Input[str]],
) -> RoleLink:
    """Create a role, with an inline policy only if it may do something: IAM takes no empty one."""
    role = aws.iam.Role(
        child,
        description=f"{what}, through the identity pool",
        assume_role_policy=trust,
        max_session_duration=_SESSION_SECONDS,
        tags=tags.named(child, common_tags),
        opts=pulumi.ResourceOptions(parent=identity),
    )
    if statements:
        create_grant(identity, f"{child}-permissions", role.name, statements)
    return RoleLink(role.name, role.arn)
