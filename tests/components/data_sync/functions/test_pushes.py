"""A push is stored whole or not at all, once, and only on what the device knew."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.data_sync.functions.surroundings import IDENTITY, OTHER, service
from hypothesis import given
from hypothesis import strategies as st


def change(key: str, value: str | None = "v", base: int = 0, **more: object) -> dict[str, Any]:
    return {"key": key, "value": value, "base": base, **more}


def test_the_first_push_makes_the_dataset() -> None:
    with service() as sync:
        reply = sync.push("notes", [change("a", "one"), change("ä", "zwei", changed_at=5)])
        assert (reply.status, reply.body | {"seen_at": 0}) == (
            200,
            {"dataset": "notes", "sync_count": 1, "seen_at": 0, "records": 2, "bytes": 4 + 6},
        )
        found = sync.pull("notes").body["records"]
        assert [(each["key"], each["value"], each["sync_count"], each["device"]) for each in found] == [
            ("a", "one", 1, "phone"),
            ("ä", "zwei", 1, "phone"),
        ]
        assert found[1]["changed_at"] == 5


def test_each_push_raises_the_count_by_one_and_tells_the_size() -> None:
    with service() as sync:
        sync.put("notes", "a", "one")
        assert sync.put("notes", "b", "two").body["sync_count"] == 2
        reply = sync.put("notes", "a", None, base=1)
        assert (reply.body["sync_count"], reply.body["records"], reply.body["bytes"]) == (3, 1, 4)


def test_a_record_that_changed_meanwhile_is_a_conflict_and_nothing_is_stored() -> None:
    with service() as sync:
        sync.put("notes", "a", "theirs")
        before = sync.items()
        reply = sync.push("notes", [change("b", "mine"), change("a", "mine"), change("c", "mine", base=1)])
        record = sync.pull("notes").body["records"][0]
        none = {"key": "c", "value": None, "sync_count": 0, "changed_at": 0, "device": ""}
        assert reply.refusal == (409, "Conflict", "changes")
        assert reply.body["sync_count"] == 1
        assert reply.body["conflicts"] == [
            {"key": "a", "base": 0, "record": record},
            {"key": "c", "base": 1, "record": none},
        ]
        assert sync.items() == before


def test_a_tombstone_is_a_record_of_its_count() -> None:
    with service() as sync:
        sync.put("notes", "a", "one")
        sync.put("notes", "a", None, base=1)
        assert sync.put("notes", "a", "again").body["conflicts"][0]["record"]["sync_count"] == 2
        assert sync.put("notes", "a", "again", base=2).status == 200
        (record,) = [item for item in sync.items() if item["sk"]["S"] == "a"]
        assert "expires_at" not in record


def test_the_same_push_again_gets_the_same_answer_and_is_not_stored_again() -> None:
    with service() as sync:
        body = {"token": "token-of-one", "device": "phone", "changes": [change("a", "one")]}
        first = sync.call("POST", "notes", body)
        sync.put("notes", "b", "two")
        before = sync.items()
        assert sync.call("POST", "notes", body) == first
        assert sync.calls == ["BatchGetItem"]
        other = sync.call("POST", "notes", {**body, "changes": [change("a", "other", base=1)]})
        assert other.refusal == (409, "TokenReused", "token")
        assert sync.items() == before


def test_a_push_that_comes_again_after_the_dataset_went_does_not_bring_it_back() -> None:
    with service() as sync:
        body = {"token": "token-of-one", "device": "phone", "changes": [change("a", "one")]}
        first = sync.call("POST", "notes", body)
        sync.call("DELETE", "notes")
        assert sync.call("POST", "notes", body) == first
        assert sync.call("GET").body == {"datasets": []}


def test_counts_do_not_come_again_when_a_dataset_is_made_again() -> None:
    with service() as sync:
        for _ in range(3):
            count = sync.pull("notes").body["sync_count"]
            made = sync.put("notes", "a", "one").body["sync_count"]
            assert made == count + 1
            sync.put("notes", "a", "two", base=made)
            assert sync.call("DELETE", "notes").body["sync_count"] == made + 1
        assert made == 5


@pytest.mark.parametrize("operation", [1, 2, 3])
def test_a_function_that_dies_between_two_calls_leaves_all_or_nothing(operation: int) -> None:
    with service() as sync:
        sync.put("notes", "a", "one")
        before = sync.items()

        def die(number: int, _: str) -> None:
            if number == operation:
                raise KeyboardInterrupt

        sync.between = die
        with pytest.raises(KeyboardInterrupt):
            sync.push("notes", [change("b"), change("c")])
        sync.between = None
        assert sync.items() == before
        assert sync.push("notes", [change("b"), change("c")]).status == 200


@pytest.mark.parametrize("operation", [2, 3])
def test_a_push_between_the_calls_of_another_is_seen(operation: int) -> None:
    with service() as sync:
        sync.put("notes", "a", "one")

        def disturb(number: int, _: str) -> None:
            if number == operation:
                sync.between = None
                calls = list(sync.calls)
                assert sync.push("notes", [change("a", "theirs", base=1), change("z")]).status == 200
                sync.calls[:] = calls

        sync.between = disturb
        other = sync.push("notes", [change("b", "mine")], token="another-token")
        assert (other.status, other.body["sync_count"]) == (200, 3)
        sync.between = None
        assert sync.put("notes", "a", "mine", base=1).refusal == (409, "Conflict", "changes")
        assert {each["key"] for each in sync.pull("notes").body["records"]} == {"a", "b", "z"}


def test_a_push_that_others_always_outrun_is_told_to_come_again(caplog: pytest.LogCaptureFixture) -> None:
    with service() as sync:
        sync.put("notes", "a", "0")
        turn = [0]

        def disturb(_: int, operation: str) -> None:
            if operation == "TransactWriteItems":
                turn[0] += 1
                between, sync.between = sync.between, None
                calls = list(sync.calls)
                assert sync.put("notes", f"k{turn[0]}", "theirs").status == 200
                sync.calls[:] = calls
                sync.between = between

        sync.between = disturb
        reply = sync.push("notes", [change("mine")], token="another-token")
        assert (reply.refusal, reply.headers["Retry-After"], turn) == ((503, "Busy", None), "1", [5])
        # And nothing of whom, or of what they keep.
        assert caplog.messages == ["busy: /sync/datasets/{dataset}"]
        assert "mine" not in {each["key"] for each in sync.pull("notes").body["records"]}


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        ("ThrottlingError", (503, "Busy", None)),
        ("ProvisionedThroughputExceeded", (503, "Busy", None)),
        ("ItemCollectionSizeLimitExceeded", (413, "TooLarge", "dataset")),
    ],
)
def test_what_dynamodb_cannot_take_now_or_any_more_is_refused(
    reason: str, refusal: tuple[int, str, str | None]
) -> None:
    with service() as sync:

        def refuse(_: int, operation: str) -> None:
            if operation == "TransactWriteItems":
                reasons = [{"Code": "None"}, {"Code": reason}]
                said: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
                raise ClientError(said, operation)

        sync.between = refuse
        assert sync.put("notes", "a", "1").refusal == refusal
        assert sync.calls == ["BatchGetItem", "TransactWriteItems"]


def test_a_transaction_that_is_still_under_way_is_told_to_come_again() -> None:
    with service() as sync:

        def refuse(_: int, operation: str) -> None:
            if operation == "TransactWriteItems":
                raise ClientError({"Error": {"Code": "TransactionInProgressException"}}, operation)

        sync.between = refuse
        assert sync.put("notes", "a", "1").refusal == (503, "Busy", None)


def test_conflicts_fit_an_answer_with_their_keys() -> None:
    with service(max_dataset_bytes=10_000_000) as sync:
        keys = [f"{number:02d}{chr(34) * 1022}" for number in range(90)]
        for start in range(0, 90, 30):
            values = [change(key, '"' * 33_000) for key in keys[start : start + 30]]
            assert sync.push("notes", values).status == 200
        reply = sync.push("notes", [change(key, "mine") for key in keys])
        # Lambda hands over 6 MB, in which the answer is text within JSON again.
        assert len(json.dumps(json.dumps(reply.body, ensure_ascii=False), ensure_ascii=False)) < 6_100_000
        assert reply.refusal == (409, "Conflict", "changes")


def test_the_limits_hold_to_the_byte() -> None:
    with service(max_dataset_bytes=1024, max_records=3, max_datasets=2, max_key_bytes=4, max_value_bytes=1000) as sync:
        assert sync.put("a", "käs", "v" * 1000).status == 200
        assert sync.put("a", "käse", "v").refusal == (413, "TooLarge", "changes[0].key")
        assert sync.put("a", "k", "v" * 1001).refusal == (413, "TooLarge", "changes[0].value")
        assert sync.put("a", "l", "v" * 20).refusal == (413, "TooLarge", "dataset")
        assert sync.put("a", "l", "v" * 19).body["bytes"] == 1024
        assert sync.put("a", "m", "").refusal == (413, "TooLarge", "dataset")
        assert sync.push("b", [change(each, "") for each in "abcd"]).refusal == (413, "TooManyRecords", "dataset")
        assert sync.push("b", [change(each, "") for each in "abc"]).status == 200
        assert sync.put("c", "a", "").refusal == (409, "TooManyDatasets", "dataset")
        sync.call("DELETE", "b")
        assert sync.put("c", "a", "").status == 200


def test_a_dataset_beyond_a_limit_that_was_lowered_can_still_shrink() -> None:
    with service() as sync:
        sync.push("a", [change("k", "v" * 100), change("l", "v" * 100)])
        sync.environment["MAX_DATASET_BYTES"] = "50"
        assert sync.put("a", "k", "w" * 90, base=1).status == 200
        assert sync.put("a", "m", "v").refusal == (413, "TooLarge", "dataset")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{", "body"),
        ("[]", "body"),
        ('{"token": NaN}', "body"),
        ({}, "changes"),
        ({"device": "phone", "changes": [change("a")]}, "token"),
        ({"token": "short", "device": "phone", "changes": [change("a")]}, "token"),
        ({"token": "token with space", "device": "phone", "changes": [change("a")]}, "token"),
        ({"token": "token-0001", "device": "", "changes": [change("a")]}, "device"),
        ({"token": "token-0001", "device": 3, "changes": [change("a")]}, "device"),
        ({"token": "token-0001", "device": "phone", "changes": []}, "changes"),
        ({"token": "token-0001", "device": "phone", "changes": {}}, "changes"),
        ({"token": "token-0001", "device": "phone", "changes": [3]}, "changes[0]"),
        ({"token": "token-0001", "device": "phone", "changes": [change("a")], "extra": 1}, "extra"),
        ({"token": "token-0001", "device": "phone", "changes": [change("a", extra=1)]}, "changes[0].extra"),
        ({"token": "token-0001", "device": "phone", "changes": [{"key": "a", "base": 0}]}, "changes[0].value"),
        ({"token": "token-0001", "device": "phone", "changes": [change("")]}, "changes[0].key"),
        ({"token": "token-0001", "device": "phone", "changes": [change("a\nb")]}, "changes[0].key"),
        ('{"token":"token-0001","device":"phone","changes":[{"key":"\\ud800","value":"","base":0}]}', "changes[0].key"),
        (
            '{"token":"token-0001","device":"phone","changes":[{"key":"a","value":"\\ud800","base":0}]}',
            "changes[0].value",
        ),
        ({"token": "token-0001", "device": "phone", "changes": [change("a", 3)]}, "changes[0].value"),  # pyrefly: ignore[bad-argument-type]
        ({"token": "token-0001", "device": "phone", "changes": [change("a", base=-1)]}, "changes[0].base"),
        ({"token": "token-0001", "device": "phone", "changes": [change("a", base=True)]}, "changes[0].base"),
        ({"token": "token-0001", "device": "phone", "changes": [change("a", base=10**15)]}, "changes[0].base"),
        (
            {"token": "token-0001", "device": "phone", "changes": [change("a", changed_at="now")]},
            "changes[0].changed_at",
        ),
        ({"token": "token-0001", "device": "phone", "changes": [change("a"), change("a")]}, "changes[1].key"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(body: object, field: str) -> None:
    with service() as sync:
        assert sync.call("POST", "notes", body).refusal == (400, "Invalid", field)
        assert sync.items() == []


def test_a_base_of_the_future_is_refused_by_its_field() -> None:
    with service() as sync:
        reply = sync.push("notes", [change("a"), change("b", base=1)])
        assert reply.refusal == (409, "FutureCount", "changes[1].base")
        assert sync.items() == []


def test_a_push_of_too_many_changes_or_bytes_is_refused() -> None:
    with service(max_changes=2) as sync:
        assert sync.push("notes", [change(each) for each in "abc"]).refusal == (413, "TooLarge", "changes")
        body = json.dumps({"token": "token-0001", "device": "phone", "changes": [change("a", "v" * 3_500_000)]})
        assert sync.call("POST", "notes", body).refusal == (413, "TooLarge", "changes")


def test_the_most_changes_fit_into_one_transaction() -> None:
    with service(max_changes=96) as sync:
        reply = sync.push("notes", [change(f"key-{place}") for place in range(96)])
        assert (reply.status, reply.body["records"]) == (200, 96)
        assert sync.calls == ["BatchGetItem", "TransactWriteItems"]


def test_nobody_reaches_the_data_of_another_identity() -> None:
    with service() as sync:
        sync.put("notes", "a", "mine")
        before = sync.items()
        reply = sync.handle(_event("GET", OTHER, {"identity": IDENTITY}))
        assert reply.refusal == (403, "IdentityMismatch", "identity")
        assert sync.pull("notes", identity=OTHER).body["records"] == []
        assert sync.put("notes", "a", "theirs", identity=OTHER).status == 200
        assert sync.call("DELETE", "notes", identity=OTHER).status == 200
        assert [item for item in sync.items() if IDENTITY in item["pk"]["S"]] == before


def test_a_key_of_the_longest_is_kept() -> None:
    with service() as sync:
        assert sync.put("notes", "k" * 1024, "v").status == 200
        assert sync.put("notes", "k" * 1025, "v").refusal == (413, "TooLarge", "changes[0].key")


@pytest.mark.parametrize("identity", [None, ""])
def test_a_caller_without_an_identity_is_refused(identity: str | None) -> None:
    with service() as sync:
        assert sync.call("GET", identity=identity).refusal == (403, "NoIdentity", None)


@pytest.mark.parametrize("name", ["", "a b", "a#b", "ä", "a" * 129, "a/b", "%23"])
def test_a_name_that_does_not_fit_is_refused(name: str) -> None:
    with service() as sync:
        assert sync.call("GET", name).refusal == (400, "Invalid", "dataset")


def test_what_is_no_route_is_not_found() -> None:
    with service() as sync:
        assert sync.call("PUT", "notes").refusal == (404, "NotFound", None)


@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_comes_back_as_it_was_or_is_refused_by_its_field(key: str, value: str | None) -> None:
    with service() as sync:
        reply = sync.put("notes", key, value)
        if reply.status == 200:
            records = sync.pull("notes").body["records"]
            assert [(each["key"], each["value"]) for each in records] == ([] if value is None else [(key, value)])
        else:
            assert reply.refusal[0] in {400, 413}
            assert reply.refusal[2] in {"changes[0].key", "changes[0].value"}
            assert sync.items() == []


def _event(method: str, identity: str, query: dict[str, str]) -> dict[str, Any]:
    return {
        "resource": "/sync/datasets",
        "httpMethod": method,
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
        "requestContext": {"identity": {"cognitoIdentityId": identity}},
    }
