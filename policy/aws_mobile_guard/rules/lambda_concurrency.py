"""A storm of alarms does not take the account's whole concurrency."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(function: Resource, options: Options) -> Iterator[Answer]:
    if not any(re.search(pattern, function.urn) for pattern in options.texts("functions")):
        return
    reserved = function.number("reservedConcurrentExecutions")
    if reserved is UNKNOWN:
        yield Undecided("reservedConcurrentExecutions")
    elif reserved is None or reserved < 0:
        fix = "reserve a few; without it one storm starves every other function"
        yield Problem("reservedConcurrentExecutions", reserved, "0 or more", fix)


RULE = Rule(
    id="lambda-concurrency",
    pack=Pack.RESILIENCE,
    description="A function that acts on alarms has a concurrency of its own.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=FUNCTIONS,
    frameworks=("CKV_AWS_115",),
    remediation="Set reservedConcurrentExecutions to as many as may act at once.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    options=(
        Option(
            "functions",
            ("(?i)remediat", "(?i)self-?healing", "(?i)fail-?over"),
            "Regular expressions, searched for in URNs: the functions that act on alarms.",
        ),
    ),
    check=_check,
)
