"""What is decided about the functions that Cognito calls, and what is said of options that cannot work."""

import pulumi
import pytest
from components.identity.trigger_building import CAPTCHA, SECRET, Args, function_arn, resolved
from components.identity.trigger_refusals import OLD_POOL, REFUSALS, asking

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity.triggers.args import CaptchaProvider, PreTokenVersion
from pulumi_aws_mobile.identity.triggers.settings import Captcha, Challenge, EmailCode, Migration, TriggerSettings


def problems_of(args: Args) -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolved(args)
    return [str(problem) for problem in caught.value.problems]


def test_nothing_given_calls_nothing() -> None:
    settings = resolved({})
    assert settings == TriggerSettings()
    assert not settings.asks_challenge
    assert not settings.challenge_only
    assert not settings.takes_passwords
    assert settings.session_minutes is None


def test_a_captcha_and_a_code_have_defaults_for_everything_else() -> None:
    settings = resolved(asking("captcha", "email_code", captcha=CAPTCHA))
    code = settings.challenge and settings.challenge.email_code
    assert code
    assert settings.challenge == Challenge(
        steps=("captcha", "email_code"),
        after_password=True,
        required=True,
        attempts=3,
        email_code=EmailCode(6, 5, "Your sign-in code", code.text),
        functions={},
    )
    assert code.text.startswith("Your sign-in code is {code}. It is good for {minutes} min.\n")
    assert settings.captcha == Captcha(
        provider=CaptchaProvider.TURNSTILE,
        site_key="1x00000000000000000000AA",
        secret=SECRET,
        secret_arn=None,
        kms_key_arn=None,
        hostnames=(),
        action=None,
        minimum_score=None,
        on_sign_up=False,
        verify_url="https://challenges.cloudflare.com/turnstile/v0/siteverify",
    )
    assert settings.asks_challenge
    assert settings.challenge_only
    assert settings.session_minutes == 5


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        ("recaptcha", "https://www.google.com/recaptcha/api/siteverify"),
        ("hcaptcha", "https://api.hcaptcha.com/siteverify"),
        ("turnstile", "https://challenges.cloudflare.com/turnstile/v0/siteverify"),
    ],
)
def test_each_provider_is_asked_at_its_own_address(provider: str, url: str) -> None:
    captcha = resolved(asking("captcha", captcha=CAPTCHA | {"provider": provider})).captcha
    assert captcha
    assert captcha.verify_url == url


def test_a_code_is_good_for_as_long_as_the_shortest_session_that_was_asked_for() -> None:
    clients = {"app": {"session_minutes": 4}, "web": {}}
    assert resolved(asking("email_code") | {"clients": clients}).session_minutes == 4
    clients = {"app": {"session_minutes": 15}}
    assert resolved(asking("email_code") | {"clients": clients}).session_minutes == 5


def test_a_step_without_a_code_asks_nothing_of_sessions() -> None:
    settings = resolved({"challenge": {"steps": ["captcha"], "captcha": CAPTCHA}})
    assert settings.session_minutes is None


def test_a_captcha_may_stand_for_sign_up_alone() -> None:
    settings = resolved({"challenge": {"captcha": CAPTCHA | {"on_sign_up": True}}})
    assert not settings.asks_challenge
    assert settings.captcha
    assert settings.captcha.on_sign_up


def test_a_challenge_that_is_not_required_leaves_the_other_flows() -> None:
    settings = resolved(asking("email_code", required=False))
    assert settings.asks_challenge
    assert not settings.challenge_only


def test_hooks_and_migration_are_taken_as_they_are() -> None:
    hooks = {"post_confirmation": function_arn("welcome"), "pre_token_generation": function_arn("claims")}
    settings = resolved(
        {
            "hooks": hooks | {"pre_token_version": "V2_0"},
            "migration": {"user_pool_id": OLD_POOL, "client_id": "abc", "rename": {"custom:plan": "custom:tier"}},
            "attributes": {"tier": {}, "level": {}},
            "protect": False,
        }
    )
    assert settings == TriggerSettings(
        hooks=hooks,
        pre_token_version=PreTokenVersion.V2_0,
        migration=Migration(OLD_POOL, "abc", {"custom:plan": "custom:tier"}, ("tier", "level")),
        protect=False,
    )
    assert settings.takes_passwords


def test_the_secret_of_a_captcha_is_never_shown() -> None:
    settings = resolved(asking("captcha", captcha=CAPTCHA))
    assert SECRET not in repr(settings)


def test_outputs_pass_where_values_only_flow_on() -> None:
    later = pulumi.Output.from_input("later")
    settings = resolved(
        {
            "hooks": {"pre_sign_up": later},
            "migration": {"user_pool_id": later, "client_id": later},
            "region": "eu-west-1",
        }
    )
    assert settings.hooks == {"pre_sign_up": later}


@pytest.mark.parametrize(("args", "refused"), REFUSALS)
def test_what_cannot_work_is_said_all_at_once(args: Args, refused: list[tuple[str, str, str, str]]) -> None:
    assert problems_of(args) == [f"{path}: got {got}; allowed: {allowed}; {fix}" for path, got, allowed, fix in refused]


def test_a_sender_with_problems_of_its_own_is_not_missed_too() -> None:
    args = {"challenge": {"steps": ["email_code"]}, "email": {"from_address": "us@example.com"}}
    assert problems_of(args) == [
        "email.identity_arn: got nothing; allowed: a text; give it; it has no default",
    ]
