"""Objects grow older in the sandbox as they would in S3. Prices and the hours that a retrieval takes are not played."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World

from pulumi_aws_sandbox.aging import Aged, age_bucket
from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox

LARGE = b"x" * (128 * 1024)


def _bucket(sandbox: Sandbox, *rules: dict[str, Any], versioned: bool = True, **more: Any) -> str:  # noqa: ANN401 - inputs
    world = World(sandbox)
    bucket = world.versioned() if versioned else world.bucket()
    numbered = [{"id": f"rule{number}", "status": "Enabled", **rule} for number, rule in enumerate(rules)]
    world.make(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        {"bucket": bucket, "rules": numbered, **more},
    )
    return bucket


def _class(sandbox: Sandbox, bucket: str, key: str = "a") -> str:
    return sandbox.clients("s3").head_object(Bucket=bucket, Key=key).get("StorageClass", "STANDARD")


def _put(sandbox: Sandbox, bucket: str, body: bytes = LARGE, **more: Any) -> str | None:  # noqa: ANN401 - of put_object
    return sandbox.clients("s3").put_object(Bucket=bucket, Key="a", Body=body, **more).get("VersionId")


STEPS = {"transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 90, "storageClass": "GLACIER"}]}


def test_an_object_stays_until_its_day(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS)
    _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 29) == []
    assert _class(sandbox, bucket) == "STANDARD"


def test_an_object_steps_down_class_by_class(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS)
    version = _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 30) == [Aged("a", version, "rule0", "STANDARD", "STANDARD_IA")]
    assert age_bucket(sandbox.clients, bucket, 60) == [Aged("a", version, "rule0", "STANDARD_IA", "GLACIER")]
    assert _class(sandbox, bucket) == "GLACIER"


def test_the_coldest_of_two_due_classes_wins(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS)
    _put(sandbox, bucket)
    age_bucket(sandbox.clients, bucket, 365)
    assert _class(sandbox, bucket) == "GLACIER"


def test_an_object_never_moves_back_to_a_warmer_class(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {"transitions": [{"days": 1, "storageClass": "STANDARD_IA"}]})
    _put(sandbox, bucket, StorageClass="GLACIER_IR")
    assert age_bucket(sandbox.clients, bucket, 10) == []


def test_a_small_object_stays(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS)
    _put(sandbox, bucket, LARGE[1:])
    assert age_bucket(sandbox.clients, bucket, 365) == []


def test_a_small_object_moves_to_an_archive_where_size_varies_by_class(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS, transitionDefaultMinimumObjectSize="varies_by_storage_class")
    _put(sandbox, bucket, b"small")
    age_bucket(sandbox.clients, bucket, 45)
    assert _class(sandbox, bucket) == "STANDARD"
    age_bucket(sandbox.clients, bucket, 45)
    assert _class(sandbox, bucket) == "GLACIER"


def test_a_rule_that_names_sizes_moves_small_objects_too(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {"filter": {"objectSizeGreaterThan": 4}, **STEPS})
    _put(sandbox, bucket, b"small")
    age_bucket(sandbox.clients, bucket, 30)
    assert _class(sandbox, bucket) == "STANDARD_IA"


@pytest.mark.parametrize(
    "miss",
    [{"prefix": "b"}, {"tag": {"key": "keep", "value": "no"}}, {"objectSizeLessThan": 10}],
    ids=["prefix", "tag", "size"],
)
def test_a_rule_leaves_alone_what_its_filter_misses(sandbox: Sandbox, miss: dict[str, Any]) -> None:
    bucket = _bucket(sandbox, {"filter": miss, **STEPS})
    _put(sandbox, bucket, Tagging="keep=yes")
    assert age_bucket(sandbox.clients, bucket, 365) == []


def test_a_rule_acts_on_what_prefix_and_tag_name_together(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {"filter": {"and": {"prefix": "a", "tags": {"keep": "no"}}}, **STEPS})
    _put(sandbox, bucket, Tagging="keep=no")
    age_bucket(sandbox.clients, bucket, 90)
    assert _class(sandbox, bucket) == "GLACIER"


def test_a_disabled_rule_does_nothing(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {"status": "Disabled", **STEPS})
    _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 365) == []


def test_an_expired_object_is_hidden_by_a_delete_marker(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {**STEPS, "expiration": {"days": 400}})
    version = _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 400) == [Aged("a", version, "rule0", "STANDARD", None)]
    listed = sandbox.clients("s3").list_object_versions(Bucket=bucket)
    assert [each["VersionId"] for each in listed["Versions"]] == [version]
    assert len(listed["DeleteMarkers"]) == 1


def test_an_expired_object_is_gone_without_versions(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, {"expiration": {"days": 3}}, versioned=False)
    _put(sandbox, bucket)
    age_bucket(sandbox.clients, bucket, 3)
    assert sandbox.clients("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_old_versions_go_but_the_newest_of_them_stay(sandbox: Sandbox) -> None:
    rule = {"noncurrentVersionExpiration": {"noncurrentDays": 30, "newerNoncurrentVersions": 1}}
    bucket = _bucket(sandbox, rule)
    first, second, current = (_put(sandbox, bucket) for _ in range(3))
    assert age_bucket(sandbox.clients, bucket, 30) == [Aged("a", first, "rule0", "STANDARD", None)]
    listed = sandbox.clients("s3").list_object_versions(Bucket=bucket)["Versions"]
    assert {each["VersionId"] for each in listed} == {second, current}


def test_old_versions_move_by_their_own_days(sandbox: Sandbox) -> None:
    rule = {"noncurrentVersionTransitions": [{"noncurrentDays": 7, "storageClass": "DEEP_ARCHIVE"}]}
    bucket = _bucket(sandbox, rule)
    first, _ = _put(sandbox, bucket), _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 7) == [Aged("a", first, "rule0", "STANDARD", "DEEP_ARCHIVE")]


def test_a_marker_that_hides_nothing_goes(sandbox: Sandbox) -> None:
    bucket = _bucket(
        sandbox,
        {"expiration": {"expiredObjectDeleteMarker": True}, "noncurrentVersionExpiration": {"noncurrentDays": 1}},
    )
    _put(sandbox, bucket)
    sandbox.clients("s3").delete_object(Bucket=bucket, Key="a")
    assert [(each.was, each.now) for each in age_bucket(sandbox.clients, bucket, 1)] == [
        ("STANDARD", None),
        ("DELETE_MARKER", None),
    ]
    assert "Versions" not in sandbox.clients("s3").list_object_versions(Bucket=bucket)


def test_an_archived_object_is_refused_until_it_is_restored_and_again_after(sandbox: Sandbox) -> None:
    bucket = _bucket(sandbox, STEPS)
    _put(sandbox, bucket)
    age_bucket(sandbox.clients, bucket, 90)
    s3 = sandbox.clients("s3")
    with pytest.raises(ClientError, match="InvalidObjectState"):
        s3.get_object(Bucket=bucket, Key="a")
    request = {"Days": 2, "GlacierJobParameters": {"Tier": "Standard"}}
    s3.restore_object(Bucket=bucket, Key="a", RestoreRequest=request)
    while 'ongoing-request="true"' in s3.head_object(Bucket=bucket, Key="a")["Restore"]:
        pass
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == LARGE
    age_bucket(sandbox.clients, bucket, 3)
    with pytest.raises(ClientError, match="InvalidObjectState"):
        s3.get_object(Bucket=bucket, Key="a")


def test_a_bucket_without_rules_only_grows_older(sandbox: Sandbox) -> None:
    bucket = World(sandbox).bucket()
    _put(sandbox, bucket)
    assert age_bucket(sandbox.clients, bucket, 1000) == []


def test_objects_behind_a_server_cannot_be_aged() -> None:
    with pytest.raises(ValueError, match=r"^objects can only be aged in a sandbox that runs in this process$"):
        age_bucket(server("http://127.0.0.1:1", "eu-west-1"), "bucket", 1)
