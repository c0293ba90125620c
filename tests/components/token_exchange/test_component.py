"""What a token exchange registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.token_exchange.building import (
    EVERYTHING,
    EXCHANGE,
    HOME,
    IDENTITY_POOL,
    LEAST,
    POOL,
    POOL_ARN,
    TOPIC,
    Account,
    Args,
    build,
    key_arn,
    public_key,
)
from components.token_exchange.strategies import token_exchange_args
from hypothesis import given, settings

from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Recording, record
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_mobile.token_exchange.documents import properties
from pulumi_aws_mobile.token_exchange.jwks import compact_key, key_id, key_set

KEY = "aws:kms/key:Key"
FUNCTION = "tokens-exchange-function"


def variables(recording: Recording) -> Args:
    return recording.named(FUNCTION).inputs["environment"]["variables"]


def statements(recording: Recording) -> list[Args]:
    """Return what the function may do besides writing its log."""
    return json.loads(recording.named("tokens-exchange-permissions").inputs["policy"])["Statement"][1:]


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_a_user_pool_alone_makes_a_key_and_a_function(preview: bool) -> None:
    recording = build(LEAST, preview=preview)
    assert sorted(resource.name for resource in recording) == [
        "tokens",
        "tokens-exchange",
        "tokens-exchange-function",
        "tokens-exchange-logs",
        "tokens-exchange-permissions",
        "tokens-exchange-role",
        "tokens-key-first",
    ]


def test_keys_and_function_are_children_of_the_component() -> None:
    children = build(EVERYTHING).children(EXCHANGE)
    assert sorted(child.name for child in children) == ["tokens-exchange", "tokens-key-first", "tokens-key-second"]


def test_a_key_makes_es256_signatures_and_nothing_else() -> None:
    assert build({**LEAST, "region": HOME, "tags": {"team": "core"}}).named("tokens-key-first").inputs == {
        "customerMasterKeySpec": "ECC_NIST_P256",
        "deletionWindowInDays": 30,
        "description": "Signs the user tokens of tokens: first",
        "keyUsage": "SIGN_VERIFY",
        "region": HOME,
        "tags": {"Name": "tokens-key-first", "team": "core"},
    }


def test_a_multi_region_key_says_so_and_differs_in_nothing_else() -> None:
    one, many = (build({**LEAST, "multi_region": each}).named("tokens-key-first").inputs for each in (False, True))
    assert many == {**one, "multiRegion": True}


AWAY = {**EVERYTHING, "alarm_topic_arn": TOPIC.replace(HOME, "eu-central-1"), "region": "eu-central-1"}
ELSEWHERE = {
    **AWAY,
    "replica_of": {key: f"arn:aws:kms:{HOME}:123456789012:key/mrk-{key}" for key in ("first", "second")},
}


@pytest.mark.parametrize("preview", [True, False])
def test_an_exchange_in_another_region_has_replicas_of_the_keys(preview: bool) -> None:
    recording = build(ELSEWHERE, preview=preview)
    assert not recording.of_type(KEY)
    replicas = recording.of_type("aws:kms/replicaKey:ReplicaKey")
    assert {each.name: each.protect for each in replicas} == {"tokens-key-first": False, "tokens-key-second": True}
    assert recording.named("tokens-key-first").inputs == {
        "deletionWindowInDays": 30,
        "description": "Signs the user tokens of tokens: first",
        "primaryKeyArn": f"arn:aws:kms:{HOME}:123456789012:key/mrk-first",
        "region": "eu-central-1",
        "tags": {"Name": "tokens-key-first", "team": "core"},
    }


def test_it_signs_by_its_own_replica_as_the_same_issuer_for_the_same_audience() -> None:
    here, there = variables(build(EVERYTHING)), variables(build(ELSEWHERE))
    assert {name for name in here if there[name] != here[name]} == {"KEY_ARN", "KEY_ID"}
    # The mocks give every ARN another public key; that a replica has its primary's is proved by the sandbox.
    assert there["KEY_ARN"] == "arn:aws:kms:eu-central-1:123456789012:tokens-key-second"


def test_users_may_be_looked_up_in_a_replica_of_the_user_pool() -> None:
    recording = build({**ELSEWHERE, "user_pool_region": "eu-central-1"})
    assert variables(recording)["USER_POOL_REGION"] == "eu-central-1"
    assert statements(recording)[1]["Resource"] == [POOL_ARN.replace(HOME, "eu-central-1", 1)]


def test_the_key_that_signs_is_protected_and_the_others_may_go() -> None:
    keys = {key.name: (key.protect, key.retain_on_delete) for key in build(EVERYTHING).of_type(KEY)}
    assert keys == {"tokens-key-first": (False, False), "tokens-key-second": (True, False)}


def test_protection_goes_by_an_explicit_argument() -> None:
    assert {key.protect for key in build({**EVERYTHING, "protect": False}).of_type(KEY)} == {False}


def test_the_function_is_told_what_a_token_says_and_by_which_key() -> None:
    assert variables(build(EVERYTHING)) == {
        "KEY_ARN": key_arn("second"),
        "KEY_ID": key_id(public_key(key_arn("second"))),
        "ISSUER": "https://api.example.com",
        "AUDIENCE": "https://core.example.com",
        "LIFETIME_SECONDS": "300",
        "USER_POOL_ID": POOL,
        "IDENTITY_POOL_ID": IDENTITY_POOL,
    }


def test_the_issuer_is_made_of_the_user_pool_and_any_identity_pool_will_do_by_default() -> None:
    told = variables(build(LEAST))
    assert (told["ISSUER"], told["AUDIENCE"]) == (f"{POOL}/token-exchange", "core-api")
    assert "IDENTITY_POOL_ID" not in told


def test_the_function_runs_the_exchange_in_time() -> None:
    function = build(LEAST).named(FUNCTION).inputs
    assert function["handler"] == "exchange.index.handle"
    assert (function["timeout"], function["memorySize"]) == (20, 512)


def test_the_function_may_sign_with_the_published_keys_and_look_users_of_one_pool_up() -> None:
    assert statements(build(EVERYTHING)) == [
        {"Effect": "Allow", "Action": ["kms:Sign"], "Resource": [key_arn("first"), key_arn("second")]},
        {
            "Effect": "Allow",
            "Action": ["cognito-idp:AdminListGroupsForUser", "cognito-idp:ListUsers"],
            "Resource": [POOL_ARN],
        },
    ]


def test_failures_are_told_to_the_topic() -> None:
    alarm = build(EVERYTHING).only("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert (alarm.name, alarm.inputs["alarmActions"]) == ("tokens-exchange-errors", [TOPIC])


def test_without_a_topic_there_is_no_alarm() -> None:
    assert not build(LEAST).of_type("aws:cloudwatch/metricAlarm:MetricAlarm")


def test_the_outputs_are_what_verifiers_and_operators_need() -> None:
    jwks = key_set([public_key(key_arn(key)) for key in ("first", "second")])
    assert build(EVERYTHING).component_outputs[EXCHANGE] == {
        "function_arn": f"arn:aws:lambda:{HOME}:123456789012:{FUNCTION}",
        "function_name": FUNCTION,
        "key_arns": {"first": key_arn("first"), "second": key_arn("second")},
        "jwks": jwks,
        "issuer": "https://api.example.com",
        "audience": "https://core.example.com",
        "web_tier_environment": {
            "TOKEN_PUBLIC_KEY_1": compact_key(public_key(key_arn("first"))),
            "TOKEN_PUBLIC_KEY_2": compact_key(public_key(key_arn("second"))),
            "TOKEN_ISSUER": "https://api.example.com",
            "TOKEN_AUDIENCE": "https://core.example.com",
        },
    }


def test_in_a_preview_what_kms_decides_is_unknown() -> None:
    outputs = build(LEAST, preview=True).component_outputs[EXCHANGE]
    assert outputs.pop("issuer") == f"{POOL}/token-exchange"
    assert outputs.pop("audience") == "core-api"
    assert set(outputs.values()) == {UNKNOWN}


def test_the_public_keys_are_looked_up_in_the_region_of_the_keys() -> None:
    asked: list[dict[str, Any]] = []

    class Watching(Account):
        def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
            asked.append(dict(args.args))
            return super().call(args)

    build(EVERYTHING, mocks=Watching())
    assert sorted(each["keyId"] for each in asked) == [key_arn("first"), key_arn("second")]
    assert {each["region"] for each in asked} == {HOME}


def test_the_order_of_the_keys_changes_the_numbers_in_the_environment_and_nothing_else() -> None:
    usual, turned = build(EVERYTHING), build({**EVERYTHING, "keys": ["second", "first"]})
    outputs, others = usual.component_outputs[EXCHANGE], turned.component_outputs[EXCHANGE]
    environment, other = outputs.pop("web_tier_environment"), others.pop("web_tier_environment")
    assert others == outputs
    assert statements(turned) == statements(usual)
    numbers = {"TOKEN_PUBLIC_KEY_1": "TOKEN_PUBLIC_KEY_2", "TOKEN_PUBLIC_KEY_2": "TOKEN_PUBLIC_KEY_1"}
    assert {numbers.get(name, name): value for name, value in other.items()} == environment


@pytest.mark.parametrize("preview", [True, False])
def test_the_contribution_is_what_an_api_takes(preview: bool) -> None:
    seen: list[Any] = []

    def program() -> None:
        contribution = TokenExchange("tokens", EVERYTHING).contribution
        assert (contribution["target"], contribution["callers"]) == ("function", ["signed_in"])
        assert list(contribution) == ["document", "target", "function_arn", "function_name", "callers"]
        pulumi.Output.from_input(contribution).apply(seen.append)

    record(program, mocks=Account(), preview=preview)
    if preview:
        assert seen == []  # the keys are not there yet
        return
    keys = seen[0]["document"]["paths"]["/.well-known/jwks.json"]["get"]["x-amazon-apigateway-integration"]
    published = keys["responses"]["default"]["responseTemplates"]["application/json"]
    assert published == key_set([public_key(key_arn(key)) for key in ("first", "second")])
    assert seen[0]["function_name"] == FUNCTION


@pytest.mark.parametrize("preview", [True, False])
def test_an_api_takes_the_contribution(preview: bool) -> None:
    taken: list[object] = []

    def program() -> None:
        contribution = TokenExchange("tokens", EVERYTHING).contribution
        taken.append(api_settings.resolve("api", {"contributions": {"token-exchange": contribution}}))

    record(program, mocks=Account(), preview=preview)
    assert len(taken) == 1


def test_two_components_do_not_collide() -> None:
    def program() -> None:
        TokenExchange("tokens", EVERYTHING)
        TokenExchange("tokens-2", EVERYTHING)

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: TokenExchange("tokens", {**LEAST, "keys": []}), on_resource=registered.append)
    assert not registered


@settings(max_examples=25)
@given(token_exchange_args())
def test_any_valid_options_make_an_environment_that_elastic_beanstalk_documents(args: Args) -> None:
    # https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-softwaresettings.html; the length of one
    # value is what earlier editions said.
    told = build(args).component_outputs[EXCHANGE]["web_tier_environment"]
    assert sorted(told) == sorted(properties(args.get("keys", ["first"])))
    for name, value in told.items():
        assert re.fullmatch(r"[A-Z_][A-Z0-9_]*", name)
        assert re.fullmatch(r"[A-Za-z0-9_.:/=+@-]{1,256}", value)
    assert sum(len(f"{name}={value}") for name, value in told.items()) <= 4096 - 2048


@settings(max_examples=25)
@given(token_exchange_args())
def test_any_valid_options_publish_every_key_and_protect_the_one_that_signs(args: Args) -> None:
    recording = build(args)
    keys = args.get("keys", ["first"])
    assert len(json.loads(recording.component_outputs[EXCHANGE]["jwks"])["keys"]) == len(keys)
    protected = [key.name for key in recording.of_type(KEY) if key.protect]
    signing = f"tokens-key-{args.get('signs_with', keys[0])}"
    assert protected == ([signing] if args.get("protect", True) else [])
    for statement in statements(recording):
        assert not [each for each in (*statement["Action"], *statement["Resource"]) if "*" in each]
