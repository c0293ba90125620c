"""The users and roles of IAM as moto keeps them: who they are and what their policies say."""

import contextlib
from collections.abc import Iterator
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.access.policies import Document, Policies, Principal, parse
from pulumi_aws_sandbox.runtime.access.uses import RoleDocuments

OPERATOR = Principal(arn=f"arn:{PARTITION}:iam::{ACCOUNT}:root", account=ACCOUNT)
"""Who works with the sandbox's own key: the account itself, whom no policy of its own stops."""


def role(arn: str) -> Any | None:  # noqa: ANN401 - moto's own types
    """Return IAM's role of an ARN, or `None` if there is none."""
    from moto.iam.exceptions import NotFoundException  # noqa: PLC0415 - moto loads only when something is deployed

    with contextlib.suppress(NotFoundException):
        return _iam().get_role_by_arn(arn)
    return None


def user_of(access_key_id: str) -> Any | None:  # noqa: ANN401 - moto's own types
    """Return the user whose access key it is, or `None`."""
    return _iam().get_user_from_access_key_id(access_key_id)


def secret_of(user: Any, access_key_id: str) -> str | None:  # noqa: ANN401 - moto's own types
    """Return the secret of a user's access key, or `None` if the key is not active."""
    for key in user.access_keys:
        if key.access_key_id == access_key_id and key.status == "Active":
            return key.secret_access_key
    return None


def trust_of(role: Any) -> Document:  # noqa: ANN401 - moto's own types
    """Return who may assume a role."""
    return parse(role.assume_role_policy_document)


def every_role() -> Iterator[RoleDocuments]:
    """Return all roles with everything that is written about them."""
    for found in list(_iam().roles.values()):
        boundary = found.permissions_boundary_arn
        yield RoleDocuments(
            arn=found.arn,
            trust=trust_of(found),
            inline={name: parse(text) for name, text in found.policies.items()},
            managed={arn: _managed(each) for arn, each in found.managed_policies.items()},
            boundary=_managed(_iam().get_policy(boundary)) if boundary else None,
        )


def policies_of_role(arn: str) -> Policies:
    """Return the policies of a role: its inline and attached ones and its boundary; none once it is deleted."""
    found = role(arn)
    if found is None:
        return Policies()
    boundary = found.permissions_boundary_arn
    return Policies(identity=_documents(found), boundary=(_managed(_iam().get_policy(boundary)),) if boundary else None)


def policies_of_user(name: str) -> Policies:
    """Return the policies of a user and of the groups it is in."""
    backend = _iam()
    if name not in backend.users:
        return Policies()
    groups = backend.get_groups_for_user(name)
    return Policies(identity=tuple(each for owner in (backend.users[name], *groups) for each in _documents(owner)))


def managed_policy(arn: str) -> Document | None:
    """Return what a managed policy says, or `None` if there is none of that ARN."""
    from moto.iam.exceptions import NotFoundException  # noqa: PLC0415 - moto loads only when something is deployed

    with contextlib.suppress(NotFoundException):
        return _managed(_iam().get_policy(arn))
    return None


def oidc_provider(url: str) -> Any | None:  # noqa: ANN401 - moto's own types
    """Return IAM's OpenID Connect provider of an issuer, written without its scheme."""
    return next((each for each in _iam().open_id_providers.values() if each.url.rstrip("/") == url.rstrip("/")), None)


def _documents(owner: Any) -> tuple[Document, ...]:  # noqa: ANN401 - moto's own types
    inline = [parse(text) for text in owner.policies.values()]
    return (*inline, *(_managed(each) for each in owner.managed_policies.values()))


def _managed(policy: Any) -> Document:  # noqa: ANN401 - moto's own types
    return parse(next(version.document for version in policy.versions if version.is_default))


def _iam() -> Any:  # noqa: ANN401 - moto's own types
    from moto.iam.models import iam_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return iam_backends[ACCOUNT][PARTITION]
