"""Kinesis: data streams."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes, tags_from

_GONE = "ResourceNotFoundException"
_ON_DEMAND = "ON_DEMAND"
_PROVISIONED = "PROVISIONED"
_LEAST_HOURS = 24
_MOST_HOURS = 8760
_RECORD_KIB = 1024
_TAGS_AT_ONCE = 10


def _mode(inputs: Properties) -> str:
    return (inputs.get("streamModeDetails") or {}).get("streamMode", _PROVISIONED)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    wrong: list[tuple[str, str]] = []
    mode, shards = _mode(inputs), inputs.get("shardCount")
    if mode not in {_ON_DEMAND, _PROVISIONED}:
        reason = f'got "{mode}"; allowed: {_ON_DEMAND}, {_PROVISIONED}'
        return [("streamModeDetails", reason)]
    if mode == _ON_DEMAND and shards:
        wrong.append(("shardCount", "shardCount must not be set when stream_mode is ON_DEMAND"))
    if mode == _PROVISIONED and not shards:
        wrong.append(("shardCount", "shardCount must be at least 1 when stream_mode is PROVISIONED"))
    hours = inputs.get("retentionPeriod", _LEAST_HOURS)
    if not _LEAST_HOURS <= hours <= _MOST_HOURS:
        reason = f"expected retentionPeriod to be in the range ({_LEAST_HOURS} - {_MOST_HOURS}), got {hours}"
        wrong.append(("retentionPeriod", reason))
    if (inputs.get("encryptionType", "NONE") == "KMS") != bool(inputs.get("kmsKeyId")):
        wrong.append(("kmsKeyId", "kmsKeyId goes with the encryptionType KMS, and only with that"))
    if inputs.get("maxRecordSizeInKib", _RECORD_KIB) != _RECORD_KIB:
        wrong.append(("maxRecordSizeInKib", f"the sandbox has records of at most {_RECORD_KIB} KiB"))
    if inputs.get("warmThroughputMibPs"):
        wrong.append(("warmThroughputMibPs", "the sandbox has no warm throughput; leave it out"))
    return wrong


def _kinesis(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "kinesis", properties)


def _make(clients: Clients, inputs: Properties) -> str:
    kinesis, name = _kinesis(clients, inputs), inputs["name"]
    shards = {} if _mode(inputs) == _ON_DEMAND else {"ShardCount": inputs["shardCount"]}
    kinesis.create_stream(StreamName=name, StreamModeDetails={"StreamMode": _mode(inputs)}, **shards)
    _put_settings(kinesis, name, {}, inputs)
    return kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]


def _put_settings(kinesis: Any, name: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    before, after = (each.get("retentionPeriod", _LEAST_HOURS) for each in (old, new))
    if after > before:
        kinesis.increase_stream_retention_period(StreamName=name, RetentionPeriodHours=after)
    elif after < before:
        kinesis.decrease_stream_retention_period(StreamName=name, RetentionPeriodHours=after)
    keys = [each.get("kmsKeyId") for each in (old, new)]
    if keys[1] and keys[0] != keys[1]:
        kinesis.start_stream_encryption(StreamName=name, EncryptionType="KMS", KeyId=keys[1])
    elif keys[0] and not keys[1]:
        kinesis.stop_stream_encryption(StreamName=name, EncryptionType="KMS", KeyId=keys[0])
    had, wanted = (set(each.get("shardLevelMetrics") or []) for each in (old, new))
    if had - wanted:
        kinesis.disable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=sorted(had - wanted))
    if wanted - had:
        kinesis.enable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=sorted(wanted - had))
    gone, put = tag_changes(old, new)
    if gone:
        kinesis.remove_tags_from_stream(StreamName=name, TagKeys=gone)
    items = list(put.items())
    for start in range(0, len(items), _TAGS_AT_ONCE):
        kinesis.add_tags_to_stream(StreamName=name, Tags=dict(items[start : start + _TAGS_AT_ONCE]))


def _describe(clients: Clients, arn: str, known: Properties) -> Properties | None:
    kinesis, name = _kinesis(clients, known), arn.rsplit("/", 1)[-1]
    answer = found(lambda: kinesis.describe_stream_summary(StreamName=name), _GONE)
    if answer is None:
        return None
    now = answer["StreamDescriptionSummary"]
    mode = (now.get("StreamModeDetails") or {}).get("StreamMode", _PROVISIONED)
    metrics = sorted(each for group in now.get("EnhancedMonitoring") or [] for each in group["ShardLevelMetrics"])
    key = now.get("KeyId")
    described: Properties = {
        "arn": arn,
        "name": name,
        "encryptionType": now.get("EncryptionType") or "NONE",
        "enforceConsumerDeletion": known.get("enforceConsumerDeletion", False),
        "maxRecordSizeInKib": _RECORD_KIB,
        "retentionPeriod": now["RetentionPeriodHours"],
        "shardCount": 0 if mode == _ON_DEMAND else now["OpenShardCount"],
        "shardLevelMetrics": metrics or (known.get("shardLevelMetrics") and []),
        "streamModeDetails": {"streamMode": mode},
        **tags_from(kinesis.list_tags_for_stream(StreamName=name)["Tags"], known),
    }
    return described | ({"kmsKeyId": key} if key or "kmsKeyId" in known else {})


def _change(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    kinesis, name = _kinesis(clients, new), arn.rsplit("/", 1)[-1]
    if _mode(old) != _mode(new):
        kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails={"StreamMode": _mode(new)})
    if _mode(new) == _PROVISIONED and (_mode(old) != _mode(new) or old.get("shardCount") != new["shardCount"]):
        kinesis.update_shard_count(StreamName=name, TargetShardCount=new["shardCount"], ScalingType="UNIFORM_SCALING")
    _put_settings(kinesis, name, old, new)


def _remove(clients: Clients, arn: str, outputs: Properties) -> None:
    more = {"EnforceConsumerDeletion": True} if outputs.get("enforceConsumerDeletion") else {}
    name = arn.rsplit("/", 1)[-1]
    found(lambda: _kinesis(clients, outputs).delete_stream(StreamName=name, **more), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:kinesis/stream:Stream",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            replace_on=frozenset({"name", "arn"}),
            auto_name=AutoName("name", 128),
            unordered=frozenset({"shardLevelMetrics"}),
            validate=_problems,
        ),
    )
}
