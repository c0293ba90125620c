"""Elastic Beanstalk: an environment's size and its database."""

from .clients import call
from .effects import Scale
from .sights import EnvironmentSeen

_SIZE = "aws:autoscaling:asg"
_VARIABLES = "aws:elasticbeanstalk:application:environment"
_HOSTNAME = "RDS_HOSTNAME"


def describe(region: str, name: str, *, is_far: bool) -> EnvironmentSeen | None:
    """Return an environment, or `None` where there is none."""
    service = "elasticbeanstalk"
    found = call(
        service, region, "describe_environments", is_far=is_far, EnvironmentNames=[name], IncludeDeleted=False
    )["Environments"]
    if not found:
        return None
    told = found[0]
    groups = call(
        service,
        region,
        "describe_configuration_settings",
        is_far=is_far,
        ApplicationName=told["ApplicationName"],
        EnvironmentName=name,
    )["ConfigurationSettings"]
    options = {
        (each["Namespace"], each["OptionName"]): each.get("Value")
        for group in groups
        for each in group.get("OptionSettings", [])
    }
    resources = call(service, region, "describe_environment_resources", is_far=is_far, EnvironmentName=name)
    return EnvironmentSeen(
        status=told["Status"],
        health=told.get("Health", "Grey"),
        min=int(options.get((_SIZE, "MinSize")) or 0),
        max=int(options.get((_SIZE, "MaxSize")) or 0),
        hostname=options.get((_VARIABLES, _HOSTNAME)),
        instances=len(resources["EnvironmentResources"].get("Instances", [])),
    )


def update(region: str, wanted: Scale, *, is_far: bool) -> None:
    """Give an environment its size and its database, in one update."""
    options = [(_SIZE, "MinSize", str(wanted.min)), (_SIZE, "MaxSize", str(wanted.max))]
    if wanted.hostname is not None:
        options.append((_VARIABLES, _HOSTNAME, wanted.hostname))
    call(
        "elasticbeanstalk",
        region,
        "update_environment",
        is_far=is_far,
        EnvironmentName=wanted.name,
        OptionSettings=[
            {"Namespace": namespace, "OptionName": option, "Value": value} for namespace, option, value in options
        ],
    )
