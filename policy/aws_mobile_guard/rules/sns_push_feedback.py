"""A push notification that no device got is written down."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import PLATFORM_APPLICATION
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity


def _check(application: Resource, _: Options) -> Iterator[Answer]:
    fix = "name a role with which SNS may write logs: SNS says nothing else of a message that a platform refused"
    yield from expect.given(application, "failureFeedbackRoleArn", "a role", fix)


RULE = Rule(
    id="sns-push-feedback",
    pack=Pack.RESILIENCE,
    description="A platform application writes down which messages failed, and why.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(PLATFORM_APPLICATION,),
    frameworks=(),
    remediation="Set failureFeedbackRoleArn to a role that sns.amazonaws.com may take and that may write logs.",
    url="https://docs.aws.amazon.com/sns/latest/dg/topics-attrib-deliver-status.html",
    check=_check,
)
