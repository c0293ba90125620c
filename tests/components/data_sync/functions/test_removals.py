"""Datasets are listed and deleted."""

import pytest
from components.data_sync.functions.surroundings import IDENTITY, OTHER, TABLE, service


def test_the_list_has_each_dataset_with_its_size() -> None:
    with service() as sync:
        sync.put("b", "k", "value")
        sync.put("a", "k", "v")
        sync.put("a", "l", "v")
        sync.put("c", "k", "v", identity=OTHER)
        listed = sync.call("GET").body["datasets"]
        assert sync.calls == ["Query"]
        assert [{**each, "changed_at": each["changed_at"] > 1_700_000_000_000} for each in listed] == [
            {"name": "a", "sync_count": 2, "records": 2, "bytes": 4, "changed_at": True},
            {"name": "b", "sync_count": 1, "records": 1, "bytes": 6, "changed_at": True},
        ]


def test_deleting_takes_a_read_and_a_transaction() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        assert sync.call("DELETE", "notes", base=1).body == {"dataset": "notes", "sync_count": 1}
        assert sync.calls == ["BatchGetItem", "TransactWriteItems"]
        assert sync.call("DELETE", "notes", base=1).body == {"dataset": "notes", "sync_count": 1}
        assert sync.call("DELETE", "never").body == {"dataset": "never", "sync_count": 1}


def test_a_dataset_that_changed_is_not_deleted() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.put("notes", "b", "1")
        before = sync.items()
        assert sync.call("DELETE", "notes", base=1).refusal == (409, "DatasetChanged", "base")
        assert sync.items() == before


def test_a_push_before_the_deletion_takes_effect_is_not_lost_unseen() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")

        def disturb(number: int, _: str) -> None:
            if number == 2:
                sync.between = None
                assert sync.put("notes", "b", "2").status == 200

        sync.between = disturb
        assert sync.call("DELETE", "notes", base=1).refusal == (409, "DatasetChanged", "base")


def test_a_dataset_whose_account_was_not_copied_is_deleted_too() -> None:
    with service() as sync:
        sync.put("notes", "a", "1")
        sync.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": f"i#{IDENTITY}"}, "sk": {"S": "account"}})
        assert sync.call("DELETE", "notes").body == {"dataset": "notes", "sync_count": 1}
        assert sync.call("GET").body == {"datasets": []}
        assert sync.put("notes", "a", "2").body["sync_count"] == 2


@pytest.mark.parametrize("base", ["x", "-1", ""])
def test_a_base_that_is_no_count_is_refused(base: str) -> None:
    with service() as sync:
        assert sync.call("DELETE", "notes", base=base).refusal == (400, "Invalid", "base")
