"""What Elastic Beanstalk tells of environments: descriptions, events, health, instances and resources."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pulumi_aws_sandbox import solution_stacks
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Environment, Event, Store, add_operations
from pulumi_aws_sandbox.gaps.elasticbeanstalk_validation import effective
from pulumi_aws_sandbox.runtime import clock

_SEVERITIES = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
_STATUSES = {"Green": "Ok", "Yellow": "Warning", "Red": "Severe", "Grey": "NoData"}
_INSTANCES = {"starting": "Pending", "initial": "Pending", "healthy": "Ok", "unhealthy": "Severe", "draining": "Info"}
_COLORS = {"Ok": "Green", "Info": "Green", "Severe": "Red"}
_COUNTED = ("NoData", "Unknown", "Pending", "Ok", "Info", "Warning", "Degraded", "Severe")
_MOST = 1000
_NOT_ENHANCED = "InvalidRequestException"


def fill() -> None:
    """Add the operations."""
    add_operations(
        describe_environment_health,
        describe_environment_resources,
        describe_environments,
        describe_events,
        describe_instances_health,
    )


def describe_environments(store: Store, given: dict[str, Any]) -> Answer:
    """List environments, those that were terminated in the last hour too unless they are not wanted."""
    deleted = given.get("IncludeDeleted") is not False
    back_to = given.get("IncludedDeletedBackTo")
    found = [
        each
        for each in store.environments.values()
        if (each.alive or (deleted and _recent(each, back_to)))
        and given.get("ApplicationName") in {None, each.application}
        and given.get("VersionLabel") in {None, each.version}
        and each.id in (given.get("EnvironmentIds") or [each.id])
        and each.name in (given.get("EnvironmentNames") or [each.name])
    ]
    return _page("Environments", [describe_environment(store, each) for each in found], given)


def describe_events(store: Store, given: dict[str, Any]) -> Answer:
    """List events, the newest first."""
    everything = [*store.events, *(event for each in store.alive() for event in _events_of(each))]
    least = _SEVERITIES.index(given.get("Severity", "TRACE"))
    kept = [each for each in everything if _SEVERITIES.index(each.severity) >= least and _asked_for(each, given)]
    kept.sort(key=lambda each: each.at, reverse=True)
    return _page("Events", [_describe_event(each) for each in kept], given)


def describe_environment_health(store: Store, given: dict[str, Any]) -> Answer:
    """Tell an environment's health, its causes, and how many instances are how well."""
    found = store.environment(given)
    _require_enhanced(found)
    color, causes, instances = health_of(found)
    counts = dict.fromkeys(_COUNTED, 0)
    for each in instances:
        counts[_status_of(each)] += 1
    return {
        "EnvironmentName": found.name,
        "HealthStatus": _STATUSES[color],
        "Status": found.shown_status,
        "Color": color,
        "Causes": list(causes),
        "InstancesHealth": counts,
        "RefreshedAt": clock.today(),
    }


def describe_instances_health(store: Store, given: dict[str, Any]) -> Answer:
    """Tell the health of every instance and which version it runs."""
    found = store.environment(given)
    _require_enhanced(found)
    _, _, instances = health_of(found)
    listed = [
        {
            "InstanceId": each.id,
            "HealthStatus": _status_of(each),
            "Color": _COLORS.get(_status_of(each), "Grey"),
            "Causes": [],
            "AvailabilityZone": each.zone,
            "Deployment": {"VersionLabel": each.version_label, "Status": "Deployed"},
        }
        for each in instances
    ]
    return {"InstanceHealthList": listed, "RefreshedAt": clock.today()}


def describe_environment_resources(store: Store, given: dict[str, Any]) -> Answer:
    """List what an environment is made of."""
    found = _any_environment(store, given)
    resources = found.resources
    named = {
        "EnvironmentName": found.name,
        "LaunchConfigurations": [],
        "Queues": [],
        "Triggers": [],
        "LaunchTemplates": [],
        "AutoScalingGroups": [],
        "LoadBalancers": [],
        "Instances": [],
    }
    if resources is not None:
        _, _, instances = health_of(found)
        named |= {
            "AutoScalingGroups": [{"Name": resources.auto_scaling_group}],
            "LaunchTemplates": [{"Id": resources.launch_template_id}],
            "Instances": [{"Id": each.id} for each in instances],
            "LoadBalancers": [{"Name": resources.load_balancer_arn}] if resources.load_balancer_arn else [],
        }
    return {"EnvironmentResources": named}


