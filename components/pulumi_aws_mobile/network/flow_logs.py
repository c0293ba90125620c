"""The record of the connections in a `Network`."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .documents import delivery_permissions, delivery_trust
from .settings import NetworkSettings


def create_flow_logs(network: pulumi.Resource, name: str, settings: NetworkSettings, vpc: "aws.ec2.Vpc") -> None:
    """Create the flow logs of the VPC, the log group they go to and the role that writes there."""
    if settings.flow_logs is None:
        return
    log_group_name = f"{name}-flow-logs"
    log_group = aws.cloudwatch.LogGroup(
        log_group_name,
        retention_in_days=settings.flow_logs.retention_days,
        kms_key_id=settings.flow_logs.kms_key_arn,
        region=settings.region,
        tags=named(log_group_name, settings.tags),
        # The records outlive the network: they are what an investigation reads, and they expire by themselves.
        opts=pulumi.ResourceOptions(parent=network, retain_on_delete=True),
    )
    role_name = f"{name}-flow-logs-role"
    role = aws.iam.Role(
        role_name,
        description="Writes the VPC's flow logs to their log group",
        assume_role_policy=vpc.arn.apply(delivery_trust),
        tags=named(role_name, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )
    permissions = aws.iam.RolePolicy(
        f"{name}-flow-logs-policy",
        role=role.id,
        policy=log_group.arn.apply(delivery_permissions),
        opts=pulumi.ResourceOptions(parent=network),
    )
    aws.ec2.FlowLog(
        f"{name}-flow-log",
        vpc_id=vpc.id,
        traffic_type=settings.flow_logs.traffic.value,
        log_destination_type="cloud-watch-logs",
        log_destination=log_group.arn,
        iam_role_arn=role.arn,
        region=settings.region,
        tags=named(f"{name}-flow-log", settings.tags),
        opts=pulumi.ResourceOptions(parent=network, depends_on=[permissions]),
    )
