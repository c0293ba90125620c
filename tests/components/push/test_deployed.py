"""Push notifications in the sandbox's AWS behind an API: devices sign, functions have the rights of their roles.

What this does not prove: the contract in all its parts; the functions' own tests do.
"""

from collections.abc import Iterator

import pytest
from components.push.building import HOME
from components.push.deployed import Deployed
from components.push.functions.surroundings import apple, google
from sandbox.gateway.calling import send

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime import push as gateways

HELLO = {"title": "Hello", "body": "World"}
AMAZON = "amzn1.adm-registration.v3.Y29tLmFtYXpvbg"


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)


def heard(token: str) -> list[dict]:
    return [message.payload for message in gateways.messages() if message.token == token]


def test_a_message_to_a_user_reaches_the_devices_on_all_three_platforms(deployed: Deployed) -> None:
    user = deployed.guest()
    for device, platform, token in (
        ("phone", "apns", apple(1)),
        ("tablet", "fcm", google(1)),
        ("reader", "adm", AMAZON),
    ):
        registered = user.register(device, platform, token)
        assert (registered.status, registered.json.get("device")) == (200, device), registered.json
    assert deployed.send({"user": user.identity}, HELLO)["sent"] == 3
    assert heard(apple(1)) == [{"aps": {"alert": HELLO}}]
    assert [each["message"]["notification"] for each in (m.get("fcmV1Message", m) for m in heard(google(1)))] == [HELLO]
    assert heard(AMAZON) == [{"data": HELLO}]


def test_a_topic_reaches_who_subscribed_and_nobody_else(deployed: Deployed) -> None:
    user = deployed.guest()
    user.register("phone", "apns", apple(2), "news")
    user.register("tablet", "apns", apple(3))
    assert deployed.send({"topic": "news"}, HELLO)["status"] == 200
    assert heard(apple(2)) == [{"aps": {"alert": HELLO}}]
    assert heard(apple(3)) == []
    assert user.ask("DELETE", "/devices/phone/topics/news").json["topics"] == []
    deployed.send({"topic": "news"}, HELLO)
    assert len(heard(apple(2))) == 1


def test_a_device_goes_over_to_whoever_registers_its_token(deployed: Deployed) -> None:
    anna, bert = deployed.guest(), deployed.guest()
    anna.register("phone", "apns", apple(4), "news")
    assert bert.register("phone", "apns", apple(4)).status == 200
    assert deployed.send({"user": anna.identity}, HELLO)["results"] == []
    assert deployed.send({"user": bert.identity}, HELLO)["sent"] == 1
    assert len(heard(apple(4))) == 1


def test_an_app_that_was_removed_is_found_and_cleaned_up(deployed: Deployed) -> None:
    user = deployed.guest()
    user.register("phone", "apns", apple(5), "news")
    gateways.expire(apple(5))
    deployed.send({"user": user.identity}, HELLO)
    said = deployed.send({"user": user.identity}, HELLO)
    assert [(each["device"], each["status"]) for each in said["results"]] == [("phone", "removed")]
    assert user.ask("GET", "/devices").json == {"devices": []}
    assert heard(apple(5)) == []


def test_a_client_of_amplifys_registers_and_removes_a_device(deployed: Deployed) -> None:
    user = deployed.guest()
    body = {"device": {"token": apple(6), "deviceId": "phone", "channelType": "APNS", "platform": "", "appVersion": ""}}
    registered = user.ask("POST", "/register-device", body)
    assert (registered.status, registered.json) == (200, {})
    assert user.ask("POST", "/identify-user", {"userProfile": {}}).status == 200
    assert deployed.send({"user": user.identity}, HELLO)["sent"] == 1
    assert user.ask("POST", "/remove-device", {"deviceId": "phone"}).status == 200
    assert user.ask("GET", "/devices").json == {"devices": []}


def test_a_text_message_is_sent(deployed: Deployed) -> None:
    assert deployed.send({"phone_number": "+14155550100"}, HELLO)["status"] == 200


def test_whoever_asked_for_no_more_text_messages_gets_none(deployed: Deployed) -> None:
    gateways.opt_out("+14155550123")
    said = deployed.send({"phone_number": "+14155550123"}, HELLO)
    assert (said["status"], said.get("code")) == (409, "OptedOut")


def test_nobody_registers_without_a_signature(deployed: Deployed) -> None:
    answered = send("GET", f"{deployed.guest().url}/devices", {}, b"")
    assert (answered.status, answered.json) == (403, {"message": "Missing Authentication Token"})
