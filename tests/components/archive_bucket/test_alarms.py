"""What is watched, and who is told."""

import pytest
from components.archive_bucket.building import ABROAD, EVERYTHING, TOPIC, TOPIC_ABROAD, build, plain


def test_request_metrics_can_be_turned_off() -> None:
    assert plain(build({}).named("archive-metrics")) == {"bucket": "archive-bucket", "name": "EntireBucket"}
    assert not build({"request_metrics": False}).of_type("aws:s3/bucketMetric:BucketMetric")


def test_alarms_need_somebody_to_tell() -> None:
    alarm = "aws:cloudwatch/metricAlarm:MetricAlarm"
    assert not build({"replication": {"region": ABROAD}}).of_type(alarm)
    assert [found.name for found in build({"alarm_topic_arn": TOPIC}).of_type(alarm)] == ["archive-server-errors"]


@pytest.mark.parametrize(
    ("name", "metric", "topic", "threshold"),
    [
        ("server-errors", "5xxErrors", TOPIC, 0.01),
        ("replication-failures", "OperationsFailedReplication", TOPIC, 0),
        ("replication-latency", "ReplicationLatency", TOPIC_ABROAD, 900),
    ],
)
def test_each_alarm_watches_its_metric_and_tells_its_region(
    name: str, metric: str, topic: str, threshold: float
) -> None:
    alarm = build(EVERYTHING).named(f"archive-{name}").inputs
    assert (alarm["namespace"], alarm["metricName"], alarm["threshold"]) == ("AWS/S3", metric, threshold)
    assert alarm["alarmActions"] == alarm["okActions"] == [topic]
    assert alarm["treatMissingData"] == "notBreaching"
    replication = {"SourceBucket": "archive-bucket", "DestinationBucket": "archive-replica", "RuleId": "everything"}
    requests = {"BucketName": "archive-bucket", "FilterId": "EntireBucket"}
    assert alarm["dimensions"] == (requests if name == "server-errors" else replication)
