"""A password alone does not sign a user in who wants more, or anyone, where that is asked for."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(pool: Resource, options: Options) -> Iterator[Answer]:
    modes = ("ON",) if options.flag("requireMfa") else ("ON", "OPTIONAL")
    fix = "set it to ON" if options.flag("requireMfa") else "set it to OPTIONAL, so that users can add a second factor"
    yield from expect.one_of(pool, "mfaConfiguration", modes, fix)
    if pool.text("mfaConfiguration") in {None, "OFF"}:
        return
    # The objects count even where they are empty: then Cognito's own texts are sent.
    if any(pool.node(name) is not None for name in ("smsConfiguration", "emailMfaConfiguration")):
        return
    codes = pool.flag("softwareTokenMfaConfiguration.enabled")
    if codes is UNKNOWN:
        yield Undecided("softwareTokenMfaConfiguration.enabled")
    elif codes is not True:
        fix = "enable it, or add smsConfiguration or emailMfaConfiguration; without a factor nobody can set MFA up"
        yield Problem("softwareTokenMfaConfiguration.enabled", codes, "a second factor", fix)


RULE = Rule(
    id="cognito-mfa",
    pack=Pack.SECURITY,
    description="A user pool offers, or where asked for demands, a second factor.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(USER_POOL,),
    frameworks=("FSBP Cognito.5", "AwsSolutions-COG2"),
    remediation="Set mfaConfiguration to OPTIONAL or ON and enable softwareTokenMfaConfiguration.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-5",
    options=(
        Option(
            "requireMfa", default=False, description="Whether every user needs a second factor, so that OPTIONAL fails."
        ),
    ),
    check=_check,
)
