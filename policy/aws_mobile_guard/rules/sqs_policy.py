"""A queue takes messages from those it names, over TLS."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import QUEUE, QUEUE_POLICY
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    document = resource.document("policy")
    if document is UNKNOWN:
        yield Undecided("policy")
        return
    if document is None:
        return
    for statement in document:
        if statement.public:
            got = Words(f'{statement.label} that allows principal "*"')
            yield Problem("policy", got, "named principals", "name the senders, or add aws:SourceAccount")
    if not any(statement.denies_plain_http and statement.covers("sqs:SendMessage") for statement in document):
        fix = "deny sqs:* to everyone where aws:SecureTransport is false"
        yield Problem("policy", Words("a policy that allows plain HTTP"), "a policy that denies plain HTTP", fix)


RULE = Rule(
    id="sqs-policy",
    pack=Pack.SECURITY,
    description="A queue's policy names who may send and receive, and demands TLS.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(QUEUE_POLICY, QUEUE),
    frameworks=("FSBP SQS.3", "AwsSolutions-SQS4", "CKV_AWS_168", "AWS-0097"),
    remediation="Name the senders in the queue's policy and add a statement that denies sqs:* without TLS.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-3",
    check=_check,
)
