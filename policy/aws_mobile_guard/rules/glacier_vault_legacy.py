"""An archive is in S3, whose classes cost the same and are easier to live with."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import GLACIER_VAULT
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Words


def _check(_: Resource, __: Options) -> Iterator[Answer]:
    fix = "store in a bucket with a lifecycle to GLACIER or DEEP_ARCHIVE; AWS takes no new customers of vaults"
    yield Problem("name", Words("a vault of the older service"), "no vault", fix)


RULE = Rule(
    id="glacier-vault-legacy",
    pack=Pack.COST,
    description="An archive is a bucket, no vault of the older Glacier service.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(GLACIER_VAULT,),
    frameworks=(),
    remediation="Keep archives in a bucket whose lifecycle moves them to a colder class.",
    url="https://docs.aws.amazon.com/amazonglacier/latest/dev/introduction.html",
    check=_check,
)
