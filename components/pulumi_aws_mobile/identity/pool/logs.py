"""What Cognito records in CloudWatch Logs."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.identity.settings import Logs
from pulumi_aws_mobile.scope import Scope

from .user_pool import Pool

_FOLDER = "/aws/vendedlogs/cognito/"
"""AWS keeps one entry for all log groups below it; of others its resource policy holds only a few.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html"""


def create_logs(scope: Scope, logs: Logs, pool: Pool) -> None:
    """Create a log group and have Cognito write there."""
    group = aws.cloudwatch.LogGroup(
        scope.child("logs"),
        name=f"{_FOLDER}{pulumi.get_project()}-{pulumi.get_stack()}-{scope.name}",
        retention_in_days=logs.retention_days,
        region=scope.region,
        tags=scope.tags("logs"),
        # The record outlives the identity: it is what an investigation reads, and it expires by itself.
        opts=scope.options(retain=True),
    )
    sources = [("userNotification", "ERROR", logs.delivery_errors), ("userAuthEvents", "INFO", logs.user_activity)]
    aws.cognito.LogDeliveryConfiguration(
        scope.child("log-delivery"),
        user_pool_id=pool.id,
        log_configurations=[
            {
                "event_source": source,
                "log_level": level,
                "cloud_watch_logs_configuration": {"log_group_arn": group.arn},
            }
            for source, level, wanted in sources
            if wanted
        ],
        region=scope.region,
        opts=scope.options(),
    )
