"""The library's components deploy for real, and an operator finds what they promise.

What this does not prove: that real AWS accepts the same; the sandbox's README says where it is more lenient.
"""

from collections.abc import Callable

from pulumi_aws_mobile.archive_bucket import ArchiveBucket
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox.aging import age_bucket
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

INSTANCE = "aws:rds/instance:Instance"


def _deployed(sandbox: Sandbox, program: Callable[[], object]) -> Recording:
    return record(program, mocks=DeployMocks(sandbox))


def test_a_network_has_a_way_out_in_each_zone(sandbox: Sandbox) -> None:
    _deployed(sandbox, lambda: Network("net", {}))
    gateways = sandbox.clients("ec2").describe_nat_gateways()["NatGateways"]
    subnets = [each["SubnetId"] for each in gateways]
    described = sandbox.clients("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]
    assert sorted(each["AvailabilityZone"] for each in described) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


def test_a_database_has_a_standby_and_is_protected(sandbox: Sandbox) -> None:
    _deployed(sandbox, lambda: HAdatabase("db", {}))
    (instance,) = sandbox.clients("rds").describe_db_instances()["DBInstances"]
    assert instance["SecondaryAvailabilityZone"] != instance["AvailabilityZone"]
    assert (instance["DeletionProtection"], instance["StorageEncrypted"], instance["MultiAZ"]) == (True, True, True)


def test_a_replica_follows_in_another_region(sandbox: Sandbox) -> None:
    far = {"region": "eu-central-1", "network": {"cidr": "10.9.0.0/16"}}
    _deployed(sandbox, lambda: HAdatabase("db", {"region": "eu-west-1", "replicas": {"far": far}}))
    (source,) = sandbox.clients("rds").describe_db_instances()["DBInstances"]
    (replica,) = sandbox.clients("rds", "eu-central-1").describe_db_instances()["DBInstances"]
    assert replica["ReadReplicaSourceDBInstanceIdentifier"] == source["DBInstanceArn"]
    assert source["ReadReplicaDBInstanceIdentifiers"] == [replica["DBInstanceArn"]]


def test_an_archived_object_reaches_its_class_in_time(sandbox: Sandbox) -> None:
    seen = _deployed(sandbox, lambda: ArchiveBucket("archive", {}))
    bucket = seen.named("archive-bucket").id
    s3 = sandbox.clients("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 200_000)
    age_bucket(sandbox.clients, bucket, 3650)
    versions = s3.list_object_versions(Bucket=bucket)["Versions"]
    assert [each["StorageClass"] for each in versions] != ["STANDARD"]
