"""A function's own address answers only to signed requests."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import FUNCTION_URL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    fix = "set it to AWS_IAM, or put an API with an authorizer in front"
    yield from expect.one_of(resource, "authorizationType", ("AWS_IAM",), fix)


RULE = Rule(
    id="lambda-url",
    pack=Pack.SECURITY,
    description="A function's URL takes signed requests only.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(FUNCTION_URL,),
    frameworks=("CKV_AWS_258",),
    remediation="Set authorizationType to AWS_IAM.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    check=_check,
)
