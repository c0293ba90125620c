"""What a GraphQL API was asked, and which field failed, can be looked up."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import GRAPHQL_API
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity

_LEVELS = ("ERROR", "INFO", "DEBUG", "ALL")


def _check(api: Resource, _: Options) -> Iterator[Answer]:
    yield from expect.one_of(api, "logConfig.fieldLogLevel", _LEVELS, "set logConfig with a role that may write logs")


RULE = Rule(
    id="appsync-logs",
    pack=Pack.SECURITY,
    description="A GraphQL API logs what its resolvers do.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(GRAPHQL_API,),
    frameworks=("FSBP AppSync.2", "AwsSolutions-ASC3", "CKV_AWS_193", "CKV_AWS_194"),
    remediation="Set logConfig with fieldLogLevel ERROR or more, and the ARN of a role that may write logs.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-2",
    check=_check,
)
