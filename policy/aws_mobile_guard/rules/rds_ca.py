"""Clients can verify a database's certificate."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import DB_CLUSTER, DB_CLUSTER_INSTANCE, DB_INSTANCE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    name = "caCertificateIdentifier" if resource.type == DB_CLUSTER else "caCertIdentifier"
    found = resource.text(name)
    if found is UNKNOWN:
        yield Undecided(name)
    elif found is not None and found not in options.texts("allowed"):
        yield Problem(
            name, found, ", ".join(options.texts("allowed")), "choose one of these, or leave the choice to AWS"
        )


RULE = Rule(
    id="rds-ca",
    pack=Pack.SECURITY,
    description="A database's certificate comes from a current authority.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(DB_INSTANCE, DB_CLUSTER, DB_CLUSTER_INSTANCE),
    frameworks=("CKV_AWS_211",),
    remediation="Set caCertIdentifier to a current authority, after the clients trust it.",
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
    options=(
        Option(
            "allowed",
            ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"),
            "The certificate authorities that may sign.",
        ),
    ),
    check=_check,
)
