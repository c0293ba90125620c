"""Nothing here signs in with a key that lasts."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import USER, USER_KEYS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Words


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    got = Words("an IAM user" if resource.type == USER else "a credential that lasts")
    fix = "use a role, with OpenID Connect for what runs outside AWS and IAM Identity Center for people"
    yield Problem("type", got, "roles", fix)


RULE = Rule(
    id="iam-no-users",
    pack=Pack.SECURITY,
    description="A stack makes no IAM users and no credentials that last.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(USER, *USER_KEYS),
    frameworks=("CKV_AWS_273",),
    remediation="Replace the user by a role that its caller takes for a while.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    check=_check,
)
