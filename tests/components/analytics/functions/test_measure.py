"""The numbers that come of events."""

from datetime import UTC, datetime

import pytest
from components.analytics.functions.feeding import ARRIVED, changed, firehose, kinesis

from pulumi_aws_mobile.analytics.functions.events import counting, measure, prepare
from pulumi_aws_mobile.analytics.functions.events import settings as environment
from pulumi_aws_sandbox.aws import Connection

pytestmark = pytest.mark.usefixtures("aws")


def total(aws: Connection, metric: str, event_type: str | None = None) -> float:
    by_type = [{"Name": "EventType", "Value": event_type}] if event_type else []
    points = aws("cloudwatch").get_metric_statistics(
        Namespace="AwsMobile/Analytics",
        MetricName=metric,
        Dimensions=[{"Name": "Analytics", "Value": "project-stack-a"}, *by_type],
        StartTime=datetime.fromtimestamp(ARRIVED / 1000 - 3600, UTC),
        EndTime=datetime.fromtimestamp(ARRIVED / 1000 + 3600, UTC),
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]
    return sum(point["Sum"] for point in points)


def start(event_id: str, **attributes: str) -> bytes:
    return changed(event_id=event_id, event_type="_session.start", attributes=attributes, metrics={})


def test_events_are_counted_together_and_by_type(aws: Connection) -> None:
    measure.handle(kinesis([changed(), start("start-001")]), None)
    assert (total(aws, "Events"), total(aws, "EventsByType", "purchase"), total(aws, "Sessions")) == (2, 1, 1)


def test_a_devices_first_session_of_the_month_is_its_first_of_the_day_too(aws: Connection) -> None:
    measure.handle(
        kinesis([start("start-001", first="month"), start("start-002", first="day"), start("start-003")]), None
    )
    assert (total(aws, "DevicesFirstSeenToday"), total(aws, "DevicesFirstSeenThisMonth")) == (2, 1)


def test_broken_events_are_counted(aws: Connection) -> None:
    measure.handle(kinesis([b"", b"{}", changed()]), None)
    assert (total(aws, "BrokenEvents"), total(aws, "Events")) == (2, 1)


def test_an_event_that_is_there_twice_counts_once(aws: Connection) -> None:
    measure.handle(kinesis([changed(), changed()]), None)
    assert total(aws, "Events") == 1


def test_a_batch_that_comes_again_adds_nothing(aws: Connection) -> None:
    for _ in range(2):
        measure.handle(kinesis([changed(), b""]), None)
    assert (total(aws, "Events"), total(aws, "BrokenEvents")) == (1, 1)


def test_a_batch_whose_numbers_were_not_taken_counts_when_it_comes_again(
    aws: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError

    with monkeypatch.context() as failing:
        client = aws("cloudwatch")
        failing.setattr(client, "put_metric_data", fail)
        failing.setattr(counting, "_cloudwatch", lambda: client)
        with pytest.raises(OSError):  # noqa: PT011 - the stand-in's own
            measure.handle(kinesis([changed()]), None)
    measure.handle(kinesis([changed()]), None)
    assert total(aws, "Events") == 1


def test_only_the_last_are_remembered() -> None:
    counting.remember(str(number) for number in range(60_000))
    assert len(counting._recent) == 50_000


def test_a_batch_of_nothing_new_asks_nothing_of_cloudwatch(aws: Connection) -> None:
    measure.handle(kinesis([]), None)
    assert not aws("cloudwatch").list_metrics(Namespace="AwsMobile/Analytics")["Metrics"]


def test_without_a_stream_events_are_counted_where_they_are_prepared(aws: Connection) -> None:
    prepare.handle(firehose([changed(), b""]), None)
    assert (total(aws, "Events"), total(aws, "BrokenEvents")) == (1, 1)


def test_with_a_stream_they_are_counted_there_only(aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("METRICS_NAMESPACE")
    environment.settings.cache_clear()
    prepare.handle(firehose([changed()]), None)
    assert total(aws, "Events") == 0
