"""The functions that Cognito calls, exactly, and what each may do. That Cognito calls them is the sandbox's to show."""

import json
from collections.abc import Mapping
from typing import Any

import pulumi
import pytest
from components.identity.trigger_building import (
    CAPTCHA,
    EMAIL,
    IDENTITY_ARN,
    SECRET,
    SECRET_ARN,
    Args,
    function_arn,
    resolved,
)

from pulumi_aws_mobile.identity.triggers.settings import EmailSender
from pulumi_aws_mobile.identity.triggers.triggers import create_triggers
from pulumi_aws_mobile.testing import UNKNOWN, PlainMocks, Recording, Secret, record

POOL_ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_New000000"
KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
OLD_POOL = "eu-central-1_Old000000"
CALLS = {
    "aws:index/getPartition:getPartition": {"partition": "aws"},
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": "123456789012"},
}
FUNCTION = "aws:lambda/function:Function"


class Identity(pulumi.ComponentResource):
    """Stands for the component that the functions are children of."""

    def __init__(self, name: str) -> None:
        super().__init__("test:index:Identity", name)


def build(
    args: Args, *, preview: bool = False, region: str | None = None, sender: EmailSender | None = None
) -> tuple[Recording, dict[str, Any]]:
    """Create the functions, and return what was registered and what the user pool is told."""
    config: dict[str, Any] = {}
    sender = sender or EmailSender(EMAIL["from_address"], IDENTITY_ARN)

    def program() -> None:
        triggers = create_triggers(Identity("app"), "app", resolved(args), region, {"team": "mobile"}, sender)
        config.update(_flat(triggers.lambda_config() or {}))
        triggers.permit(POOL_ARN)
        for name, value in config.items():
            pulumi.export(name, value)

    recording = record(program, mocks=PlainMocks(CALLS), preview=preview)
    return recording, recording.stack_outputs


def _flat(config: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{key}.{inner}" if inner else key: value
        for key, entry in config.items()
        for inner, value in (entry.items() if isinstance(entry, dict) else [("", entry)])
    }


def children(recording: Recording) -> list[str]:
    """Return what was made besides the parts of each function, by name."""
    found = [
        f"{resource.name}: {resource.type.rpartition(':')[2]}"
        for resource in recording
        if "Function$" not in resource.urn.rpartition("::")[0] or resource.type == "aws-mobile:index:Function"
    ]
    return sorted(found)


def environment(recording: Recording, role: str) -> dict[str, Any]:
    """Return the environment of a function, JSON read."""
    variables = recording.named(f"app-{role}-function").inputs.get("environment", {}).get("variables", {})
    return {name: json.loads(value) if value[:1] in "{[" else value for name, value in variables.items()}


def allowed(recording: Recording, role: str) -> list[tuple[list[str], list[str], dict[str, Any]]]:
    """Return what a function may do besides writing its log: actions, resources and conditions."""
    policy = json.loads(recording.named(f"app-{role}-permissions").inputs["policy"])
    statements = [(s["Action"], s["Resource"], s.get("Condition", {})) for s in policy["Statement"]]
    return [statement for statement in statements if not statement[0][0].startswith("logs:")]


FULL: Args = {"challenge": {"steps": ["captcha", "email_code"], "captcha": CAPTCHA}, "email": EMAIL}


def test_nothing_asked_for_makes_nothing() -> None:
    recording, config = build({})
    assert children(recording) == ["app: Identity"]
    assert config == {}


def test_a_challenge_has_three_functions_and_its_secret_under_a_key_of_its_own() -> None:
    recording, _ = build(FULL)
    assert children(recording) == [
        "app-captcha-key: Key",
        "app-captcha-secret-version: SecretVersion",
        "app-captcha-secret: Secret",
        "app-create-challenge: Function",
        "app-define-challenge: Function",
        "app-verify-challenge: Function",
        "app: Identity",
    ]


def test_the_user_pool_is_told_of_each_function() -> None:
    _, config = build(FULL)
    arn = "arn:aws:lambda:eu-west-1:123456789012:app-{}-challenge-function"
    assert config == {
        "define_auth_challenge": arn.format("define"),
        "create_auth_challenge": arn.format("create"),
        "verify_auth_challenge_response": arn.format("verify"),
    }


