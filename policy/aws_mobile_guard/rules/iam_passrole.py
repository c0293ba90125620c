"""A role is handed only to the service it is for."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICIES, ROLE
from aws_mobile_guard.iam import documents
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    for path, document in documents(resource):
        if document is UNKNOWN:
            yield Undecided(path)
            continue
        for statement in document:
            # Everything on everything is a matter for iam-no-admin.
            if not statement.grants("iam:PassRole") or {"*", "*:*"} & set(statement.actions):
                continue
            if any(arn == "*" or arn.endswith(":role/*") for arn in statement.resources):
                got = Words(f"{statement.label} that passes every role")
                yield Problem(path, got, "the ARNs of roles", "name the roles")
            if not statement.has_condition("iam:PassedToService"):
                got = Words(f"{statement.label} that passes a role to any service")
                yield Problem(path, got, "a condition on iam:PassedToService", "name the service")


RULE = Rule(
    id="iam-passrole",
    pack=Pack.SECURITY,
    description="A policy passes named roles to named services only.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*POLICIES, ROLE),
    frameworks=("AWS-0342",),
    remediation="Give iam:PassRole the ARNs of the roles and a condition on iam:PassedToService.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    check=_check,
)
