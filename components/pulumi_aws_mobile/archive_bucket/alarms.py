"""The alarms of an archive, each in the Region where S3 publishes its metric."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags

from .buckets import Bucket
from .replication import RULE_ID, CopyBucket
from .settings import ArchiveBucketSettings

METRICS_FILTER = "EntireBucket"
"""The name that S3's console gives to the request metrics of a whole bucket."""

_PERIOD_SECONDS = 300
_ERROR_RATE = 0.01
_LATENCY_SECONDS = 900


def create_alarms(
    parent: pulumi.Resource, name: str, settings: ArchiveBucketSettings, bucket: Bucket, copy: CopyBucket | None
) -> None:
    """Create an alarm for each thing that is watched and has a topic to tell."""
    topic = settings.alarm_topic_arn
    if topic is not None and settings.request_metrics:
        _create_alarm(
            parent,
            f"{name}-server-errors",
            settings,
            region=settings.region,
            topic_arn=topic,
            alarm_description=f"S3 answers more than 1 % of the requests to the archive {name} with a server error",
            metric_name="5xxErrors",
            dimensions={"BucketName": bucket.name, "FilterId": METRICS_FILTER},
            statistic="Average",
            threshold=_ERROR_RATE,
            evaluation_periods=3,
        )
    if copy is None or settings.replication is None:
        return
    dimensions = {
        "SourceBucket": bucket.name,
        "DestinationBucket": copy.name,
        "RuleId": RULE_ID,
    }
    if topic is not None:
        _create_alarm(
            parent,
            f"{name}-replication-failures",
            settings,
            region=settings.region,
            topic_arn=topic,
            alarm_description=f"Objects of the archive {name} could not be copied to {settings.replication.region}",
            metric_name="OperationsFailedReplication",
            dimensions=dimensions,
            statistic="Sum",
            threshold=0,
            evaluation_periods=1,
        )
    if settings.replication.alarm_topic_arn is not None:
        _create_alarm(
            parent,
            f"{name}-replication-latency",
            settings,
            region=settings.replication.region,
            topic_arn=settings.replication.alarm_topic_arn,
            alarm_description=f"The copy of the archive {name} is more than 15 minutes behind",
            metric_name="ReplicationLatency",
            dimensions=dimensions,
            statistic="Maximum",
            threshold=_LATENCY_SECONDS,
            evaluation_periods=3,
        )


def _create_alarm(
    parent: pulumi.Resource,
    name: str,
    settings: ArchiveBucketSettings,
    *,
    topic_arn: pulumi.Input[str],
    dimensions: Mapping[str, pulumi.Input[str]],
    **what: Any,  # noqa: ANN401 - inputs of the alarm
) -> None:
    aws.cloudwatch.MetricAlarm(
        name,
        namespace="AWS/S3",
        comparison_operator="GreaterThanThreshold",
        period=_PERIOD_SECONDS,
        dimensions=dimensions,
        treat_missing_data="notBreaching",  # S3 publishes nothing while nothing is asked or copied
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        tags=tags.named(name, settings.tags),
        opts=pulumi.ResourceOptions(parent=parent),
        **what,
    )
