"""Amplify's clients register devices by routes and bodies of their own."""

from typing import Any

import pytest
from components.push.functions.surroundings import ANNA, BERT, Reply, Service, apple, google, service
from openapi_spec_validator import OpenAPIV30SpecValidator

from pulumi_aws_mobile.push.functions.push import amplify
from pulumi_aws_mobile.push.routes import amplify_routes, device_routes, message_routes

PHONE = "8F1D2C3B-0A9E-4D7C-B6A5-123456789ABC"


def device(token: str, channel: str = "APNS", **more: object) -> dict[str, Any]:
    """Return the body by which a client registers a device."""
    known = {"token": token, "deviceId": PHONE, "channelType": channel, "platform": "iOS", "appVersion": "1.0"}
    return {"device": {**known, **more}}


def ask(push: Service, path: str, body: object, identity: str | None = ANNA) -> Reply:
    return push.call("POST", path, body, identity=identity)


@pytest.mark.parametrize(
    ("channel", "platform", "token"),
    [("APNS", "apns", apple()), ("APNS_SANDBOX", "apns_sandbox", apple()), ("GCM", "fcm", google())],
)
def test_a_device_is_registered_on_the_platform_of_its_channel(channel: str, platform: str, token: str) -> None:
    with service() as push:
        reply = ask(push, "/register-device", device(token, channel))
        assert (reply.status, reply.body) == (200, {})
        (listed,) = push.call("GET", "/devices").body["devices"]
        assert (listed["device"], listed["platform"]) == (PHONE, platform)
        assert push.send({"user": ANNA})["sent"] == 1


def test_a_device_goes_over_to_whoever_signs_in_and_keeps_its_own_topics() -> None:
    with service() as push:
        ask(push, "/register-device", device(apple()))
        push.call("PUT", f"/devices/{PHONE}/topics/news")
        ask(push, "/register-device", device(apple()))
        assert push.devices(ANNA) == {PHONE: ["news"]}
        ask(push, "/register-device", device(apple()), BERT)
        assert (push.devices(ANNA), push.devices(BERT)) == ({}, {PHONE: []})


def test_a_removed_device_is_gone_and_nobody_removes_anothers() -> None:
    with service() as push:
        ask(push, "/register-device", device(apple()))
        assert ask(push, "/remove-device", {"deviceId": PHONE}, BERT).body == {}
        assert push.devices() == {PHONE: []}
        assert ask(push, "/remove-device", {"deviceId": PHONE}).body == {}
        assert ask(push, "/remove-device", {"deviceId": PHONE}).status == 200
        assert push.items() == []


def test_who_the_user_is_is_taken_and_not_kept() -> None:
    with service() as push:
        reply = ask(push, "/identify-user", {"userProfile": {"email": "anna@example.com", "customAttributes": {}}})
        assert (reply.status, reply.body, push.calls, push.items()) == (200, {}, [], [])


def test_fields_of_later_versions_are_passed_over() -> None:
    with service() as push:
        body = {**device(apple(), locale="en"), "more": 1}
        assert ask(push, "/register-device", body).status == 200


@pytest.mark.parametrize(
    ("path", "body", "field", "said"),
    [
        ("/identify-user", {}, "userProfile", "userProfile: an object"),
        ("/identify-user", [], "body", "body: an object"),
        ("/identify-user", "{", "body", "body: JSON in UTF-8"),
        ("/register-device", {}, "device", "device: an object"),
        ("/register-device", device(apple(), "IN_APP"), "device.channelType", None),
        (
            "/register-device",
            device(apple(), channelType=["APNS"]),
            "device.channelType",
            "device.channelType: APNS | APNS_SANDBOX | GCM",
        ),
        (
            "/register-device",
            device(apple(), "APNS_SANDBOX"),
            "device.channelType",
            "device.channelType: apns_sandbox is not set up here; apns | fcm",
        ),
        (
            "/register-device",
            device("short"),
            "device.token",
            "device.token: a token of apns has 64 to 400 hexadecimal digits, an even number of them",
        ),
        (
            "/register-device",
            device(apple(), deviceId="a b"),
            "device.deviceId",
            "device.deviceId: 1 to 64 letters, digits, hyphens and underscores",
        ),
        ("/remove-device", {}, "deviceId", "deviceId: 1 to 64 letters, digits, hyphens and underscores"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(
    path: str, body: object, field: str, said: str | None
) -> None:
    with service(platforms=("apns", "fcm")) as push:
        reply = ask(push, path, body)
        assert reply.refusal == (400, "Invalid", field)
        assert said is None or reply.body["message"] == said
        assert push.calls == []


@pytest.mark.parametrize("path", ["/identify-user", "/register-device", "/remove-device"])
def test_whoever_is_nobody_of_the_identity_pool_is_refused(path: str) -> None:
    with service() as push:
        assert ask(push, path, {}, None).refusal == (403, "NoIdentity", None)
        assert push.call("GET", path).refusal == (404, "NotFound", None)


def test_the_document_is_valid_and_has_the_routes_that_the_function_answers() -> None:
    document = amplify_routes()
    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []
    assert {(path, method.upper()) for path, item in document["paths"].items() for method in item} == amplify.ROUTES


def test_the_document_fits_beside_the_others() -> None:
    operations, schemas = [], []
    for document in (device_routes(), message_routes(), amplify_routes()):
        schemas += document["components"]["schemas"]
        operations += [
            each["operationId"]
            for item in document["paths"].values()
            for each in item.values()
            if isinstance(each, dict)
        ]
    assert len(set(schemas)) == len(schemas)
    assert len(set(operations)) == len(operations)
