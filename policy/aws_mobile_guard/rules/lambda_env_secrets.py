"""A function fetches its secrets; whoever may look at it does not read them."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTIONS
from aws_mobile_guard.plain_secrets import NAMES, is_secret, is_secret_name
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_PATH = "environment.variables"


def _check(function: Resource, options: Options) -> Iterator[Answer]:
    variables = function.node(_PATH)
    if variables is UNKNOWN:
        yield Undecided(_PATH)
        return
    for name in sorted(variables.known()) if variables else ():
        value = variables.text(name) if variables else None
        suspicious = is_secret_name(name, options.texts("names"))
        if value is UNKNOWN:
            if suspicious:
                yield Undecided(f"{_PATH}.{name}")
        elif value is not None and is_secret(value, named=suspicious):
            fix = "keep it in Secrets Manager, give the function the secret's ARN and read it there"
            yield Problem(f"{_PATH}.{name}", Words("a literal value"), "no secrets", fix)


RULE = Rule(
    id="lambda-env-secrets",
    pack=Pack.SECURITY,
    description="A function's environment holds no secrets.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=FUNCTIONS,
    frameworks=("CKV_AWS_45",),
    remediation="Put the secret into Secrets Manager, and its ARN into a variable whose name ends in _ARN.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
    options=(
        Option(
            "names",
            NAMES,
            "Regular expressions, searched for in the names of variables: what is taken for a secret.",
        ),
    ),
    check=_check,
)
