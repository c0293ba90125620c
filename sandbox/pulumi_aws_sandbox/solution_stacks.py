"""The solution stacks of Elastic Beanstalk that the sandbox has, known without an AWS: a preview asks for them too.

AWS publishes new platform versions about once a month and retires old ones. `OWN` is this sandbox's own number for
the newest of them, not one of AWS's; `EARLIER` is the one of 2025-09-16 in AWS's platform history.
https://docs.aws.amazon.com/elasticbeanstalk/latest/platforms/platform-history-php.html
"""

import re

OWN = "4.12.0"
"""The newest platform version of this sandbox, dated 2026-09-01."""
EARLIER = "4.7.5"
"""The version before it, for updates of the platform."""

_RUNTIMES = ("8.4", "8.3", "8.2")
_NAME = re.compile(r"64bit Amazon Linux 2023 v(?P<version>[\d.]+) running PHP (?P<php>[\d.]+)")

STACKS = tuple(
    f"64bit Amazon Linux 2023 v{version} running PHP {php}" for version in (OWN, EARLIER) for php in _RUNTIMES
)
"""Their names, the newest first, as AWS lists them."""


def matching(name_regex: str, most_recent: bool) -> str:
    """Return the one stack whose name matches; raise `LookupError` where there is none, or more than one."""
    found = [name for name in STACKS if re.search(name_regex, name)]
    if not found:
        message = f'no solution stack matches "{name_regex}"; there are {", ".join(STACKS)}'
        raise LookupError(message)
    if len(found) > 1 and not most_recent:
        message = f'"{name_regex}" matches {len(found)} solution stacks: {", ".join(found)}; set mostRecent or say more'
        raise LookupError(message)
    return found[0]


def platform_arn(name: str, region: str, partition: str) -> str:
    """Return the ARN of a stack's platform."""
    version, php = parts(name)
    branch = f"PHP {php} running on 64bit Amazon Linux 2023"
    return f"arn:{partition}:elasticbeanstalk:{region}::platform/{branch}/{version}"


def parts(name: str) -> tuple[str, str]:
    """Return the platform version and the version of PHP in a stack's name."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise LookupError(name)
    return match["version"], match["php"]


def of_platform(arn: str) -> str | None:
    """Return the stack of a platform's ARN, if there is one."""
    match = re.search(r"::platform/PHP ([\d.]+) running on 64bit Amazon Linux 2023/([\d.]+)$", arn)
    name = f"64bit Amazon Linux 2023 v{match[2]} running PHP {match[1]}" if match else ""
    return name if name in STACKS else None
