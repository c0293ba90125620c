"""What calls to RDS, Elastic Beanstalk, CloudFormation and CloudWatch are judged by."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from sandbox.access.world import ACCOUNT, REGION
from sandbox.beanstalk_world import Beanstalk

from pulumi_aws_sandbox.aws import Connection, in_process

_DATABASE = f"arn:aws:rds:{REGION}:{ACCOUNT}:db:notes"
_ADDRESS = {"Resources": {"Address": {"Type": "AWS::EC2::EIP"}}}


@pytest.fixture
def operator() -> Iterator[Connection]:
    with in_process(REGION) as connection:
        yield connection


def _who_may(operator: Connection, *statements: dict[str, Any]) -> Callable[..., Any]:
    """Return what gives the clients of a user who may do what the statements say."""
    iam = operator("iam")
    iam.create_user(UserName="u")
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **each} for each in statements]}
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps(document))
    key = iam.create_access_key(UserName="u")["AccessKey"]
    keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    return lambda service, region=REGION: boto3.client(service, region_name=region, **keys)


def _database(operator: Connection, name: str) -> None:
    operator("rds").create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="not-a-real-one",
        BackupRetentionPeriod=7,
    )


def test_a_database_is_named_by_its_arn(operator: Connection) -> None:
    for name in ("notes", "other"):
        _database(operator, name)
    actions = ["rds:DescribeDBInstances", "rds:ModifyDBInstance", "rds:RebootDBInstance"]
    rds = _who_may(operator, {"Action": actions, "Resource": _DATABASE})("rds")
    rds.modify_db_instance(DBInstanceIdentifier="notes", BackupRetentionPeriod=9)
    rds.reboot_db_instance(DBInstanceIdentifier="notes")
    assert rds.describe_db_instances(DBInstanceIdentifier="notes")["DBInstances"][0]["BackupRetentionPeriod"] == 9
    for ask in (
        lambda: rds.reboot_db_instance(DBInstanceIdentifier="other"),
        rds.describe_db_instances,
        lambda: rds.delete_db_instance(DBInstanceIdentifier="notes", SkipFinalSnapshot=True),
    ):
        with pytest.raises(ClientError, match="is not authorized to perform: rds:"):
            ask()


def test_copied_backups_are_those_of_the_database_that_is_asked_about(operator: Connection) -> None:
    _database(operator, "notes")
    away = operator("rds", "eu-central-1")
    copy = away.start_db_instance_automated_backups_replication(SourceDBInstanceArn=_DATABASE)
    arn = copy["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"]
    rds = _who_may(operator, {"Action": "rds:DescribeDBInstanceAutomatedBackups", "Resource": arn})(
        "rds", "eu-central-1"
    )
    assert (
        len(rds.describe_db_instance_automated_backups(DBInstanceIdentifier="notes")["DBInstanceAutomatedBackups"]) == 1
    )
    with pytest.raises(ClientError, match="is not authorized to perform: rds:DescribeDBInstanceAutomatedBackups"):
        rds.describe_db_instance_automated_backups(DBInstanceIdentifier="other")


def test_an_environment_is_named_with_its_application(operator: Connection) -> None:
    shop = Beanstalk(operator)
    for name in ("live", "test"):
        shop.environment(name)
    arn = f"arn:aws:elasticbeanstalk:{REGION}:{ACCOUNT}:environment/shop/live"
    actions = ["elasticbeanstalk:DescribeEnvironments", "elasticbeanstalk:UpdateEnvironment"]
    eb = _who_may(operator, {"Action": actions, "Resource": arn})("elasticbeanstalk")
    assert len(eb.describe_environments(EnvironmentNames=["live"])["Environments"]) == 1
    eb.update_environment(EnvironmentName="live", Description="mine")
    for ask in (
        lambda: eb.describe_environments(EnvironmentNames=["live", "test"]),
        lambda: eb.update_environment(EnvironmentName="test", Description="mine"),
        eb.describe_environments,
    ):
        with pytest.raises(ClientError, match="is not authorized to perform: elasticbeanstalk:"):
            ask()


def test_a_stack_is_named_with_or_without_its_id(operator: Connection) -> None:
    arn = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/recovery/*"
    cloudformation = _who_may(operator, {"Action": "cloudformation:*", "Resource": arn})("cloudformation")
    body = json.dumps(_ADDRESS)
    made = cloudformation.create_stack(StackName="recovery", TemplateBody=body)["StackId"]
    for name in ("recovery", made):
        assert cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    for ask in (
        lambda: cloudformation.create_stack(StackName="other", TemplateBody=body),
        cloudformation.describe_stacks,
    ):
        with pytest.raises(ClientError, match="is not authorized to perform: cloudformation:"):
            ask()


def test_metrics_are_named_by_their_namespace_and_alarms_by_arn(operator: Connection) -> None:
    alarm = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:unreachable"
    condition = {"StringEquals": {"cloudwatch:namespace": "Mine"}}
    cloudwatch = _who_may(
        operator,
        {"Action": "cloudwatch:PutMetricData", "Resource": "*", "Condition": condition},
        {"Action": "cloudwatch:DescribeAlarms", "Resource": alarm},
    )("cloudwatch")
    data = [{"MetricName": "m", "Value": 1}]
    cloudwatch.put_metric_data(Namespace="Mine", MetricData=data)
    assert cloudwatch.describe_alarms(AlarmNames=["unreachable"])["MetricAlarms"] == []
    for ask in (
        lambda: cloudwatch.put_metric_data(Namespace="Other", MetricData=data),
        lambda: cloudwatch.describe_alarms(AlarmNames=["unreachable", "other"]),
        cloudwatch.describe_alarms,
    ):
        with pytest.raises(ClientError, match="is not authorized to perform: cloudwatch:"):
            ask()


def test_the_copy_of_a_secret_is_read_with_its_own_key_s_permission(operator: Connection) -> None:
    away = "eu-central-1"
    key = operator("kms", away).create_key()["KeyMetadata"]["Arn"]
    secret = operator("secretsmanager").create_secret(
        Name="s", SecretString="hidden", AddReplicaRegions=[{"Region": away, "KmsKeyId": key}]
    )["ARN"]
    copy = secret.replace(REGION, away)
    may_read = {"Action": "secretsmanager:GetSecretValue", "Resource": copy}
    manager = _who_may(operator, may_read)("secretsmanager", away)
    with pytest.raises(ClientError, match="is not authorized to perform: kms:Decrypt"):
        manager.get_secret_value(SecretId=copy)
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key}]}
    operator("iam").put_user_policy(UserName="u", PolicyName="k", PolicyDocument=json.dumps(document))
    assert manager.get_secret_value(SecretId=copy)["SecretString"] == "hidden"
