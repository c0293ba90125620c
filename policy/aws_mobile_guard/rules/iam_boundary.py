"""A role stays within a boundary, whatever is attached to it later."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import ROLE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(role: Resource, options: Options) -> Iterator[Answer]:
    patterns = options.texts("boundaries")
    boundary = role.text("permissionsBoundary")
    if not patterns:
        return
    if boundary is UNKNOWN:
        yield Undecided("permissionsBoundary")
    elif boundary is None or not any(re.search(pattern, boundary) for pattern in patterns):
        allowed = f"the ARN of a policy that matches {' or '.join(patterns)}"
        yield Problem("permissionsBoundary", boundary, allowed, "name the boundary")


RULE = Rule(
    id="iam-boundary",
    pack=Pack.SECURITY,
    description="A role has the permissions boundary that the configuration names.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(ROLE,),
    frameworks=(),
    remediation="Set permissionsBoundary to the ARN of the boundary.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    options=(
        Option(
            "boundaries",
            (),
            "Regular expressions, searched for in ARNs: the policies that bound roles. Defaults to none.",
        ),
    ),
    check=_check,
)
