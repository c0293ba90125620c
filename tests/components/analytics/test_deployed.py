"""A day of simulated users through the sandbox's AWS: what the named queries answer is the truth, to the last number.

What this does not prove: how Kinesis, Firehose and Athena behave under load.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError
from components.analytics.building import HOME
from components.analytics.deployed import STEPS, Deployed

from aws_mobile_cli.simulator import SESSION_TIMES, differences
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime import lake

Day = tuple[Deployed, list[lake.Delivery]]


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)


@pytest.fixture(scope="module")
def day(deployed: Deployed) -> Day:
    """Send the day once as a user."""
    return deployed, deployed.send(deployed.user, deployed.streamed)


def test_something_was_simulated(deployed: Deployed) -> None:
    simulated = deployed.simulated
    assert len(simulated.events) > 500
    assert len(simulated.again) > 20
    assert len(simulated.broken) > 8
    assert {clock for _, clock, _ in deployed.truth.clocks} == {"good", "corrected"}


def test_everything_sent_is_written(day: Day) -> None:
    deployed, written = day
    simulated = deployed.simulated
    assert {each.error for each in written} == {None}
    counts = Counter[str]()
    for each in written:
        counts[each.kind] += each.records
    assert counts == {
        "data": len(simulated.events) + len(simulated.again),
        "processing-failed": len(simulated.broken),
    }


@pytest.mark.parametrize(
    "query", ["daily_active", "monthly_active", "retention", "custom_events", "clocks", "sessions"]
)
def test_a_named_query_gives_the_true_numbers(query: str, day: Day) -> None:
    deployed, _ = day
    within = SESSION_TIMES if query == "sessions" else None
    assert differences(deployed.ask(deployed.streamed, query), getattr(deployed.truth, query), within) == []


def test_metrics_of_custom_events_add_up(day: Day) -> None:
    deployed, _ = day
    true = [row for row in deployed.truth.metrics if row[1] == "purchase"]
    assert len(true) == 1
    assert differences(deployed.ask(deployed.streamed, "metrics"), true) == []


def test_a_funnel_counts_devices_that_took_the_steps_in_their_order(day: Day) -> None:
    deployed, _ = day
    true = deployed.truth.funnel(STEPS)
    assert true[0][2] > true[2][2] > 0
    assert differences(deployed.ask(deployed.streamed, "funnel-shop"), true) == []


def test_broken_events_are_kept_apart_as_they_came(day: Day) -> None:
    deployed, _ = day
    lines = [
        json.loads(line)
        for key in deployed.keys(deployed.streamed, "broken/processing-failed/")
        for line in deployed.read(deployed.streamed, key).splitlines()
    ]
    assert Counter(base64.b64decode(line["rawData"]) for line in lines) == Counter(deployed.simulated.broken)


def test_no_identifier_is_stored_as_it_came(day: Day) -> None:
    deployed, _ = day
    keys = deployed.keys(deployed.streamed, "events/")
    assert keys
    for key in keys:
        body = deployed.read(deployed.streamed, key)
        assert b"device-1" not in body
        assert b"user-1" not in body


def test_the_dashboards_numbers_are_the_true_ones(day: Day) -> None:
    deployed, _ = day
    about = "project-stack-streamed"
    found = {metric: deployed.number(metric, about) for metric in deployed.truth.numbers}
    assert found == deployed.truth.numbers
    assert deployed.number("BrokenEvents", about) == len(deployed.simulated.broken)
    types = {row[1]: row[2] for row in deployed.truth.custom_events}
    assert {kind: deployed.number("EventsByType", about, EventType=kind) for kind in types} == types


def test_who_was_not_named_may_not_send(deployed: Deployed) -> None:
    for who, analytics in ((deployed.guest, deployed.streamed), (deployed.user, deployed.direct)):
        with pytest.raises(ClientError) as refused:
            deployed.send(who, analytics)
        assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_who_may_send_may_not_read(deployed: Deployed) -> None:
    kinesis = deployed.user("kinesis")
    with pytest.raises(ClientError) as refused:
        kinesis.list_shards(StreamName=deployed.streamed["stream_name"])
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_events_that_guests_send_to_firehose_itself_are_counted_too(deployed: Deployed) -> None:
    deployed.send(deployed.guest, deployed.direct)
    assert differences(deployed.ask(deployed.direct, "daily_active"), deployed.truth.daily_active) == []
    assert differences(deployed.ask(deployed.direct, "clocks"), deployed.truth.clocks) == []
    assert deployed.number("Events", "project-stack-direct") == deployed.truth.numbers["Events"]


def test_every_batch_was_counted(day: Day) -> None:
    deployed, _ = day
    url = deployed.aws("sqs").list_queues(QueueNamePrefix="streamed-dead-letters")["QueueUrls"][0]
    attributes = deployed.aws("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessages"] == "0"
