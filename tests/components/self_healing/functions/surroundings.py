"""What the healer finds around it: alarms, a table, a topic, a database, queues, and servers that write down orders."""

import datetime as dt
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from pulumi_aws_mobile.self_healing.functions.healing import acting, clients, index
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import outbox

HOME = "eu-west-1"
FUNCTION = "healing-function"
HUMAN = "oncall@example.com"
Args = dict[str, Any]


class Servers:
    """Answers for Elastic Beanstalk and Auto Scaling, and writes down what was ordered."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, Args]] = []
        self.status = "Ready"
        self.instances = {"i-1": "Ok", "i-2": "Severe", "i-3": "Ok"}
        self.error: Exception | None = None

    def describe_environments(self, **_: object) -> Args:
        return {"Environments": [{"Status": self.status}]}

    def describe_environment_resources(self, **_: object) -> Args:
        return {"EnvironmentResources": {"Instances": [{"Id": each} for each in self.instances]}}

    def describe_instances_health(self, **_: object) -> Args:
        listed = [{"InstanceId": each, "HealthStatus": status} for each, status in self.instances.items()]
        return {"InstanceHealthList": listed}

    def __getattr__(self, order: str) -> Callable[..., None]:
        def ordered(**given: object) -> None:
            if self.error:
                raise self.error
            self.orders.append((order, given))

        return ordered


class World:
    """A deployed healer for one environment, one database and one queue."""

    def __init__(self, aws: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
        self.aws, self.servers, self.now, self.runs = aws, Servers(), 1_800_000_000.0, 0
        fakes = {"elasticbeanstalk": self.servers, "autoscaling": self.servers}
        monkeypatch.setattr(
            clients, "boto3", SimpleNamespace(client=lambda name, **_: fakes.get(name) or aws(name, HOME))
        )
        clients.asking.cache_clear()
        clients.changing.cache_clear()
        clock = SimpleNamespace(time=lambda: self.now)
        monkeypatch.setattr(index, "time", clock)
        monkeypatch.setattr(acting, "time", clock)
        monkeypatch.setattr(index, "random", SimpleNamespace(random=lambda: 0.0))
        key = {"AttributeName": "target", "KeyType": "HASH"}
        self.table = aws("dynamodb").create_table(
            TableName="memory",
            KeySchema=[key],
            AttributeDefinitions=[{"AttributeName": "target", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )["TableDescription"]["TableName"]
        self.topic = aws("sns").create_topic(Name="pages")["TopicArn"]
        aws("sns").subscribe(TopicArn=self.topic, Protocol="email", Endpoint=HUMAN)
        self.queue, self.dead = self._queue("jobs"), self._queue("poisoned")
        aws("rds").create_db_instance(
            DBInstanceIdentifier="orders",
            DBInstanceClass="db.m6g.large",
            Engine="mysql",
            AllocatedStorage=100,
            MasterUsername="admin",
            MasterUserPassword="correct-horse",
            MultiAZ=True,
        )
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", FUNCTION)
        monkeypatch.setenv("TABLE_NAME", self.table)
        monkeypatch.setenv("TOPIC_ARN", self.topic)
        self._environment = monkeypatch
        self.plan()
        for role in (
            "environment-web-stuck",
            "environment-web-unhealthy",
            "database-orders-silent",
            "database-orders-full",
            "queue-jobs-old",
        ):
            aws("cloudwatch").put_metric_alarm(
                AlarmName=f"{FUNCTION}-{role}",
                Namespace="Test",
                MetricName="Test",
                Statistic="Sum",
                Period=60,
                EvaluationPeriods=1,
                Threshold=0,
                ComparisonOperator="GreaterThanThreshold",
            )
            self.alarm(role, "OK")

    def plan(self, **changes: Args) -> None:
        """Tell the function what it looks after; `changes` add to what it is told by kind."""
        rules = {
            "attempts": 3,
            "first_seconds": 180,
            "factor": 2,
            "actions": 5,
            "window_seconds": 3600,
            "settle_seconds": 120,
        }
        environment = {"ailments": "stuck unhealthy", "environment": "web-live"}
        database = {"ailments": "silent full", "identifier": "orders", "largest_gib": 130}
        queue = {"ailments": "old", "url": self.queue, "dead_letter_url": self.dead, "max_receives": 2}
        plan = {
            "healer": "healing",
            "rules": rules,
            "environment": {"web": environment | changes.get("environment", {})},
            "database": {"orders": database | changes.get("database", {})},
            "queue": {"jobs": queue | changes.get("queue", {})},
        }
        self._environment.setenv("PLAN", json.dumps(plan))

    def root_full(self, instance: str, percent: float) -> None:
        """Publish how full an instance's root file system is, as only AWS's own services may."""
        from moto.cloudwatch.models import cloudwatch_backends

        datum = {
            "MetricName": "RootFilesystemUtil",
            "Dimensions": [
                {"Name": "InstanceId", "Value": instance},
                {"Name": "EnvironmentName", "Value": "web-live"},
            ],
            "Value": percent,
            "Timestamp": dt.datetime.fromtimestamp(self.now - 60, dt.UTC).replace(tzinfo=None),
        }
        cloudwatch_backends["123456789012"][HOME].put_metric_data("AWS/ElasticBeanstalk", [datum])

    def alarm(self, role: str, state: str) -> None:
        """Set the state of an alarm."""
        self.aws("cloudwatch").set_alarm_state(AlarmName=f"{FUNCTION}-{role}", StateValue=state, StateReason="test")

    def tick(self, minutes: int = 0) -> dict[str, str]:
        """Let time pass, then invoke the function as the rule does."""
        self.now += 60 * minutes
        return self.invoke({"tick": True})

    def ring(self, role: str) -> dict[str, str]:
        """Invoke the function as an alarm does."""
        self.alarm(role, "ALARM")
        alarm = {"alarmName": f"{FUNCTION}-{role}", "state": {"value": "ALARM"}}
        return self.invoke({"source": "aws.cloudwatch", "alarmData": alarm})

    def invoke(self, event: Args) -> dict[str, str]:
        """Invoke the function."""
        self.runs += 1
        return index.handle(event, SimpleNamespace(aws_request_id=f"run-{self.runs}"))

    def pages(self) -> list[str]:
        """Return the messages that a human got about healing."""
        return [each.body for each in outbox.messages(HUMAN) if "cannot heal it" in each.body]

    def counted(self) -> dict[tuple[str, ...], float]:
        """Return the sums of all metrics by their names and dimensions."""
        from moto.cloudwatch.models import cloudwatch_backends

        sums: dict[tuple[str, ...], float] = {}
        for each in cloudwatch_backends["123456789012"][HOME].metric_data:
            key = (each.name, *(one.value for one in each.dimensions))
            sums[key] = sums.get(key, 0) + float(each.value)
        return sums

    def _queue(self, name: str, **attributes: str) -> str:
        return self.aws("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
