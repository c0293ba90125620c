"""A function runs on a runtime that AWS still mends."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

# Those on Amazon Linux 2023 that AWS does not deprecate before 2027; as of November 2026.
_SUPPORTED = (
    "dotnet10",
    "java21",
    "java25",
    "nodejs22.x",
    "nodejs24.x",
    "provided.al2023",
    "python3.12",
    "python3.13",
    "python3.14",
    "ruby3.3",
    "ruby3.4",
)


def _check(function: Resource, options: Options) -> Iterator[Answer]:
    package = function.text("packageType")
    if package is UNKNOWN:
        yield Undecided("packageType")
    elif package != "Image":  # An image brings its own.
        fix = "move to a newer one, or add it to the option supported while AWS supports it"
        yield from expect.one_of(function, "runtime", options.texts("supported"), fix)


RULE = Rule(
    id="lambda-runtime",
    pack=Pack.SECURITY,
    description="A function has a runtime that AWS supports.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=FUNCTIONS,
    frameworks=("FSBP Lambda.2", "AwsSolutions-L1", "CKV_AWS_363"),
    remediation="Set runtime to one that AWS has announced no end for.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    options=(Option("supported", _SUPPORTED, "The runtimes that functions may have, as of November 2026."),),
    check=_check,
)
