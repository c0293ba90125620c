"""A bucket's policy lets nobody in that nobody named."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_POLICIES, BUCKETS
from aws_mobile_guard.policy_document import Statement, account_of
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

# What hands a bucket over to whoever may do it.
# https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
_GOVERNING = (
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
)


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    document = resource.document("policy")
    if document is UNKNOWN:
        yield Undecided("policy")
        return
    for statement in document or ():
        if statement.public:
            got = Words(f'{statement.label} that allows principal "*"')
            yield Problem("policy", got, "named principals", "name the accounts, roles or services that need it")
        elif statement.allows and (options.texts("accounts") or _governs(statement)):
            yield from _check_accounts(statement, options)


def _check_accounts(statement: Statement, options: Options) -> Iterator[Answer]:
    allowed = options.texts("accounts")
    for service, who in statement.principals:
        account = account_of(who) if service == "AWS" else None
        if account is not None and account not in allowed:
            got = Words(f"{statement.label} that allows another account")
            fix = "remove the account, or add it to the option accounts"
            wanted = f"the accounts {', '.join(allowed)}" if allowed else "reading and writing of objects"
            yield Problem("policy", got, wanted, fix)


def _governs(statement: Statement) -> bool:
    return any(statement.grants(action) for action in _GOVERNING)


RULE = Rule(
    id="s3-policy-principals",
    pack=Pack.SECURITY,
    description="A bucket's policy allows named principals only.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*BUCKET_POLICIES, *BUCKETS),
    frameworks=("FSBP S3.6", "CKV_AWS_70"),
    remediation=(
        "Replace the principal * by the ARNs that need access, or tie it to them by a condition such as "
        "aws:PrincipalOrgID."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6",
    options=(
        Option(
            "accounts",
            (),
            "The accounts that policies may name. Defaults to any account that is named; but one that may change the"
            " bucket's policy, access lists or encryption has to be listed.",
        ),
    ),
    check=_check,
)
