"""What Firehose is told becomes of events."""

import base64
import json
from typing import Any

import pytest
from components.analytics.functions.feeding import ARRIVED, EVENT, changed, firehose, rows, without
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.analytics.functions.events import prepare
from pulumi_aws_mobile.analytics.functions.events import settings as environment
from pulumi_aws_mobile.analytics.functions.events.reading import BrokenEventError, read_event
from pulumi_aws_sandbox.aws import Connection

pytestmark = pytest.mark.usefixtures("aws")

HOUR = 3_600_000
DAY = 24 * HOUR


def test_an_event_goes_to_the_partition_of_its_day_and_type() -> None:
    (record,) = prepare.handle(firehose([changed()]), None)["records"]
    assert (record["recordId"], record["result"]) == ("record-0", "Ok")
    assert record["metadata"] == {"partitionKeys": {"day": "2026-09-21", "event_type": "purchase"}}


def test_a_row_has_the_columns_of_the_table() -> None:
    (row,) = rows(prepare.handle(firehose([changed()]), None))
    assert len(row.pop("user_id")) == 64
    assert row == {
        "event_id": "event-0001",
        "schema_version": 2,
        "occurred_at": ARRIVED - 1000,
        "client_time": ARRIVED - 1000,
        "arrived_at": ARRIVED,
        "clock": "good",
        "device_id": "phone",
        "session_id": "visit",
        "platform": "ios",
        "app_version": "1.0",
        "locale": "de-AT",
        "attributes": {"currency": "EUR"},
        "metrics": {"price": 9.5},
        "day": "2026-09-21",
        "event_type": "purchase",
    }


def test_the_time_at_the_stream_counts_where_there_is_one() -> None:
    event = firehose([changed()], arrived_at=ARRIVED + HOUR)
    event["records"][0]["kinesisRecordMetadata"] = {"approximateArrivalTimestamp": ARRIVED}
    assert rows(prepare.handle(event, None))[0]["arrived_at"] == ARRIVED


BROKEN = [
    (b"not JSON", "not JSON in UTF-8"),
    (b"\xff", "not JSON in UTF-8"),
    (b"[" * 20_000, "not JSON in UTF-8"),
    (b'{"a": NaN}', "not JSON in UTF-8"),
    (b"[]", "not an object"),
    (b"x" * 32_769, "larger than 32768 bytes"),
    (without("event_id"), "event_id: missing"),
    (changed(device_id=None), "device_id: missing"),
    (changed(email="a@example.com"), "a field that no event has"),
    (changed(event_id="short"), "event_id: not [A-Za-z0-9_-]{8,64}"),
    (changed(event_type="unheard.of"), "event_type: not in the schema"),
    (changed(event_type=1), "event_type: not 1 to 64 characters"),
    (changed(schema_version=3), "schema_version: not 1 to 2"),
    (changed(schema_version=True), "schema_version: not a whole number"),
    (changed(client_time=1.5), "client_time: not a whole number"),
    (changed(client_time=-1), "client_time: not milliseconds since 1970"),
    (changed(sent_at=10**15), "sent_at: not milliseconds since 1970"),
    (changed(platform="toaster"), "platform: not android | ios | web | other"),
    (changed(attributes=[]), "attributes: not an object with at most 40 entries"),
    (changed(attributes={"colour": "red"}), "attributes: a name that this type of event does not have"),
    (changed(attributes={"currency": 1}), "attributes.currency: not a text of at most 1000 characters"),
    (changed(attributes={"currency": "\ud800"}), "attributes.currency: not a text of at most 1000 characters"),
    (changed(metrics={"price": "9"}), "metrics.price: not a number"),
    (changed(metrics={"price": True}), "metrics.price: not a number"),
    (changed(metrics={"price": 10**400}), "metrics.price: not a number"),
]


@pytest.mark.parametrize(("data", "said"), BROKEN, ids=range(len(BROKEN)))
def test_an_event_that_breaks_the_schema_is_given_back_as_it_came(data: bytes, said: str) -> None:
    (record,) = prepare.handle(firehose([data]), None)["records"]
    assert record == {"recordId": "record-0", "result": "ProcessingFailed", "data": base64.b64encode(data).decode()}
    with pytest.raises(BrokenEventError) as broken:
        read_event(data, environment.settings())
    assert str(broken.value) == said


def test_a_broken_event_does_not_stop_the_others() -> None:
    answer = prepare.handle(firehose([b"", changed(), b"{}"]), None)
    assert [record["result"] for record in answer["records"]] == ["ProcessingFailed", "Ok", "ProcessingFailed"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(EVENT)) | st.text(), inner),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode())
)
def test_whatever_comes_each_record_has_its_answer(data: bytes) -> None:
    (record,) = prepare.handle(firehose([data]), None)["records"]
    assert record["recordId"] == "record-0"
    assert record["result"] in {"Ok", "ProcessingFailed"}


def test_an_old_version_is_still_understood() -> None:
    assert rows(prepare.handle(firehose([changed(schema_version=1)]), None))


@pytest.mark.parametrize(
    ("client_time", "sent_at", "occurred_at", "clock"),
    [
        (ARRIVED - 2 * DAY, None, ARRIVED - 2 * DAY, "good"),
        (ARRIVED - 2 * DAY, ARRIVED, ARRIVED - 2 * DAY, "good"),
        (ARRIVED + 4 * HOUR, ARRIVED + 5 * HOUR, ARRIVED - HOUR, "corrected"),
        (ARRIVED - 400 * DAY, ARRIVED - 399 * DAY, ARRIVED - DAY, "corrected"),
        (ARRIVED + HOUR, None, ARRIVED, "replaced"),
        (ARRIVED - 8 * DAY, ARRIVED, ARRIVED, "replaced"),
        (0, 0, ARRIVED, "corrected"),
    ],
)
def test_a_clock_that_is_wrong_is_seen_through(
    client_time: int, sent_at: int | None, occurred_at: int, clock: str
) -> None:
    (row,) = rows(prepare.handle(firehose([changed(client_time=client_time, sent_at=sent_at)]), None))
    assert (row["occurred_at"], row["clock"], row["client_time"]) == (occurred_at, clock, client_time)


def private(monkeypatch: pytest.MonkeyPatch, **wishes: str) -> dict[str, Any]:
    monkeypatch.setenv("PRIVACY", json.dumps({name.replace("__", "."): wish for name, wish in wishes.items()}))
    environment.settings.cache_clear()
    return rows(prepare.handle(firehose([changed()]), None))[0]


def test_hashes_of_the_same_are_the_same_and_of_another_field_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    first = private(monkeypatch, user_id="hash", device_id="hash")
    again = rows(prepare.handle(firehose([changed(device_id="somebody")]), None))[0]
    assert first["user_id"] == again["user_id"]
    assert again["device_id"] != again["user_id"]


def test_hashes_of_another_key_are_others(aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    first = private(monkeypatch, user_id="hash")
    key = aws("kms").create_key(KeyUsage="GENERATE_VERIFY_MAC", KeySpec="HMAC_256")["KeyMetadata"]["Arn"]
    monkeypatch.setenv("HASH_KEY_ARN", key)
    assert private(monkeypatch, user_id="hash")["user_id"] != first["user_id"]


def test_what_is_dropped_is_not_in_the_lake(monkeypatch: pytest.MonkeyPatch) -> None:
    row = private(monkeypatch, user_id="drop", attributes__currency="drop")
    assert (row["user_id"], row["attributes"]) == (None, {})


def test_attributes_can_be_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(private(monkeypatch, attributes__currency="hash")["attributes"]["currency"]) == 64
