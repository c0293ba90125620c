"""Nobody gets AWS credentials without signing in."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import IDENTITY_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(pool: Resource, _: Options) -> Iterator[Answer]:
    fix = "turn it off; where guests are wanted, acknowledge this pool in excludeFor and say why"
    yield from expect.not_on(pool, "allowUnauthenticatedIdentities", fix)


RULE = Rule(
    id="cognito-no-guest",
    pack=Pack.SECURITY,
    description="An identity pool gives credentials to users who signed in only.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(IDENTITY_POOL,),
    frameworks=("FSBP Cognito.2", "AwsSolutions-COG7", "CKV_AWS_366"),
    remediation=(
        "Set allowUnauthenticatedIdentities to false. For an app that works without an account, acknowledge the pool "
        "with a reason and keep the guests' role to reading."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-2",
    check=_check,
)
