"""A pull is the dataset as it was at one moment, or what changed in it since another."""

import base64
import json
import time
from typing import Any
from unittest.mock import patch

import pytest
from components.data_sync.functions.surroundings import IDENTITY, TABLE, Service, service
from hypothesis import given, settings
from hypothesis import strategies as st

DAY = 86_400


def made_up(*said: object) -> str:
    """Return a page as only somebody who wants to know what happens makes it."""
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def kept(sync: Service, dataset: str = "notes") -> dict[str, str]:
    return {each["key"]: each["value"] for each in sync.pull(dataset).body["records"]}


def test_a_dataset_that_never_was_is_empty() -> None:
    with service() as sync:
        reply = sync.pull("notes")
        assert (reply.status, reply.body | {"seen_at": 0}) == (
            200,
            {"dataset": "notes", "since": 0, "sync_count": 0, "seen_at": 0, "records": []},
        )
        assert sync.calls == ["BatchGetItem", "TransactGetItems"]


def test_a_pull_since_a_count_has_what_changed_and_tombstones() -> None:
    with service() as sync:
        sync.push("notes", [{"key": key, "value": "1", "base": 0} for key in "abc"])
        seen = sync.pull("notes").body
        sync.put("notes", "b", None, base=1)
        sync.put("notes", "c", "2", base=1)
        reply = sync.pull("notes", seen["sync_count"], seen["seen_at"]).body
        assert (reply["since"], reply["sync_count"]) == (1, 3)
        assert [(each["key"], each["value"], each["sync_count"]) for each in reply["records"]] == [
            ("b", None, 2),
            ("c", "2", 3),
        ]
        assert sync.calls == ["BatchGetItem", "Query", "GetItem"]
        assert kept(sync) == {"a": "1", "c": "2"}


def test_a_pull_of_everything_leaves_tombstones_out() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.put("notes", "a", None, base=1)
        assert sync.pull("notes").body["records"] == []


def test_whoever_was_away_for_longer_than_tombstones_last_gets_everything() -> None:
    with service(tombstone_days=2) as sync:
        sync.push("notes", [{"key": key, "value": "1", "base": 0} for key in "ab"])
        seen = sync.pull("notes").body
        sync.put("notes", "a", None, base=1)
        later = time.time() + 2 * DAY
        with patch("time.time", lambda: later - 60):
            assert sync.pull("notes", 1, seen["seen_at"]).body["since"] == 1
        with patch("time.time", lambda: later + 60):
            reply = sync.pull("notes", 1, seen["seen_at"]).body
        assert (reply["since"], [each["key"] for each in reply["records"]]) == (0, ["b"])


def test_a_tombstone_expires_a_day_after_nobody_needs_it() -> None:
    with service(tombstone_days=2) as sync, patch("time.time", lambda: 1_800_000_000.5):
        sync.put("notes", "a", None)
        (tombstone,) = [item for item in sync.items() if item["sk"]["S"] == "a"]
        assert tombstone["expires_at"]["N"] == str(1_800_000_000 + 3 * DAY)


def test_what_was_deleted_and_made_again_is_given_anew() -> None:
    with service() as sync:
        sync.put("notes", "old", "1")
        seen = sync.pull("notes").body
        sync.call("DELETE", "notes")
        gone = sync.pull("notes", 1, seen["seen_at"]).body
        assert (gone["since"], gone["sync_count"], gone["records"]) == (0, 1, [])
        sync.put("notes", "new", "2")
        again = sync.pull("notes", 1, seen["seen_at"]).body
        assert (again["since"], [each["key"] for each in again["records"]]) == (0, ["new"])


