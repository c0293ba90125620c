"""A bucket refuses requests without TLS."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_POLICIES, BUCKETS
from aws_mobile_guard.policy_document import PolicyDocument, Statement
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    policies = stack.join(BUCKET_POLICIES, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        documents = [holder.document("policy") for holder in (bucket, *policies.holders(bucket))]
        if any(isinstance(document, PolicyDocument) and _demands_tls(document) for document in documents):
            continue
        if policies.loose or UNKNOWN in documents:
            yield Undecided("policy", bucket)
        else:
            got = Words("a policy that allows plain HTTP") if any(documents) else None
            fix = "deny s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
            yield Problem("policy", got, "a bucket policy that denies plain HTTP", fix, bucket)


def _demands_tls(document: PolicyDocument) -> bool:
    denials = [statement for statement in document if statement.denies_plain_http and _all_actions(statement)]
    resources = [resource for statement in denials for resource in statement.resources]
    return "*" in resources or (
        any(resource.endswith("/*") for resource in resources)
        and any(not resource.endswith("/*") for resource in resources)
    )


def _all_actions(statement: Statement) -> bool:
    return any(action.lower() in {"*", "s3:*"} for action in statement.actions)


RULE = StackRule(
    id="s3-tls-only",
    pack=Pack.SECURITY,
    description="A bucket's policy denies requests that do not use TLS.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*BUCKETS, *BUCKET_POLICIES),
    frameworks=("FSBP S3.5", "AwsSolutions-S10"),
    remediation=(
        "Add a statement to the bucket's policy: Deny, Principal *, Action s3:*, on the bucket and its "
        "objects, where aws:SecureTransport is false."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
    check=_check,
)
