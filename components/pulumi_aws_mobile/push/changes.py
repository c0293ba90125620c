"""How the sender hears of changed data, and where changes go that it could not tell."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope

from .documents import tls_only

_TWO_WEEKS_SECONDS = 1_209_600
"""The longest that a queue keeps a message."""
_RETRIES = 2
_AGE_SECONDS = 3600
"""By then a device that was told nothing has probably asked by itself."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Where changes go that could not be told."""

    arn: pulumi.Output[str]
    name: pulumi.Output[str]
    url: pulumi.Output[str]


def create_queue(scope: Scope) -> Queue:
    """Create the queue; it demands TLS and lets the account decide."""
    queue = aws.sqs.Queue(
        scope.child("dead-letters"),
        message_retention_seconds=_TWO_WEEKS_SECONDS,
        sqs_managed_sse_enabled=True,
        region=scope.region,
        tags=scope.tags("dead-letters"),
        opts=scope.options(),
    )
    aws.sqs.QueuePolicy(
        scope.child("dead-letters-policy"),
        queue_url=queue.url,
        policy=queue.arn.apply(lambda arn: tls_only("sqs:*", arn)),
        region=scope.region,
        opts=scope.options(),
    )
    return Queue(queue.arn, queue.name, queue.url)


def create_subscription(scope: Scope, sender: Function, topic_arn: pulumi.Input[str], queue: Queue) -> None:
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