def test_a_count_of_the_future_is_refused_by_its_field() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        assert sync.pull("notes", 2, int(time.time())).refusal == (409, "FutureCount", "since")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "x"}, "since"),
        ({"since": "-1"}, "since"),
        ({"since": "1.5"}, "since"),
        ({"since": "1"}, "seen_at"),
        ({"since": "1", "seen_at": ""}, "seen_at"),
        ({"since": "1", "seen_at": "99999999999"}, "seen_at"),
        ({"page": "?"}, "page"),
        ({"page": "W10"}, "page"),
        ({"page": "bnVsbA"}, "page"),
        ({"page": made_up(1, 0, 0, "a")}, "page"),
        ({"page": made_up(1, 0, -1, "a")}, "page"),
        ({"page": made_up(1, 0, 10**40, "a")}, "page"),
        ({"page": made_up(1, 0, 1, "")}, "page"),
        ({"page": made_up(1, 0, 1, "k" * 1025)}, "page"),
        ({"page": made_up(1, 0, 1, "\ud800")}, "page"),
        ({"limit": "3"}, "limit"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_by_its_field(query: dict[str, str], field: str) -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        assert sync.call("GET", "notes", **query).refusal == (400, "Invalid", field)


def test_the_name_of_an_unknown_parameter_is_told_as_text_of_a_bounded_length() -> None:
    with service() as sync:
        assert sync.call("GET", "notes", **{"\ud800": "x"}).refusal == (400, "Invalid", "?")
        assert sync.call("GET", "notes", **{"x" * 8000: "x"}).refusal == (400, "Invalid", "x" * 128)


def test_any_number_of_tombstones_takes_a_bounded_number_of_reads() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        partition = f"r#{IDENTITY}#notes#0"
        for number in range(44):
            tombstone = {
                "pk": {"S": partition},
                "sk": {"S": f"gone{number:02d}"},
                "count": {"N": "1"},
                "changed_at": {"N": "1"},
                "device": {"S": "d" * 300_000},
            }
            sync.dynamodb.put_item(TableName=TABLE, Item=tombstone)
        sync.put("notes", "z", "1")
        found: list[str] = []
        query: dict[str, Any] = {}
        for _ in range(20):
            reply = sync.call("GET", "notes", **query)
            assert sync.calls.count("Query") <= 10
            found += [each["key"] for each in reply.body["records"]]
            if "page" not in reply.body:
                break
            query["page"] = reply.body["page"]
        assert found == ["a", "z"]


def test_a_parameter_given_twice_is_refused() -> None:
    with service() as sync:
        event = {
            "resource": "/sync/datasets/{dataset}",
            "httpMethod": "GET",
            "pathParameters": {"dataset": "notes"},
            "queryStringParameters": {"since": "1"},
            "multiValueQueryStringParameters": {"since": ["0", "1"]},
            "requestContext": {"identity": {"cognitoIdentityId": "someone"}},
        }
        assert sync.handle(event).refusal == (400, "Invalid", "since")


def large(sync: Service) -> dict[str, str]:
    """Fill a dataset that takes several pages; two records of each push have the same count."""
    values = {}
    for number in range(20):
        changes = [{"key": f"{key}{number:02d}", "value": key * 100_000, "base": 0} for key in ("a", "b")]
        assert sync.push("notes", changes).status == 200
        values |= {each["key"]: each["value"] for each in changes}
    return values


def test_a_large_dataset_comes_in_pages_of_one_moment() -> None:
    with service(max_dataset_bytes=10_000_000) as sync:
        values = large(sync)
        found: list[dict[str, Any]] = []
        query: dict[str, Any] = {"since": 0}
        pages = 0
        while True:
            reply = sync.call("GET", "notes", **query)
            assert reply.size < 6_000_000
            assert sync.calls == ["BatchGetItem", "Query", "GetItem"]
            found += reply.body["records"]
            pages += 1
            if "page" not in reply.body:
                break
            query["page"] = reply.body["page"]
        assert pages >= 4
        assert [each["sync_count"] for each in found] == sorted(each["sync_count"] for each in found)
        assert len(found) == len(values)
        assert {each["key"]: each["value"] for each in found} == values


def test_a_page_of_a_dataset_that_changed_meanwhile_is_refused() -> None:
    with service(max_dataset_bytes=10_000_000) as sync:
        large(sync)
        page = sync.pull("notes").body["page"]
        sync.put("notes", "c", "1")
        assert sync.call("GET", "notes", page=page).refusal == (409, "DatasetChanged", "page")


def test_values_that_grow_as_json_still_fit_an_answer() -> None:
    with service(max_dataset_bytes=10_000_000) as sync:
        for number in range(5):
            assert sync.put("notes", f"k{number}", "\x01" * 200_000).status == 200
        first = sync.pull("notes")
        assert first.size < 6_000_000
        rest = sync.call("GET", "notes", page=first.body["page"])
        keys = [each["key"] for reply in (first, rest) for each in reply.body["records"]]
        assert keys == [f"k{number}" for number in range(5)]


@pytest.mark.parametrize("operation", [2, 3])
def test_a_push_within_a_pull_is_in_it_whole_or_not_at_all(operation: int) -> None:
    with service() as sync:
        sync.push("notes", [{"key": key, "value": "1", "base": 0} for key in "ab"])

        def disturb(number: int, _: str) -> None:
            if number == operation:
                sync.between = None
                sync.push("notes", [{"key": key, "value": "2", "base": 1} for key in "ab"])

        sync.between = disturb
        reply = sync.pull("notes").body
        assert (reply["sync_count"], {each["value"] for each in reply["records"]}) == (2, {"2"})


def test_a_pull_that_pushes_always_outrun_is_told_to_come_again() -> None:
    with service() as sync:
        sync.put("notes", "a", "0")
        count = [1]

        def disturb(_: int, operation: str) -> None:
            if operation == "Query":
                assert sync.put("notes", "a", "again", base=count[0]).status == 200
                count[0] += 1

        sync.between = disturb
        assert sync.pull("notes").refusal == (503, "Busy", None)
        assert count == [4]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), st.text(max_size=3))), max_size=12), st.data())
def test_what_changed_since_any_count_makes_an_old_copy_new(
    edits: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    with service() as sync:
        copies = [(0, 0, {})]
        counts: dict[str, int] = {}
        now: dict[str, str] = {}
        for key, value in edits:
            counts[key] = sync.put("notes", key, value, base=counts.get(key, 0)).body["sync_count"]
            now = {name: each for name, each in (now | {key: value}).items() if each is not None}
            copies.append((counts[key], int(time.time()), now))
        since, seen_at, copy = data.draw(st.sampled_from(copies))
        changed = sync.pull("notes", since, seen_at or None).body["records"]
        copy = copy | {each["key"]: each["value"] for each in changed}
        assert {key: value for key, value in copy.items() if value is not None} == now
