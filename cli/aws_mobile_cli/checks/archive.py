"""Checks of archives: an object is stored, aged, asked back and read."""

from collections.abc import Iterator
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, Clients, Days, checks_of, refused
from .system import System

check = checks_of(System.ARCHIVES)

_COLD = {"GLACIER", "DEEP_ARCHIVE"}
"""The classes whose objects have to be restored before they can be read."""
_KEY = "aws-mobile-check/report.bin"
_BODY = bytes(range(256)) * 4096  # 1 MiB: large enough for every class's minimum size


def check_archives(recording: Recording, clients: Clients, pass_days: Days) -> Iterator[Check]:
    """Check each bucket whose objects move to other classes by age; `pass_days` lets days go by."""
    buckets = {bucket.id: bucket for bucket in recording.of_type("aws:s3/bucket:Bucket")}
    for lifecycle in recording.of_type("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"):
        bucket = buckets.get(lifecycle.inputs["bucket"])
        if bucket is None or not any(rule.get("transitions") for rule in lifecycle.inputs["rules"]):
            continue
        if _is_copy(recording, bucket):
            continue
        s3 = clients("s3", bucket.outputs.get("region"))
        yield check(bucket.name, "takes an object and encrypts it", lambda s3=s3, b=bucket: _store(s3, b))
        yield check(bucket.name, "moves it to colder classes by age", lambda s3=s3, b=bucket: _age(s3, b, pass_days))
        yield check(bucket.name, "gives it back", lambda s3=s3, b=bucket: _restore(s3, b))
        yield check(bucket.name, "keeps what is overwritten or deleted", lambda s3=s3, b=bucket: _versions(s3, b))
        yield check(bucket.name, "is closed to the public", lambda s3=s3, b=bucket: _closed(s3, b))


def _is_copy(recording: Recording, bucket: Recorded) -> bool:
    """Tell whether the bucket is where another one is replicated to; its objects arrive from there."""
    return any(
        rule["destination"]["bucket"] == bucket.outputs["arn"]
        for config in recording.of_type("aws:s3/bucketReplicationConfig:BucketReplicationConfig")
        for rule in config.inputs["rules"]
    )


def _store(s3: Any, bucket: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    s3.put_object(Bucket=bucket.id, Key=_KEY, Body=_BODY)
    found = s3.head_object(Bucket=bucket.id, Key=_KEY)
    return found.get(
        "ServerSideEncryption"
    ) == "aws:kms", f"{found.get('ServerSideEncryption')} {found.get('SSEKMSKeyId', '')}"


def _age(s3: Any, bucket: Recorded, pass_days: Days) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    steps = _transitions(s3, bucket)
    seen = []
    for days, storage_class in steps:
        pass_days(bucket.id, days)
        found = s3.head_object(Bucket=bucket.id, Key=_KEY).get("StorageClass", "STANDARD")
        seen.append(f"{found} at {days} days")
        if found != storage_class:
            return False, f"{', '.join(seen)}; expected {storage_class}"
    return bool(steps), ", ".join(seen) or "no transitions"


def _transitions(s3: Any, bucket: Recorded) -> list[tuple[int, str]]:  # noqa: ANN401 - a boto3 client
    """Return the moves of an object of this size, as the deployed rules say."""
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket.id)["Rules"]
    fitting = [rule for rule in rules if rule["Status"] == "Enabled" and _holds(rule.get("Filter", {}))]
    return sorted({(step["Days"], step["StorageClass"]) for rule in fitting for step in rule.get("Transitions", [])})


def _holds(condition: dict[str, Any]) -> bool:
    limits = condition.get("And", condition)
    above = limits.get("ObjectSizeGreaterThan", -1)
    below = limits.get("ObjectSizeLessThan", float("inf"))
    return above < len(_BODY) < below and _KEY.startswith(limits.get("Prefix", "")) and "Tag" not in limits


def _restore(s3: Any, bucket: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    storage_class = s3.head_object(Bucket=bucket.id, Key=_KEY).get("StorageClass", "STANDARD")
    if storage_class in _COLD:
        blocked, answer = refused(lambda: s3.get_object(Bucket=bucket.id, Key=_KEY), "InvalidObjectState")
        if not blocked:
            return False, f"{storage_class} was readable before it was asked back: {answer}"
        s3.restore_object(
            Bucket=bucket.id, Key=_KEY, RestoreRequest={"Days": 1, "GlacierJobParameters": {"Tier": "Standard"}}
        )
    body = s3.get_object(Bucket=bucket.id, Key=_KEY)["Body"].read()
    how = "asked back, then read" if storage_class in _COLD else "read at once"
    return body == _BODY, f"{storage_class}: {how}, {len(body)} bytes"


def _versions(s3: Any, bucket: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    s3.put_object(Bucket=bucket.id, Key=_KEY, Body=b"newer")
    s3.delete_object(Bucket=bucket.id, Key=_KEY)
    listed = s3.list_object_versions(Bucket=bucket.id, Prefix=_KEY)
    versions, markers = len(listed.get("Versions", [])), len(listed.get("DeleteMarkers", []))
    expected = 2
    return versions == expected and markers == 1, f"{versions} versions and {markers} delete marker"


def _closed(s3: Any, bucket: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    block = s3.get_public_access_block(Bucket=bucket.id)["PublicAccessBlockConfiguration"]
    off = [name for name, on in block.items() if not on]
    return not off, "all four settings block" if not off else f"off: {', '.join(off)}"
