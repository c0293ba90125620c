"""A reader learns what a security group is for."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import SECURITY_GROUPS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    found = resource.text("description")
    if found in {None, "Managed by Pulumi", "Managed by Terraform"}:
        yield Problem(
            "description", found, "a sentence", "say who reaches what through the group; a change replaces it"
        )


RULE = Rule(
    id="sg-description",
    pack=Pack.COST,
    description="A security group says what it is for.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=SECURITY_GROUPS,
    frameworks=("AwsSolutions-EC27", "CKV_AWS_23", "AWS-0099"),
    remediation="Set description when the group is made: changing it later replaces the group.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    check=_check,
)
