"""What becomes of a change: the stream, who is told of it, and where it goes when nobody could be told."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.dead_letters import create_dead_letters
from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import tls_only

from .documents import HEADS, Stored

_BATCH = 100
_RETRIES = 10
_AT_ONCE = 10
"""Batches of a shard at the same time, each identity's in order: who deletes large datasets makes few others wait."""
_DAY_SECONDS = 86_400
"""A stream keeps its records for a day."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where changes are told, and where those go that could not be."""

    topic_arn: pulumi.Output[str]
    queue_arn: pulumi.Output[str]
    queue_name: pulumi.Output[str]
    queue_url: pulumi.Output[str]


def create_outlets(scope: Scope, key_arn: pulumi.Input[str]) -> Outlets:
    """Create the topic of changes, and the queue of what failed; both demand TLS and let the account decide."""
    topic = aws.sns.Topic(
        scope.child("changes"),
        kms_master_key_id=key_arn,
        region=scope.region,
        tags=scope.tags("changes"),
        opts=scope.options(),
    )
    aws.sns.TopicPolicy(
        scope.child("changes-policy"),
        arn=topic.arn,
        policy=topic.arn.apply(lambda arn: tls_only("sns:Publish", arn)),
        region=scope.region,
        opts=scope.options(),
    )
    queue = create_dead_letters(scope)
    return Outlets(topic.arn, queue.arn, queue.name, queue.url)


def create_source(scope: Scope, stored: Stored, function: Function, outlets: Outlets) -> None:
    """Have Lambda read the stream from its beginning and call the function; a bad record does not stop the others."""
    aws.lambda_.EventSourceMapping(
        scope.child("source"),
        event_source_arn=stored.stream_arn,
        function_name=function.arn,
        starting_position="TRIM_HORIZON",
        batch_size=_BATCH,
        parallelization_factor=_AT_ONCE,
        bisect_batch_on_function_error=True,
        function_response_types=["ReportBatchItemFailures"],
        maximum_retry_attempts=_RETRIES,
        maximum_record_age_in_seconds=_DAY_SECONDS,
        destination_config={"on_failure": {"destination_arn": outlets.queue_arn}},
        filter_criteria={"filters": [{"pattern": HEADS}]},
        region=scope.region,
        tags=scope.tags("source"),
        opts=scope.options(),
    )
