"""The platform version that an environment starts with."""

import re

import pulumi
import pulumi_aws as aws

from .environment_parts import Platform
from .scope import Scope


def stack_pattern(branch: str) -> str:
    """Return the pattern of the platform versions of a branch of PHP on Amazon Linux 2023."""
    return rf"^64bit Amazon Linux 2023 v[0-9]+\.[0-9]+\.[0-9]+ running PHP {re.escape(branch)}$"


def find_stack(scope: Scope, platform: Platform) -> pulumi.Input[str]:
    """Return the platform version that was named, or the newest of its branch."""
    if platform.solution_stack is not None:
        return platform.solution_stack
    return aws.elasticbeanstalk.get_solution_stack_output(
        most_recent=True,
        name_regex=stack_pattern(platform.branch),
        region=scope.region,
        opts=pulumi.InvokeOutputOptions(parent=scope.parent),
    ).name