def test_each_function_is_a_module_of_the_same_archive() -> None:
    recording, _ = build(FULL)
    functions = recording.of_type(FUNCTION)
    assert {function.name: function.inputs["handler"] for function in functions} == {
        "app-define-challenge-function": "cognito_triggers.define_challenge.handle",
        "app-create-challenge-function": "cognito_triggers.create_challenge.handle",
        "app-verify-challenge-function": "cognito_triggers.verify_challenge.handle",
    }
    for function in functions:
        assert (function.inputs["timeout"], function.inputs["memorySize"]) == (5, 512)
        assert function.inputs["tags"]["team"] == "mobile"


def test_each_function_is_told_what_its_part_takes() -> None:
    recording, _ = build(FULL)
    plan = {"steps": ["captcha", "email_code"], "after_password": True, "attempts": 3}
    captcha = {
        "provider": "turnstile",
        "site_key": "1x00000000000000000000AA",
        "verify_url": "https://challenges.cloudflare.com/turnstile/v0/siteverify",
        "hostnames": [],
        "action": None,
        "minimum_score": None,
    }
    assert environment(recording, "define-challenge") == {"CHALLENGE": plan}
    created = environment(recording, "create-challenge")
    mail = created.pop("CODE_MAIL")
    assert created == {"CHALLENGE": plan, "CAPTCHA": captcha}
    assert mail | {"text": ""} == {
        "length": 6,
        "minutes": 5,
        "subject": "Your sign-in code",
        "text": "",
        "from_address": "Us <us@example.com>",
        "identity_arn": IDENTITY_ARN,
        "configuration_set": None,
    }
    assert environment(recording, "verify-challenge") == {
        "CAPTCHA": captcha,
        "CAPTCHA_SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:app-captcha-secret",
    }


def test_each_function_may_do_what_its_part_takes_and_no_more() -> None:
    recording, _ = build(FULL)
    assert allowed(recording, "define-challenge") == []
    assert allowed(recording, "create-challenge") == [
        (["ses:SendEmail"], [IDENTITY_ARN], {"StringEquals": {"ses:FromAddress": ["us@example.com"]}})
    ]
    assert allowed(recording, "verify-challenge") == [
        (
            ["secretsmanager:GetSecretValue"],
            ["arn:aws:secretsmanager:eu-west-1:123456789012:app-captcha-secret"],
            {},
        ),
        (
            ["kms:Decrypt"],
            ["arn:aws:kms:eu-west-1:123456789012:app-captcha-key"],
            {"StringEquals": {"kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com"]}},
        ),
    ]


def test_a_configuration_set_may_be_used_too() -> None:
    recording, _ = build(FULL, sender=EmailSender("us@example.com", IDENTITY_ARN, "mail"))
    ((_, resources, _),) = allowed(recording, "create-challenge")
    assert resources == [IDENTITY_ARN, "arn:aws:ses:eu-west-1:123456789012:configuration-set/mail"]
    assert environment(recording, "create-challenge")["CODE_MAIL"]["configuration_set"] == "mail"


def test_only_the_user_pool_may_call_the_functions() -> None:
    recording, _ = build(FULL)
    permissions = recording.of_type("aws:lambda/permission:Permission")
    assert sorted(permission.name for permission in permissions) == [
        "app-create-challenge-from-user-pool",
        "app-define-challenge-from-user-pool",
        "app-verify-challenge-from-user-pool",
    ]
    for permission in permissions:
        assert permission.inputs["principal"] == "cognito-idp.amazonaws.com"
        assert permission.inputs["sourceArn"] == POOL_ARN


def test_the_secret_is_kept_safe_and_stands_nowhere_in_plain() -> None:
    recording, _ = build(FULL)
    key, secret = recording.named("app-captcha-key"), recording.named("app-captcha-secret")
    version = recording.named("app-captcha-secret-version")
    assert key.inputs["enableKeyRotation"] is True
    assert secret.inputs["kmsKeyId"] == key.outputs["arn"]
    assert secret.inputs["recoveryWindowInDays"] == 30
    assert secret.protect
    assert key.protect
    assert version.inputs["secretString"] == Secret(SECRET)
    for resource in recording:
        if resource is not version:
            assert SECRET not in str(resource.request)


