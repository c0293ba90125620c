"""Users' files in the sandbox's AWS, looked at and used as an operator would.

What this does not prove: who may do what; the statements are judged in test_documents.py, and by a whole sign-in where
the mobile backend is tested.
"""

import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.user_files.building import FILES, HOME, Args, build

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.user_files import UserFiles
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

Deployed = tuple[dict[str, Any], Any, Any]
"""The outputs, S3 and IAM."""
TRUST: Args = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as clients:
        clients("iam").create_role(RoleName="users", AssumeRolePolicyDocument=json.dumps(TRUST))
        recording = build({"region": HOME, "signed_in_role_name": "users"}, mocks=DeployMocks(Sandbox(clients)))
        yield recording.component_outputs[FILES], clients("s3"), clients("iam")


def test_a_file_is_encrypted_by_the_components_key(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    s3.put_object(Bucket=outputs["bucket_name"], Key="public/a", Body=b"shown")
    read = s3.get_object(Bucket=outputs["bucket_name"], Key="public/a")
    assert read["Body"].read() == b"shown"
    assert (read["ServerSideEncryption"], read["SSEKMSKeyId"]) == ("aws:kms", outputs["kms_key_arn"])


def test_a_file_by_another_encryption_is_refused(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    with pytest.raises(ClientError, match="Forbidden"):
        s3.put_object(Bucket=outputs["bucket_name"], Key="public/b", Body=b"", ServerSideEncryption="AES256")


def test_a_deleted_file_can_be_brought_back(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    bucket = outputs["bucket_name"]
    version = s3.put_object(Bucket=bucket, Key="public/c", Body=b"kept")["VersionId"]
    s3.delete_object(Bucket=bucket, Key="public/c")
    assert s3.get_object(Bucket=bucket, Key="public/c", VersionId=version)["Body"].read() == b"kept"


def test_nothing_is_public(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    blocked = s3.get_public_access_block(Bucket=outputs["bucket_name"])["PublicAccessBlockConfiguration"]
    assert set(blocked.values()) == {True}


def test_requests_are_recorded(deployed: Deployed) -> None:
    outputs, s3, _ = deployed
    logging = s3.get_bucket_logging(Bucket=outputs["bucket_name"])["LoggingEnabled"]
    assert logging["TargetBucket"] == outputs["log_bucket_name"]


def test_the_role_has_the_permissions_in_its_own_policy(deployed: Deployed) -> None:
    outputs, _, iam = deployed
    (name,) = iam.list_role_policies(RoleName="users")["PolicyNames"]
    document = iam.get_role_policy(RoleName="users", PolicyName=name)["PolicyDocument"]
    assert document["Statement"][2]["Resource"] == [outputs["bucket_arn"]]


def test_a_second_bucket_in_another_region_is_taken_with_its_rules_both_ways() -> None:
    with in_process(HOME) as clients:
        program = functools.partial(UserFiles, "twice", {"region": HOME, "replication": {"region": "eu-central-1"}})
        (outputs,) = record(program, mocks=DeployMocks(Sandbox(clients))).component_outputs.values()
        here, there = outputs["bucket_name"], outputs["replica_bucket_name"]
        for region, bucket, other in ((HOME, here, there), ("eu-central-1", there, here)):
            s3 = clients("s3", region)
            assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] == region
            (rule,) = s3.get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]["Rules"]
            assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{other}"
        s3 = clients("s3", "eu-central-1")
        s3.put_object(Bucket=there, Key="public/a", Body=b"shown")
        read = s3.get_object(Bucket=there, Key="public/a")
        assert (read["ServerSideEncryption"], read["SSEKMSKeyId"]) == ("aws:kms", outputs["replica_kms_key_arn"])
