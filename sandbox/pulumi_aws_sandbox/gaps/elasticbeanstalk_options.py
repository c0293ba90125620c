"""Finds the option that a namespace and a name stand for, also in namespaces that the user names."""

import re

from pulumi_aws_sandbox.gaps import elasticbeanstalk_option_table as table

ENVIRONMENT = "aws:elasticbeanstalk:application:environment"
SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
SCHEDULED = "aws:autoscaling:scheduledaction"
PROCESS = "aws:elasticbeanstalk:environment:process:"
LISTENER = "aws:elbv2:listener:"

# The namespaces that the user names an object in.
_NAMED = {
    rf"{PROCESS}[\w-]+": table.PROCESS_OPTIONS,
    rf"{LISTENER}\d+": table.LISTENER_OPTIONS,
    r"aws:elbv2:listenerrule:[\w-]+": table.RULE_OPTIONS,
}


def option(namespace: str, name: str) -> table.Option | None:
    """Return what an option may be; `None` where there is no such option."""
    if namespace in table.OWN_NAMES:
        return table.OWN_NAMES[namespace]
    return options_of(namespace).get(name)


def options_of(namespace: str) -> dict[str, table.Option]:
    """Return the options of a namespace."""
    if namespace in table.OPTIONS:
        return table.OPTIONS[namespace]
    return next((each for pattern, each in _NAMED.items() if re.fullmatch(pattern, namespace)), {})


def defaults() -> dict[tuple[str, str], str]:
    """Return the value of every option that has one by itself, but for the user's own objects."""
    return {
        (namespace, name): each.default
        for namespace, options in table.OPTIONS.items()
        if namespace != SCHEDULED
        for name, each in options.items()
        if each.default is not None
    }
