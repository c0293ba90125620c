"""What is wrong with a target: its alarms, and what AWS says that it is doing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from .clients import asking
from .decisions import Sight
from .plan import Plan, Target

_ALARM, _OK = "ALARM", "OK"
_READY = "Ready"
_AVAILABLE = frozenset({"available", "storage-optimization"})
"""What an instance says while it can be changed, but for its storage after a change of it."""
_DISK_MINUTES = 10


def alarm_states(plan: Plan) -> dict[str, str]:
    """Return the state of every alarm by its name."""
    names = [plan.alarm_of(target, ailment) for target in plan.targets for ailment in target.ailments]
    answer = asking("cloudwatch").describe_alarms(AlarmNames=names, AlarmTypes=["MetricAlarm"], MaxRecords=100)
    return {alarm["AlarmName"]: alarm["StateValue"] for alarm in answer["MetricAlarms"]}


def look(plan: Plan, target: Target, states: Mapping[str, str], now: float, *, idle: bool) -> Sight:
    """Return what is seen of a target; while it is well and `idle`, AWS is not asked what it is doing."""
    found = {
        ailment: states[alarm] for ailment in target.ailments if (alarm := plan.alarm_of(target, ailment)) in states
    }
    sick = next((ailment for ailment, state in found.items() if state == _ALARM), None)
    if sick is None and "disk" in target.ailments and full_instance(target, now) is not None:
        sick = "disk"
    known = sick is not None or _OK in found.values()
    return Sight(at=now, sick=sick, known=known, busy=not (idle and sick is None) and _busy(target))


def full_instance(target: Target, now: float) -> str | None:
    """Return the instance whose root file system is the fullest of those that are too full."""
    resources = asking("elasticbeanstalk").describe_environment_resources(EnvironmentName=target.told["environment"])
    worst: tuple[float, str] | None = None
    for instance in resources["EnvironmentResources"]["Instances"]:
        percent = _root_percent(instance["Id"], now)
        if percent is not None and percent >= target.told["disk_percent"] and (worst is None or percent > worst[0]):
            worst = percent, instance["Id"]
    return None if worst is None else worst[1]


def _root_percent(instance: str, now: float) -> float | None:
    """Return how full an instance's root file system was at last, as enhanced health publishes it.

    Whatever other dimensions Elastic Beanstalk gives the metric, the instance's id is one of them.
    """
    cloudwatch, metric = asking("cloudwatch"), "RootFilesystemUtil"
    listed = cloudwatch.list_metrics(
        Namespace="AWS/ElasticBeanstalk", MetricName=metric, Dimensions=[{"Name": "InstanceId", "Value": instance}]
    )["Metrics"]
    values: list[float] = []
    end = dt.datetime.fromtimestamp(now, dt.UTC)
    for found in listed:
        answer = cloudwatch.get_metric_data(
            MetricDataQueries=[
                {
                    "Id": "full",
                    "MetricStat": {
                        "Metric": {
                            "Namespace": found["Namespace"],
                            "MetricName": metric,
                            "Dimensions": found["Dimensions"],
                        },
                        "Period": 60,
                        "Stat": "Maximum",
                    },
                }
            ],
            StartTime=end - dt.timedelta(minutes=_DISK_MINUTES),
            EndTime=end,
            ScanBy="TimestampDescending",
        )
        values += answer["MetricDataResults"][0]["Values"][:1]
    return max(values, default=None)


def _busy(target: Target) -> bool:
    """Tell whether AWS is changing a target, or somebody stopped it on purpose: no time to change it too."""
    if target.kind == "environment":
        return environment(target)["Status"] != _READY
    if target.kind == "database":
        return instance(target)["DBInstanceStatus"] not in _AVAILABLE
    return False


def environment(target: Target) -> Mapping[str, Any]:
    """Return what Elastic Beanstalk says of an environment."""
    (found,) = asking("elasticbeanstalk").describe_environments(
        EnvironmentNames=[target.told["environment"]], IncludeDeleted=False
    )["Environments"]
    return found


def instance(target: Target) -> Mapping[str, Any]:
    """Return what RDS says of a database."""
    (found,) = asking("rds").describe_db_instances(DBInstanceIdentifier=target.told["identifier"])["DBInstances"]
    return found
