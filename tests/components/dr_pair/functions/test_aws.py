"""What is seen of AWS and done to it, in the sandbox's AWS."""

from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, EndpointConnectionError
from components.dr_pair.functions.plans import PRIMARY_REGION, RECOVERY_REGION, TOPIC, plan

from pulumi_aws_mobile.dr_pair.functions.recovery import clients, databases, signals, stacks
from pulumi_aws_mobile.dr_pair.functions.recovery.effects import (
    FailedError,
    NotNowError,
    Promote,
    PutTraffic,
    Reboot,
    SetSecurityGroups,
    UnreachableError,
)
from pulumi_aws_mobile.dr_pair.functions.recovery.plan import Creation
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import AlarmLook, DatabaseLook, LagLook, LagPoint, StackLook
from pulumi_aws_mobile.dr_pair.functions.recovery.world import Aws
from pulumi_aws_sandbox.aws import Connection

NOW = 1_800_000_060
PLAN = plan("pilot_light")
WORLD = Aws(PLAN)


@pytest.fixture
def pair(aws: Connection) -> dict[str, str]:
    """Make a database in the primary Region and its replica in the other; return their security groups."""
    groups = {}
    for name, region in (("primary", PRIMARY_REGION), ("recovery", RECOVERY_REGION)):
        ec2 = aws("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        for role in ("own", "fence"):
            made = ec2.create_security_group(GroupName=f"{name}-{role}", Description="x", VpcId=vpc)
            groups[f"{name}-{role}"] = made["GroupId"]
    writer = aws("rds", PRIMARY_REGION).create_db_instance(
        DBInstanceIdentifier="shop-primary",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="root",
        MasterUserPassword="password1",
        BackupRetentionPeriod=7,
        VpcSecurityGroupIds=[groups["primary-own"]],
    )["DBInstance"]
    aws("rds", RECOVERY_REGION).create_db_instance_read_replica(
        DBInstanceIdentifier="shop-recovery",
        SourceDBInstanceIdentifier=writer["DBInstanceArn"],
        SourceRegion=PRIMARY_REGION,
        VpcSecurityGroupIds=[groups["recovery-own"]],
    )
    return groups


def see(look: Any) -> Any:  # noqa: ANN401 - any look and what is seen
    """Look at something."""
    return WORLD.see(look, NOW)


def test_a_writer_is_fenced_and_given_back(pair: dict[str, str]) -> None:
    look = DatabaseLook("primary", "shop-primary")
    assert see(look).security_group_ids == (pair["primary-own"],)
    for _ in range(2):
        WORLD.do(SetSecurityGroups("primary", "shop-primary", (pair["primary-fence"],)))
        WORLD.do(Reboot("primary", "shop-primary"))
    seen = see(look)
    assert (seen.security_group_ids, seen.status, seen.source) == ((pair["primary-fence"],), "available", None)
    WORLD.do(SetSecurityGroups("primary", "shop-primary", (pair["primary-own"],)))
    assert see(look).security_group_ids == (pair["primary-own"],)


@pytest.mark.usefixtures("pair")
def test_a_replica_is_promoted() -> None:
    look = DatabaseLook("recovery", "shop-recovery")
    before = see(look)
    assert before.source.endswith(":db:shop-primary")
    WORLD.do(Promote("recovery", "shop-recovery"))
    after = see(look)
    assert (after.source, after.status, after.endpoint) == (None, "available", before.endpoint)


@pytest.mark.usefixtures("aws")
def test_a_database_that_is_not_there_is_nothing() -> None:
    assert see(DatabaseLook("recovery", "nobody")) is None


def test_the_lag_is_rounded_up_and_what_nobody_knows_stays_negative(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        {"Timestamp": datetime.fromtimestamp(NOW - ago, UTC), "Maximum": value}
        for ago, value in ((60, -1.0), (180, 0.0), (120, 1.2))
    ]
    asked = recorded(monkeypatch, answer={"Datapoints": told})
    assert see(LagLook("recovery", "shop-recovery")) == (
        LagPoint(NOW - 180, 0),
        LagPoint(NOW - 120, 2),
        LagPoint(NOW - 60, -1),
    )
    ((operation, parameters),) = asked
    assert (operation, parameters["Namespace"], parameters["MetricName"], parameters["Statistics"]) == (
        "GetMetricStatistics",
        "AWS/RDS",
        "ReplicaLag",
        ["Maximum"],
    )


def test_an_alarm_is_seen_and_one_that_is_missing_is_a_failure(aws: Connection) -> None:
    aws("cloudwatch").put_metric_alarm(
        AlarmName="shop-unreachable",
        Namespace="AwsMobile/Recovery",
        MetricName="PrimaryReachable",
        ComparisonOperator="LessThanThreshold",
        Threshold=1,
        Period=60,
        EvaluationPeriods=3,
        Statistic="Minimum",
    )
    aws("cloudwatch").set_alarm_state(AlarmName="shop-unreachable", StateValue="ALARM", StateReason="x")
    assert see(AlarmLook("shop-unreachable")) == "ALARM"
    with pytest.raises(FailedError, match=r"^there is no alarm shop-traffic in eu-central-1$"):
        see(AlarmLook("shop-traffic"))


@pytest.mark.usefixtures("aws")
def test_a_stack_that_is_not_there_is_nothing() -> None:
    assert see(StackLook("recovery", Creation("shop-recovery", "https://x"))) is None


def test_a_stack_is_created_with_the_run_s_token_and_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = recorded(monkeypatch)
    stacks.create(RECOVERY_REGION, Creation("shop", "https://t", {"Vpc": "vpc-1"}, "arn:role"), "r1", "r1-2")
    stacks.delete(RECOVERY_REGION, Creation("shop", "https://t"))
    assert asked == [
        (
            "CreateStack",
            {
                "StackName": "shop",
                "TemplateURL": "https://t",
                "Parameters": [{"ParameterKey": "Vpc", "ParameterValue": "vpc-1"}],
                "Tags": [{"Key": "aws-mobile:recovery-run", "Value": "r1"}],
                "OnFailure": "ROLLBACK",
                "ClientRequestToken": "r1-2",
                "RoleARN": "arn:role",
            },
        ),
        ("DeleteStack", {"StackName": "shop"}),
    ]


@pytest.mark.parametrize(("site", "value"), [("recovery", 1), ("primary", 0)])
def test_where_clients_are_led_to_is_a_metric(monkeypatch: pytest.MonkeyPatch, site: str, value: int) -> None:
    asked = recorded(monkeypatch)
    WORLD.do(PutTraffic(site))
    datum = {
        "MetricName": "TrafficToRecovery",
        "Dimensions": [{"Name": "Pair", "Value": "shop"}],
        "Value": value,
        "Unit": "None",
    }
    assert asked == [("PutMetricData", {"Namespace": "AwsMobile/Recovery", "MetricData": [datum]})]


def test_steps_are_counted_with_what_they_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = recorded(monkeypatch)
    WORLD.count({("fence", "done"): 2}, 12)
    (_, told), *_ = asked
    assert [(each["MetricName"], each["Dimensions"][1:], each["Value"]) for each in told["MetricData"]] == [
        ("Step", [{"Name": "Step", "Value": "fence"}, {"Name": "Result", "Value": "done"}], 2),
        ("OwnMilliseconds", [], 12),
    ]


def test_people_are_told_on_the_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = recorded(monkeypatch)
    signals.publish(PLAN, "s", "t")
    assert asked == [("Publish", {"TopicArn": TOPIC, "Subject": "s", "Message": "t"})]


def refused(code: str, status: int = 400) -> ClientError:
    """Return an error as AWS answers it."""
    told = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "DescribeDBInstances")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (
            EndpointConnectionError(endpoint_url="https://rds"),
            UnreachableError,
            "rds in eu-west-1: EndpointConnectionError",
        ),
        (
            refused("InternalFailure", 503),
            UnreachableError,
            "DescribeDBInstances in eu-west-1: InternalFailure: no",
        ),
        (
            refused("InvalidDBInstanceState"),
            NotNowError,
            "DescribeDBInstances in eu-west-1: InvalidDBInstanceState: no",
        ),
        (refused("AccessDenied"), FailedError, "DescribeDBInstances in eu-west-1: AccessDenied: no"),
    ],
)
def test_an_error_of_aws_says_whether_to_wait_to_try_again_or_to_give_up(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception], message: str
) -> None:
    recorded(monkeypatch, error)
    with pytest.raises(kind) as raised:
        databases.describe(PRIMARY_REGION, "x", is_far=True)
    assert (type(raised.value), str(raised.value)) == (kind, message)


def test_every_call_names_its_region_and_the_far_one_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str, Any]] = []

    def make(service: str, region_name: str, config: Any) -> NoReturn:  # noqa: ANN401 - boto's own
        made.append((service, region_name, config))
        raise LookupError

    monkeypatch.setattr(clients.boto3, "client", make)
    clients.client.cache_clear()
    for site, region in (("primary", PRIMARY_REGION), ("recovery", RECOVERY_REGION)):
        with pytest.raises(LookupError):
            see(DatabaseLook(site, "x"))
        assert made[-1][:2] == ("rds", region)
    far, near = made[0][2], made[1][2]
    assert (far.connect_timeout, far.read_timeout, far.retries["total_max_attempts"]) == (2, 4, 2)
    assert (near.connect_timeout, near.read_timeout, near.retries["total_max_attempts"]) == (2, 8, 3)


def recorded(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None = None, answer: dict[str, Any] | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """Keep what AWS is asked, and answer this, or an error."""
    asked: list[tuple[str, dict[str, Any]]] = []

    def call(_: object, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        asked.append((operation, parameters))
        if error is not None:
            raise error
        return answer or {}

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    clients.client.cache_clear()
    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    return asked
