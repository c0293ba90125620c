"""The solution stacks and platform versions that exist."""

from typing import Any

from pulumi_aws_sandbox import solution_stacks
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, INVALID, refuse, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Store, add_operations

_SYSTEM, _SYSTEM_VERSION = "Amazon Linux", "2023"


def fill() -> None:
    """Add the operations."""
    add_operations(
        describe_platform_version, list_available_solution_stacks, list_platform_branches, list_platform_versions
    )


def stack_of(given: dict[str, Any]) -> str | None:
    """Return the solution stack that a request names, by name or by platform; refuse one that does not exist."""
    name, arn = given.get("SolutionStackName"), given.get("PlatformArn")
    require(not (name and arn), "Only one of SolutionStackName and PlatformArn can be given.", COMBINATION)
    if name:
        require(name in solution_stacks.STACKS, f"No Solution Stack named '{name}' found.")
        return name
    if not arn:
        return None
    found = solution_stacks.of_platform(arn)
    require(found, f"No Platform named '{arn}' found.")
    return found


def list_available_solution_stacks(_: Store, __: dict[str, Any]) -> Answer:
    """List the solution stacks, the newest first."""
    details = [{"SolutionStackName": name, "PermittedFileTypes": ["zip"]} for name in solution_stacks.STACKS]
    return {"SolutionStacks": list(solution_stacks.STACKS), "SolutionStackDetails": details}


def list_platform_versions(store: Store, given: dict[str, Any]) -> Answer:
    """List the platform versions that all filters let through, the newest first."""
    filters = given.get("Filters", [])
    summaries = [_summary(store, name) for name in solution_stacks.STACKS]
    return {"PlatformSummaryList": [each for each in summaries if all(_passes(each, one) for one in filters)]}


def describe_platform_version(store: Store, given: dict[str, Any]) -> Answer:
    """Return what there is to say of one platform version."""
    name = solution_stacks.of_platform(given["PlatformArn"])
    if name is None:
        refuse(INVALID, f"No Platform named '{given['PlatformArn']}' found.")
    _, php = solution_stacks.parts(name)
    more = {
        "PlatformName": f"PHP {php} running on 64bit Amazon Linux 2023",
        "SolutionStackName": name,
        "Frameworks": [],
        "ProgrammingLanguages": [{"Name": "PHP", "Version": php}],
    }
    return {"PlatformDescription": {**_summary(store, name), **more}}


def list_platform_branches(_: Store, __: dict[str, Any]) -> Answer:
    """List the platform branches."""
    branches = dict.fromkeys(solution_stacks.parts(name)[1] for name in solution_stacks.STACKS)
    return {
        "PlatformBranchSummaryList": [
            {
                "PlatformName": "PHP",
                "BranchName": f"PHP {php} running on 64bit Amazon Linux 2023",
                "LifecycleState": "Supported",
                "BranchOrder": order,
                "SupportedTierList": ["WebServer/Standard"],
            }
            for order, php in enumerate(branches)
        ]
    }


def _summary(store: Store, name: str) -> Answer:
    version, php = solution_stacks.parts(name)
    newest = version == solution_stacks.OWN
    return {
        "PlatformArn": solution_stacks.platform_arn(name, store.region, store.partition),
        "PlatformOwner": "AWSElasticBeanstalk",
        "PlatformStatus": "Ready",
        "PlatformCategory": "PHP",
        "OperatingSystemName": _SYSTEM,
        "OperatingSystemVersion": _SYSTEM_VERSION,
        "SupportedTierList": ["WebServer/Standard"],
        "SupportedAddonList": ["Log/S3", "Monitoring/Healthd"],
        "PlatformLifecycleState": "Recommended" if newest else "",
        "PlatformVersion": version,
        "PlatformBranchName": f"PHP {php} running on 64bit Amazon Linux 2023",
        "PlatformBranchLifecycleState": "Supported",
    }


def _passes(summary: Answer, one: dict[str, Any]) -> bool:
    kind, operator, wanted = one.get("Type", ""), one.get("Operator", "="), one.get("Values", [])
    name = "PlatformBranchName" if kind == "PlatformName" else kind
    require(name in summary, f"{kind} is not a filter.")
    value = summary[name]
    tests = {
        "=": lambda each: value == each,
        "!=": lambda each: value != each,
        "contains": lambda each: each in value,
        "begins_with": value.startswith,
        "ends_with": value.endswith,
        "in": lambda each: value == each,
    }
    require(operator in tests, f"{operator} is not an operator.")
    return any(tests[operator](each) for each in wanted)
