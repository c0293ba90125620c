"""How the sender hears of changed data, and where changes go that it could not tell."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope

_RETRIES = 2
_AGE_SECONDS = 3600
"""By then a device that was told nothing has probably asked by itself."""


def create_subscription(scope: Scope, sender: Function, topic_arn: pulumi.Input[str], queue: "aws.sqs.Queue") -> None:
    """Have the sender called for each change, twice again if it fails, and put aside what failed then."""
    sender.allow("sync", "sns.amazonaws.com", topic_arn)
    aws.lambda_.FunctionEventInvokeConfig(
        scope.child("sender-retries"),
        function_name=sender.function_name,
        maximum_retry_attempts=_RETRIES,
        maximum_event_age_in_seconds=_AGE_SECONDS,
        destination_config={"on_failure": {"destination": queue.arn}},
        region=scope.region,
        opts=scope.options(),
    )
    aws.sns.TopicSubscription(
        scope.child("sync"),
        topic=topic_arn,
        protocol="lambda",
        endpoint=sender.arn,
        region=scope.region,
        opts=scope.options(),
    )
