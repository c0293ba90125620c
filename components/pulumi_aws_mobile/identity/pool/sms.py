"""The role by which a user pool sends text messages."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .documents import sms_permissions, sms_trust
from .settings import Sms


def create_sms(scope: Scope, sms: Sms) -> tuple[dict[str, Any], list[pulumi.Resource]]:
    """Return the pool's settings for text messages, and what has to be there first: a role's permissions."""
    external_id = sms.external_id or f"{pulumi.get_project()}-{pulumi.get_stack()}-{scope.name}"
    if sms.role_arn is not None:
        return _configuration(sms.role_arn, external_id, sms), []
    caller = aws.get_caller_identity_output(opts=scope.invoke)
    partition = aws.get_partition_output(opts=scope.invoke).partition
    region = scope.region or aws.get_region_output(opts=scope.invoke).region
    role = aws.iam.Role(
        scope.child("sms-role"),
        description=f"Sends the text messages of the user pool of {scope.name}",
        assume_role_policy=pulumi.Output.all(partition, caller.account_id, region).apply(
            lambda found: sms_trust(found[0], found[1], found[2], external_id)
        ),
        tags=scope.tags("sms-role"),
        opts=scope.options(),
    )
    permissions = aws.iam.RolePolicy(
        scope.child("sms-permissions"),
        role=role.id,
        policy=partition.apply(sms_permissions),
        opts=scope.options(),
    )
    return _configuration(role.arn, external_id, sms), [permissions]


def _configuration(role_arn: pulumi.Input[str], external_id: str, sms: Sms) -> dict[str, Any]:
    region = {"sns_region": sms.sns_region} if sms.sns_region else {}
    return {"external_id": external_id, "sns_caller_arn": role_arn, **region}
