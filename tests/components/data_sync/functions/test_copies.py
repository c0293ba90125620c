"""A copy in another Region that is not complete yet: items come one by one, whatever wrote them at once."""

from typing import Any

from components.data_sync.functions.surroundings import IDENTITY, TABLE, Service, service

HEAD = {"pk": {"S": f"i#{IDENTITY}"}, "sk": {"S": "d#notes"}}


def set_back(sync: Service, count: int) -> None:
    """Have the head as it was at an earlier count, and the records as they are."""
    told: dict[str, Any] = {":count": {"N": str(count)}}
    sync.dynamodb.update_item(
        TableName=TABLE, Key=HEAD, UpdateExpression="SET sync_count = :count", ExpressionAttributeValues=told
    )


def test_a_record_that_came_before_its_head_can_be_changed() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.put("notes", "b", "1")
        sync.put("notes", "b", "2", base=2)
        set_back(sync, 1)
        record = sync.put("notes", "b", "3", base=1).body["conflicts"][0]["record"]
        assert (record["value"], record["sync_count"]) == ("2", 3)
        reply = sync.put("notes", "b", "3", base=3)
        assert (reply.status, reply.body["sync_count"]) == (200, 4)
        assert [(each["key"], each["sync_count"]) for each in sync.pull("notes").body["records"]] == [
            ("a", 1),
            ("b", 4),
        ]


def test_a_count_that_neither_dataset_nor_record_has_is_of_the_future() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.put("notes", "b", "1")
        set_back(sync, 1)
        assert sync.put("notes", "a", "2", base=2).refusal == (409, "FutureCount", "changes[0].base")


def test_records_that_came_before_their_head_do_not_hinder_the_first_push() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.dynamodb.delete_item(TableName=TABLE, Key=HEAD)
        assert sync.put("notes", "a", "2").status == 200
        assert [each["value"] for each in sync.pull("notes").body["records"]] == ["2"]
