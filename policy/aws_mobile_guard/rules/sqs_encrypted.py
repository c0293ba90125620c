"""Messages in a queue are encrypted."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import QUEUE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(queue: Resource, _: Options) -> Iterator[Answer]:
    # SQS encrypts a new queue with keys of its own, unless it is told not to.
    if queue.has("kmsMasterKeyId"):
        return
    managed = queue.flag("sqsManagedSseEnabled")
    if managed is UNKNOWN:
        yield Undecided("sqsManagedSseEnabled")
    elif managed is False:
        yield Problem("sqsManagedSseEnabled", managed, "true", "leave it out, or name a key in kmsMasterKeyId")


RULE = Rule(
    id="sqs-encrypted",
    pack=Pack.SECURITY,
    description="A queue is encrypted, with a KMS key or with SQS's own.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(QUEUE,),
    frameworks=("FSBP SQS.1", "AwsSolutions-SQS2", "CKV_AWS_27", "AWS-0096"),
    remediation="Leave sqsManagedSseEnabled out, or set kmsMasterKeyId to a key that the senders may use.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-1",
    check=_check,
)
