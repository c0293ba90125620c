"""An event that a function could not deal with is not lost."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTION_INVOKE_CONFIGS, FUNCTION_PERMISSIONS, FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

# The services that hand an event over and do not wait for the answer.
# https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
_ASYNCHRONOUS = re.compile(
    r"(s3|sns|events|ses|logs|config|iot|cloudformation|codecommit|lambda\.alarms\.cloudwatch)[a-z0-9.-]*\.amazonaws\.com"
    r"(\.cn)?"
)
_PATH = "deadLetterConfig.targetArn"
_DESTINATION = "destinationConfig.onFailure.destination"


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    permissions = stack.join(FUNCTION_PERMISSIONS, "function", FUNCTIONS)
    configs = stack.join(FUNCTION_INVOKE_CONFIGS, "functionName", FUNCTIONS)
    perhaps = any(_hands_over(one) is not False for one in permissions.loose)
    for function in stack.of(FUNCTIONS):
        called = {_hands_over(one) for one in permissions.holders(function)}
        if function.has(_PATH) or any(one.has(_DESTINATION) for one in configs.holders(function)):
            continue
        if True in called and not any(one.has(_DESTINATION) for one in configs.loose):
            fix = "name a queue or a topic, or add a FunctionEventInvokeConfig with onFailure"
            yield Problem(_PATH, None, "where events go that failed", fix, function)
        elif perhaps or None in called or True in called:
            yield Undecided(_PATH, function)


def _hands_over(permission: Resource) -> bool | None:
    """Tell whether a permission is for a service that does not wait; none where that is not known yet."""
    principal = permission.text("principal")
    return None if principal is UNKNOWN else bool(principal and _ASYNCHRONOUS.fullmatch(principal))


RULE = StackRule(
    id="lambda-failure-dest",
    pack=Pack.RESILIENCE,
    description="A function that is called without waiting says where failed events go.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(*FUNCTIONS, *FUNCTION_PERMISSIONS, *FUNCTION_INVOKE_CONFIGS),
    frameworks=("CKV_AWS_116",),
    remediation="Set deadLetterConfig.targetArn, or add a FunctionEventInvokeConfig with a destination on failure.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    check=_check,
)
