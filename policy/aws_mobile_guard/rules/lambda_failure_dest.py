"""An event that a function could not deal with is not lost."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import EVENT_RULES, FUNCTION_INVOKE_CONFIGS, FUNCTION_PERMISSIONS, FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN

# The services that hand an event over and do not wait for the answer.
# https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
_ASYNCHRONOUS = re.compile(
    r"(s3|sns|events|ses|logs|config|iot|cloudformation|codecommit|lambda\.alarms\.cloudwatch)[a-z0-9.-]*\.amazonaws\.com"
    r"(\.cn)?"
)
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
_EVENTBRIDGE = "events."
_OFTEN = re.compile(r"rate\((\d+) minutes?\)")
_PATH = "deadLetterConfig.targetArn"
_DESTINATION = "destinationConfig.onFailure.destination"


def _check(stack: Stack, options: Options) -> Iterator[Answer]:
    most = options.number("frequentMinutes")
    permissions = stack.join(FUNCTION_PERMISSIONS, "function", FUNCTIONS)
    configs = stack.join(FUNCTION_INVOKE_CONFIGS, "functionName", FUNCTIONS)
    perhaps = any(_hands_over(stack, one, most) is not False for one in permissions.loose)
    for function in stack.of(FUNCTIONS):
        called = {_hands_over(stack, one, most) for one in permissions.holders(function)}
        if function.has(_PATH) or any(one.has(_DESTINATION) for one in configs.holders(function)):
            continue
        if True in called and not any(one.has(_DESTINATION) for one in configs.loose):
            fix = "name a queue or a topic, or add a FunctionEventInvokeConfig with onFailure"
            yield Problem(_PATH, None, "where events go that failed", fix, function)
        elif perhaps or None in called or True in called:
            yield Undecided(_PATH, function)


def _hands_over(stack: Stack, permission: Resource, most: float) -> bool | None:
    """Tell whether a permission is for a service that does not wait; none where that is not known yet.

    A schedule that calls again within `most` minutes hands over nothing that could be lost.
    """
    principal = permission.text("principal")
    if principal is UNKNOWN:
        return None
    if not principal or not _ASYNCHRONOUS.fullmatch(principal):
        return False
    rules = stack.links(permission, "sourceArn", EVENT_RULES)
    if rules.unknown and principal.startswith(_EVENTBRIDGE):
        return None
    often = {_is_often(rule, most) for rule in rules.resources} or {False}
    return True if False in often else None if None in often else False


def _is_often(rule: Resource, most: float) -> bool | None:
    pattern, schedule = rule.text("eventPattern"), rule.text("scheduleExpression")
    if pattern is UNKNOWN or schedule is UNKNOWN:
        return None
    found = _OFTEN.fullmatch(schedule) if schedule and not pattern else None
    return found is not None and int(found[1]) <= most


RULE = StackRule(
    id="lambda-failure-dest",
    pack=Pack.RESILIENCE,
    description="A function that is called without waiting, and not soon again, says where failed events go.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(*FUNCTIONS, *FUNCTION_PERMISSIONS, *FUNCTION_INVOKE_CONFIGS, *EVENT_RULES),
    frameworks=("CKV_AWS_116",),
    remediation="Set deadLetterConfig.targetArn, or add a FunctionEventInvokeConfig with a destination on failure.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    options=(
        Option(
            "frequentMinutes", 5, "A schedule that calls again within so many minutes loses nothing that it hands over."
        ),
    ),
    check=_check,
)
