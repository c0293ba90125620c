"""What is decided about push notifications, and what is said of options that cannot work."""

import json

import pulumi
import pytest
from components.push.building import (
    ACCOUNT_FILE,
    APPLE,
    AWAY,
    CLIENT_ID,
    EVERYTHING,
    HOME,
    PLATFORMS,
    PRIVATE_KEY,
    SYNC_TOPIC,
    Args,
)
from components.push.strategies import push_args
from hypothesis import given

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.push.args import SmsType
from pulumi_aws_mobile.push.settings import Email, Platform, Sms, resolve

EVERY_OPTION = (
    "alarm_topic_arn, amplify, deletion_protection, emails, feedback, guests, log_retention_days, platforms, protect, "
    "region, senders, sms, sync_topic_arn, tags, topics"
)
HIDDEN = "a value that is not shown"
ACCOUNT_WANTED = "the JSON of a service account, with type, project_id, private_key, client_email, token_uri"
ACCOUNT_FIX = "give the content of the file that Firebase made; server keys are no longer taken"


def problems_of(args: Args, name: str = "push") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_nothing_given_is_good() -> None:
    settings = resolve("push", {})
    assert (settings.topics, settings.platforms, settings.emails, settings.sms) == ({}, {}, {}, None)
    assert (settings.callers, settings.senders, settings.success_percent) == (("signed_in",), (), 5)
    assert (settings.protect, settings.deletion_protection, settings.log_retention_days) == (True, True, 90)
    assert (settings.sync_topic_arn, settings.alarm_topic_arn, settings.region, settings.tags) == (None, None, None, {})


def test_everything_together_works() -> None:
    settings = resolve("push", EVERYTHING)
    assert settings.topics == {"news": "The shop", "offers": None}
    assert settings.sms == Sms(50, SmsType.PROMOTIONAL, "SHOP")
    assert settings.emails == {"editor": Email("news", "editor@example.com")}
    assert settings.platforms == {
        "apns": Platform("APNS", PRIVATE_KEY, "F6G7H8I9J0", "A1B2C3D4E5", "com.example.shop"),
        "apns_sandbox": Platform("APNS_SANDBOX", PRIVATE_KEY, "F6G7H8I9J0", "A1B2C3D4E5", "com.example.shop"),
        "fcm": Platform("GCM", ACCOUNT_FILE),
        "adm": Platform("ADM", "canary-of-the-secret", CLIENT_ID),
    }


def test_credentials_that_are_not_known_yet_are_taken() -> None:
    later = pulumi.Output.from_input("later")
    platforms = resolve(
        "push", {"platforms": {"apns": {**APPLE, "private_key": later}, "fcm": {"service_account": later}}}
    ).platforms
    assert {platform.credential for platform in platforms.values()} == {later}


def test_whole_numbers_may_arrive_as_floats() -> None:
    sms = resolve("push", {"sms": {"monthly_spend_limit": 20.0}}).sms
    assert sms is not None
    assert str(sms.monthly_spend_limit) == "20"


