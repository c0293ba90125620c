"""A healer as it is deployed to the sandbox, over servers, a database and a queue that go wrong on demand."""

import datetime as dt
import json
from typing import Any

from moto.cloudwatch.models import cloudwatch_backends
from pulumi.runtime.mocks import Mocks
from sandbox.beanstalk_world import Beanstalk

from pulumi_aws_mobile.self_healing import SelfHealing, SelfHealingArgs
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.connection import ACCOUNT, Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.signals import alarms, schedules

HOME = "eu-west-1"
HEALING = "urn:pulumi:stack::project::aws-mobile:index:SelfHealing::healing"
HUMAN = "oncall@example.com"
Args = dict[str, Any]

_WELL: dict[str, tuple[str, str, str, str, float]] = {
    "stuck": ("AWS/ElasticBeanstalk", "EnvironmentHealth", "EnvironmentName", "live", 0),
    "silent": ("AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "orders", 20),
    "full": ("AWS/RDS", "FreeStorageSpace", "DBInstanceIdentifier", "orders", 50 * 2**30),
    "old": ("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "jobs", 0),
}
_ILL = {"stuck": 25.0, "silent": None, "full": 2.0**29, "old": 3600.0}


class Deployed:
    """One healer, and what it looks after."""

    def __init__(self, aws: Connection) -> None:
        self.aws = aws
        self.beanstalk = Beanstalk(aws)
        self.beanstalk.environment("live")
        self.database: Args = aws("rds").create_db_instance(
            DBInstanceIdentifier="orders",
            DBInstanceClass="db.m6g.large",
            Engine="mysql",
            AllocatedStorage=100,
            MasterUsername="admin",
            MasterUserPassword="correct-horse",
            MultiAZ=True,
        )["DBInstance"]
        self.queue, self.dead = (aws("sqs").create_queue(QueueName=each)["QueueUrl"] for each in ("jobs", "poisoned"))
        topic = aws("sns").create_topic(Name="pages")["TopicArn"]
        aws("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint=HUMAN)
        mocks: Mocks = DeployMocks(Sandbox(aws))
        self.outputs = record(lambda: SelfHealing("healing", self._args(topic)), mocks=mocks).component_outputs[HEALING]
        self.ill: set[str] = set()

    def _args(self, topic: str) -> SelfHealingArgs:
        place = f"arn:aws:{{}}:{HOME}:123456789012:{{}}"
        return {
            "page_topic_arn": topic,
            "environments": {"web": {"application_name": "shop", "environment_name": "live", "stuck_minutes": 2}},
            "databases": {
                "orders": {
                    "identifier": "orders",
                    "arn": place.format("rds", "db:orders"),
                    "silent_minutes": 2,
                    "largest_gib": 200,
                }
            },
            "queues": {
                "jobs": {
                    "url": self.queue,
                    "arn": place.format("sqs", "jobs"),
                    "dead_letter_url": self.dead,
                    "dead_letter_arn": place.format("sqs", "poisoned"),
                    "max_receives": 2,
                }
            },
            "retries": {"attempts": 2, "settle_seconds": 0},
            "protect": False,
        }

    def minutes(self, count: int) -> None:
        """Let minutes pass: metrics come in, alarms are evaluated, and the rule's time comes."""
        for _ in range(count):
            clock.move(60)
            self._publish()
            alarms.evaluate()
            schedules.fire_due()

    def _publish(self) -> None:
        for ailment, (namespace, metric, dimension, name, well) in _WELL.items():
            value = _ILL[ailment] if ailment in self.ill else well
            if value is None:
                continue
            datum = {
                "MetricName": metric,
                "Dimensions": [{"Name": dimension, "Value": name}],
                "Value": value,
                "Timestamp": (clock.today() - dt.timedelta(minutes=1)).replace(tzinfo=None),
            }
            # Only AWS's own services may use a namespace that begins with AWS/.
            cloudwatch_backends[ACCOUNT][HOME].put_metric_data(namespace, [datum])

    def states(self) -> dict[str, str]:
        """Return the states of the alarms by their targets and ailments."""
        prefix = self.outputs["function_name"]
        found = self.aws("cloudwatch").describe_alarms(AlarmNamePrefix=f"{prefix}-")["MetricAlarms"]
        return {each["AlarmName"].removeprefix(f"{prefix}-"): each["StateValue"] for each in found}

    def remembered(self, target: str) -> Args:
        """Return what the healer remembers of a target."""
        key = {"target": {"S": target}}
        item = self.aws("dynamodb").get_item(TableName=self.outputs["table_name"], Key=key)["Item"]
        return json.loads(item["memory"]["S"])

    def lines(self, what: str) -> list[Args]:
        """Return the JSON lines of one kind that the healer wrote."""
        events = self.aws("logs").filter_log_events(logGroupName=self.outputs["log_group_name"])["events"]
        found = [json.loads(each["message"]) for each in events if each["message"].startswith('{"healing"')]
        return [each for each in found if each["healing"] == what]

    def told(self, old: str, new: str) -> None:
        """Tell the function of something else than what its role is for."""
        lambda_, name = self.aws("lambda"), self.outputs["function_name"]
        variables = lambda_.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        variables["PLAN"] = variables["PLAN"].replace(old, new)
        lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": variables})

    def pages(self) -> list[str]:
        """Return what a human got about healing."""
        return [each.body for each in outbox.messages(HUMAN) if "cannot heal it" in each.body]
