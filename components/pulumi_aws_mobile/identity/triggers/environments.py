"""What the functions that Cognito calls are told by their environment. Pure; `functions/` reads it."""

import json

import pulumi

from .settings import Captcha, Challenge, EmailCode, EmailSender, Migration

Environment = dict[str, pulumi.Input[str]]


def plan(challenge: Challenge) -> Environment:
    """Return what a sign-in is asked."""
    steps = {"steps": challenge.steps, "after_password": challenge.after_password, "attempts": challenge.attempts}
    return {"CHALLENGE": json.dumps(steps)}


def functions(challenge: Challenge) -> Environment:
    """Return the user's own functions by step; nothing where there are none."""
    return {"STEP_FUNCTIONS": pulumi.Output.json_dumps(challenge.functions)} if challenge.functions else {}


def captcha(settings: Captcha) -> Environment:
    """Return what is asked of whom about a CAPTCHA; the secret key is not here."""
    config = {
        "provider": settings.provider.value,
        "site_key": settings.site_key,
        "verify_url": settings.verify_url,
        "hostnames": settings.hostnames,
        "action": settings.action,
        "minimum_score": settings.minimum_score,
    }
    return {"CAPTCHA": json.dumps(config)}


def code_mail(code: EmailCode, sender: EmailSender) -> Environment:
    """Return how a code is made, worded and sent."""
    mail = {
        "length": code.length,
        "minutes": code.minutes,
        "subject": code.subject,
        "text": code.text,
        "from_address": sender.from_address,
        "identity_arn": sender.identity_arn,
        "configuration_set": sender.configuration_set,
    }
    return {"CODE_MAIL": pulumi.Output.json_dumps(mail, ensure_ascii=False)}


def migration(settings: Migration) -> Environment:
    """Return where users come from, and what comes along."""
    return {
        "OLD_USER_POOL_ID": settings.user_pool_id,
        "OLD_CLIENT_ID": settings.client_id,
        "RENAME": json.dumps(dict(settings.rename)),
        "CUSTOM_ATTRIBUTES": json.dumps(settings.custom_attributes),
    }
