"""A message that nobody can handle is put aside, instead of coming back for ever."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import (
    EVENT_SOURCE_MAPPING,
    FUNCTION_INVOKE_CONFIGS,
    FUNCTIONS,
    QUEUE,
    QUEUE_REDRIVE,
    QUEUE_REDRIVE_ALLOW,
)
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack

# What puts aside in a queue what could not be handled: nobody receives from that queue again and again.
_ASIDE = (
    ((EVENT_SOURCE_MAPPING,), "destinationConfig"),
    (FUNCTION_INVOKE_CONFIGS, "destinationConfig"),
    (FUNCTIONS, "deadLetterConfig"),
)
# Who says that a queue has a dead-letter queue, or is one, beside the queue itself.
_BESIDE = (((QUEUE_REDRIVE,), "queueUrl"), ((QUEUE_REDRIVE_ALLOW,), "queueUrl"))


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    redrives = [stack.join((type_,), "redrivePolicy", (QUEUE,)) for type_ in (QUEUE, QUEUE_REDRIVE)]
    others = [stack.join(types, name, (QUEUE,)) for types, name in (*_ASIDE, *_BESIDE)]
    for queue in stack.of((QUEUE,)):
        if queue.has("redrivePolicy") or queue.has("redriveAllowPolicy"):
            continue
        if any(join.holders(queue) for join in (*redrives, *others)):
            continue
        if any(join.loose for join in redrives):
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
    types=(QUEUE, QUEUE_REDRIVE, QUEUE_REDRIVE_ALLOW, EVENT_SOURCE_MAPPING, *FUNCTION_INVOKE_CONFIGS, *FUNCTIONS),
    frameworks=("AwsSolutions-SQS3",),
    remediation="Set redrivePolicy with deadLetterTargetArn and maxReceiveCount, and an alarm on that queue's length.",
    url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    check=_check,
)
