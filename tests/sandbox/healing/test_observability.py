"""Observability as it is deployed to the sandbox: an outage pages once, and what can wait becomes a ticket."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto.cloudwatch.models import cloudwatch_backends

from pulumi_aws_mobile.observability import Observability, ObservabilityArgs
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.connection import ACCOUNT, Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.signals import alarms

HOME = "eu-west-1"
WATCHING = "urn:pulumi:stack::project::aws-mobile:index:Observability::watch"
ONCALL, DESK = "oncall@example.com", "desk@example.com"
API = {"ApiName": "core", "Stage": "live"}
SERVERS = {"EnvironmentName": "web-live"}


class Watched:
    """A deployed observability over an API whose requests a test makes up."""

    def __init__(self, aws: Connection) -> None:
        self.aws = aws
        topics = {}
        for name, address in (("pages", ONCALL), ("tickets", DESK)):
            topics[name] = aws("sns").create_topic(Name=name)["TopicArn"]
            aws("sns").subscribe(TopicArn=topics[name], Protocol="email", Endpoint=address)
        balancer = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app/web/0123456789abcdef"
        args: ObservabilityArgs = {
            "regions": {
                HOME: {
                    "topic_arn": topics["pages"],
                    "ticket_topic_arn": topics["tickets"],
                    "api": {"name": "core", "stage": "live"},
                    "web_tier": {"environment_name": "web-live", "load_balancer_arn": balancer},
                    "databases": {"orders": "orders"},
                }
            },
            "budget": {"monthly_usd": 100, "emails": ["costs@example.com"]},
        }
        mocks = DeployMocks(Sandbox(aws))
        self.outputs = record(lambda: Observability("watch", args), mocks=mocks).component_outputs[WATCHING]

    def minutes(self, count: int, *, failing: int = 0, slow: int = 0, health: int = 0) -> None:
        """Let minutes with a hundred requests each pass, some of which fail or are slow."""
        for _ in range(count):
            clock.move(60)
            self._put("AWS/ApiGateway", "Count", API, [1.0] * 100)
            self._put("AWS/ApiGateway", "5XXError", API, [1.0] * failing + [0.0] * (100 - failing))
            self._put("AWS/ApiGateway", "Latency", API, [3000.0] * slow + [100.0] * (100 - slow))
            self._put("AWS/ElasticBeanstalk", "EnvironmentHealth", SERVERS, [float(health)])
            alarms.evaluate()

    def _put(self, namespace: str, metric: str, dimensions: dict[str, str], values: list[float]) -> None:
        at = (clock.today() - dt.timedelta(minutes=1)).replace(tzinfo=None)
        named = [{"Name": name, "Value": value} for name, value in dimensions.items()]
        data = [{"MetricName": metric, "Dimensions": named, "Value": value, "Timestamp": at} for value in values]
        cloudwatch_backends[ACCOUNT][HOME].put_metric_data(namespace, data)

    def ringing(self) -> set[str]:
        """Return what rings among the alarms that tell somebody."""
        found = self.aws("cloudwatch").describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        prefix = f"project-stack-watch-{HOME}-"
        return {each["AlarmName"].removeprefix(prefix) for each in found if each["StateValue"] == "ALARM"}


def told(address: str) -> list[str]:
    """Return which alarms somebody was told of when they began to ring."""
    bodies = [json.loads(each.body) for each in outbox.messages(address) if each.body.startswith("{")]
    return [
        each["AlarmName"].removeprefix(f"project-stack-watch-{HOME}-")
        for each in bodies
        if each["NewStateValue"] == "ALARM"
    ]


@pytest.fixture
def watched() -> Iterator[Watched]:
    with in_process(HOME) as aws:
        yield Watched(aws)


def test_cloudwatch_takes_the_dashboards(watched: Watched) -> None:
    names: dict[str, Any] = watched.outputs["dashboard_names"]
    for region in (HOME, "across"):
        found = watched.aws("cloudwatch").get_dashboard(DashboardName=names[region])
        assert json.loads(found["DashboardBody"])["widgets"]


def test_nobody_hears_anything_while_all_is_well(watched: Watched) -> None:
    watched.minutes(8)
    assert (watched.ringing(), told(ONCALL), told(DESK)) == (set(), [], [])


def test_an_outage_pages_once(watched: Watched) -> None:
    watched.minutes(3)
    watched.minutes(10, failing=90, health=25)
    assert {"down", "availability-fast", "availability-slow", "availability-ticket"} <= watched.ringing()
    assert (told(ONCALL), told(DESK)) == (["down"], [])


def test_a_budget_that_burns_while_servers_are_well_pages_once_as_well(watched: Watched) -> None:
    watched.minutes(3)
    watched.minutes(8, failing=10)
    assert "down" not in watched.ringing()
    assert (told(ONCALL), told(DESK)) == (["availability-fast"], [])


def test_slow_answers_burn_the_budget_of_latency(watched: Watched) -> None:
    watched.minutes(3)
    watched.minutes(8, slow=40)
    assert watched.ringing() == {"latency-fast", "latency-slow", "latency-ticket"}
    assert told(ONCALL) == ["latency-fast"]


def test_the_budget_is_there(watched: Watched) -> None:
    budgets = watched.aws("budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"]
    assert [(each["BudgetName"], each["BudgetLimit"]["Unit"]) for each in budgets] == [
        (watched.outputs["budget_name"], "USD")
    ]
