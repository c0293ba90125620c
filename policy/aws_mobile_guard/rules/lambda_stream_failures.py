"""One bad record of a stream does not stop those behind it, and is not lost."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import EVENT_SOURCE_MAPPING
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_DESTINATION = "destinationConfig.onFailure.destinationArn"
_RETRIES = "maximumRetryAttempts"
_RESPONSES = "functionResponseTypes"
_REPORT = "ReportBatchItemFailures"


def _check(mapping: Resource, _: Options) -> Iterator[Answer]:
    # Only what is read from a position is a stream: a queue puts aside what fails by its own redrive policy.
    if not mapping.has("startingPosition"):
        return
    if not mapping.has(_DESTINATION):
        yield Problem(_DESTINATION, None, "where records go that failed", "name a queue or a topic")
    retries = mapping.number(_RETRIES)
    if retries is UNKNOWN:
        yield Undecided(_RETRIES)
    elif retries is None or retries < 0:
        fix = "bound it; else one bad record stops its shard until it expires"
        yield Problem(_RETRIES, retries, "0 or more", fix)
    responses = mapping.texts(_RESPONSES)
    if responses is UNKNOWN:
        yield Undecided(_RESPONSES)
    elif _REPORT not in (responses or ()):
        if UNKNOWN in (responses or ()):
            yield Undecided(_RESPONSES)
        else:
            fix = "have the function name the first record that failed, so that the others are not handled again"
            yield Problem(_RESPONSES, None, _REPORT, fix)


RULE = Rule(
    id="lambda-stream-failures",
    pack=Pack.RESILIENCE,
    description="A function that reads a stream names what failed, tries so often only, and puts it aside.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(EVENT_SOURCE_MAPPING,),
    frameworks=(),
    remediation=(
        "Set functionResponseTypes to ReportBatchItemFailures, maximumRetryAttempts, and a destination on failure."
    ),
    url="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html",
    check=_check,
)
