"""Decides what Cognito calls during sign-up and sign-in: defaults filled in, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import CONFIDENTIAL, KEY_ARN, TOPIC_ARN, Between, Limits, Matching

from . import rules as trigger_rules
from .args import CaptchaArgs, CaptchaProvider, ChallengeArgs, HooksArgs, MigrationArgs, PreTokenVersion

_ATTEMPTS = 3
_CODE_LENGTH = 6
_CODE_MINUTES = 5
_CODE_SUBJECT = "Your sign-in code"
_CODE_TEXT = (
    "Your sign-in code is {code}. It is good for {minutes} min.\n\n"
    "If you did not just sign in, do not give it to anybody, and change your password.\n"
)

_VERIFY_URLS: Mapping[CaptchaProvider, str] = {
    CaptchaProvider.RECAPTCHA: "https://www.google.com/recaptcha/api/siteverify",
    CaptchaProvider.HCAPTCHA: "https://api.hcaptcha.com/siteverify",
    CaptchaProvider.TURNSTILE: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
}

_LAMBDA_ARN = Matching(
    r"arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_-]{1,128})?",
    "the ARN of a Lambda function",
)
_SECRET_ARN = Matching(
    r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]+",
    "the ARN of a Secrets Manager secret",
)
_VERIFY_URL = Matching(
    r"https://[A-Za-z0-9.-]+(:\d+)?(/\S*)?|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/\S*)?",
    "an https URL, or an http URL on the loopback",
)

LIMITS: Limits = {
    CaptchaArgs: {
        "secret": CONFIDENTIAL,
        "site_key": Matching(r"[A-Za-z0-9_-]{8,100}", "the site key from the provider's console"),
        "secret_arn": _SECRET_ARN,
        "kms_key_arn": KEY_ARN,
        "hostnames": Matching(
            r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}", "a host name, or the package name of an Android app"
        ),
        "action": Matching(r"[A-Za-z0-9_/-]{1,100}", "1 to 100 letters, digits, underscores, hyphens and slashes"),
        "minimum_score": Between(0, 1),
        "verify_url": _VERIFY_URL,
    },
    ChallengeArgs: {
        "steps": Matching(r"[a-z][a-z0-9_]{0,30}", "captcha, email_code, or the name of one of challenge.functions"),
        "attempts": Between(1, 5, "wrong answers"),
        "code_length": Between(6, 10, "digits"),
        "code_minutes": Between(1, 15, "minutes"),
        "code_subject": Matching(r"[^\r\n]{1,140}", "one line of 1 to 140 characters"),
        "alarm_topic_arn": TOPIC_ARN,
        "code_text": Matching(r"(?=[\s\S]*\{code\})[\s\S]{1,600}", "a text of up to 600 characters with {code} in it"),
        "functions": _LAMBDA_ARN,
    },
    HooksArgs: dict.fromkeys(
        (
            "pre_sign_up",
            "post_confirmation",
            "pre_authentication",
            "post_authentication",
            "pre_token_generation",
            "custom_message",
        ),
        _LAMBDA_ARN,
    ),
    MigrationArgs: {
        "user_pool_id": Matching(
            r"[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]{1,55}", "the id of a user pool, for example eu-west-1_a1B2c3D4e"
        ),
        "client_id": Matching(r"[A-Za-z0-9]{1,128}", "the id of an app client"),
    },
}


@dataclass(frozen=True, slots=True)
class EmailSender:
    """The SES identity by which e-mail goes out."""

    from_address: str
    identity_arn: pulumi.Input[str]
    configuration_set: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True)
class Captcha:
    """A CAPTCHA; one of `secret` and `secret_arn` is set."""

    provider: CaptchaProvider
    site_key: str
    secret: pulumi.Input[str] | None = field(repr=False)
    secret_arn: pulumi.Input[str] | None
    kms_key_arn: pulumi.Input[str] | None
    hostnames: tuple[str, ...]
    action: str | None
    minimum_score: float | None
    on_sign_up: bool
    verify_url: str


@dataclass(frozen=True, slots=True)
class EmailCode:
    """How e-mailed codes are made and worded."""

    length: int
    minutes: int
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """The custom challenge of a sign-in."""

    steps: tuple[str, ...]
    after_password: bool
    required: bool
    attempts: int
    email_code: EmailCode | None
    """Set where a code is e-mailed."""
    functions: Mapping[str, pulumi.Input[str]]
    alarm_topic_arn: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """The pool that users come from, and the attributes that exist here."""

    user_pool_id: pulumi.Input[str]
    client_id: pulumi.Input[str]
    rename: Mapping[str, str]
    custom_attributes: tuple[str, ...]
    """Names without `custom:`."""


@dataclass(frozen=True, slots=True)
class TriggerSettings:
    """Everything about the functions that Cognito calls that is decided before anything is registered."""

    challenge: Challenge | None = None
    """What a sign-in is asked; `None` without steps."""
    captcha: Captcha | None = None
    hooks: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """The user's own functions, by the name of the hook."""
    pre_token_version: PreTokenVersion = PreTokenVersion.V1_0
    migration: Migration | None = None
    protect: bool = True

    @property
    def asks_challenge(self) -> bool:
        """Whether clients have to be allowed the flow with custom challenges."""
        return self.challenge is not None

    @property
    def challenge_only(self) -> bool:
        """Whether every flow has to be kept from clients in which the challenge is not asked."""
        return self.challenge is not None and self.challenge.required

    @property
    def takes_passwords(self) -> bool:
        """Whether clients have to be allowed to send the password itself, which moving a user needs."""
        return self.migration is not None

    @property
    def session_minutes(self) -> int | None:
        """How long a client has to let a sign-in wait, so that an e-mailed code can be used while it is good."""
        code = self.challenge.email_code if self.challenge else None
        return code.minutes if code else None


