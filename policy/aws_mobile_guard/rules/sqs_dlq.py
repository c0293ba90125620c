"""A message that nobody can handle is put aside, instead of coming back for ever."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import EVENT_SOURCE_MAPPING, QUEUE
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    # What a function could not handle of a stream is put aside in a queue that nobody receives from again and again.
    aside = stack.join((EVENT_SOURCE_MAPPING,), "destinationConfig", (QUEUE,))
    redrives = stack.join((QUEUE,), "redrivePolicy", (QUEUE,))
    for queue in stack.of((QUEUE,)):
        if queue.has("redrivePolicy") or queue.has("redriveAllowPolicy") or redrives.holders(queue):
            continue
        if aside.holders(queue):
            continue
        if redrives.loose:
            yield Undecided("redrivePolicy", queue)
        else:
            fix = "name a queue for what was received too often, or say with redriveAllowPolicy that this is one"
            yield Problem("redrivePolicy", None, "a dead-letter queue", fix, queue)


RULE = StackRule(
    id="sqs-dlq",
    pack=Pack.RESILIENCE,
    description="A queue has a dead-letter queue, unless it is one.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(QUEUE, EVENT_SOURCE_MAPPING),
    frameworks=("AwsSolutions-SQS3",),
    remediation="Set redrivePolicy with deadLetterTargetArn and maxReceiveCount, and an alarm on that queue's length.",
    url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    check=_check,
)
