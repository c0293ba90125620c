"""Records of tables' streams, expired items, and transactions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.streams.conftest import World

from pulumi_aws_sandbox.runtime import clock, regions, streams

SHOWING = "def handle(event, context):\n    return event\n"


def _records(region: str | None = None) -> list[dict[str, Any]]:
    return [record for each in streams.deliver(region) for record in each.answer["Records"]]


def _put(key: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - parameters of DynamoDB
    return {"Put": {"TableName": "notes", "Item": {"pk": {"S": key}}, **more}}


def test_a_record_has_the_shape_that_functions_get(world: World) -> None:
    world.watch(SHOWING)
    world.put("a", size={"N": "1"}, data={"B": b"\x00"})
    world.put("a", size={"N": "2"})
    inserted, modified = _records()
    at = inserted["dynamodb"].pop("ApproximateCreationDateTime")
    assert abs(at - clock.now()) < 60
    assert inserted == {
        "eventID": inserted["eventID"],
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "dynamodb": {
            "Keys": {"pk": {"S": "a"}},
            "NewImage": {"pk": {"S": "a"}, "size": {"N": "1"}, "data": {"B": "AA=="}},
            "SequenceNumber": inserted["dynamodb"]["SequenceNumber"],
            "SizeBytes": inserted["dynamodb"]["SizeBytes"],
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": world.stream,
    }
    assert modified["eventName"] == "MODIFY"
    assert modified["dynamodb"]["OldImage"]["size"] == {"N": "1"}
    assert modified["dynamodb"]["NewImage"] == {"pk": {"S": "a"}, "size": {"N": "2"}}


def test_a_write_that_changes_nothing_leaves_no_record(world: World) -> None:
    world.watch(SHOWING)
    world.put("a", "a")
    assert [each["eventName"] for each in _records()] == ["INSERT"]


def test_an_item_whose_time_is_over_is_removed_by_the_service(world: World) -> None:
    world.watch(SHOWING)
    about = {"Enabled": True, "AttributeName": "expires_at"}
    world.dynamodb.update_time_to_live(TableName="notes", TimeToLiveSpecification=about)
    world.put("soon", expires_at={"N": str(int(clock.now()) + 60)})
    world.put("text", expires_at={"S": "1"})
    world.put("ancient", expires_at={"N": "1"})
    assert streams.expire_items() == 0
    clock.move(120)
    assert streams.expire_items() == 1
    last = _records()[-1]
    assert (last["eventName"], last["dynamodb"]["Keys"]) == ("REMOVE", {"pk": {"S": "soon"}})
    assert last["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def test_a_replica_has_records_of_what_others_wrote(world: World) -> None:
    create = [{"Create": {"RegionName": "eu-central-1"}}]
    world.dynamodb.update_table(TableName="notes", ReplicaUpdates=create)
    away = world.sandbox.clients("dynamodb", "eu-central-1")
    world.watch(SHOWING)
    world.put("here")
    with regions.lost("eu-west-1"):
        away.put_item(TableName="notes", Item={"pk": {"S": "there"}})
        assert _records() == []
    assert [each["dynamodb"]["Keys"]["pk"]["S"] for each in _records()] == ["here", "there"]
    stream = world.sandbox.clients("dynamodbstreams", "eu-central-1")
    arn = away.describe_table(TableName="notes")["Table"]["LatestStreamArn"]
    shard = stream.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = stream.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    records = stream.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    assert [(each["awsRegion"], each["dynamodb"]["Keys"]["pk"]["S"]) for each in records] == [
        ("eu-central-1", "here"),
        ("eu-central-1", "there"),
    ]


def test_a_transaction_is_all_or_nothing_and_says_why(world: World) -> None:
    world.watch(SHOWING)
    world.put("b", size={"N": "1"})
    absent = {"ConditionExpression": "attribute_not_exists(pk)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    with pytest.raises(ClientError) as cancelled:
        world.dynamodb.transact_write_items(TransactItems=[_put("a"), _put("b", **absent)])
    assert cancelled.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {
            "Code": "ConditionalCheckFailed",
            "Message": "The conditional request failed",
            "Item": {"pk": {"S": "b"}, "size": {"N": "1"}},
        },
    ]
    assert [each["dynamodb"]["Keys"]["pk"]["S"] for each in _records()] == ["b"]
    world.dynamodb.transact_write_items(TransactItems=[_put("a"), _put("c", **absent)])
    assert [each["dynamodb"]["Keys"]["pk"]["S"] for each in _records()] == ["a", "c"]


def test_a_transaction_that_fails_half_way_leaves_nothing(world: World) -> None:
    world.put("b", name={"S": "text"})
    update = {
        "TableName": "notes",
        "Key": {"pk": {"S": "b"}},
        "UpdateExpression": "ADD #n :one",
        "ExpressionAttributeNames": {"#n": "name"},
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    with pytest.raises(ClientError):
        world.dynamodb.transact_write_items(TransactItems=[_put("a"), {"Update": update}])
    assert world.dynamodb.scan(TableName="notes")["Items"] == [{"pk": {"S": "b"}, "name": {"S": "text"}}]


def test_a_token_makes_a_transaction_once(world: World) -> None:
    absent = {"ConditionExpression": "attribute_not_exists(pk)"}
    for _ in range(2):
        world.dynamodb.transact_write_items(TransactItems=[_put("a", **absent)], ClientRequestToken="t")
    with pytest.raises(ClientError) as refused:
        world.dynamodb.transact_write_items(TransactItems=[_put("b")], ClientRequestToken="t")
    assert refused.value.response["Error"]["Code"] == "IdempotentParameterMismatchException"


def test_an_item_of_a_transaction_that_is_too_large_cancels_it(world: World) -> None:
    large = {"Put": {"TableName": "notes", "Item": {"pk": {"S": "a"}, "v": {"S": "x" * 400 * 1024}}}}
    with pytest.raises(ClientError) as cancelled:
        world.dynamodb.transact_write_items(TransactItems=[large])
    assert cancelled.value.response["CancellationReasons"] == [
        {"Code": "ValidationError", "Message": "Item size has exceeded the maximum allowed size"}
    ]


def test_one_of_many_transactions_at_once_wins(world: World) -> None:
    def attempt(number: int) -> bool:
        dynamodb = world.sandbox.clients("dynamodb")
        one = _put("only", ConditionExpression="attribute_not_exists(pk)")
        try:
            dynamodb.transact_write_items(TransactItems=[one, _put(f"by-{number}")])
        except ClientError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 1
    assert len(world.dynamodb.scan(TableName="notes")["Items"]) == 2


def test_a_local_index_is_read_consistently_and_only_by_items_that_have_its_key(world: World) -> None:
    world.dynamodb.create_table(
        TableName="records",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in (("pk", "S"), ("sk", "S"), ("count", "N"))
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        LocalSecondaryIndexes=[
            {
                "IndexName": "by-count",
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "count", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    for sk, count in (("k#a", 10), ("k#b", 9), ("k#c", 2)):
        item = {"pk": {"S": "r"}, "sk": {"S": sk}, "count": {"N": str(count)}}
        world.dynamodb.transact_write_items(TransactItems=[{"Put": {"TableName": "records", "Item": item}}])
    token = {"pk": {"S": "r"}, "sk": {"S": "t#1"}}
    world.dynamodb.put_item(TableName="records", Item=token)
    found = world.dynamodb.query(
        TableName="records",
        IndexName="by-count",
        ConsistentRead=True,
        KeyConditionExpression="pk = :p AND #c > :since",
        ExpressionAttributeNames={"#c": "count"},
        ExpressionAttributeValues={":p": {"S": "r"}, ":since": {"N": "2"}},
    )["Items"]
    assert [each["sk"]["S"] for each in found] == ["k#b", "k#a"]
