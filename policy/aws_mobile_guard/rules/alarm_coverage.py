"""Whatever users depend on tells somebody when it fails."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    BEANSTALK_ENVIRONMENT,
    DB_INSTANCE,
    FUNCTIONS,
    METRIC_ALARMS,
    QUEUE,
    REST_API,
    STREAM,
)
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack

_WATCHED = (BEANSTALK_ENVIRONMENT, DB_INSTANCE, *FUNCTIONS, QUEUE, REST_API, STREAM)


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    joins = [stack.join(METRIC_ALARMS, name, _WATCHED) for name in ("dimensions", "metricQueries")]
    for resource in stack.of(_WATCHED):
        if any(join.holders(resource) for join in joins):
            continue
        # A name that is written out is not followed: what it means may be this resource.
        if any(join.loose for join in joins):
            yield Undecided("MetricAlarm", resource)
        else:
            fix = "add one on what its users would notice, with the resource's own output in dimensions"
            yield Problem("MetricAlarm", None, "one alarm or more", fix, resource)


RULE = StackRule(
    id="alarm-coverage",
    pack=Pack.RESILIENCE,
    description="Each database, environment, API, queue, function and stream has an alarm.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(*_WATCHED, *METRIC_ALARMS),
    frameworks=(),
    remediation="Add a MetricAlarm whose dimensions name the resource, with an action that reaches somebody.",
    url="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
    check=_check,
)