@given(push_args())
def test_any_valid_options_are_taken(args: Args) -> None:
    settings = resolve("push", args)
    assert set(settings.platforms) == set(args.get("platforms", {}))
    assert list(settings.topics) == list(args.get("topics", {}))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"topic": {}}, f'topic: got {{}}; allowed: {EVERY_OPTION}; did you mean "topics"?'),
        (
            {"topics": {"News": {}}},
            (
                'topics.News: got "News"; allowed: 1 to 32 lower-case letters, digits and hyphens, no hyphen first; '
                "choose another key"
            ),
        ),
        (
            {"topics": {"news": {"display_name": "a\nb"}}},
            (
                'topics.news.display_name: got "a\nb"; allowed: 1 to 100 characters, no line breaks; '
                "choose an allowed value"
            ),
        ),
        (
            {"topics": {f"topic-{number}": {} for number in range(21)}},
            (
                "topics: got 21 topics; allowed: at most 20; "
                "have one topic for several things, and say which in a message's data"
            ),
        ),
        (
            {"platforms": {"gcm": {}}},
            'platforms.gcm: got {}; allowed: adm, apns, apns_sandbox, fcm; did you mean "fcm"?',
        ),
        (
            {"platforms": {"apns": {**APPLE, "team_id": "short"}}},
            'platforms.apns.team_id: got "short"; allowed: 10 capital letters and digits; choose an allowed value',
        ),
        (
            {"platforms": {"apns": {**APPLE, "private_key": "canary"}}},
            (
                f"platforms.apns.private_key: got {HIDDEN}; allowed: the content of a .p8 file, which begins with "
                "-----BEGIN PRIVATE KEY-----; give the file's content"
            ),
        ),
        (
            {"platforms": {"fcm": {"service_account": "AAAAcanary:APA91b"}}},
            f"platforms.fcm.service_account: got {HIDDEN}; allowed: {ACCOUNT_WANTED}; {ACCOUNT_FIX}",
        ),
        (
            {"platforms": {"fcm": {"service_account": json.dumps({"type": "service_account"})}}},
            f"platforms.fcm.service_account: got {HIDDEN}; allowed: {ACCOUNT_WANTED}; {ACCOUNT_FIX}",
        ),
        (
            {"platforms": {"adm": {"client_id": "me", "client_secret": "canary"}}},
            'platforms.adm.client_id: got "me"; allowed: a client id of Login with Amazon; choose an allowed value',
        ),
        (
            {"platforms": {"adm": {"client_id": CLIENT_ID, "client_secret": ""}}},
            (
                f"platforms.adm.client_secret: got {HIDDEN}; allowed: a text, best a Pulumi secret; "
                "choose an allowed value"
            ),
        ),
        (
            {"sms": {"monthly_spend_limit": 0}},
            "sms.monthly_spend_limit: got 0; allowed: 1 to 100000 US dollars; choose an allowed value",
        ),
        (
            {"sms": {"default_type": "transactional"}},
            (
                'sms.default_type: got "transactional"; allowed: Transactional | Promotional; '
                'did you mean "Transactional"?'
            ),
        ),
        (
            {"sms": {"sender_id": "12345"}},
            (
                'sms.sender_id: got "12345"; allowed: 1 to 11 letters and digits, a letter among them; '
                "choose an allowed value"
            ),
        ),
        (
            {"emails": {"editor": {"topic": "news", "address": "a@example.com"}}},
            'emails.editor.topic: got "news"; allowed: none, there are no topics; name one of topics',
        ),
        (
            {"topics": {"news": {}}, "emails": {"editor": {"topic": "news", "address": "nobody"}}},
            'emails.editor.address: got "nobody"; allowed: an e-mail address; choose an allowed value',
        ),
        (
            {"senders": ["signed_in"]},
            'senders[0]: got "signed_in"; allowed: keys of groups; name the groups of those who may send to everybody',
        ),
        (
            {"senders": ["editors", "editors"]},
            'senders[1]: got "editors"; allowed: each group once; remove it',
        ),
        (
            {"region": AWAY, "sync_topic_arn": SYNC_TOPIC},
            (
                f'sync_topic_arn: got "{SYNC_TOPIC}"; allowed: a topic in {AWAY}, as region says; '
                "take the DataSync of this Region"
            ),
        ),
        (
            {"sync_topic_arn": "changes"},
            'sync_topic_arn: got "changes"; allowed: the ARN of an SNS topic; choose an allowed value',
        ),
        (
            {"feedback": {"success_percent": 101}},
            "feedback.success_percent: got 101; allowed: 0 to 100 percent; choose an allowed value",
        ),
        ({"guests": "yes"}, 'guests: got "yes"; allowed: true or false; write true or false'),
        ({"region": "Ireland"}, None),
    ],
)
def test_a_wrong_option_is_named_with_what_would_be_right(args: Args, said: str | None) -> None:
    found = problems_of(args)
    assert len(found) == 1
    assert said is None or found == [said]
    assert "canary" not in found[0]


def test_all_parts_of_a_platform_have_to_be_given() -> None:
    assert problems_of({"platforms": {"apns": {}}}) == [
        f"platforms.apns.{option}: got nothing; allowed: a text; give it; it has no default"
        for option in ("bundle_id", "team_id", "key_id", "private_key")
    ]


def test_a_name_that_no_function_can_be_named_after_is_refused() -> None:
    said = (
        f'name: got "{"p" * 39}"; allowed: 1 to 38 letters, digits, hyphens and underscores; '
        "rename the component: its function is named after it"
    )
    assert resolve("p" * 38, {}).topics == {}
    assert problems_of({}, "p" * 39) == [said]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ArgsError) as caught:
        resolve("push", {"guests": 1, "log_retention_days": 2, "platforms": {**PLATFORMS, "adm": 7}})
    assert str(caught.value).startswith('PushNotifications "push": 3 problems\n')
    assert HOME not in str(caught.value)
