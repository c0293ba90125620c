"""Cognito, not the app, chooses the role and narrows what it may do."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import IDENTITY_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(pool: Resource, _: Options) -> Iterator[Answer]:
    fix = "turn it off and use the enhanced flow; in the classic one the app picks a role by itself"
    yield from expect.not_on(pool, "allowClassicFlow", fix)


RULE = Rule(
    id="cognito-no-classic",
    pack=Pack.SECURITY,
    description="An identity pool gives out credentials by the enhanced flow only.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(IDENTITY_POOL,),
    frameworks=(),
    remediation="Leave allowClassicFlow out and let apps call GetCredentialsForIdentity.",
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html",
    check=_check,
)
