"""What the stream tells: which datasets changed, once each, and which records have to go."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from components.data_sync.functions.surroundings import HOME, IDENTITY, TABLE, Service, service

from pulumi_aws_mobile.data_sync.functions.sync import changes, clients


class Topic:
    """Takes what is published, unless it is told to fail."""

    def __init__(self) -> None:
        self.published: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.fails = False

    def publish(self, *, TopicArn: str, Message: str, MessageAttributes: dict[str, Any]) -> None:  # noqa: N803 - boto3's names
        if self.fails:
            from botocore.exceptions import EndpointConnectionError

            raise EndpointConnectionError(endpoint_url=TopicArn)
        self.published.append((json.loads(Message), MessageAttributes))


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Service, Topic]]:
    topic = Topic()
    with service() as sync:
        dynamodb = boto3.client("dynamodb", region_name=HOME)
        found: dict[str, Any] = {"sns": topic, "dynamodb": dynamodb}
        monkeypatch.setattr(changes, "client", found.__getitem__)
        yield sync, topic
    clients.client.cache_clear()


def head(name: str, number: int, *, region: str = HOME, device: str = "phone", life: int = 0) -> dict[str, Any]:
    return {
        "eventName": "MODIFY",
        "dynamodb": {
            "Keys": {"pk": {"S": f"i#{IDENTITY}"}, "sk": {"S": f"d#{name}"}},
            "NewImage": {
                "sync_count": {"N": str(number)},
                "device": {"S": device},
                "region": {"S": region},
                "life": {"N": str(life)},
            },
            "SequenceNumber": str(number),
        },
    }


def removed(name: str, life: int, number: int = 99) -> dict[str, Any]:
    record = head(name, number, life=life)
    record["eventName"] = "REMOVE"
    record["dynamodb"]["OldImage"] = record["dynamodb"].pop("NewImage")
    return record


def test_several_changes_of_a_dataset_are_one_message(running: tuple[Service, Topic]) -> None:
    _, topic = running
    answer = changes.handle({"Records": [head("notes", 1), head("other", 1, device="tablet"), head("notes", 2)]})
    assert answer == {"batchItemFailures": []}
    kind = {"kind": {"DataType": "String", "StringValue": "data_sync"}}
    assert topic.published == [
        ({"identity_id": IDENTITY, "dataset": "notes", "sync_count": 2, "device": "phone"}, kind),
        ({"identity_id": IDENTITY, "dataset": "other", "sync_count": 1, "device": "tablet"}, kind),
    ]


def test_changes_of_several_devices_name_none(running: tuple[Service, Topic]) -> None:
    _, topic = running
    changes.handle({"Records": [head("notes", 1), head("notes", 2, device="tablet")]})
    assert topic.published[0][0] == {"identity_id": IDENTITY, "dataset": "notes", "sync_count": 2}


def test_what_another_region_took_is_told_there(running: tuple[Service, Topic]) -> None:
    _, topic = running
    changes.handle({"Records": [head("notes", 1, region="eu-central-1")]})
    assert topic.published == []


def test_other_items_tell_nothing(running: tuple[Service, Topic]) -> None:
    _, topic = running
    record = head("notes", 1)
    record["dynamodb"]["Keys"]["sk"]["S"] = "t#notes#token"
    changes.handle({"Records": [record]})
    assert topic.published == []


def test_what_could_not_be_told_is_read_again_from_its_first_record(running: tuple[Service, Topic]) -> None:
    _, topic = running
    topic.fails = True
    answer = changes.handle({"Records": [head("notes", 1), head("notes", 2), head("other", 3)]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]}


def test_the_records_of_a_deleted_dataset_go_and_no_others(running: tuple[Service, Topic]) -> None:
    sync, _ = running
    for start in range(0, 60, 30):
        sync.push("notes", [{"key": f"k{start + place}", "value": "v", "base": 0} for place in range(30)])
    sync.put("other", "k", "v")
    sync.call("DELETE", "notes")
    sync.put("notes", "again", "v")
    assert changes.handle({"Records": [removed("notes", 0)]}) == {"batchItemFailures": []}
    left = {item["sk"]["S"] for item in sync.items() if item["pk"]["S"].startswith("r#")}
    assert left == {"k", "again"}
    assert {each["key"] for each in sync.pull("notes").body["records"]} == {"again"}


def test_a_purge_without_time_goes_on_the_next_time(running: tuple[Service, Topic]) -> None:
    sync, _ = running
    sync.push("notes", [{"key": f"k{place}", "value": "v", "base": 0} for place in range(60)])
    sync.call("DELETE", "notes")

    class Context:
        calls = 0

        def get_remaining_time_in_millis(self) -> int:
            self.calls += 1
            return 60_000 if self.calls < 2 else 1_000

    assert changes.handle({"Records": [removed("notes", 0, 7)]}, Context()) == {
        "batchItemFailures": [{"itemIdentifier": "7"}]
    }
    left = [item for item in sync.items() if item["pk"]["S"].startswith("r#")]
    assert len(left) == 35
    assert changes.handle({"Records": [removed("notes", 0, 7)]}) == {"batchItemFailures": []}
    assert not [item for item in sync.items() if item["pk"]["S"].startswith("r#")]
    assert sync.dynamodb.describe_table(TableName=TABLE)


def test_a_dataset_that_another_region_kept_is_not_purged(running: tuple[Service, Topic]) -> None:
    sync, _ = running
    sync.put("notes", "k", "v")
    assert changes.handle({"Records": [removed("notes", 0)]}) == {"batchItemFailures": []}
    assert {each["key"] for each in sync.pull("notes").body["records"]} == {"k"}


@pytest.mark.usefixtures("running")
def test_a_purge_that_cannot_be_looked_after_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Throttled:
        def get_item(self, **_: object) -> None:
            raise ClientError({"Error": {"Code": "ThrottlingException"}}, "GetItem")

    found: dict[str, Any] = {"dynamodb": Throttled()}
    monkeypatch.setattr(changes, "client", found.__getitem__)
    assert changes.handle({"Records": [removed("notes", 0, 7)]}) == {"batchItemFailures": [{"itemIdentifier": "7"}]}
