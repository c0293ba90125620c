"""The functions as they are deployed, with their table, alarms, topic and databases in the sandbox's AWS."""

import json
import logging
import time
from types import SimpleNamespace
from typing import Any

import pytest
from components.dr_pair.functions.plans import PRIMARY_REGION, RECOVERY_REGION, document

from pulumi_aws_mobile.dr_pair.functions.recovery import handler, health, prober
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import clock

LEFT = SimpleNamespace(get_remaining_time_in_millis=lambda: 40_000)


class Deployed:
    """A pair of databases with all that the functions need around them."""

    def __init__(self, aws: Connection, patch: pytest.MonkeyPatch, **plan: Any) -> None:  # noqa: ANN401 - any option
        self.aws = aws
        self.well = {"primary": True, "recovery": True}
        patch.setattr(handler, "time", SimpleNamespace(time=clock.now, monotonic=time.monotonic))
        patch.setattr(health, "answers", lambda url, _times=1: self.well["primary" if "primary" in url else "recovery"])
        told = document("warm_standby", **plan)
        told["topic_arn"] = aws("sns").create_topic(Name="shop")["TopicArn"]
        for name, site in told["sites"].items():
            site["web_tier"] = None
            site["database"]["fence_security_group_id"] = self._group(site["region"], f"{name}-fence")
            site["database"]["security_group_ids"] = [self._group(site["region"], f"{name}-own")]
        self.sites = told["sites"]
        self._make_table()
        self._make_databases()
        for alarm, metric in (("shop-unreachable", "PrimaryReachable"), ("shop-traffic", "TrafficToRecovery")):
            self._make_alarm(alarm, metric)
        patch.setenv("PLAN", json.dumps(told))
        patch.setenv("TABLE_NAME", "pair")

    def ask(self, **event: Any) -> dict[str, Any]:  # noqa: ANN401 - any event
        """Invoke the recovery function; its answer has to be JSON."""
        return json.loads(json.dumps(handler.handle(event, LEFT)))

    def alarm(self, name: str, state: str) -> None:
        """Set an alarm's state."""
        self.aws("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason="x")

    def describe(self, site: str) -> dict[str, Any]:
        """Return a site's database as RDS tells it."""
        rds = self.aws("rds", self.sites[site]["region"])
        return rds.describe_db_instances(DBInstanceIdentifier=f"shop-{site}")["DBInstances"][0]

    def groups(self, site: str) -> list[str]:
        """Return the security groups of a site's database."""
        return [each["VpcSecurityGroupId"] for each in self.describe(site)["VpcSecurityGroups"]]

    def metric(self, name: str) -> float:
        """Return what a metric of the pair was put to last."""
        found = self.aws("cloudwatch").get_metric_statistics(
            Namespace="AwsMobile/Recovery",
            MetricName=name,
            Dimensions=[{"Name": "Pair", "Value": "shop"}],
            StartTime=clock.now() - 600,
            EndTime=clock.now() + 600,
            Period=60,
            Statistics=["Maximum"],
        )["Datapoints"]
        return max(found, key=lambda each: each["Timestamp"])["Maximum"]

    def _group(self, region: str, name: str) -> str:
        ec2 = self.aws("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        return ec2.create_security_group(GroupName=name, Description="x", VpcId=vpc)["GroupId"]

    def _make_table(self) -> None:
        self.aws("dynamodb").create_table(
            TableName="pair",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def _make_databases(self) -> None:
        writer = self.aws("rds", PRIMARY_REGION).create_db_instance(
            DBInstanceIdentifier="shop-primary",
            DBInstanceClass="db.t4g.micro",
            Engine="mysql",
            AllocatedStorage=20,
            MasterUsername="root",
            MasterUserPassword="password1",
            BackupRetentionPeriod=7,
            VpcSecurityGroupIds=self.sites["primary"]["database"]["security_group_ids"],
        )["DBInstance"]
        self.aws("rds", RECOVERY_REGION).create_db_instance_read_replica(
            DBInstanceIdentifier="shop-recovery",
            SourceDBInstanceIdentifier=writer["DBInstanceArn"],
            SourceRegion=PRIMARY_REGION,
            VpcSecurityGroupIds=self.sites["recovery"]["database"]["security_group_ids"],
        )
        self.aws("rds", RECOVERY_REGION).modify_db_instance(
            DBInstanceIdentifier="shop-recovery", BackupRetentionPeriod=7, ApplyImmediately=True
        )
        clock.move(180)  # RDS says how far a replica is behind once a minute has passed

    def _make_alarm(self, name: str, metric: str) -> None:
        self.aws("cloudwatch").put_metric_alarm(
            AlarmName=name,
            Namespace="AwsMobile/Recovery",
            MetricName=metric,
            ComparisonOperator="LessThanThreshold",
            Threshold=1,
            Period=60,
            EvaluationPeriods=3,
            Statistic="Minimum",
        )
        self.alarm(name, "OK")


def test_a_tick_without_trouble_does_nothing(aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed = Deployed(aws, monkeypatch)
    answer = deployed.ask(tick=True)
    assert (answer["run"], answer["advice"]) == (None, ["recovery.takeovers: 0"])
    assert answer["state"]["active"] == "primary"


def test_an_alarm_an_approval_and_ticks_make_the_replica_the_writer(
    aws: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed = Deployed(aws, monkeypatch, mode="approval")
    deployed.well["primary"] = False
    deployed.alarm("shop-unreachable", "ALARM")
    asked = deployed.ask(source="aws.cloudwatch", alarmData={"alarmName": "shop-unreachable"})
    assert asked["run"]["status"] == "awaiting_approval"
    approved = deployed.ask(request="approve", run=asked["run"]["id"], by="ada")
    assert (approved["run"]["step"], approved["state"]["active"]) == ("confirm", "recovery")
    assert deployed.groups("primary") == [deployed.sites["primary"]["database"]["fence_security_group_id"]]
    assert "ReadReplicaSourceDBInstanceIdentifier" not in deployed.describe("recovery")
    assert deployed.metric("TrafficToRecovery") == 1
    deployed.alarm("shop-traffic", "ALARM")
    done = deployed.ask(tick=True)
    assert (done["run"]["status"], done["state"]["takeovers"]) == ("done", 1)
    assert done["advice"][0] == "recovery.takeovers: 1"
    assert deployed.ask(request="status")["run"]["id"] == asked["run"]["id"]


def test_a_switchover_that_is_aborted_gives_the_writer_its_security_groups_back(
    aws: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed = Deployed(aws, monkeypatch)
    begun = deployed.ask(request="switchover", by="ada", reason="a rehearsal")
    assert (begun["run"]["step"], begun["run"]["status"]) == ("lag", "running")
    assert deployed.groups("primary") == [deployed.sites["primary"]["database"]["fence_security_group_id"]]
    ended = deployed.ask(request="abort", run=begun["run"]["id"], by="ada")
    assert ended["run"]["status"] == "aborted"
    assert deployed.groups("primary") == deployed.sites["primary"]["database"]["security_group_ids"]
    assert ended["state"]["fence"] is None


def test_a_dry_run_changes_nothing(aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed = Deployed(aws, monkeypatch)
    answer = deployed.ask(request="dry_run", of="switchover", by="ada")
    assert (answer["run"]["status"], answer["run"]["dry"], answer["state"]["open_run"]) == ("done", True, "")
    assert answer["run"]["steps"]["promote"]["detail"] == "would promote the replica shop-recovery"
    assert deployed.groups("primary") == deployed.sites["primary"]["database"]["security_group_ids"]


def test_every_action_is_one_line_of_json(
    aws: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    deployed = Deployed(aws, monkeypatch)
    caplog.set_level(logging.INFO)
    deployed.ask(request="switchover", by="ada")
    lines = [json.loads(each.message) for each in caplog.records if each.name.endswith("recovery.journal")]
    assert {each["pair"] for each in lines} == {"shop"}
    assert [(each["step"], each["result"]) for each in lines] == [
        ("run", "opened"),
        ("request", "accepted"),
        ("guard", "done"),
        ("approval", "done"),
        ("fence", "did"),
        ("fence", "did"),
        ("fence", "done"),
        ("lag", "waiting"),
    ]


def test_nothing_new_is_begun_when_the_time_is_nearly_over(aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed = Deployed(aws, monkeypatch)
    late = SimpleNamespace(get_remaining_time_in_millis=lambda: 9_000)
    answer = handler.handle({"request": "switchover", "by": "ada"}, late)
    assert answer["run"]["steps"] == {}
    assert deployed.groups("primary") == deployed.sites["primary"]["database"]["security_group_ids"]
    assert deployed.ask(tick=True)["run"]["step"] == "lag"


@pytest.mark.parametrize("is_well", [True, False])
def test_the_prober_says_whether_the_primary_answers_and_where_clients_are_led_to(
    aws: Connection, monkeypatch: pytest.MonkeyPatch, *, is_well: bool
) -> None:
    deployed = Deployed(aws, monkeypatch, takeovers=1)
    deployed.well["primary"] = is_well
    assert prober.handle({"tick": True}, None) == {"reachable": is_well, "traffic": "recovery"}
    assert (deployed.metric("PrimaryReachable"), deployed.metric("TrafficToRecovery")) == (int(is_well), 1)
