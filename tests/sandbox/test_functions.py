"""The functions that programs invoke, answered without any AWS."""

import json

import pytest

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.errors import UnsupportedError
from pulumi_aws_sandbox.functions import FunctionError, invoke
from pulumi_aws_sandbox.zones import from_moto, zones

HERE = server("http://127.0.0.1:1", "eu-west-1")
ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones"
DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument"


def test_the_kept_zones_are_those_of_moto() -> None:
    assert zones() == from_moto()


def test_zones_come_with_their_ids_in_order() -> None:
    assert invoke(ZONES, {"state": "available"}, HERE) == {
        "state": "available",
        "id": "eu-west-1",
        "region": "eu-west-1",
        "names": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        "zoneIds": ["euw1-az3", "euw1-az1", "euw1-az2"],
        "groupNames": ["eu-west-1"],
    }


@pytest.mark.parametrize(
    ("args", "names"),
    [
        ({"excludeNames": ["eu-west-1a"]}, ["eu-west-1b", "eu-west-1c"]),
        ({"filters": [{"name": "zone-name", "values": ["eu-west-1c"]}]}, ["eu-west-1c"]),
        ({"filters": [{"name": "opt-in-status", "values": ["opted-in"]}]}, []),
        ({"state": "impaired"}, []),
    ],
    ids=str,
)
def test_zones_are_filtered(args: dict, names: list[str]) -> None:
    assert invoke(ZONES, args, HERE)["names"] == names


def test_zones_of_an_unknown_region_are_refused() -> None:
    with pytest.raises(
        FunctionError, match=r'^getAvailabilityZones: "mars-1" is not a Region of the sandbox; it has af-'
    ):
        invoke(ZONES, {"region": "mars-1"}, HERE)


def test_an_unknown_filter_is_refused() -> None:
    with pytest.raises(FunctionError) as raised:
        invoke(ZONES, {"filters": [{"name": "colour", "values": ["red"]}]}, HERE)
    assert str(raised.value) == (
        'getAvailabilityZones: "colour" is not a filter; there are group-name, opt-in-status, region-name, state, '
        "zone-id, zone-name, zone-type"
    )


@pytest.mark.parametrize(
    ("token", "args", "expected"),
    [
        ("getRegion", {"region": "eu-west-3"}, {"region": "eu-west-3", "endpoint": "ec2.eu-west-3.amazonaws.com"}),
        ("getCallerIdentity", {}, {"accountId": "123456789012", "arn": "arn:aws:sts::123456789012:user/sandbox"}),
        ("getPartition", {}, {"partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}),
        ("getServicePrincipal", {"serviceName": "rds"}, {"name": "rds.amazonaws.com", "region": "eu-west-1"}),
    ],
)
def test_the_place_is_known(token: str, args: dict, expected: dict) -> None:
    answer = invoke(f"aws:index/{token}:{token}", args, HERE)
    assert {key: answer[key] for key in expected} == expected


def test_a_policy_document_is_written_as_iam_reads_it() -> None:
    args = {
        "statements": [
            {
                "sid": "Read",
                "actions": ["s3:GetObject", "s3:ListBucket"],
                "resources": ["*"],
                "principals": [{"type": "AWS", "identifiers": ["1"]}, {"type": "Service", "identifiers": ["rds"]}],
                "conditions": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["true"]}],
            }
        ]
    }
    assert json.loads(invoke(DOCUMENT, args, HERE)["json"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": ["s3:ListBucket", "s3:GetObject"],
                "Resource": "*",
                "Principal": {"AWS": "1", "Service": "rds"},
                "Condition": {"Bool": {"aws:SecureTransport": "true"}},
            }
        ],
    }


def test_a_later_statement_takes_the_place_of_one_with_its_sid() -> None:
    source = json.dumps({"Statement": [{"Sid": "A", "Effect": "Deny"}, {"Sid": "B", "Effect": "Deny"}]})
    args = {"sourcePolicyDocuments": [source], "statements": [{"sid": "A", "actions": ["*"]}]}
    assert json.loads(invoke(DOCUMENT, args, HERE)["minifiedJson"])["Statement"] == [
        {"Sid": "A", "Effect": "Allow", "Action": "*"},
        {"Sid": "B", "Effect": "Deny"},
    ]


def test_an_unsupported_function_is_named_with_those_there_are() -> None:
    with pytest.raises(UnsupportedError) as raised:
        invoke("aws:ec2/getAmi:getAmi", {}, HERE)
    assert str(raised.value) == (
        "the sandbox does not answer the function aws:ec2/getAmi:getAmi; it knows "
        "aws:cognito/getUserPool:getUserPool, aws:elasticbeanstalk/getSolutionStack:getSolutionStack, "
        "aws:iam/getPolicyDocument:getPolicyDocument, aws:index/getAvailabilityZones:getAvailabilityZones, "
        "aws:index/getCallerIdentity:getCallerIdentity, aws:index/getPartition:getPartition, "
        "aws:index/getRegion:getRegion, aws:index/getRegions:getRegions, "
        "aws:index/getServicePrincipal:getServicePrincipal, aws:kms/getPublicKey:getPublicKey, "
        "aws:route53/getZone:getZone, "
        "aws:secretsmanager/getSecretVersion:getSecretVersion; "
        "add it to sandbox/pulumi_aws_sandbox/functions.py"
    )
