"""What the sandbox adds to moto besides databases and time, seen through boto3."""

import json
import os
import signal
import subprocess
import sys

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import TRUST, World

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox


def _with_policy(sandbox: Sandbox, **condition: object) -> str:
    world = World(sandbox)
    bucket = world.bucket()
    sandbox.clients("s3").put_object(Bucket=bucket, Key="a", Body=b"1")
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        "Condition": condition,
    }
    world.make("aws:s3/bucketPolicy:BucketPolicy", {"bucket": bucket, "policy": json.dumps({"Statement": [statement]})})
    return bucket


def test_a_policy_against_plain_http_lets_https_through(sandbox: Sandbox) -> None:
    bucket = _with_policy(sandbox, Bool={"aws:SecureTransport": "false"})
    assert sandbox.clients("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"


def test_a_policy_denies_what_its_condition_describes(sandbox: Sandbox) -> None:
    bucket = _with_policy(
        sandbox,
        Null={"s3:x-amz-server-side-encryption": "false"},
        StringNotEquals={"s3:x-amz-server-side-encryption": "aws:kms"},
    )
    s3 = sandbox.clients("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"2")
    s3.put_object(Bucket=bucket, Key="a", Body=b"3", ServerSideEncryption="aws:kms")
    with pytest.raises(ClientError, match="403"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"4", ServerSideEncryption="AES256")


def test_a_managed_policy_of_aws_can_be_attached(sandbox: Sandbox) -> None:
    iam = sandbox.clients("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    iam.attach_role_policy(
        RoleName="r", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    )
    attached = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]
    assert [each["PolicyName"] for each in attached] == ["AmazonRDSEnhancedMonitoringRole"]


def test_a_managed_policy_that_aws_does_not_have_is_refused(sandbox: Sandbox) -> None:
    iam = sandbox.clients("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    with pytest.raises(ClientError, match="NoSuchEntity"):
        iam.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/Nothing")


def test_images_are_there_when_they_are_asked_for(sandbox: Sandbox) -> None:
    ec2 = sandbox.clients("ec2")
    sandbox.create("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
    assert len(ec2.describe_images(Owners=["amazon"])["Images"]) > 100


def test_a_flow_log_finds_its_log_group(sandbox: Sandbox) -> None:
    world = World(sandbox)
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})
    log = world.make(
        "aws:ec2/flowLog:FlowLog",
        {"vpcId": world.vpc(), "trafficType": "ALL", "logDestination": group["arn"], "iamRoleArn": world.role_arn()},
    )
    described = sandbox.clients("ec2").describe_flow_logs(FlowLogIds=[log["id"]])["FlowLogs"][0]
    assert (described["LogGroupName"], described["DeliverLogsStatus"]) == (group["name"], "SUCCESS")


def test_a_new_security_group_lets_nothing_out(sandbox: Sandbox) -> None:
    world = World(sandbox)
    group = world.make("aws:ec2/securityGroup:SecurityGroup", {"vpcId": world.vpc()})["id"]
    described = sandbox.clients("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    assert (described["IpPermissions"], described["IpPermissionsEgress"]) == ([], [])


def test_an_adopted_default_group_is_emptied(sandbox: Sandbox) -> None:
    world = World(sandbox)
    group = world.make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {"vpcId": world.vpc()})["id"]
    described = sandbox.clients("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    assert (described["GroupName"], described["IpPermissions"], described["IpPermissionsEgress"]) == ("default", [], [])


def test_a_server_serves_the_gaps_until_it_is_told_to_stop() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pulumi_aws_sandbox.serve"], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        world = World(Sandbox(server(url, "eu-west-1")))
        source = world.database(multiAz=True)
        replica = world.make(
            "aws:rds/instance:Instance", {"instanceClass": "db.t4g.large", "replicateSourceDb": source["identifier"]}
        )
        rds = world.sandbox.clients("rds")
        rds.promote_read_replica(DBInstanceIdentifier=replica["identifier"])
        described = rds.describe_db_instances(DBInstanceIdentifier=source["identifier"])["DBInstances"][0]
        assert described["SecondaryAvailabilityZone"] == "eu-west-1b"
        assert described["ReadReplicaDBInstanceIdentifiers"] == []
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == 0


def test_a_port_that_is_taken_is_said() -> None:
    from pulumi_aws_sandbox.serve import serving

    with serving() as url:
        port = url.rsplit(":", 1)[1]
        done = subprocess.run(
            [sys.executable, "-m", "pulumi_aws_sandbox.serve", "--port", port],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"cannot listen on 127.0.0.1:{port}: Address already in use\n"
