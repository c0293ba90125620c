"""Elastic Beanstalk: environments, created and updated until they are ready, and failed by events of severity ERROR."""

import re
from typing import Any, NoReturn

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._elasticbeanstalk import (
    GONE,
    beanstalk_of,
    option_changes,
    options,
    read_tags,
    settings_from,
    settings_of_program,
    write_tags,
)
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tag_list, to_aws

_LONGEST = 40
_TIERS = {"WebServer": "Standard", "Worker": "SQS/HTTP"}
_PLATFORMS = ("platformArn", "solutionStackName", "templateName")
_NAMES = {
    "application": "ApplicationName",
    "name": "EnvironmentName",
    "description": "Description",
    "version": "VersionLabel",
    "solutionStackName": "SolutionStackName",
    "platformArn": "PlatformArn",
    "templateName": "TemplateName",
}
_CHANGED = ("description", "version", *_PLATFORMS)
_OUTPUTS = {"arn": "EnvironmentArn", "cname": "CNAME", "endpointUrl": "EndpointURL"}
_LISTS = {
    "autoscalingGroups": ("AutoScalingGroups", "Name"),
    "instances": ("Instances", "Id"),
    "launchConfigurations": ("LaunchConfigurations", "Name"),
    "loadBalancers": ("LoadBalancers", "Name"),
    "queues": ("Queues", "URL"),
    "triggers": ("Triggers", "Name"),
}
_DURATION = re.compile(r"(\d+(\.\d+)?(h|m|s|ms))+")
_PREFIX = re.compile(r"([^.]+)(\.[a-z]{2}-[a-z-]+-\d)?\.elasticbeanstalk\.com")


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    tier = inputs["tier"]
    problems = []
    if tier not in _TIERS:
        problems.append(("tier", f'tier is one of {" and ".join(_TIERS)}: got "{tier}"'))
    if "cnamePrefix" in inputs and tier == "Worker":
        problems.append(("cnamePrefix", "cnamePrefix cannot be set for the tier Worker"))
    given = [name for name in _PLATFORMS if name in inputs]
    if len(given) > 1:
        problems.append((given[0], f"only one of {', '.join(_PLATFORMS)} can be set: got {' and '.join(given)}"))
    problems += [
        (name, f'{name} is a duration such as "20m": got "{inputs[name]}"')
        for name in ("pollInterval", "waitForReadyTimeout")
        if name in inputs and not _DURATION.fullmatch(inputs[name])
    ]
    return problems


def _make(clients: Clients, inputs: Properties) -> str:
    client = beanstalk_of(clients, inputs)
    answer = client.create_environment(
        **to_aws(inputs, _NAMES | {"cnamePrefix": "CNAMEPrefix"}),
        Tier={"Name": inputs["tier"], "Type": _TIERS[inputs["tier"]]},
        OptionSettings=options(inputs.get("settings", [])),
        Tags=tag_list(inputs),
    )
    environment = answer["EnvironmentId"]
    failures = _failures(client, environment)
    if failures:
        # The engine never learns of the environment, so it must not stay.
        client.terminate_environment(EnvironmentId=environment, TerminateResources=True)
        _fail("CreateEnvironment", environment, failures)
    return environment


def _describe(clients: Clients, environment: str, known: Properties) -> Properties | None:
    client = beanstalk_of(clients, known)
    listed = client.describe_environments(EnvironmentIds=[environment])["Environments"]
    if not listed or listed[0]["Status"] == "Terminated":
        return None
    about = listed[0]
    resources = client.describe_environment_resources(EnvironmentId=environment)["EnvironmentResources"]
    answer = client.describe_configuration_settings(
        ApplicationName=about["ApplicationName"], EnvironmentName=about["EnvironmentName"]
    )
    everything = settings_from(clients, answer["ConfigurationSettings"][0]["OptionSettings"], known)
    named = _PREFIX.fullmatch(about["CNAME"])
    return {
        **from_aws(about, _NAMES | _OUTPUTS),
        "tier": about["Tier"]["Name"],
        "cnamePrefix": named[1] if named else "",
        "settings": settings_of_program(everything, known["settings"]) if "settings" in known else None,
        "allSettings": everything,
        **{name: [each[key] for each in resources.get(aws, [])] for name, (aws, key) in _LISTS.items()},
        **read_tags(clients, about["EnvironmentArn"], known),
    }


def _change(clients: Clients, environment: str, outputs: Properties, old: Properties, new: Properties) -> None:
    client = beanstalk_of(clients, new)
    changes: dict[str, Any] = option_changes(old.get("settings", []), new.get("settings", []))
    # What a program no longer says stays as it is, but for the description.
    changes |= {_NAMES[name]: new[name] for name in _CHANGED if name in new and old.get(name) != new[name]}
    if "description" in old and "description" not in new:
        changes["Description"] = ""
    if changes:
        before = _failures(client, environment)
        client.update_environment(EnvironmentId=environment, **changes)
        failures = _failures(client, environment)[len(before) :]
        if failures:
            _fail("UpdateEnvironment", environment, failures)
    write_tags(clients, outputs["arn"], old, new)


def _remove(clients: Clients, environment: str, outputs: Properties) -> None:
    client = beanstalk_of(clients, outputs)
    found(lambda: client.terminate_environment(EnvironmentId=environment, TerminateResources=True), *GONE)


def _failures(client: Any, environment: str) -> list[str]:  # noqa: ANN401 - a boto3 client
    """Return the messages of all ERROR events, the oldest first: the provider fails on each new one."""
    pages = client.get_paginator("describe_events").paginate(EnvironmentId=environment, Severity="ERROR")
    return [event["Message"] for page in pages for event in page["Events"]][::-1]


def _fail(operation: str, environment: str, messages: list[str]) -> NoReturn:
    """Fail an operation as AWS's clients do, so that the sandbox adds the resource's name."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - a preview must not pay for it

    text = "; ".join(f"({environment}) : {each}" for each in messages)
    raise ClientError({"Error": {"Code": "EnvironmentError", "Message": text}}, operation)


HANDLERS = {
    "aws:elasticbeanstalk/environment:Environment": handler(
        "aws:elasticbeanstalk/environment:Environment",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        required=frozenset({"application"}),
        replace_on=frozenset({"application", "cnamePrefix", "name", "tier"}),
        auto_name=AutoName("name", _LONGEST),
        defaults={"tier": "WebServer", "waitForReadyTimeout": "20m"},
        unordered=frozenset({"settings"}),
        validate=_problems,
    )
}
