"""What the tests of signals share: minutes that pass, and data points in them."""

from collections.abc import Callable
from typing import Any

import pytest
from sandbox.functions.conftest import deploy

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.signals import alarms
from pulumi_aws_sandbox.runtime.signals.alarms import Change

__all__ = ["NAMESPACE", "Minute", "deploy", "mails", "minute", "put_alarm", "topic"]

NAMESPACE = "Test/Signals"

Minute = Callable[..., list[Change]]


@pytest.fixture
def minute(sandbox: Sandbox) -> Minute:
    """Put one value for each metric, let a minute pass, and evaluate."""

    def pass_one(**values: float) -> list[Change]:
        data = [{"MetricName": name, "Value": value} for name, value in values.items()]
        if data:
            sandbox.clients("cloudwatch").put_metric_data(Namespace=NAMESPACE, MetricData=data)
        clock.move(60)
        return alarms.evaluate()

    return pass_one


def put_alarm(sandbox: Sandbox, name: str, **more: object) -> str:
    """Put an alarm on a metric of its own name, and return its ARN."""
    settings: dict[str, Any] = {
        "AlarmName": name,
        "Namespace": NAMESPACE,
        "MetricName": name,
        "Statistic": "Maximum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        **more,
    }
    if "Metrics" in more:
        for each in ("Namespace", "MetricName", "Statistic", "Period"):
            settings.pop(each)
    cloudwatch = sandbox.clients("cloudwatch")
    cloudwatch.put_metric_alarm(**settings)
    return cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["AlarmArn"]


def topic(sandbox: Sandbox, **attributes: str) -> str:
    """Make a topic that sends e-mails to ops@example.com."""
    sns = sandbox.clients("sns")
    arn = sns.create_topic(Name="ops", Attributes=attributes)["TopicArn"]
    sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="ops@example.com")
    return arn


def mails() -> list[str]:
    """Return the subjects of what ops@example.com got."""
    return [each.subject for each in outbox.messages("ops@example.com")]
