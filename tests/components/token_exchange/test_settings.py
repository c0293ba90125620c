"""What is decided about a token exchange, and what is said of options that cannot work."""

import pulumi
import pytest
from components.token_exchange.building import EVERYTHING, LEAST, POOL, POOL_ARN, Args
from components.token_exchange.strategies import token_exchange_args
from hypothesis import given

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.token_exchange.settings import TokenExchangeSettings, resolve

EVERY_OPTION = (
    "alarm_topic_arn, audience, identity_pool_id, issuer, keys, lifetime_seconds, multi_region, protect, region, "
    "replica_of, signs_with, tags, user_pool_arn, user_pool_id, user_pool_region"
)
NAMES = "1 to 40 lower-case letters, digits and inner hyphens"
URI = "1 to 255 letters, digits and . _ : / = + @ -"


def settings_of(args: Args) -> TokenExchangeSettings:
    return resolve("tokens", args)


def problems_of(args: Args, name: str = "tokens") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_a_user_pool_alone_makes_one_key_that_signs_for_a_quarter_of_an_hour() -> None:
    settings = settings_of(LEAST)
    assert (settings.keys, settings.signs_with, settings.lifetime_seconds) == (("first",), "first", 900)
    assert (settings.issuer, settings.audience, settings.identity_pool_id) == (None, "core-api", None)
    assert (settings.protect, settings.alarm_topic_arn, settings.region) == (True, None, None)


def test_everything_together_works() -> None:
    assert settings_of(EVERYTHING).signs_with == "second"


def test_whole_numbers_may_arrive_as_floats() -> None:
    assert settings_of({**LEAST, "lifetime_seconds": 60.0}).lifetime_seconds == 60


def test_ids_that_are_not_known_yet_are_taken() -> None:
    unknown = pulumi.Output.from_input(POOL)
    assert settings_of({**LEAST, "user_pool_id": unknown, "identity_pool_id": unknown}).user_pool_id is unknown