def test_protection_can_be_turned_off() -> None:
    recording, _ = build(FULL | {"protect": False})
    assert not recording.named("app-captcha-secret").protect
    assert not recording.named("app-captcha-key").protect


def test_a_secret_that_exists_is_read_where_it_is() -> None:
    captcha = {"provider": "hcaptcha", "site_key": "10000000-ffff-ffff-ffff-000000000001", "secret_arn": SECRET_ARN}
    recording, _ = build({"challenge": {"steps": ["captcha"], "captcha": captcha}})
    assert "Secret" not in str(children(recording))
    assert allowed(recording, "verify-challenge") == [(["secretsmanager:GetSecretValue"], [SECRET_ARN], {})]
    recording, _ = build({"challenge": {"steps": ["captcha"], "captcha": captcha | {"kms_key_arn": KEY_ARN}}})
    via = {"StringEquals": {"kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com"]}}
    assert allowed(recording, "verify-challenge") == [
        (["secretsmanager:GetSecretValue"], [SECRET_ARN], {}),
        (["kms:Decrypt"], [KEY_ARN], via),
    ]


def test_a_key_that_exists_encrypts_a_new_secret() -> None:
    args = {"challenge": {"steps": ["captcha"], "captcha": CAPTCHA | {"kms_key_arn": KEY_ARN}}}
    recording, _ = build(args)
    assert recording.of_type("aws:kms/key:Key") == []
    assert recording.named("app-captcha-secret").inputs["kmsKeyId"] == KEY_ARN


def test_steps_of_ones_own_are_called_by_the_functions_that_ask_and_check() -> None:
    functions = {"riddle": function_arn("riddle")}
    recording, _ = build({"challenge": {"steps": ["riddle"], "functions": functions}})
    for role in ("create-challenge", "verify-challenge"):
        assert environment(recording, role)["STEP_FUNCTIONS"] == functions
        assert allowed(recording, role) == [(["lambda:InvokeFunction"], [function_arn("riddle")], {})]
    assert allowed(recording, "define-challenge") == []


def test_a_captcha_for_sign_up_alone_has_one_function() -> None:
    recording, config = build({"challenge": {"captcha": CAPTCHA | {"on_sign_up": True}}})
    assert children(recording) == [
        "app-captcha-key: Key",
        "app-captcha-secret-version: SecretVersion",
        "app-captcha-secret: Secret",
        "app-sign-up: Function",
        "app: Identity",
    ]
    assert config == {"pre_sign_up": "arn:aws:lambda:eu-west-1:123456789012:app-sign-up-function"}
    assert sorted(environment(recording, "sign-up")) == ["CAPTCHA", "CAPTCHA_SECRET_ARN"]


def test_an_own_function_for_sign_up_is_called_by_the_one_that_asks_for_the_captcha() -> None:
    hook = function_arn("hook")
    args = {"challenge": {"captcha": CAPTCHA | {"on_sign_up": True}}, "hooks": {"pre_sign_up": hook}}
    recording, config = build(args)
    assert config == {"pre_sign_up": "arn:aws:lambda:eu-west-1:123456789012:app-sign-up-function"}
    assert environment(recording, "sign-up")["HOOK_ARN"] == hook
    assert (["lambda:InvokeFunction"], [hook], {}) in allowed(recording, "sign-up")
    assert [each.name for each in recording.of_type("aws:lambda/permission:Permission")] == [
        "app-sign-up-from-user-pool"
    ]


def test_hooks_are_called_by_the_user_pool_itself() -> None:
    hooks = {hook: function_arn(hook) for hook in ("pre_sign_up", "post_confirmation", "custom_message")}
    recording, config = build({"hooks": hooks})
    assert config == hooks
    permissions = recording.of_type("aws:lambda/permission:Permission")
    assert {permission.name: permission.inputs for permission in permissions} == {
        f"app-{hook.replace('_', '-')}-permission": {
            "action": "lambda:InvokeFunction",
            "function": arn,
            "principal": "cognito-idp.amazonaws.com",
            "sourceArn": POOL_ARN,
        }
        for hook, arn in hooks.items()
    }


