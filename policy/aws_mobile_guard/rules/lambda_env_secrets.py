"""A function fetches its secrets; whoever may look at it does not read them."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTIONS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_PATH = "environment.variables"
# A name that ends so tells where or how long, not what.
_ABOUT = re.compile(
    r"_(ARNS?|NAMES?|IDS?|PATH|PARAMETER|URLS?|URI|ENDPOINT|HOST|TABLE|BUCKET|REGION|VERSION|STAGE|TYPE|USE|LENGTH"
    r"|COUNT|TTL|EXPIRY|SECONDS|MINUTES|HOURS|DAYS)$",
    re.IGNORECASE,
)
_ARN = re.compile(r"arn:[^:]+:[^:]+:.*")
# What AWS's own keys and private keys look like, under whatever name.
_LOOKS = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----")


def _check(function: Resource, options: Options) -> Iterator[Answer]:
    variables = function.node(_PATH)
    if variables is UNKNOWN:
        yield Undecided(_PATH)
        return
    for name in sorted(variables.known()) if variables else ():
        value = variables.text(name) if variables else None
        suspicious = not _ABOUT.search(name) and any(re.search(one, name) for one in options.texts("names"))
        if value is UNKNOWN:
            if suspicious:
                yield Undecided(f"{_PATH}.{name}")
        elif value is not None and ((suspicious and not _ARN.fullmatch(value)) or _LOOKS.search(value)):
            fix = "keep it in Secrets Manager, give the function the secret's ARN and read it there"
            yield Problem(f"{_PATH}.{name}", Words("a literal value"), "no secrets", fix)


RULE = Rule(
    id="lambda-env-secrets",
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
            (
                "(?i)passw(or)?d",
                "(?i)secret",
                "(?i)token",
                "(?i)credential",
                "(?i)api_?key",
                "(?i)private_?key",
                "(?i)access_?key",
                "(?i)signing_?key",
            ),
            "Regular expressions, searched for in the names of variables: what is taken for a secret.",
        ),
    ),
    check=_check,
)
