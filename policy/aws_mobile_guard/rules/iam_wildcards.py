"""A role can do what it needs and no more."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICIES, ROLE
from aws_mobile_guard.iam import documents
from aws_mobile_guard.policy_document import PolicyDocument, Statement
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.star_only import STAR_ONLY
from aws_mobile_guard.view import UNKNOWN

# Actions whose name begins so change nothing.
_READING = (
    "get",
    "list",
    "describe",
    "batchget",
    "batchcheck",
    "head",
    "lookup",
    "query",
    "scan",
    "search",
    "select",
    "view",
    "check",
    "estimate",
    "simulate",
    "validate",
    "filter",
    "discover",
)
# Rules of their own judge these.
_ELSEWHERE = ("iam:passrole", "kms:decrypt", "kms:reencrypt")
# A telephone number is no resource, so SMS needs every resource: all but every topic.
_SMS = "sns:publish"
# An ARN that ends in the star alone is every resource of its service, or every bucket.
_EVERY_RESOURCE = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*|arn:[^:]*:s3:::\*/\*")
_TOPICS = re.compile(r"arn:[^:]+:sns:\*:\*:\*")


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    for path, document in documents(resource):
        if document is UNKNOWN:
            yield Undecided(path)
            continue
        for statement in document:
            if statement.allows:
                yield from _check_statement(path, statement, options, sms=_denies_topics(document))


def _check_statement(path: str, statement: Statement, options: Options, *, sms: bool) -> Iterator[Answer]:
    if _only_sms(statement):
        return
    if statement.not_actions or statement.not_resources:
        got = Words(f"{statement.label} that allows all but some")
        yield Problem(path, got, "Action and Resource", "list what is allowed instead of what is not")
        return
    everywhere = any(_EVERY_RESOURCE.fullmatch(arn) for arn in statement.resources)
    for action in statement.actions:
        name = action.lower().partition(":")[2]
        if action in {"*", "*:*"}:
            if not everywhere:  # Everything on everything is a matter for iam-no-admin.
                yield Problem(path, Words(f'{statement.label} that allows "*"'), "named actions", "name the actions")
        elif name == "*":
            got = Words(f"{statement.label} that allows {action}")
            yield Problem(path, got, "named actions", "name the actions")
        elif everywhere and not _harmless(action, options) and not (sms and action.lower() == _SMS):
            got = Words(f"{statement.label} that allows {action} on every resource")
            fix = "name the resources; list the action in starOnly if it takes none"
            if action.lower() == _SMS:
                fix = "name the topics; for SMS add a Deny on arn:aws:sns:*:*:*, which is every topic"
            yield Problem(path, got, "ARNs", fix)


def _denies_topics(document: PolicyDocument) -> bool:
    """Tell whether a document keeps publishing off every topic, so that only telephone numbers are left."""
    return any(
        statement.denies
        and statement.covers(_SMS)
        and not statement.conditions
        and any(_TOPICS.fullmatch(arn) for arn in statement.resources)
        for statement in document
    )


def _only_sms(statement: Statement) -> bool:
    """Tell whether a statement allows publishing to whatever is no topic."""
    return {action.lower() for action in statement.actions} == {_SMS} and any(
        _TOPICS.fullmatch(arn) for arn in statement.not_resources
    )


def _harmless(action: str, options: Options) -> bool:
    lowered = action.lower()
    name = lowered.partition(":")[2]
    star_only = {known.lower() for known in options.texts("starOnly")}
    return name.startswith(_READING) or lowered.startswith(_ELSEWHERE) or lowered in star_only


RULE = Rule(
    id="iam-wildcards",
    pack=Pack.SECURITY,
    description="A policy names the actions and, where they change something, the resources.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*POLICIES, ROLE),
    frameworks=("FSBP IAM.21", "AwsSolutions-IAM5", "CKV_AWS_290", "CKV_AWS_355"),
    remediation=(
        "List the actions one by one and give them the ARNs that they are for. Acknowledge the rest with a reason."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
    options=(
        Option(
            "starOnly",
            tuple(STAR_ONLY),
            "Actions that change something but that AWS grants on every resource only.",
        ),
    ),
    check=_check,
)
