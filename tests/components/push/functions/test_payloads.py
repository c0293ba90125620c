"""One message in the words of each platform."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.push.functions.push import payloads
from pulumi_aws_mobile.push.functions.push.failures import Failure
from pulumi_aws_mobile.push.functions.push.messages import Message, read_order
from pulumi_aws_mobile.push.functions.push.surroundings import Surroundings

AROUND = Surroundings("devices", {"news": "arn:news"}, dict.fromkeys(payloads.KEYS, "arn:app"), sms=True)
WHOLE = {
    "title": "Hello",
    "body": "Wörld",
    "data": {"order": "7"},
    "badge": 3,
    "sound": "ring.caf",
    "collapse_key": "order-7",
    "ttl_seconds": 3600,
}
SILENT = {"silent": True, "data": {"kind": "refresh"}}


def message(given: dict[str, Any]) -> Message:
    return read_order({"to": {"topic": "news"}, "message": given}, AROUND).message


def payload(given: dict[str, Any], platform: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(payloads.payload(message(given), platform))


def refusal(given: dict[str, Any], platform: str) -> tuple[str, str]:
    with pytest.raises(Failure) as caught:
        payloads.payload(message(given), platform)
    assert (caught.value.status, caught.value.code) == (413, "TooLarge")
    return caught.value.body["field"], caught.value.body["message"]


@pytest.mark.parametrize("platform", ["apns", "apns_sandbox"])
def test_apple_gets_an_alert_beside_the_data(platform: str) -> None:
    assert payload(WHOLE, platform) == {
        "aps": {"alert": {"title": "Hello", "body": "Wörld"}, "badge": 3, "sound": "ring.caf"},
        "order": "7",
    }


def test_google_gets_a_message_of_its_first_version() -> None:
    assert payload(WHOLE, "fcm") == {
        "fcmV1Message": {
            "message": {
                "notification": {"title": "Hello", "body": "Wörld"},
                "data": {"order": "7"},
                "android": {
                    "priority": "high",
                    "collapse_key": "order-7",
                    "ttl": "3600s",
                    "notification": {"sound": "ring.caf", "notification_count": 3},
                },
            }
        }
    }


def test_amazon_gets_texts_alone() -> None:
    assert payload(WHOLE, "adm") == {
        "data": {"order": "7", "title": "Hello", "body": "Wörld", "badge": "3", "sound": "ring.caf"},
        "consolidationKey": "order-7",
        "expiresAfter": 3600,
    }


def test_a_silent_message_shows_nothing_anywhere() -> None:
    assert payload(SILENT, "apns") == {"aps": {"content-available": 1}, "kind": "refresh"}
    assert payload(SILENT, "fcm") == {
        "fcmV1Message": {"message": {"android": {"priority": "normal"}, "data": {"kind": "refresh"}}}
    }
    assert payload(SILENT, "adm") == {"data": {"kind": "refresh"}}


def test_apple_is_told_by_attributes_what_kind_of_message_it_is() -> None:
    def told(given: dict[str, Any]) -> dict[str, str]:
        return {name: value["StringValue"] for name, value in payloads.attributes(message(given)).items()}

    assert told(WHOLE) == {
        "silent": "false",
        "AWS.SNS.MOBILE.APNS.PUSH_TYPE": "alert",
        "AWS.SNS.MOBILE.APNS.PRIORITY": "10",
        "AWS.SNS.MOBILE.APNS.COLLAPSE_ID": "order-7",
        "AWS.SNS.MOBILE.APNS.TTL": "3600",
        "AWS.SNS.MOBILE.APNS_SANDBOX.TTL": "3600",
    }
    assert told(SILENT) == {
        "silent": "true",
        "AWS.SNS.MOBILE.APNS.PUSH_TYPE": "background",
        "AWS.SNS.MOBILE.APNS.PRIORITY": "5",
    }


@pytest.mark.parametrize("platform", list(payloads.KEYS))
def test_a_payload_may_be_as_large_as_its_platform_takes_and_no_larger(platform: str) -> None:
    room = payloads.LARGEST[platform] - len(payloads.payload(message({"body": "x"}), platform))
    fits = {"body": "x" * (room + 1)}
    assert len(payloads.payload(message(fits), platform).encode()) == payloads.LARGEST[platform]
    assert refusal({"body": "x" * (room + 2)}, platform) == (
        "message.body",
        (
            f"message.body: {platform} takes payloads of at most {payloads.LARGEST[platform]} bytes, "
            f"this one has {payloads.LARGEST[platform] + 1}"
        ),
    )


def test_what_is_largest_is_named() -> None:
    assert refusal({"title": "x", "data": {"a": "ä" * 3000}}, "fcm")[0] == "message.data"
    assert refusal({"title": "x" * 5000, "data": {"a": "ä"}}, "apns")[0] == "message.title"


def test_amazon_takes_more_than_the_others() -> None:
    large = {"body": "x" * 5000}
    assert len(payloads.payload(message(large), "adm")) > 5000
    assert refusal(large, "fcm")[0] == "message.body"


def test_a_topics_message_has_the_payload_of_each_platform_and_a_text() -> None:
    what = payloads.notification(message(WHOLE), ["fcm", "apns"])
    assert what["MessageStructure"] == "json"
    said = json.loads(what["Message"])
    assert said["default"] == "Hello\nWörld"
    assert {key for key in said if key != "default"} == {"GCM", "APNS"}


@pytest.mark.parametrize(
    ("title", "line"), [("Hello\nyou\t!", "Hello you !"), ("x" * 200, "x" * 99), ("\n", None), (None, None)]
)
def test_an_e_mails_subject_is_one_short_line(title: str | None, line: str | None) -> None:
    assert payloads.subject(Message(title=title)).get("Subject") == line


def test_a_text_message_has_at_most_1600_letters() -> None:
    assert payloads.text(Message(title="T", body="x" * 1598)) == "T\n" + "x" * 1598
    with pytest.raises(Failure) as caught:
        payloads.text(Message(title="T", body="x" * 1599))
    assert caught.value.body == {
        "message": "message.body: a text message has at most 1600 letters, this one has 1601",
        "code": "TooLarge",
        "field": "message.body",
    }


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
KEY = st.from_regex(r"[a-z_.-]{1,12}", fullmatch=True).filter(
    lambda key: not key.startswith(("google", "gcm")) and key not in {"aps", "badge", "body", "from", "sound", "title"}
)
DATA = st.dictionaries(KEY, TEXT, max_size=4)
SHOWN = st.fixed_dictionaries(
    {"body": TEXT},
    optional={
        "title": TEXT,
        "data": DATA,
        "badge": st.integers(0, 99),
        "sound": TEXT,
        "collapse_key": st.text("ab-", min_size=1, max_size=64),
        "ttl_seconds": st.integers(1, 2_419_200),
    },
)
QUIET = st.fixed_dictionaries(
    {"silent": st.sampled_from([True]), "data": st.dictionaries(KEY, TEXT, min_size=1, max_size=4)}
)


@settings(max_examples=100, deadline=None)
@given(SHOWN | QUIET, st.sampled_from(list(payloads.KEYS)))
def test_any_message_keeps_its_data_and_its_words_on_every_platform(given: dict[str, Any], platform: str) -> None:
    found = payload(given, platform)
    inner = found["fcmV1Message"]["message"] if platform == "fcm" else found
    carried = {
        "apns": lambda: {key: value for key, value in found.items() if key != "aps"},
        "apns_sandbox": lambda: {key: value for key, value in found.items() if key != "aps"},
        "fcm": lambda: inner.get("data", {}),
        "adm": lambda: {key: value for key, value in found["data"].items() if key in given.get("data", {})},
    }[platform]()
    assert carried == given.get("data", {})
    words = {
        "apns": lambda: found["aps"].get("alert", {}),
        "apns_sandbox": lambda: found["aps"].get("alert", {}),
        "fcm": lambda: inner.get("notification", {}),
        "adm": lambda: {key: value for key, value in found["data"].items() if key in {"title", "body"}},
    }[platform]()
    assert words == {key: given[key] for key in ("title", "body") if key in given}


@settings(max_examples=100, deadline=None)
@given(SHOWN | QUIET)
def test_any_message_is_valid_json_for_sns(given: dict[str, Any]) -> None:
    what = payloads.notification(message(given), payloads.KEYS)
    said = json.loads(what["Message"])
    assert set(said) == {"default", *payloads.KEYS.values()}
    assert said["default"]
    assert all(json.loads(said[key]) for key in payloads.KEYS.values())
    assert len(what["MessageAttributes"]) <= 10
    assert all(value["StringValue"] for value in what["MessageAttributes"].values())


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT, lambda each: st.lists(each) | st.dictionaries(TEXT, each)
    )
)
def test_any_json_is_an_order_or_refused(given: Any) -> None:  # noqa: ANN401 - any JSON
    for order in (given, {"to": given, "message": given}, {"to": {"topic": "news"}, "message": given}):
        with contextlib.suppress(Failure):
            assert read_order(order, AROUND).message
