"""A role is taken only by those it names."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import ROLE
from aws_mobile_guard.policy_document import Statement, account_of
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

# The issuers that many customers share, so that only a claim such as sub tells whose token it is.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
_SHARED_ISSUERS = frozenset(
    {
        "agent.buildkite.com",
        "app.terraform.io",
        "gitlab.com",
        "oidc.codefresh.io",
        "proidc.upbound.io",
        "scalr.io",
        "token.actions.githubusercontent.com",
    }
)


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    document = resource.document("assumeRolePolicy")
    if document is UNKNOWN:
        yield Undecided("assumeRolePolicy")
        return
    for statement in document or ():
        if statement.public:
            got = Words(f'{statement.label} that trusts principal "*"')
            yield Problem("assumeRolePolicy", got, "named principals", "name who may take the role")
        elif statement.allows and _foreign(statement, options):
            got = Words(f"{statement.label} that trusts another account")
            fix = "demand an external id, or list the account in the option accounts if it is yours"
            yield Problem("assumeRolePolicy", got, "a condition on sts:ExternalId", fix)
        elif statement.allows and (issuer := _shared_issuer(statement)):
            got = Words(f"{statement.label} that trusts every customer of {issuer}")
            fix = f"add a condition on {issuer}:sub that names who may take the role"
            yield Problem("assumeRolePolicy", got, f"a condition on a claim of {issuer} besides aud", fix)


def _foreign(statement: Statement, options: Options) -> bool:
    if statement.has_condition("sts:ExternalId") or statement.narrowed:
        return False
    accounts = [account_of(who) for service, who in statement.principals if service == "AWS"]
    return any(account is not None and account not in options.texts("accounts") for account in accounts)


def _shared_issuer(statement: Statement) -> str | None:
    """Return the issuer whose tokens are taken, whoever of its customers they were made for."""
    for kind, who in statement.principals:
        issuer = who.partition(":oidc-provider/")[2]
        if kind == "Federated" and issuer in _SHARED_ISSUERS and not _names_customer(statement, issuer):
            return issuer
    return None


def _names_customer(statement: Statement, issuer: str) -> bool:
    # A condition for all values holds where there is no value, and one that ends in IfExists where there is no key.
    return any(
        key.startswith(f"{issuer}:")
        and key != f"{issuer}:aud"
        and operator.lower() in {"stringequals", "stringlike", "stringequalsignorecase"}
        and not any(value.strip("*") == "" for value in values)
        for operator, key, values in statement.conditions
    )


RULE = Rule(
    id="iam-trust",
    pack=Pack.SECURITY,
    description="A role trusts named principals, and other accounts only with an external id.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(ROLE,),
    frameworks=("CKV_AWS_60", "CKV_AWS_61"),
    remediation=(
        "Name the services or roles in assumeRolePolicy, and add a condition on sts:ExternalId for other accounts."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    options=(Option("accounts", (), "The account numbers that are yours. Defaults to none."),),
    check=_check,
)
