"""The rules about what Cognito calls that join more than one option."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems, closest
from pulumi_aws_mobile.identity.pool.args import MfaMode, UserPoolTier
from pulumi_aws_mobile.identity.pool.attributes import STANDARD, VERIFIED

from .args import CaptchaProvider, PreTokenVersion

CAPTCHA = "captcha"
EMAIL_CODE = "email_code"
_BUILT_IN = (CAPTCHA, EMAIL_CODE)
_MOST_STEPS = 5
_MOST_HOSTNAMES = 10
_OF_CODES = ("code_length", "code_minutes", "code_subject", "code_text")


def check_challenge(read: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a challenge that asks nothing, asks what it cannot, or can be gone around."""
    challenge = read.get("challenge")
    if challenge is None:
        return
    steps = challenge.get("steps", [])
    _check_steps(challenge, steps, problems)
    _check_functions(challenge, steps, problems)
    _check_codes(read, challenge, steps, problems)
    proofs = set(steps) - {CAPTCHA}
    if steps and not proofs and not challenge.get("after_password", True):
        problems.add(
            "challenge.after_password",
            challenge["after_password"],
            "true where the CAPTCHA is all that is asked: it does not tell who it is",
            "remove it, or add the step email_code",
        )
    elif steps and not challenge.get("after_password", True) and read.get("mfa", {}).get("mode") is MfaMode.REQUIRED:
        # Cognito's service team, in https://github.com/aws-amplify/amplify-js/issues/12887
        problems.add(
            "challenge.after_password",
            challenge["after_password"],
            "true while mfa.mode is required: Cognito asks second factors after a password only",
            "remove it, or set mfa.mode: optional",
        )
    if steps and challenge.get("required", True):
        for reason, fix in _ways_around(read):
            problems.add("challenge.required", True, f"false {reason}", f"set required: false, or {fix}")  # noqa: FBT003 - the value that is shown


def _check_steps(challenge: Mapping[str, Any], steps: list[str], problems: Problems) -> None:
    known = [*_BUILT_IN, *challenge.get("functions", {})]
    if not steps and not challenge.get("captcha", {}).get("on_sign_up", False):
        got = challenge.get("steps")
        problems.add("challenge.steps", got, f"1 to {_MOST_STEPS} of {', '.join(known)}", "name what is asked")
    if len(steps) > _MOST_STEPS:
        problems.add("challenge.steps", steps, f"1 to {_MOST_STEPS} steps", "leave some out")
    for place, step in enumerate(steps):
        where = f"challenge.steps[{place}]"
        if step not in known:
            near = closest(step, known)
            fix = f'did you mean "{near}"?' if near else "give its function in challenge.functions"
            problems.add(where, step, ", ".join(known), fix)
        elif step in steps[:place]:
            problems.add(where, step, "each step once", "remove it")


def _check_functions(challenge: Mapping[str, Any], steps: list[str], problems: Problems) -> None:
    for step, arn in challenge.get("functions", {}).items():
        where = f"challenge.functions.{step}"
        if step in _BUILT_IN:
            problems.add(where, step, f"a name other than {' and '.join(_BUILT_IN)}", "call the step otherwise")
        elif step not in steps:
            problems.add(where, arn, "functions of challenge.steps", "name it among the steps, or remove it")


def _check_codes(read: Mapping[str, Any], challenge: Mapping[str, Any], steps: list[str], problems: Problems) -> None:
    if EMAIL_CODE not in steps:
        for option in _OF_CODES:
            if option in challenge:
                where = f"challenge.{option}"
                problems.add(
                    where, challenge[option], "nothing without the step email_code", "remove it, or add the step"
                )
        return
    where = f"challenge.steps[{steps.index(EMAIL_CODE)}]"
    if "email" not in read and not problems.touches("email"):
        problems.add(
            where,
            EMAIL_CODE,
            "a step that sends no e-mail, without email: Cognito's own sender cannot be used by functions",
            "give email with an SES identity",
        )
    if not _verifies_email(read):
        problems.add(
            where,
            EMAIL_CODE,
            "a step without e-mail, where verification does not verify addresses: codes go to verified ones only",
            "add email to verification",
        )
    session = shortest_session(read)
    if session is not None and challenge.get("code_minutes", 0) > session:
        problems.add(
            "challenge.code_minutes",
            challenge["code_minutes"],
            f"at most {session}, the lowest session_minutes of the clients: the sign-in ends before the code",
            "lower it, or raise session_minutes",
        )


def shortest_session(read: Mapping[str, Any]) -> int | None:
    """Return the shortest time for which a client lets a sign-in wait, among those that say one."""
    told = [client["session_minutes"] for client in read.get("clients", {}).values() if "session_minutes" in client]
    return min(told, default=None)


def _verifies_email(read: Mapping[str, Any]) -> bool:
    if "verification" in read:
        return "email" in read["verification"]
    sign_in = read.get("sign_in", ["email"])
    return "email" in sign_in or "phone" not in sign_in