def resolve_triggers(read: Mapping[str, Any], problems: Problems) -> TriggerSettings:
    """Return what Cognito calls, from the options of an `Identity` as they were read; note what cannot work."""
    trigger_rules.check_challenge(read, problems)
    trigger_rules.check_captcha(read, problems)
    trigger_rules.check_hooks(read, problems)
    trigger_rules.check_migration(read, problems)
    challenge, hooks = read.get("challenge", {}), dict(read.get("hooks", {}))
    version = hooks.pop("pre_token_version", PreTokenVersion.V1_0)
    return TriggerSettings(
        challenge=_challenge(challenge, trigger_rules.shortest_session(read)) if challenge.get("steps") else None,
        captcha=_captcha(challenge["captcha"]) if "captcha" in challenge else None,
        hooks=hooks,
        pre_token_version=version,
        migration=_migration(read["migration"], read.get("attributes", {})) if "migration" in read else None,
        protect=read.get("protect", True),
    )


def _challenge(given: Mapping[str, Any], shortest_session: int | None) -> Challenge:
    code = EmailCode(
        length=given.get("code_length", _CODE_LENGTH),
        minutes=given.get("code_minutes", min(_CODE_MINUTES, shortest_session or _CODE_MINUTES)),
        subject=given.get("code_subject", _CODE_SUBJECT),
        text=given.get("code_text", _CODE_TEXT),
    )
    return Challenge(
        steps=tuple(given["steps"]),
        after_password=given.get("after_password", True),
        required=given.get("required", True),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        attempts=given.get("attempts", _ATTEMPTS),
        email_code=code if trigger_rules.EMAIL_CODE in given["steps"] else None,
        functions=given.get("functions", {}),
    )


def _captcha(given: Mapping[str, Any]) -> Captcha:
    return Captcha(
        provider=given["provider"],
        site_key=given["site_key"],
        secret=given.get("secret"),
        secret_arn=given.get("secret_arn"),
        kms_key_arn=given.get("kms_key_arn"),
        hostnames=tuple(given.get("hostnames", ())),
        action=given.get("action"),
        minimum_score=given.get("minimum_score"),
        on_sign_up=given.get("on_sign_up", False),
        verify_url=given.get("verify_url", _VERIFY_URLS[given["provider"]]),
    )


def _migration(given: Mapping[str, Any], attributes: Mapping[str, Any]) -> Migration:
    return Migration(
        user_pool_id=given["user_pool_id"],
        client_id=given["client_id"],
        rename=given.get("rename", {}),
        custom_attributes=tuple(attributes),
    )
