"""A topic takes messages from those it names, over TLS."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import TOPIC, TOPIC_POLICY
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
            yield Problem("policy", got, "named principals", "name the services and accounts, or add aws:SourceAccount")
    if not any(statement.denies_plain_http and statement.covers("sns:Publish") for statement in document):
        fix = "deny sns:Publish to everyone where aws:SecureTransport is false"
        yield Problem("policy", Words("a policy that allows plain HTTP"), "a policy that denies plain HTTP", fix)


RULE = Rule(
    id="sns-policy",
    pack=Pack.SECURITY,
    description="A topic's policy names who may publish, and demands TLS.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(TOPIC_POLICY, TOPIC),
    frameworks=("FSBP SNS.4", "AwsSolutions-SNS3", "CKV_AWS_169"),
    remediation="Name the publishers in the topic's policy and add a statement that denies sns:Publish without TLS.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-4",
    check=_check,
)
