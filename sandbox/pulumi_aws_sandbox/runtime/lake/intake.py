"""How records come into a delivery stream: by clients, or from the Kinesis stream that it reads."""

from typing import Any

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.lake import metrics, records
from pulumi_aws_sandbox.runtime.lake.records import Buffer, Record

_MOST = 10_000
"""What one GetRecords gives."""
_ID_DIGITS = 56


def keep(region: str, stream: Any, data: list[bytes]) -> list[str]:  # noqa: ANN401 - moto's own type
    """Keep what clients put into a delivery stream; return the records' ids."""
    buffer, now = records.of(stream), clock.now()
    ids = []
    for each in data:
        record_id = _record_id(buffer)
        buffer.arrived.append(Record(record_id, each, now))
        ids.append(record_id)
    size = sum(map(len, data))
    metrics.publish(region, stream.delivery_stream_name, {"IncomingRecords": len(data), "IncomingBytes": size})
    return ids


def read(stream: Any, clients: Connection) -> None:  # noqa: ANN401 - moto's own type
    """Read what is new in the Kinesis stream of a delivery stream, from where it was when that was made."""
    buffer, source = records.of(stream), stream.source["KinesisStreamARN"]
    kinesis = clients("kinesis", source.split(":")[3])
    count = size = 0
    for shard in _shards(kinesis, source):
        known = buffer.positions.get(shard)
        start = {"ShardIteratorType": "TRIM_HORIZON"}
        if known is not None:
            start = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": known}
        iterator = kinesis.get_shard_iterator(StreamARN=source, ShardId=shard, **start)["ShardIterator"]
        while True:
            answer = kinesis.get_records(ShardIterator=iterator, Limit=_MOST, StreamARN=source)
            for each in answer["Records"]:
                buffer.arrived.append(_record(_record_id(buffer), each, shard))
                buffer.positions[shard] = each["SequenceNumber"]
                count, size = count + 1, size + len(each["Data"])
            iterator = answer.get("NextShardIterator")
            if len(answer["Records"]) < _MOST or iterator is None:
                break
    if count:
        region = stream.delivery_stream_arn.split(":")[3]
        about = {"DataReadFromKinesisStream.Records": count, "DataReadFromKinesisStream.Bytes": size}
        metrics.publish(region, stream.delivery_stream_name, about)


def _shards(kinesis: Any, source: str) -> list[str]:  # noqa: ANN401 - a boto3 client
    found: list[str] = []
    request: dict[str, Any] = {"StreamARN": source}
    while True:
        answer = kinesis.list_shards(**request)
        found += [each["ShardId"] for each in answer["Shards"]]
        if not answer.get("NextToken"):
            return found
        request = {"NextToken": answer["NextToken"]}


def _record_id(buffer: Buffer) -> str:
    """Return an id that no other record of the delivery stream has; sequence numbers are each shard's own."""
    buffer.numbers += 1
    return f"49{buffer.numbers:0{_ID_DIGITS - 2}d}000000"


def _record(record_id: str, answer: dict[str, Any], shard: str) -> Record:
    number, arrived = answer["SequenceNumber"], answer["ApproximateArrivalTimestamp"].timestamp()
    about = {
        "approximateArrivalTimestamp": int(arrived * 1000),
        "partitionKey": answer["PartitionKey"],
        "sequenceNumber": number,
        "shardId": shard,
        "subsequenceNumber": 0,
    }
    return Record(record_id, answer["Data"], arrived, about)
