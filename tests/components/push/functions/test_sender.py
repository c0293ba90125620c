"""Messages reach whom they are for, once, and what is dead is removed."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.push.functions.surroundings import ANNA, BERT, CrashError, Service, apple, google, service

from pulumi_aws_mobile.push.functions.push import sender
from pulumi_aws_mobile.push.functions.push.table import LEASE_SECONDS

HELLO = {"title": "Hello", "body": "World"}
NUMBER = "+14155550100"


def texts(push: Service) -> list[tuple[str, str]]:
    return [(each["PhoneNumber"], each["Message"]) for each in push.published("PhoneNumber")]


def refuse(operation: str, code: str, message: str = "") -> Any:  # noqa: ANN401 - a hook
    def between(_: int, called: str) -> None:
        if called == operation:
            raise ClientError({"Error": {"Code": code, "Message": message}}, operation)

    return between


def test_a_message_to_a_user_reaches_all_devices_and_nobody_elses() -> None:
    with service() as push:
        push.register("phone", apple())
        push.register("tablet", google(), platform="fcm")
        push.register("phone", apple(2), identity=BERT)
        said = push.send({"user": ANNA})
        assert (said["status"], said["sent"], said["failed"]) == (200, 2, 0)
        assert [(each["device"], each["platform"], each["status"]) for each in said["results"]] == [
            ("phone", "apns", "sent"),
            ("tablet", "fcm", "sent"),
        ]
        assert push.heard(apple()) == [{"aps": {"alert": HELLO}}]
        assert push.heard(google()) == [
            {"fcmV1Message": {"message": {"android": {"priority": "high"}, "notification": HELLO}}}
        ]
        assert push.heard(apple(2)) == []


def test_a_message_may_be_for_one_device() -> None:
    with service() as push:
        push.register("phone", apple(1))
        push.register("tablet", apple(2))
        assert push.send({"user": ANNA, "device": "tablet"})["sent"] == 1
        assert (len(push.heard(apple(1))), len(push.heard(apple(2)))) == (0, 1)


def test_an_unknown_device_is_named_and_a_user_without_any_is_no_failure() -> None:
    with service() as push:
        said = push.send({"user": ANNA, "device": "phone"})
        assert (said["status"], said["code"], said["field"]) == (404, "NotFound", "to.device")
        assert push.send({"user": ANNA}) == {"status": 200, "sent": 0, "failed": 0, "results": []}


def test_fifty_devices_are_sent_to_and_each_has_its_result() -> None:
    with service() as push:
        for number in range(50):
            push.register(f"phone-{number:02d}", apple(number))
        said = push.send({"user": ANNA})
        assert (said["sent"], len({each["message_id"] for each in said["results"]})) == (50, 50)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("EndpointDisabled", "Endpoint is disabled"),
        ("NotFound", "Endpoint does not exist"),
        ("InvalidParameter", "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified"),
    ],
)
def test_a_dead_device_is_removed_with_all_that_sns_knows_of_it(code: str, message: str) -> None:
    with service() as push:
        push.register("phone", apple(1), topics=["news"])
        push.register("tablet", apple(2))
        dead = push.endpoint(apple(1)).arn

        def between(number: int, called: str) -> None:
            if called == "Publish" and push.arguments[number - 1]["TargetArn"] == dead:
                raise ClientError({"Error": {"Code": code, "Message": message}}, called)

        push.between = between
        said = push.send({"user": ANNA})
        results = [(each["device"], each["status"], each.get("reason")) for each in said["results"]]
        assert results == [("phone", "removed", "EndpointDisabled"), ("tablet", "sent", None)]
        assert (push.devices(), push.endpoint(apple(1)), push.subscriptions()) == ({"tablet": []}, None, 0)
        assert len(push.items("t#")) == 1


def test_a_dead_device_that_came_back_meanwhile_stays() -> None:
    with service() as push:
        push.register("phone", apple())
        push.disable(apple())
        done: list[int] = []

        def between(_: int, called: str) -> None:
            if called == "TransactWriteItems" and not done:
                done.append(push.register("phone", apple()).status)

        push.between = between
        said = push.send({"user": ANNA})
        assert (done, said["results"][0]["status"]) == ([200], "removed")
        push.between = None
        assert push.devices() == {"phone": []}
        assert push.send({"user": ANNA})["sent"] == 1


def test_a_device_that_sns_throttles_is_a_failure_of_that_device() -> None:
    with service() as push:
        push.register("phone", apple())
        push.between = refuse("Publish", "Throttled")
        said = push.send({"user": ANNA})
        assert (said["sent"], said["results"][0]["reason"]) == (0, "Throttled")
        push.between = None
        assert push.devices() == {"phone": []}


def test_a_registration_that_did_not_come_to_an_end_fails_until_it_does() -> None:
    with service() as push:
        push.register("phone", apple(1))
        key = {name: push.items("t#")[0][name] for name in ("pk", "sk")}
        push.dynamodb.update_item(TableName="devices", Key=key, UpdateExpression="REMOVE endpoint")
        assert push.send({"user": ANNA})["results"][0]["reason"] == "NotRegistered"
        push.register("phone", apple(1))
        assert push.send({"user": ANNA})["sent"] == 1


def test_a_topic_gets_every_platforms_payload_and_a_subject() -> None:
    with service() as push:
        said = push.send({"topic": "news"}, HELLO)
        assert list(said) == ["status", "message_id"]
        (sent,) = push.published("TopicArn")
        whole = json.loads(sent["Message"])
        assert (sent["TopicArn"], sent["Subject"]) == (push.topics["news"], "Hello")
        assert whole["default"] == "Hello\nWorld"
        assert set(whole) == {"default", "APNS", "APNS_SANDBOX", "GCM", "ADM"}


def test_a_text_message_is_title_and_body() -> None:
    with service() as push:
        assert push.send({"phone_number": NUMBER})["status"] == 200
        assert texts(push) == [(NUMBER, "Hello\nWorld")]


def test_whoever_asked_for_no_more_text_messages_gets_none() -> None:
    with service() as push:
        push.answers["CheckIfPhoneNumberIsOptedOut"] = {"isOptedOut": True}
        said = push.send({"phone_number": NUMBER})
        assert (said["status"], said["code"], said["field"]) == (409, "OptedOut", "to.phone_number")
        assert said["message"] == "to.phone_number: it asked for no more messages"
        assert texts(push) == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Invalid parameter: PhoneNumber Reason: Phone number is opted out", "OptedOut"),
        ("Invalid parameter: PhoneNumber Reason: +1415 is not valid to publish to", "Invalid"),
    ],
)
def test_a_number_that_sns_refuses_is_named(message: str, code: str) -> None:
    with service() as push:
        push.between = refuse("Publish", "InvalidParameter", message)
        said = push.send({"phone_number": NUMBER})
        assert (said["code"], said["field"]) == (code, "to.phone_number")


def test_without_text_messages_a_number_is_refused() -> None:
    with service(sms=False) as push:
        said = push.send({"phone_number": NUMBER})
        assert said["message"] == "to.phone_number: text messages are not set up here"


def test_too_large_for_one_platform_that_is_set_up_is_sent_to_nobody() -> None:
    with service(platforms=("apns", "adm")) as push:
        push.register("phone", "amzn1.adm-registration.v3.Y29t", platform="adm")
        large = {"body": "x" * 5000}
        said = push.send({"user": ANNA}, large)
        assert (said["status"], said["code"], said["field"]) == (413, "TooLarge", "message.body")
        assert said["message"].startswith("message.body: apns takes payloads of at most 4096 bytes, this one has ")
    with service(platforms=("adm",)) as push:
        push.register("phone", "amzn1.adm-registration.v3.Y29t", platform="adm")
        assert push.send({"user": ANNA}, large)["sent"] == 1


def test_under_the_same_token_a_message_is_sent_once() -> None:
    with service() as push:
        push.register("phone", apple())
        first = push.send({"user": ANNA}, token="order-0001")
        assert push.send({"user": ANNA}, token="order-0001") == first
        assert len(push.heard(apple())) == 1
        other = push.send({"user": ANNA}, {"title": "Other"}, token="order-0001")
        assert (other["status"], other["code"], other["field"]) == (409, "TokenReused", "token")


def test_after_a_week_a_token_may_be_used_again() -> None:
    with service() as push:
        push.register("phone", apple())
        push.send({"user": ANNA}, token="order-0001")
        push.now += 7 * 86_400 + 1
        push.send({"user": ANNA}, {"title": "Other"}, token="order-0001")
        assert len(push.heard(apple())) == 2


def test_a_message_that_ended_in_the_middle_is_sent_again_once_its_time_is_over() -> None:
    with service() as push:
        push.register("phone", apple())

        def crash(_: int, called: str) -> None:
            if called == "Publish":
                raise CrashError

        push.between = crash
        with pytest.raises(CrashError):
            push.send({"user": ANNA}, token="order-0001")
        push.between = None
        assert push.send({"user": ANNA}, token="order-0001")["code"] == "Busy"
        push.now += LEASE_SECONDS + 1
        assert push.send({"user": ANNA}, token="order-0001")["sent"] == 1


def test_a_refused_message_leaves_its_token_free() -> None:
    with service() as push:
        assert push.send({"user": ANNA, "device": "phone"}, token="order-0001")["status"] == 404
        push.register("phone", apple())
        assert push.send({"user": ANNA, "device": "phone"}, token="order-0001")["sent"] == 1


def test_the_route_sends_and_each_caller_has_tokens_of_their_own() -> None:
    with service() as push:
        push.register("phone", apple())
        body = {"to": {"user": ANNA}, "message": HELLO, "token": "order-0001"}
        assert push.call("POST", "/messages", body, identity=BERT, handler=sender).body["sent"] == 1
        assert push.call("POST", "/messages", body, identity=BERT, handler=sender).status == 200
        assert len(push.heard(apple())) == 1
        push.call("POST", "/messages", body, identity=ANNA, handler=sender)
        push.send({"user": ANNA}, token="order-0001")
        assert len(push.heard(apple())) == 3


def test_the_route_needs_a_signature_of_the_identity_pool_and_knows_no_other() -> None:
    with service() as push:
        body = {"to": {"user": ANNA}, "message": HELLO}
        assert push.call("POST", "/messages", body, identity=None, handler=sender).refusal[:2] == (403, "NoIdentity")
        assert push.call("GET", "/messages", handler=sender).refusal[:2] == (404, "NotFound")
        assert push.call("POST", "/messages", "[", handler=sender).refusal == (400, "Invalid", "body")


def test_a_change_of_data_is_told_to_the_other_devices_without_a_sound() -> None:
    with service() as push:
        push.register("phone", apple(1))
        push.register("tablet", apple(2))
        push.register("phone", apple(3), identity=BERT)
        change = {"identity_id": ANNA, "dataset": "notes", "sync_count": 7, "device": "phone"}
        assert push.run(sender, {"Records": [{"Sns": {"Message": json.dumps(change)}}]}) == {"sent": 1}
        told = {"aps": {"content-available": 1}, "kind": "data_sync", "dataset": "notes", "sync_count": "7"}
        assert push.heard(apple(2)) == [told]
        assert push.heard(apple(1)) == push.heard(apple(3)) == []


def test_a_change_by_several_devices_is_told_to_all() -> None:
    with service() as push:
        push.register("phone", apple(1))
        push.register("tablet", apple(2))
        change = {"identity_id": ANNA, "dataset": "d" * 128, "sync_count": 7}
        assert push.run(sender, {"Records": [{"Sns": {"Message": json.dumps(change)}}]}) == {"sent": 2}


def test_a_change_that_could_not_be_told_is_tried_again_by_lambda() -> None:
    with service() as push:
        change = {"identity_id": ANNA, "dataset": "notes", "sync_count": 7}
        push.between = refuse("Query", "InternalServerError")
        with pytest.raises(ClientError):
            push.run(sender, {"Records": [{"Sns": {"Message": json.dumps(change)}}]})


@pytest.mark.parametrize(
    ("order", "field", "said"),
    [
        ({}, "message", "message: give it"),
        ({"to": {}, "message": HELLO}, "to", "to: one of topic, user and phone_number"),
        ({"to": {"topic": "news", "user": ANNA}, "message": HELLO}, "to", "to: one of topic, user and phone_number"),
        ({"to": {"users": []}, "message": HELLO}, "to.users", None),
        ({"to": {"user": "anna"}, "message": HELLO}, "to.user", None),
        ({"to": {"topic": "news", "device": "phone"}, "message": HELLO}, "to.device", "to.device: only with user"),
        ({"to": {"user": ANNA, "device": "a b"}, "message": HELLO}, "to.device", None),
        (
            {"to": {"phone_number": "0415"}, "message": HELLO},
            "to.phone_number",
            "to.phone_number: a number in E.164, such as +14155550100",
        ),
        (
            {"to": {"phone_number": NUMBER}, "message": {**HELLO, "badge": 1}},
            "message.badge",
            "message.badge: nothing for a phone_number, which gets title and body",
        ),
        ({"to": {"user": ANNA}, "message": {}}, "message", "message: give title or body, or silent with data"),
        ({"to": {"user": ANNA}, "message": {"body": ""}}, "message.body", "message.body: a text that is not empty"),
        ({"to": {"user": ANNA}, "message": {"body": "\ud800"}}, "message.body", None),
        ({"to": {"user": ANNA}, "message": {"text": "x"}}, "message.text", None),
        ({"to": {"user": ANNA}, "message": {**HELLO, "badge": -1}}, "message.badge", None),
        ({"to": {"user": ANNA}, "message": {**HELLO, "badge": True}}, "message.badge", None),
        (
            {"to": {"user": ANNA}, "message": {**HELLO, "ttl_seconds": 2_419_201}},
            "message.ttl_seconds",
            "message.ttl_seconds: a whole number, 1 to 2419200",
        ),
        ({"to": {"user": ANNA}, "message": {**HELLO, "collapse_key": "ä" * 33}}, "message.collapse_key", None),
        ({"to": {"user": ANNA}, "message": {**HELLO, "silent": 1}}, "message.silent", None),
        ({"to": {"user": ANNA}, "message": {"silent": True}}, "message.data", None),
        ({"to": {"user": ANNA}, "message": {"silent": True, "data": {"a": "b"}, "sound": "x"}}, "message.sound", None),
        ({"to": {"user": ANNA}, "message": {**HELLO, "data": {"aps": "x"}}}, "message.data.aps", None),
        ({"to": {"user": ANNA}, "message": {**HELLO, "data": {"google.id": "x"}}}, "message.data.google.id", None),
        (
            {"to": {"user": ANNA}, "message": {**HELLO, "data": {"count": 7}}},
            "message.data.count",
            "message.data.count: a text: platforms carry nothing else",
        ),
        ({"to": {"user": ANNA}, "message": HELLO, "token": "short"}, "token", None),
    ],
)
def test_an_order_that_does_not_fit_is_refused_by_its_field(
    order: dict[str, Any], field: str, said: str | None
) -> None:
    with service() as push:
        reply = push.run(sender, order)
        assert (reply["status"], reply["code"], reply["field"]) == (400, "Invalid", field)
        assert said is None or reply["message"] == said
        assert push.calls == []


def test_an_unknown_topic_is_named_with_those_that_there_are() -> None:
    with service() as push:
        said = push.send({"topic": "sports"})
        assert (said["status"], said["field"]) == (404, "to.topic")
        assert said["message"] == "to.topic: there is no such topic; there are news, offers"
