"""A function runs only for the callers that were meant."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTION_PERMISSIONS, FUNCTION_RESOURCE_POLICY
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?")
# Account and resource in arn:partition:service:region:account:resource.
_ANYWHERE = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:(\*:.*|[^:]*:\*)")


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    if resource.type == FUNCTION_RESOURCE_POLICY:
        yield from _check_document(resource)
        return
    principal = resource.text("principal")
    if principal is UNKNOWN:
        yield Undecided("principal")
    elif principal == "*":
        if not resource.has("principalOrgId"):
            fix = "name the account or the service, or add principalOrgId"
            yield Problem("principal", principal, "an account or a service", fix)
    elif principal is not None and _SERVICE.fullmatch(principal):
        yield from _check_service(resource, principal)


def _check_service(permission: Resource, service: str) -> Iterator[Answer]:
    if permission.has("sourceAccount"):
        return
    if service.startswith("s3."):
        fix = "add it; the ARN of a bucket tells no account, and a deleted bucket's name is free for others"
        yield Problem("sourceAccount", None, "the account of the bucket", fix)
        return
    source = permission.text("sourceArn")
    # An ARN that is unknown is that of a resource made here.
    if source is not UNKNOWN and (source is None or _ANYWHERE.fullmatch(source)):
        fix = f"add it, or sourceAccount; {service} calls for everybody's resources"
        yield Problem("sourceArn", source, "the ARN of the resource that calls", fix)


def _check_document(resource: Resource) -> Iterator[Answer]:
    document = resource.document("policy")
    if document is UNKNOWN:
        yield Undecided("policy")
        return
    for statement in document or ():
        services = [who for kind, who in statement.principals if kind == "Service"]
        if statement.public:
            got = Words(f'{statement.label} that allows principal "*"')
            yield Problem("policy", got, "named principals", "name the account or the service")
        elif statement.allows and services and not statement.narrowed:
            got = Words(f"{statement.label} that allows a service for everybody's resources")
            yield Problem("policy", got, "a condition on aws:SourceArn or aws:SourceAccount", "add the condition")


RULE = Rule(
    id="lambda-permission",
    pack=Pack.SECURITY,
    description="A function can be called by named accounts, and by services for named resources only.",
    severity=Severity.CRITICAL,
    level=Level.MANDATORY,
    types=(*FUNCTION_PERMISSIONS, FUNCTION_RESOURCE_POLICY),
    frameworks=("FSBP Lambda.1", "CKV_AWS_301", "CKV_AWS_364", "AWS-0067"),
    remediation="Set sourceArn to the ARN of the resource that calls, and sourceAccount for S3.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
    check=_check,
)
