"""Kinesis streams that run functions."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.streams.conftest import World, got

from pulumi_aws_sandbox.runtime import clock, streams

SHOWING = "def handle(event, context):\n    return event\n"


@pytest.fixture
def kinesis(world: World) -> Any:  # noqa: ANN401 - a boto3 client
    """Give a client, with a stream of two shards."""
    client = world.sandbox.clients("kinesis")
    client.create_stream(StreamName="events", ShardCount=2)
    return client


def _arn(kinesis: Any) -> str:  # noqa: ANN401 - a boto3 client
    return kinesis.describe_stream_summary(StreamName="events")["StreamDescriptionSummary"]["StreamARN"]


def _put(kinesis: Any, *keys: str, data: bytes = b"{}") -> None:  # noqa: ANN401 - a boto3 client
    for key in keys:
        kinesis.put_record(StreamName="events", Data=data, PartitionKey=key)


def test_a_record_has_the_shape_that_functions_get(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    function = world.watch(SHOWING, _arn(kinesis))
    _put(kinesis, "a", data=b'{"kind": "tap"}')
    (made,) = streams.deliver()
    (record,) = made.answer["Records"]
    at = record["kinesis"].pop("approximateArrivalTimestamp")
    assert abs(at - clock.now()) < 60
    assert record == {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "a",
            "sequenceNumber": "1",
            "data": "eyJraW5kIjogInRhcCJ9",
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{made.shard_id}:1",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": function.inputs["role"],
        "awsRegion": "eu-west-1",
        "eventSourceARN": _arn(kinesis),
    }


def test_each_shard_is_read_in_order(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    function = world.watch(stream=_arn(kinesis), BatchSize=2)
    _put(kinesis, *"abcab")
    made = streams.deliver()
    assert sum(each.records for each in made) == 5
    lines = got(function)
    assert [each.split()[0] for each in lines if each.startswith("a")] == ["a", "a"]
    assert len({each.shard_id for each in made}) == 2


def test_a_time_tells_where_to_begin(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    _put(kinesis, "before")
    clock.move(100)
    at = clock.now() - 50
    _put(kinesis, "after")
    function = world.watch(stream=_arn(kinesis), StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=at)
    streams.deliver()
    assert [each.split()[0] for each in got(function)] == ["after"]


def test_filters_look_into_the_data(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    pattern = json.dumps({"data": {"kind": [{"anything-but": ["tap"]}], "count": [{"numeric": [">", 1, "<=", 3]}]}})
    function = world.watch(stream=_arn(kinesis), FilterCriteria={"Filters": [{"Pattern": pattern}]})
    _put(kinesis, "yes", data=b'{"kind": "open", "count": 3}')
    _put(kinesis, "tap", data=b'{"kind": "tap", "count": 3}')
    _put(kinesis, "few", data=b'{"kind": "open", "count": 1}')
    _put(kinesis, "text", data=b"no JSON")
    streams.deliver()
    assert [each.split()[0] for each in got(function)] == ["yes"]


def test_what_was_in_a_shard_that_was_split_is_read_once(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    function = world.watch(stream=_arn(kinesis))
    _put(kinesis, "a", "b")
    kinesis.update_shard_count(StreamName="events", TargetShardCount=4, ScalingType="UNIFORM_SCALING")
    _put(kinesis, "c", "d")
    streams.deliver()
    assert sorted(each.split()[0] for each in got(function)) == ["a", "b", "c", "d"]
    closed = [
        each
        for each in kinesis.list_shards(StreamName="events")["Shards"]
        if "EndingSequenceNumber" in each["SequenceNumberRange"]
    ]
    assert len(closed) == 2


def test_a_stream_forgets_after_its_retention(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    kinesis.increase_stream_retention_period(StreamName="events", RetentionPeriodHours=48)
    function = world.watch(stream=_arn(kinesis))
    _put(kinesis, "forgotten")
    clock.move(24 * 3600)
    _put(kinesis, "kept")
    clock.move(25 * 3600)
    streams.deliver()
    assert [each.split()[0] for each in got(function)] == ["kept"]


def test_a_dead_letter_names_the_shard(world: World, kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    arn, url = world.queue()
    source = "def handle(event, context):\n    raise ValueError('no')\n"
    destination = {"OnFailure": {"Destination": arn}}
    world.watch(source, _arn(kinesis), MaximumRetryAttempts=0, DestinationConfig=destination)
    _put(kinesis, "a")
    made = streams.deliver()
    (told,) = world.received(url)
    assert told["KinesisBatchInfo"]["shardId"] == made[0].shard_id
    assert told["KinesisBatchInfo"]["streamArn"] == _arn(kinesis)


def test_a_key_that_is_not_there_encrypts_nothing(kinesis: Any) -> None:  # noqa: ANN401 - a boto3 client
    with pytest.raises(ClientError) as refused:
        kinesis.start_stream_encryption(StreamName="events", EncryptionType="KMS", KeyId="other")
    assert refused.value.response["Error"]["Message"] == "Key 'other' does not exist"
