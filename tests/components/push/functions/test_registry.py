"""Devices are registered once, belong to one identity, and SNS knows what they want."""

import pytest
from components.push.functions.surroundings import ANNA, BERT, START, apple, google, service

SETTLED = ["Query", "GetItem", "GetEndpointAttributes"]


def test_a_registered_device_has_an_endpoint_and_its_topics() -> None:
    with service() as push:
        reply = push.register("phone", apple(), topics=["news"])
        shown = {"device": "phone", "platform": "apns", "topics": ["news"], "registered_at": START}
        assert (reply.status, reply.body) == (200, shown)
        assert push.call("GET", "/devices").body == {"devices": [shown]}
        assert push.enabled(apple())
        assert (push.subscribed("news"), push.subscribed("offers")) == ({apple()}, set())


@pytest.mark.parametrize(
    ("platform", "token"),
    [("apns", apple()), ("apns_sandbox", apple()), ("fcm", google()), ("adm", "amzn1.adm-registration.v3.Y29tLmFt")],
)
def test_each_platform_has_its_own_application(platform: str, token: str) -> None:
    with service() as push:
        assert push.register("phone", token, platform=platform).status == 200
        assert push.endpoint(token).application.arn == push.applications[platform]


def test_an_app_that_starts_again_costs_three_reads_and_no_write() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        before = push.items()
        assert push.register("phone", apple(), topics=["news"]).status == 200
        assert push.calls == SETTLED
        assert push.register("phone", apple()).body["topics"] == ["news"]
        assert push.calls == SETTLED
        assert push.items() == before


def test_apples_tokens_are_the_same_in_capital_letters() -> None:
    with service() as push:
        push.register("phone", "ab" * 32)
        push.register("phone", "AB" * 32)
        assert push.calls == SETTLED


def test_topics_that_are_given_take_the_place_of_those_before() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        push.register("phone", apple(), topics=["offers"])
        assert (push.subscribed("news"), push.subscribed("offers")) == (set(), {apple()})
        push.register("phone", apple(), topics=[])
        assert push.subscriptions() == 0


def test_a_new_token_takes_the_place_of_the_old_one() -> None:
    with service() as push:
        push.register("phone", apple(1), topics=["news"])
        push.register("phone", apple(2))
        assert push.devices() == {"phone": ["news"]}
        assert push.endpoint(apple(1)) is None
        assert push.subscribed("news") == {apple(2)}
        assert (push.subscriptions(), len(push.items("t#")), len(push.items("i#"))) == (1, 1, 1)


def test_a_device_goes_over_to_whoever_signs_in_on_it() -> None:
    with service() as push:
        push.register("phone", apple(), identity=ANNA, topics=["news"])
        assert push.register("phone", apple(), identity=BERT).status == 200
        assert (push.devices(ANNA), push.devices(BERT)) == ({}, {"phone": []})
        assert push.subscriptions() == 0
        push.send({"user": ANNA})
        assert push.heard(apple()) == []
        push.send({"user": BERT})
        assert len(push.heard(apple())) == 1


def test_before_a_device_goes_over_it_hears_nothing_more_of_what_its_owner_wanted() -> None:
    with service() as push:
        push.register("phone", apple(), identity=ANNA, topics=["news"])
        push.register("phone", apple(), identity=BERT)
        assert push.calls.index("Unsubscribe") < push.calls.index("TransactWriteItems")


def test_the_same_name_may_be_two_users_device() -> None:
    with service() as push:
        push.register("phone", apple(1), identity=ANNA)
        push.register("phone", apple(2), identity=BERT)
        assert (push.devices(ANNA), push.devices(BERT)) == ({"phone": []}, {"phone": []})


def test_an_app_that_was_installed_again_is_one_device() -> None:
    with service() as push:
        push.register("before", apple(), topics=["news"])
        push.register("after", apple())
        assert push.devices() == {"after": []}
        assert push.subscriptions() == 0


def test_an_endpoint_that_is_there_with_other_attributes_is_taken_over() -> None:
    with service() as push:
        arn = push.sns.create_platform_endpoint(
            PlatformApplicationArn=push.applications["apns"], Token=apple(), CustomUserData="somebody's"
        )["EndpointArn"]
        assert push.register("phone", apple()).status == 200
        push.send({"user": ANNA})
        assert (push.endpoint(apple()).arn, len(push.heard(apple()))) == (arn, 1)


def test_a_disabled_endpoint_takes_messages_again_once_its_app_is_back() -> None:
    with service() as push:
        push.register("phone", apple())
        push.disable(apple())
        assert push.register("phone", apple()).status == 200
        assert push.enabled(apple())


def test_an_endpoint_that_somebody_deleted_is_made_again_with_its_topics() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        push.sns.delete_endpoint(EndpointArn=push.endpoint(apple()).arn)
        assert push.register("phone", apple()).status == 200
        assert push.subscribed("news") == {apple()}
        assert push.subscriptions() == 1


def test_a_topic_is_added_and_taken_away() -> None:
    with service() as push:
        push.register("phone", apple())
        assert push.call("PUT", "/devices/phone/topics/news").body["topics"] == ["news"]
        assert push.call("PUT", "/devices/phone/topics/news").body["topics"] == ["news"]
        assert push.subscribed("news") == {apple()}
        assert push.call("DELETE", "/devices/phone/topics/news").body["topics"] == []
        assert push.call("DELETE", "/devices/phone/topics/news").status == 200
        assert push.subscriptions() == 0


