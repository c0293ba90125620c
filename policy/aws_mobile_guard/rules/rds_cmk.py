"""A database's key can be watched, shared and withdrawn."""

from collections.abc import Iterator

from aws_mobile_guard import databases
from aws_mobile_guard.aws_types import DATABASES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_ARN_REGION = 3


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    key, source = resource.text("kmsKeyId"), resource.text("replicateSourceDb")
    if key is None:
        if databases.is_restored(resource):
            return  # RDS takes no key for it: a restored database keeps that of its backup
        if source is UNKNOWN:
            yield Undecided("replicateSourceDb")
        elif source is None or source.startswith("arn:"):
            yield Problem("kmsKeyId", None, "the ARN of a key of your own", "make a key, in this Region, and name it")
        return
    region = resource.place
    if key is UNKNOWN or region is UNKNOWN or not key.startswith("arn:"):
        return
    found = key.split(":")[_ARN_REGION]
    if "-" in region and ":" not in region and found != region:
        yield Problem(
            "kmsKeyId", Words(f"a key of {found}"), f"a key of {region}", "name a key of the database's own Region"
        )


RULE = Rule(
    id="rds-cmk",
    pack=Pack.SECURITY,
    description="A database is encrypted with a key of your own, of its own Region.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=DATABASES,
    frameworks=("CKV_AWS_327",),
    remediation=(
        "Make a KMS key in the database's Region and set kmsKeyId. The key of an existing database cannot be changed."
    ),
    url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html",
    check=_check,
)
