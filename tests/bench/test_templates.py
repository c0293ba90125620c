"""Templates are counted against the program before anything is compared."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.errors import BenchError
from bench.templates import Expectation, check

EXPECTED = [
    Expectation("aws:ec2/internetGateway:InternetGateway", 1, "AWS::EC2::InternetGateway", "resource", "AWS::EC2::Tie"),
    Expectation("aws:s3/bucket:Bucket", 2, "AWS::S3::Bucket", "resource"),
    Expectation("aws:s3/bucketVersioning:BucketVersioning", 1, "VersioningConfiguration", "property"),
    Expectation("aws:iam/rolePolicyAttachment:RolePolicyAttachment", 2, "ManagedPolicyArns", "property"),
    Expectation("aws:iam/role:Role", 1, "AWS::IAM::Role", "resource"),
    Expectation("random:index/randomId:RandomId", 3, "the stack's id", "expression"),
]
RESOURCES = {
    "gateway": {"Type": "AWS::EC2::InternetGateway"},
    "tie": {"Type": "AWS::EC2::Tie"},
    "bucket": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
    "role": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": ["a", "b"]}},
    "own": {"Type": "AWS::CDK::Metadata"},
}


def test_resources_properties_and_companions_of_all_stacks_are_counted(tmp_path: Path) -> None:
    _write(tmp_path, "one", RESOURCES)
    _write(tmp_path, "two", {"second": {"Type": "AWS::S3::Bucket"}})
    check(EXPECTED, tmp_path)


def test_every_difference_is_listed(tmp_path: Path) -> None:
    _write(tmp_path, "one", {**RESOURCES, "role": {"Type": "AWS::IAM::Role"}, "extra": {"Type": "AWS::SQS::Queue"}})
    with pytest.raises(BenchError) as caught:
        check(EXPECTED, tmp_path)
    assert str(caught.value) == (
        f"the CDK app in {tmp_path} is not the same as the program:\n"
        "  AWS::S3::Bucket: 1 in the templates, 2 in the program\n"
        "  AWS::SQS::Queue: 1 in the templates, 0 in the program\n"
        "  ManagedPolicyArns: 0 in the templates, 2 in the program"
    )


def _write(folder: Path, stack: str, resources: Mapping[str, object]) -> None:
    (folder / f"{stack}.template.json").write_text(json.dumps({"Resources": resources}))
