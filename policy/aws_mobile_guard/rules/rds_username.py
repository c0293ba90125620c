"""An attacker has to guess the user's name too."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import DATABASES, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    name = "username" if resource.type == DB_INSTANCE else "masterUsername"
    found = resource.text(name)
    if found is UNKNOWN:
        yield Undecided(name)
    elif found is not None and found.lower() in options.texts("refused"):
        yield Problem(name, found, f"none of {', '.join(options.texts('refused'))}", "choose a name of your own")


RULE = Rule(
    id="rds-username",
    pack=Pack.SECURITY,
    description="A database's first user has a name of its own.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=DATABASES,
    frameworks=("FSBP RDS.24", "FSBP RDS.25"),
    remediation="Choose another username. It cannot be changed later: the database is made anew from a dump.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25",
    options=(
        Option(
            "refused",
            ("admin", "administrator", "postgres", "root", "sa", "user"),
            "Names, in lower case, that give nothing to guess.",
        ),
    ),
    check=_check,
)
