"""Saved configurations, and what an application's and an environment's options are."""

from typing import Any

from pulumi_aws_sandbox import solution_stacks
from pulumi_aws_sandbox.gaps import elasticbeanstalk_options as options
from pulumi_aws_sandbox.gaps.elasticbeanstalk_deployments import shown_settings
from pulumi_aws_sandbox.gaps.elasticbeanstalk_option_table import OPTIONS, Option
from pulumi_aws_sandbox.gaps.elasticbeanstalk_platforms import stack_of
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, check_texts, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Settings, Store, Template, add_operations
from pulumi_aws_sandbox.gaps.elasticbeanstalk_surroundings import problems_around
from pulumi_aws_sandbox.gaps.elasticbeanstalk_validation import (
    changed,
    effective,
    problems_of,
    refuse_if_any,
    settings_from,
)
from pulumi_aws_sandbox.runtime import clock

_RESTARTS = ("aws:ec2:", "aws:autoscaling:launchconfiguration")


def fill() -> None:
    """Add the operations."""
    add_operations(
        create_configuration_template,
        delete_configuration_template,
        describe_configuration_options,
        describe_configuration_settings,
        update_configuration_template,
        validate_configuration_settings,
    )


def create_configuration_template(store: Store, given: dict[str, Any]) -> Answer:
    """Save a configuration: a stack's, another one's or an environment's, with settings of its own."""
    application, name = store.application(given["ApplicationName"]), given["TemplateName"]
    check_texts(given, "TemplateName")
    require(name not in application.templates, f"Configuration Template {name} already exists.")
    inherited: Settings = {}
    stack = stack_of(given)
    if "SourceConfiguration" in given:
        source = given["SourceConfiguration"]
        base = store.template(source["ApplicationName"], source["TemplateName"])
        inherited, stack = base.settings, stack or base.stack
    elif "EnvironmentId" in given:
        environment = store.environment(given)
        inherited, stack = environment.settings, stack or environment.stack
    if stack is None:
        require(None, "One of SolutionStackName, SourceConfiguration or EnvironmentId must be given.", COMBINATION)
    settings = inherited | settings_from(given.get("OptionSettings", []))
    refuse_if_any(problems_of(settings))
    tags = {each["Key"]: each["Value"] for each in given.get("Tags", [])}
    made = Template(name=name, description=given.get("Description"), stack=stack or "", settings=settings, tags=tags)
    application.templates[name] = made
    return _describe(application.name, made)


def update_configuration_template(store: Store, given: dict[str, Any]) -> Answer:
    """Change a saved configuration; environments that were made of it stay as they are."""
    template = store.template(given["ApplicationName"], given["TemplateName"])
    check_texts(given, "TemplateName")
    settings = changed(template.settings, given)
    refuse_if_any(problems_of(settings))
    template.settings, template.updated = settings, clock.today()
    if "Description" in given:
        template.description = given["Description"]
    return _describe(given["ApplicationName"], template)


def delete_configuration_template(store: Store, given: dict[str, Any]) -> None:
    """Delete a saved configuration."""
    templates = store.application(given["ApplicationName"]).templates
    store.template(given["ApplicationName"], given["TemplateName"])
    del templates[given["TemplateName"]]


def describe_configuration_settings(store: Store, given: dict[str, Any]) -> Answer:
    """Return all options of a saved configuration or of an environment, with their values."""
    name = given["ApplicationName"]
    both = ("TemplateName" in given) == ("EnvironmentName" in given)
    require(not both, "Exactly one of TemplateName and EnvironmentName must be given.", COMBINATION)
    store.application(name)
    if "TemplateName" in given:
        template = store.template(name, given["TemplateName"])
        return {"ConfigurationSettings": [{**_describe(name, template), "OptionSettings": _shown(template.settings)}]}
    environment = store.environment(given)
    stack = environment.stack
    about = {
        "ApplicationName": name,
        "EnvironmentName": environment.name,
        "SolutionStackName": stack,
        "PlatformArn": solution_stacks.platform_arn(stack, store.region, store.partition),
        "DeploymentStatus": "failed" if environment.problem else "deployed",
        "DateCreated": environment.created,
        "DateUpdated": environment.updated,
    }
    return {"ConfigurationSettings": [{**about, "OptionSettings": _shown(shown_settings(environment))}]}


def describe_configuration_options(store: Store, given: dict[str, Any]) -> Answer:
    """Return what the options may be, all of them or those that are asked for."""
    stack = stack_of(given)
    if "TemplateName" in given:
        stack = store.template(given.get("ApplicationName", ""), given["TemplateName"]).stack
    elif "EnvironmentName" in given:
        stack = store.environment(given).stack
    wanted = {(each.get("Namespace"), each.get("OptionName")) for each in given.get("Options", [])}
    listed = [
        _option(namespace, name, each)
        for namespace, known in OPTIONS.items()
        for name, each in known.items()
        if not wanted or wanted & {(namespace, name), (namespace, None), (None, name)}
    ]
    return {"SolutionStackName": stack or solution_stacks.STACKS[0], "Options": listed}


def validate_configuration_settings(store: Store, given: dict[str, Any]) -> Answer:
    """Say what is wrong with settings for an environment or a saved configuration."""
    store.application(given["ApplicationName"])
    base: Settings = {}
    if "EnvironmentName" in given:
        base = store.environment(given).settings
    elif "TemplateName" in given:
        base = store.template(given["ApplicationName"], given["TemplateName"]).settings
    settings = base | settings_from(given["OptionSettings"])
    problems = problems_of(settings)
    if not problems and "EnvironmentName" in given:
        problems = problems_around(store, effective(settings))
    messages = [
        {"Message": each.text, "Severity": "error", "Namespace": each.namespace, "OptionName": each.option}
        for each in problems
    ]
    return {"Messages": messages}


def _describe(application: str, template: Template) -> Answer:
    return {
        "ApplicationName": application,
        "TemplateName": template.name,
        "Description": template.description,
        "SolutionStackName": template.stack,
        "DateCreated": template.created,
        "DateUpdated": template.updated,
    }


def _shown(settings: Settings) -> list[Answer]:
    plain = {key: value for key, value in effective(settings).items() if key[0] != options.SCHEDULED}
    scheduled = {key: value for key, value in settings.items() if key[1] == options.SCHEDULED}
    return [
        *({"Namespace": space, "OptionName": name, "Value": value} for (space, name), value in sorted(plain.items())),
        *(
            {"ResourceName": resource, "Namespace": space, "OptionName": name, "Value": value}
            for (resource, space, name), value in sorted(scheduled.items())
        ),
    ]


def _option(namespace: str, name: str, known: Option) -> Answer:
    severity = "RestartEnvironment" if namespace.startswith(_RESTARTS) else "NoInterruption"
    return {
        "Namespace": namespace,
        "Name": name,
        "DefaultValue": known.default,
        "ChangeSeverity": severity,
        "UserDefined": False,
        "ValueType": "List" if known.several else "Scalar",
        "ValueOptions": list(known.allowed),
        "MinValue": None if known.low is None else int(known.low),
        "MaxValue": None if known.high is None else min(int(known.high), 2**31 - 1),
        "MaxLength": known.longest,
        "Regex": {"Pattern": known.pattern, "Label": known.pattern} if known.pattern else None,
    }
