"""An archive in the sandbox's AWS, looked at and used as a client would.

What this does not prove: that objects move and copies arrive; the rules are read back, not acted on.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.archive_bucket.building import ABROAD, EVERYTHING, HOME, build_with

from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

Deployed = tuple[dict[str, Any], Any, Any]
"""The outputs, and S3 at home and abroad."""


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as clients:
        recording = build_with(DeployMocks(Sandbox(clients)), EVERYTHING)
        yield outputs_of(recording), clients("s3", HOME), clients("s3", ABROAD)


def outputs_of(recording: Recording) -> dict[str, Any]:
    return recording.component_outputs[recording.named("archive").urn]


def test_an_ordinary_write_is_encrypted_by_the_archives_key(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    s3.put_object(Bucket=outputs["bucket_name"], Key="ordinary", Body=io.BytesIO(b"kept"))
    written = s3.get_object(Bucket=outputs["bucket_name"], Key="ordinary")
    assert written["Body"].read() == b"kept"
    assert (written["ServerSideEncryption"], written["SSEKMSKeyId"]) == ("aws:kms", outputs["kms_key_arn"])


@pytest.mark.parametrize(
    "headers",
    [
        {"ServerSideEncryption": "AES256"},
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": f"arn:aws:kms:{HOME}:123456789012:key/another"},
    ],
)
def test_a_write_by_another_key_is_denied(deployed: Deployed, headers: dict[str, str]) -> None:
    outputs, s3, _ = deployed
    with pytest.raises(ClientError, match="Forbidden"):
        s3.put_object(Bucket=outputs["bucket_name"], Key="other", Body=b"", **headers)


def test_both_sides_keep_versions_under_lock(deployed: Deployed) -> None:
    outputs, here, there = deployed
    for s3, bucket in ((here, outputs["bucket_name"]), (there, outputs["replica_bucket_name"])):
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
        lock = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
        assert lock["Rule"]["DefaultRetention"]["Mode"] == "GOVERNANCE"


def test_the_copy_is_asked_for_with_its_commitment(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    (rule,) = s3.get_bucket_replication(Bucket=outputs["bucket_name"])["ReplicationConfiguration"]["Rules"]
    assert rule["Destination"]["Bucket"] == outputs["replica_bucket_arn"]
    assert rule["Destination"]["EncryptionConfiguration"] == {"ReplicaKmsKeyID": outputs["replica_kms_key_arn"]}
    assert rule["Destination"]["ReplicationTime"] == {"Status": "Enabled", "Time": {"Minutes": 15}}


def test_requests_are_recorded_in_the_log_bucket(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    assert s3.get_bucket_logging(Bucket=outputs["bucket_name"])["LoggingEnabled"] == {
        "TargetBucket": outputs["log_bucket_name"],
        "TargetPrefix": "archive-bucket/",
    }


def test_the_lifecycle_is_accepted_as_it_stands(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    rules = s3.get_bucket_lifecycle_configuration(Bucket=outputs["bucket_name"])["Rules"]
    assert [rule["ID"] for rule in rules] == ["tidy-up", "move-from-131072-bytes"]
    assert rules[1]["Transitions"] == [
        {"Days": 30, "StorageClass": "STANDARD_IA"},
        {"Days": 90, "StorageClass": "GLACIER_IR"},
    ]