def _ways_around(read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each way in which a sign-in would get past the challenge, and how to close it."""
    if "migration" in read:
        yield "with migration: users move by a sign-in that sends the password and is asked nothing else", "remove it"
    others = [factor for factor in read.get("first_factors", []) if factor != "password"]
    if others:
        yield f"with {others[0]} among first_factors: such a sign-in is not asked the challenge", "remove the factor"
    for key, client in read.get("clients", {}).items():
        if client.get("callback_urls") and "COGNITO" in client.get("identity_providers", ["COGNITO"]):
            yield (
                f"with clients.{key}.callback_urls: the hosted pages ask for the password alone",
                f"leave COGNITO out of clients.{key}.identity_providers",
            )


def check_captcha(read: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a CAPTCHA that nobody is asked, whose secret is missing, or that its provider cannot check so."""
    challenge = read.get("challenge", {})
    captcha, asked = challenge.get("captcha"), CAPTCHA in challenge.get("steps", [])
    if captcha is None:
        if asked:
            fix = "give it, or remove the step"
            problems.add("challenge.captcha", None, "the CAPTCHA that the step captcha asks", fix)
        return
    if not asked and not captcha.get("on_sign_up", False):
        problems.add(
            "challenge.captcha",
            captcha["provider"].value,
            "a CAPTCHA that somebody is asked",
            "add the step captcha, or set on_sign_up: true",
        )
    _check_secret(captcha, problems)
    if len(hostnames := captcha.get("hostnames", [])) > _MOST_HOSTNAMES:
        problems.add("challenge.captcha.hostnames", hostnames, f"up to {_MOST_HOSTNAMES}", "leave some out")
    provider: CaptchaProvider = captcha["provider"]
    if "minimum_score" in captcha and provider is not CaptchaProvider.RECAPTCHA:
        problems.add(
            "challenge.captcha.minimum_score",
            captcha["minimum_score"],
            f"nothing with {provider.value}: only reCAPTCHA's scores rise with trust",
            "remove it",
        )
    if "action" in captcha and provider is CaptchaProvider.HCAPTCHA:
        fix = "remove it"
        problems.add(
            "challenge.captcha.action", captcha["action"], "nothing with hcaptcha, which knows no actions", fix
        )


def _check_secret(captcha: Mapping[str, Any], problems: Problems) -> None:
    """Note a secret that is missing, empty or given twice, without ever showing it."""
    where, secret = "challenge.captcha.secret", captcha.get("secret")
    if "secret" in captcha and "secret_arn" in captcha:
        problems.add(where, "(secret)", "one of secret and secret_arn", "remove one of them")
    elif "secret" not in captcha and "secret_arn" not in captcha:
        problems.add(where, None, "one of secret and secret_arn", "give the secret key from the provider's console")
    elif isinstance(secret, str) and not secret.strip():
        problems.add(where, "(blank)", "the secret key from the provider's console", "give it, or its secret_arn")


def check_hooks(read: Mapping[str, Any], problems: Problems) -> None:
    """Refuse hooks in another Region, and a version of the token event that has no function or no tier."""
    hooks, region = read.get("hooks", {}), read.get("region")
    functions = {f"hooks.{hook}": arn for hook, arn in hooks.items() if hook != "pre_token_version"}
    functions |= {
        f"challenge.functions.{step}": arn for step, arn in read.get("challenge", {}).get("functions", {}).items()
    }
    for where, arn in functions.items():
        if region is not None and isinstance(arn, str) and arn.split(":")[3] != region:
            problems.add(where, arn, f"a function in {region}, the Region of the user pool", "deploy it there")
    version = hooks.get("pre_token_version")
    if version is None:
        return
    if "pre_token_generation" not in hooks:
        where, allowed = "hooks.pre_token_version", "nothing without pre_token_generation, the function that it is for"
        problems.add(where, version.value, allowed, "remove it, or give the function")
    if version is not PreTokenVersion.V1_0 and read.get("tier") is UserPoolTier.LITE:
        problems.add(
            "hooks.pre_token_version",
            version.value,
            "V1_0 in the tier lite",
            "remove it, or set tier: essentials or plus",
        )


def check_migration(read: Mapping[str, Any], problems: Problems) -> None:
    """Refuse moving users to where they are, and attributes that do not exist here."""
    migration = read.get("migration", {})
    pool = migration.get("user_pool_id")
    if isinstance(pool, str) and pool == read.get("existing_user_pool_id"):
        problems.add(
            "migration.user_pool_id", pool, "another user pool than this one", "give the pool that users leave"
        )
    if problems.touches("attributes"):
        return
    targets: list[str] = []
    for old, new in migration.get("rename", {}).items():
        where = f"migration.rename.{old}"
        if new in targets:
            problems.add(where, new, "each attribute once", "rename the other one, or leave one out")
        targets.append(new)
        _, custom, name = new.partition("custom:")
        if custom and name not in read.get("attributes", {}):
            problems.add(where, new, "an attribute that is among attributes", "add it there, or remove this")
        elif not custom and new not in STANDARD | VERIFIED:
            problems.add(where, new, "a standard attribute, or a custom one with custom:", "write custom: before it")