def describe_environment(store: Store, environment: Environment) -> Answer:
    """Return what AWS says of an environment."""
    color = health_of(environment)[0] if environment.status in {"Ready", "Updating"} else "Grey"
    resources = environment.resources
    answer: Answer = {
        "EnvironmentName": environment.name,
        "EnvironmentId": environment.id,
        "EnvironmentArn": store.arn("environment", environment.application, environment.name),
        "ApplicationName": environment.application,
        "VersionLabel": environment.version,
        "SolutionStackName": environment.stack,
        "PlatformArn": solution_stacks.platform_arn(environment.stack, store.region, store.partition),
        "TemplateName": environment.template,
        "Description": environment.description,
        "EndpointURL": (resources.endpoint if resources else "") or environment.cname,
        "CNAME": environment.cname,
        "DateCreated": environment.created,
        "DateUpdated": environment.updated,
        "Status": environment.shown_status,
        "AbortableOperationInProgress": environment.shown_status == "Updating",
        "Health": color,
        "Tier": {"Name": "WebServer", "Type": "Standard", "Version": "1.0"},
        "EnvironmentLinks": [],
    }
    return answer | ({"HealthStatus": _STATUSES[color]} if _is_enhanced(environment) else {})


def health_of(environment: Environment) -> tuple[str, tuple[str, ...], tuple[Any, ...]]:
    """Return an environment's color, the causes and its instances; a failed deployment is never green."""
    if not environment.alive:
        return "Grey", (), ()
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    cause = f"The last deployment failed: {environment.problem}"
    try:
        now = beanstalk.health(environment.id)
    except LookupError:  # it could not be launched
        return "Red", (cause,), ()
    if not environment.problem:
        return now.color.value, now.causes, now.instances
    color = now.color.value if now.color is beanstalk.Color.RED else beanstalk.Color.YELLOW.value
    return color, (cause, *now.causes), now.instances


def _events_of(environment: Environment) -> list[Event]:
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    try:
        told = beanstalk.events(environment.id)
    except LookupError:  # it could not be launched
        told = []
    return [
        Event(
            at=each.at,
            message=each.message,
            severity=each.severity,
            application=environment.application,
            environment=environment,
            version=environment.version,
        )
        for each in told
    ]


def _asked_for(event: Event, given: Mapping[str, Any]) -> bool:
    about = event.environment
    return (
        given.get("ApplicationName") in {None, event.application}
        and given.get("VersionLabel") in {None, event.version}
        and given.get("EnvironmentId") in {None, about.id if about else None}
        and given.get("EnvironmentName") in {None, about.name if about else None}
        and ("StartTime" not in given or event.at >= _date(given["StartTime"]))
        and ("EndTime" not in given or event.at < _date(given["EndTime"]))
    )


def _describe_event(event: Event) -> Answer:
    about = {"EnvironmentName": event.environment.name} if event.environment else {}
    return {
        "EventDate": event.at,
        "Message": event.message,
        "Severity": event.severity,
        "ApplicationName": event.application,
        "VersionLabel": event.version,
        **about,
    }


def _page(name: str, items: list[Answer], given: Mapping[str, Any]) -> Answer:
    start = int(given.get("NextToken") or 0)
    end = start + int(given.get("MaxRecords") or _MOST)
    return {name: items[start:end]} | ({"NextToken": str(end)} if end < len(items) else {})


def _recent(environment: Environment, back_to: object) -> bool:
    if back_to is not None:
        return environment.updated >= _date(back_to)
    return (clock.today() - environment.updated).total_seconds() < 3600  # noqa: PLR2004 - an hour


def _date(value: Any) -> datetime:  # noqa: ANN401 - a date, or its text where moto has not read it
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=clock.today().tzinfo)


def _any_environment(store: Store, given: dict[str, Any]) -> Environment:
    found = store.environments.get(given.get("EnvironmentId", ""))
    return found if found is not None else store.environment(given)


def _is_enhanced(environment: Environment) -> bool:
    values = effective(environment.all_settings)
    return values["aws:elasticbeanstalk:healthreporting:system", "SystemType"] == "enhanced"


def _require_enhanced(environment: Environment) -> None:
    reason = f"Environment {environment.name} does not have enhanced health reporting."
    require(_is_enhanced(environment), reason, _NOT_ENHANCED)


def _status_of(instance: Any) -> str:  # noqa: ANN401 - the runtime's own type, loaded late
    return _INSTANCES.get(instance.state, "Unknown")
