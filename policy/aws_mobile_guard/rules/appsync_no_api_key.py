"""A key that every copy of an app carries says nothing of who calls."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import GRAPHQL_API
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN, Node

_KEY = "API_KEY"


def _check(api: Resource, _: Options) -> Iterator[Answer]:
    yield from _identified(api)
    yield from expect.each(api, "additionalAuthenticationProviders", _identified)


def _identified(way: Node) -> Iterator[Answer]:
    kind = way.text("authenticationType")
    path = way.path("authenticationType")
    if kind is UNKNOWN:
        yield Undecided(path)
    elif kind == _KEY:
        yield Problem(path, kind, "a way that tells who calls", "use AWS_IAM or AMAZON_COGNITO_USER_POOLS")


RULE = Rule(
    id="appsync-no-api-key",
    pack=Pack.SECURITY,
    description="A GraphQL API takes no API keys for identification.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(GRAPHQL_API,),
    frameworks=("FSBP AppSync.5",),
    remediation="Set authenticationType, there and in additionalAuthenticationProviders, to AWS_IAM or a user pool.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-5",
    check=_check,
)