def test_an_alias_of_a_hook_is_let_in_as_the_provider_reads_it_back() -> None:
    given, made = function_arn("live:blue"), pulumi.Output.from_input(function_arn("made:7"))
    recording, config = build({"hooks": {"post_confirmation": given, "custom_message": made}})
    assert config == {"post_confirmation": given, "custom_message": function_arn("made:7")}
    permissions = recording.of_type("aws:lambda/permission:Permission")
    assert {(permission.inputs["function"], permission.inputs["qualifier"]) for permission in permissions} == {
        (function_arn("live"), "blue"),
        (function_arn("made"), "7"),
    }


@pytest.mark.parametrize("version", ["V1_0", "V2_0", "V3_0"])
def test_the_hook_before_tokens_gets_the_event_it_asked_for(version: str) -> None:
    arn = function_arn("claims")
    _, config = build({"hooks": {"pre_token_generation": arn, "pre_token_version": version}})
    assert config == {
        "pre_token_generation_config.lambda_arn": arn,
        "pre_token_generation_config.lambda_version": version,
    }


def test_users_are_moved_by_a_function_that_may_sign_in_to_the_other_pool_alone() -> None:
    migration = {"user_pool_id": OLD_POOL, "client_id": "1old", "rename": {"custom:plan": "custom:tier"}}
    recording, config = build({"migration": migration, "attributes": {"tier": {}}})
    assert config == {"user_migration": "arn:aws:lambda:eu-west-1:123456789012:app-migrate-user-function"}
    assert environment(recording, "migrate-user") == {
        "OLD_USER_POOL_ID": OLD_POOL,
        "OLD_CLIENT_ID": "1old",
        "RENAME": {"custom:plan": "custom:tier"},
        "CUSTOM_ATTRIBUTES": ["tier"],
    }
    assert allowed(recording, "migrate-user") == [
        (
            ["cognito-idp:AdminGetUser", "cognito-idp:AdminInitiateAuth"],
            [f"arn:aws:cognito-idp:eu-central-1:123456789012:userpool/{OLD_POOL}"],
            {},
        )
    ]


def test_everything_stands_in_the_region_that_was_asked_for() -> None:
    hooks = {"post_confirmation": function_arn("welcome", "eu-north-1")}
    migration = {"user_pool_id": OLD_POOL, "client_id": "1old"}
    args = FULL | {"challenge": FULL["challenge"] | {"required": False}, "hooks": hooks, "migration": migration}
    recording, _ = build(args | {"region": "eu-north-1"}, region="eu-north-1")
    regional = [resource for resource in recording if resource.custom and not resource.type.startswith("aws:iam/")]
    assert {resource.inputs.get("region") for resource in regional} == {"eu-north-1"}


def test_a_preview_knows_everything_but_what_aws_answers() -> None:
    migration = {"user_pool_id": OLD_POOL, "client_id": "1old"}
    challenge = FULL["challenge"] | {"required": False}
    recording, config = build(FULL | {"challenge": challenge, "migration": migration}, preview=True)
    assert len(recording.of_type(FUNCTION)) == 4
    assert set(config.values()) == {UNKNOWN}


def test_two_identities_do_not_collide() -> None:
    def program() -> None:
        for name in ("one", "two"):
            sender = EmailSender("us@example.com", IDENTITY_ARN)
            create_triggers(Identity(name), name, resolved(FULL), None, {}, sender).permit(POOL_ARN)

    recording = record(program, mocks=PlainMocks(CALLS))
    assert len(set(recording.urns)) == len(recording.urns)


def test_a_failing_challenge_is_told_to_a_topic() -> None:
    topic = "arn:aws:sns:eu-west-1:123456789012:alarms"
    recording, _ = build({"email": EMAIL, "challenge": {"steps": ["email_code"], "alarm_topic_arn": topic}})
    alarms = recording.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert {alarm.name: alarm.inputs["alarmActions"] for alarm in alarms} == {
        "app-create-challenge-errors": [topic],
        "app-define-challenge-errors": [topic],
        "app-verify-challenge-errors": [topic],
    }
