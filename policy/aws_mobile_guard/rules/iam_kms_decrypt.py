"""Nothing may decrypt with every key."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICIES, ROLE
from aws_mobile_guard.iam import documents
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    for path, document in documents(resource):
        if document is UNKNOWN:
            yield Undecided(path)
            continue
        for statement in document:
            decrypts = any(statement.grants(action) for action in ("kms:Decrypt", "kms:ReEncryptFrom"))
            # Everything on everything is a matter for iam-no-admin.
            everything = {"*", "*:*"} & set(statement.actions)
            if decrypts and not everything and any(_every_key(arn) for arn in statement.resources):
                got = Words(f"{statement.label} that allows decryption with every key")
                yield Problem(path, got, "the ARNs of keys", "name the keys")


def _every_key(arn: str) -> bool:
    return arn == "*" or (":kms:" in arn and arn.endswith("*"))


RULE = Rule(
    id="iam-kms-decrypt",
    pack=Pack.SECURITY,
    description="A policy allows decryption with named keys only.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*POLICIES, ROLE),
    frameworks=("FSBP KMS.1", "FSBP KMS.2"),
    remediation="Replace the wildcard by the ARNs of the keys.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-2",
    check=_check,
)
