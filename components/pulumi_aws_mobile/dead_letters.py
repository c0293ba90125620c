"""Where what could not be worked off is put aside: one queue, the same in every component that has one."""

import pulumi_aws as aws

from .scope import Scope
from .statements import tls_only

_TWO_WEEKS_SECONDS = 1_209_600
"""The longest that a queue keeps a message."""


def create_dead_letters(scope: Scope) -> "aws.sqs.Queue":
    """Create the queue; it demands TLS and lets the account decide."""
    queue = aws.sqs.Queue(
        scope.child("dead-letters"),
        message_retention_seconds=_TWO_WEEKS_SECONDS,
        # Lambda puts in which event failed, or where the records are in the stream.
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
    return queue