def test_a_topic_that_is_no_longer_there_can_be_taken_away() -> None:
    with service() as push:
        push.register("phone", apple())
        assert push.call("DELETE", "/devices/phone/topics/gone").status == 200


def test_a_removed_device_leaves_nothing_behind() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news", "offers"])
        assert push.call("DELETE", "/devices/phone").body == {"device": "phone", "removed": True}
        assert (push.endpoint(apple()), push.subscriptions(), push.items()) == (None, 0, [])
        assert push.call("DELETE", "/devices/phone").body == {"device": "phone", "removed": False}


def test_nobody_removes_anothers_device() -> None:
    with service() as push:
        push.register("phone", apple(), identity=ANNA)
        assert push.call("DELETE", "/devices/phone", identity=BERT).body["removed"] is False
        assert push.call("PUT", "/devices/phone/topics/news", identity=BERT).refusal == (404, "NotFound", "device")
        assert push.devices(ANNA) == {"phone": []}


def test_an_identity_has_at_most_fifty_devices() -> None:
    with service() as push:
        for number in range(50):
            assert push.register(f"phone-{number}", apple(number)).status == 200
        assert push.register("one-more", apple(50)).refusal == (409, "TooManyDevices", "device")
        assert push.register("phone-7", apple(51)).status == 200


def test_no_answer_and_no_item_of_an_identity_has_a_push_token() -> None:
    with service() as push:
        push.register("phone", apple(), topics=["news"])
        assert apple() not in str(push.call("GET", "/devices").body)
        assert apple() not in str(push.items("i#"))


def test_a_token_that_the_platform_does_not_take_is_refused_and_registers_nothing() -> None:
    from botocore.exceptions import ClientError

    with service() as push:

        def refuse(_: int, operation: str) -> None:
            if operation == "CreatePlatformEndpoint":
                said = {"Code": "InvalidParameter", "Message": "Invalid parameter: Token Reason: iOS device tokens"}
                raise ClientError({"Error": said}, operation)

        push.between = refuse
        assert push.register("phone", apple()).refusal == (400, "Invalid", "token")
        assert push.items() == []


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"platform": "wns", "token": apple()}, "platform", "platform: apns | apns_sandbox | fcm | adm"),
        ({"platform": ["apns"], "token": apple()}, "platform", "platform: apns | apns_sandbox | fcm | adm"),
        ({"platform": "adm", "token": apple()}, "platform", "platform: adm is not set up here; apns | fcm"),
        (
            {"platform": "apns", "token": apple()[1:]},
            "token",
            "token: a token of apns has 64 to 400 hexadecimal digits, an even number of them",
        ),
        ({"platform": "apns", "token": google()}, "token", None),
        ({"platform": "fcm", "token": "short"}, "token", None),
        ({"platform": "fcm", "token": google() + "\n"}, "token", None),
        ({"platform": "fcm", "token": 7}, "token", None),
        ({"platform": "fcm"}, "token", "token: give it"),
        (
            {"platform": "fcm", "token": google(), "user": BERT},
            "user",
            "user: unknown; known are platform, token, topics",
        ),
        ({"platform": "fcm", "token": google(), "topics": "news"}, "topics", "topics: a list of keys of topics"),
        ({"platform": "fcm", "token": google(), "topics": [7]}, "topics[0]", "topics[0]: the key of a topic"),
        ([], "body", "body: an object with platform, token, topics"),
        ("{", "body", "body: JSON in UTF-8"),
        ('{"platform": NaN}', "body", "body: JSON in UTF-8"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(body: object, field: str, said: str | None) -> None:
    with service(platforms=("apns", "fcm")) as push:
        reply = push.call("PUT", "/devices/phone", body)
        assert reply.refusal == (400, "Invalid", field)
        assert said is None or reply.body["message"] == said
        assert push.calls == []


def test_an_unknown_topic_is_refused_before_anything_is_registered() -> None:
    with service() as push:
        reply = push.register("phone", apple(), topics=["news", "sports"])
        assert reply.refusal == (404, "NotFound", "topics[1]")
        assert reply.body["message"] == "topics[1]: there is no such topic; there are news, offers"
        assert push.call("PUT", "/devices/phone/topics/sports").refusal == (404, "NotFound", "topic")


@pytest.mark.parametrize("name", ["a" * 65, "a.b", "%C3%A4", ""])
def test_a_name_that_no_device_has_is_refused(name: str) -> None:
    with service() as push:
        assert push.call("PUT", f"/devices/{name}", {"platform": "apns", "token": apple()}).status in {400, 404}
        assert push.items() == []


def test_whoever_is_nobody_of_the_identity_pool_is_refused() -> None:
    with service() as push:
        assert push.call("GET", "/devices", identity=None).refusal == (403, "NoIdentity", None)


def test_another_route_is_not_found() -> None:
    with service() as push:
        reply = push.call("POST", "/devices/phone")
        assert (reply.refusal, reply.body["message"]) == ((404, "NotFound", None), "there is no POST /devices/phone")