@given(token_exchange_args())
def test_any_valid_options_have_a_key_that_signs(args: Args) -> None:
    settings = settings_of(args)
    assert settings.signs_with in settings.keys


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"keys": []}, "keys: got []; allowed: 1 to 4 names; keep the key that signs"),
        (
            {"keys": ["a", "b", "c", "d", "e"], "signs_with": "a"},
            (
                'keys: got ["a", "b", "c", "d", "e"]; allowed: 1 to 4 names; '
                "remove keys that signed before and whose tokens have expired"
            ),
        ),
        (
            {"keys": ["a", "a"], "signs_with": "a"},
            'keys[1]: got "a"; allowed: each name once; remove it, or choose another name',
        ),
        ({"keys": ["2027_a"]}, f'keys[0]: got "2027_a"; allowed: {NAMES}; choose an allowed value'),
        ({"keys": ["A"]}, f'keys[0]: got "A"; allowed: {NAMES}; choose an allowed value'),
        ({"keys": ["-a"]}, f'keys[0]: got "-a"; allowed: {NAMES}; choose an allowed value'),
        ({"keys": ["a" * 41]}, f'keys[0]: got "{"a" * 41}"; allowed: {NAMES}; choose an allowed value'),
        (
            {"keys": ["a", "b"]},
            (
                "signs_with: got nothing; allowed: a | b; "
                "name the key that signed so far until every verifier knows the new one"
            ),
        ),
        (
            {"keys": ["spring", "autumn"], "signs_with": "sprung"},
            'signs_with: got "sprung"; allowed: spring | autumn; did you mean "spring"?',
        ),
        ({"signs_with": "other"}, 'signs_with: got "other"; allowed: first; name one of keys, or add it there'),
        (
            {"user_pool_id": "eu-west-1_other"},
            (
                f'user_pool_arn: got "{POOL_ARN}"; allowed: the ARN of eu-west-1_other, as user_pool_id says; '
                "give both of the same pool"
            ),
        ),
        (
            {"user_pool_id": "other"},
            (
                'user_pool_id: got "other"; allowed: the id of a user pool, for example eu-west-1_a1B2c3D4e; '
                "choose an allowed value"
            ),
        ),
        (
            {"user_pool_arn": "other"},
            'user_pool_arn: got "other"; allowed: the ARN of a user pool; choose an allowed value',
        ),
        (
            {"identity_pool_id": POOL},
            f'identity_pool_id: got "{POOL}"; allowed: the id of an identity pool; choose an allowed value',
        ),
        (
            {"issuer": f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"},
            (
                f'issuer: got "https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"; '
                "allowed: an issuer of its own; leave it out, or name the API that the tokens are for"
            ),
        ),
        ({"issuer": "the app"}, f'issuer: got "the app"; allowed: {URI}; choose an allowed value'),
        ({"audience": ""}, f'audience: got ""; allowed: {URI}; choose an allowed value'),
        (
            {"issuer": "https://api.example.com/?a,b"},
            f'issuer: got "https://api.example.com/?a,b"; allowed: {URI}; choose an allowed value',
        ),
        ({"audience": "a" * 256}, f'audience: got "{"a" * 78}…; allowed: {URI}; choose an allowed value'),
        (
            {"lifetime_seconds": 59},
            "lifetime_seconds: got 59; allowed: 60 to 3600 seconds; choose an allowed value",
        ),
        (
            {"lifetime_seconds": 3601},
            "lifetime_seconds: got 3601; allowed: 60 to 3600 seconds; choose an allowed value",
        ),
        (
            {"alarm_topic_arn": "alarms"},
            'alarm_topic_arn: got "alarms"; allowed: the ARN of an SNS topic; choose an allowed value',
        ),
        (
            {"region": "Ireland"},
            'region: got "Ireland"; allowed: an AWS Region, for example eu-west-1; choose an allowed value',
        ),
        ({"sign_with": "first"}, f'sign_with: got "first"; allowed: {EVERY_OPTION}; did you mean "signs_with"?'),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of({**LEAST, **args}) == [said]


REPLICA = "arn:aws:kms:eu-central-1:123456789012:key/mrk-1"


def test_replicas_name_the_keys() -> None:
    settings = settings_of({**LEAST, "replica_of": {"second": REPLICA, "first": REPLICA}, "signs_with": "first"})
    assert settings.keys == ("first", "second")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"replica_of": {"first": "arn:aws:kms:eu-central-1:123456789012:key/1"}},
            (
                'replica_of.first: got "arn:aws:kms:eu-central-1:123456789012:key/1"; allowed: the ARN of a '
                "multi-Region key, whose id begins with mrk-; choose an allowed value"
            ),
        ),
        (
            {"keys": ["first", "second"], "signs_with": "first", "replica_of": {"first": REPLICA}},
            (
                "replica_of.second: got nothing; allowed: the ARN of the key that it is a replica of, as for the "
                "others; give it, or remove the name from keys"
            ),
        ),
        (
            {"keys": ["first"], "replica_of": {"first": REPLICA, "second": REPLICA}},
            'replica_of.second: got "second"; allowed: first; remove it, or add the name to keys',
        ),
        (
            {"region": "eu-central-1", "replica_of": {"first": REPLICA}},
            (
                f'replica_of.first: got "{REPLICA}"; allowed: a key in another Region than the exchange; '
                "remove replica_of, or move the exchange"
            ),
        ),
        (
            {"multi_region": False, "replica_of": {"first": REPLICA}},
            (
                "multi_region: got false; allowed: nothing, with replica_of; "
                "remove it: replicas of multi-Region keys are such keys"
            ),
        ),
    ],
)
def test_replicas_that_cannot_be_are_refused(args: Args, said: str) -> None:
    assert problems_of({**LEAST, **args}) == [said]


def test_keys_have_to_be_known_before_anything_is_created() -> None:
    args = {**LEAST, "signs_with": pulumi.Output.from_input("first")}
    assert problems_of(args) == [
        (
            "signs_with: got an output of another resource; allowed: a text, known before anything is created; "
            "give the value itself: it decides which resources exist"
        )
    ]


def test_a_user_pool_has_to_be_given() -> None:
    assert problems_of({}) == [
        "user_pool_id: got nothing; allowed: a text; give it; it has no default",
        "user_pool_arn: got nothing; allowed: a text; give it; it has no default",
    ]


@pytest.mark.parametrize("name", ["my tokens", "t" * 39, ""])
def test_names_of_which_no_function_name_can_be_made_are_refused(name: str) -> None:
    assert problems_of(LEAST, name) == [
        (
            f'name: got "{name}"; allowed: 1 to 38 letters, digits, hyphens and underscores; '
            "rename the component: its function is named after it"
        )
    ]


def test_every_problem_is_told_at_once() -> None:
    args = {**LEAST, "keys": ["a", "a"], "lifetime_seconds": 1, "region": "x", "issuer": "cognito-idp.x"}
    assert len(problems_of(args)) == 4
