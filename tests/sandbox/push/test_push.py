"""Notifications: what each gateway gets, and endpoints that are no longer good."""

import json

import pytest
from botocore.exceptions import ClientError
from sandbox.push.conftest import APNS_TOKEN, FCM_TOKEN, Phones, service_account
from sandbox.situations.sns import apple_key
from sandbox.situations.world import TRUST, document

from pulumi_aws_sandbox.runtime import outbox, push


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    ("platform", "payload"),
    [
        ("APNS", {"aps": {"alert": "hello"}}),
        ("APNS_SANDBOX", {"aps": {"alert": "hello"}}),
        ("GCM", {"message": {"token": FCM_TOKEN, "data": {"default": "hello"}}}),
        ("ADM", {"data": {"default": "hello"}}),
    ],
)
def test_plain_text_is_put_into_the_words_of_each_platform(
    phones: Phones, platform: str, payload: dict[str, object]
) -> None:
    endpoint = phones.endpoint(platform)
    phones.publish(endpoint, "hello")
    (message,) = push.messages()
    assert (message.gateway, message.endpoint_arn) == ({"GCM": "FCM"}.get(platform, platform), endpoint)
    assert message.payload == payload
    assert json.loads(outbox.messages(message.token)[0].body) == payload


def test_a_message_for_several_platforms_reaches_each_as_it_was_written(phones: Phones) -> None:
    parts = {
        "default": "hello",
        "APNS": json.dumps({"aps": {"content-available": 1}, "kind": "data_sync"}),
        "GCM": json.dumps({"fcmV1Message": {"message": {"data": {"kind": "data_sync"}}, "validate_only": False}}),
    }
    for platform in ("APNS", "GCM", "ADM"):
        phones.publish(phones.endpoint(platform), parts)
    assert [each.payload for each in push.messages()] == [
        {"aps": {"content-available": 1}, "kind": "data_sync"},
        {"message": {"data": {"kind": "data_sync"}, "token": FCM_TOKEN}, "validate_only": False},
        {"data": {"default": "hello"}},
    ]


def test_the_words_of_the_legacy_api_become_those_of_v1(phones: Phones) -> None:
    legacy = {"notification": {"title": "Hi"}, "data": {"n": 1}, "time_to_live": 60, "collapse_key": "k"}
    phones.publish(phones.endpoint("GCM"), {"default": "", "GCM": json.dumps(legacy)})
    assert push.messages("FCM")[0].payload == {
        "message": {
            "token": FCM_TOKEN,
            "notification": {"title": "Hi"},
            "data": {"n": "1"},
            "android": {"collapse_key": "k", "ttl": "60s"},
        }
    }


def test_the_attributes_of_a_message_go_with_it(phones: Phones) -> None:
    name = "AWS.SNS.MOBILE.APNS.PUSH_TYPE"
    attributes = {name: {"DataType": "String", "StringValue": "background"}}
    phones.publish(phones.endpoint("APNS"), "hello", MessageAttributes=attributes)
    assert push.messages()[0].attributes == {name: "background"}


@pytest.mark.parametrize(
    ("platform", "message", "why"),
    [
        (
            "APNS",
            {"default": "", "APNS": json.dumps({"aps": {"alert": "x" * 4100}})},
            "Message Reason: the payload for APNS has 4120 bytes; at most 4096 are allowed",
        ),
        ("GCM", {"APNS": "{}"}, "Message Structure - No default entry in JSON message body"),
        ("GCM", {"default": "", "GCM": "text"}, "Message Reason: the payload for GCM is no JSON object"),
        (
            "GCM",
            {"default": "", "GCM": '{"fcmV1Message": {"message": {"token": "other"}}}'},
            "Message Reason: fcmV1Message.message must not hold token: the endpoint tells it",
        ),
        ("ADM", {"default": "", "ADM": {}}, "Message Structure - JSON message body failed to parse"),
    ],
)
def test_a_message_that_no_gateway_would_get_is_refused(
    phones: Phones, platform: str, message: dict[str, object], why: str
) -> None:
    endpoint = phones.endpoint(platform)
    with pytest.raises(ClientError) as raised:
        phones.publish(endpoint, message)
    assert _refusal(raised) == ("InvalidParameter", f"Invalid parameter: {why}")
    assert push.messages() == []


def test_an_endpoint_whose_app_was_removed_is_switched_off_by_the_next_message(phones: Phones) -> None:
    topic = phones.sns.create_topic(Name="failures")["TopicArn"]
    phones.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ops@example.com")
    endpoint = phones.endpoint("GCM", EventDeliveryFailure=topic)
    push.expire(FCM_TOKEN)
    assert phones.enabled(endpoint) == "true"
    phones.publish(endpoint, "one")
    assert (push.messages(), phones.enabled(endpoint)) == ([], "false")
    event = json.loads(outbox.messages("ops@example.com")[0].body)
    assert (event["EventType"], event["FailureType"]) == ("DeliveryFailure", "InvalidPlatformToken")
    assert event["EndpointArn"] == endpoint
    with pytest.raises(ClientError) as raised:
        phones.publish(endpoint, "two")
    assert _refusal(raised) == ("EndpointDisabled", "Endpoint is disabled")


def test_an_endpoint_with_a_new_token_is_good_again(phones: Phones) -> None:
    endpoint = phones.endpoint("GCM")
    push.expire(FCM_TOKEN)
    phones.publish(endpoint, "one")
    phones.sns.set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Token": "new", "Enabled": "true"})
    phones.publish(endpoint, "two")
    assert [each.token for each in push.messages()] == ["new"]


def test_a_topic_reaches_the_endpoints_that_are_good(phones: Phones) -> None:
    topic = phones.sns.create_topic(Name="news")["TopicArn"]
    for platform in ("APNS", "GCM"):
        phones.sns.subscribe(TopicArn=topic, Protocol="application", Endpoint=phones.endpoint(platform))
    push.expire(APNS_TOKEN)
    for _ in range(2):
        phones.sns.publish(TopicArn=topic, Message="hello")
    assert [each.gateway for each in push.messages()] == ["FCM", "FCM"]


def test_a_token_has_one_endpoint_for_each_application(phones: Phones) -> None:
    endpoint = phones.endpoint("APNS")
    application = phones.sns.list_platform_applications()["PlatformApplications"][0]["PlatformApplicationArn"]
    again = {"PlatformApplicationArn": application, "Token": APNS_TOKEN}
    assert phones.sns.create_platform_endpoint(**again)["EndpointArn"] == endpoint
    phones.sns.set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Enabled": "false"})
    with pytest.raises(ClientError) as raised:
        phones.sns.create_platform_endpoint(**again)
    assert _refusal(raised) == (
        "InvalidParameter",
        (
            f"Invalid parameter: Token Reason: Endpoint {endpoint} already exists with the same Token, but different "
            "attributes."
        ),
    )


def test_a_token_of_apple_is_hexadecimal(phones: Phones) -> None:
    with pytest.raises(ClientError) as raised:
        phones.endpoint("APNS", "no token")
    assert _refusal(raised)[1] == (
        "Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal characters"
    )


@pytest.mark.parametrize(
    ("platform", "attributes"),
    [
        ("APNS", {"PlatformCredential": "no key"}),
        ("APNS", {"PlatformPrincipal": "short"}),
        ("GCM", {"PlatformCredential": "AAAA-legacy-server-key"}),
        ("GCM", {"PlatformCredential": service_account(type="authorized_user")}),
        ("GCM", {"PlatformCredential": service_account(private_key="no key")}),
        ("ADM", {"PlatformPrincipal": ""}),
    ],
)
def test_credentials_that_are_no_good_are_refused(phones: Phones, platform: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ClientError) as raised:
        phones.application(platform, **attributes)
    assert _refusal(raised) == (
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Platform credentials are invalid",
    )


def test_a_platform_without_a_gateway_is_refused(phones: Phones) -> None:
    with pytest.raises(ClientError) as raised:
        phones.sns.create_platform_application(Name="app", Platform="FCM", Attributes={})
    assert _refusal(raised)[1] == "Invalid parameter: Platform Reason: FCM is not supported"


def test_credentials_are_never_told(phones: Phones) -> None:
    application = phones.application("APNS")
    told = phones.sns.get_platform_application_attributes(PlatformApplicationArn=application)["Attributes"]
    assert set(told) == {"Enabled", "ApplePlatformTeamID", "ApplePlatformBundleID"}
    change = {"PlatformCredential": apple_key(), "PlatformPrincipal": "bad"}
    with pytest.raises(ClientError):
        phones.sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes=change)


def test_deliveries_are_logged_with_the_roles_given_for_it(phones: Phones) -> None:
    iam = phones.sandbox.clients("iam")
    role = iam.create_role(RoleName="feedback", AssumeRolePolicyDocument=TRUST.replace("rds.", "sns."))["Role"]["Arn"]
    more = {"SuccessFeedbackRoleArn": role, "FailureFeedbackRoleArn": role, "SuccessFeedbackSampleRate": "100"}
    endpoint = phones.endpoint("GCM", **more)
    phones.publish(endpoint, "not logged")
    iam.put_role_policy(RoleName="feedback", PolicyName="logs", PolicyDocument=document("logs:*"))
    phones.publish(endpoint, "logged")
    push.expire(FCM_TOKEN)
    phones.publish(endpoint, "fails")
    logs = phones.sandbox.clients("logs")
    group = "sns/eu-west-1/123456789012/app/GCM/app"
    lines = {
        name: [json.loads(each["message"]) for each in logs.filter_log_events(logGroupName=name)["events"]]
        for name in (group, f"{group}/Failure")
    }
    (good,), (bad,) = lines.values()
    assert (good["status"], good["delivery"]["statusCode"], good["delivery"]["token"]) == ("SUCCESS", 200, FCM_TOKEN)
    assert (bad["status"], bad["delivery"]["statusCode"]) == ("FAILURE", 404)
    assert bad["delivery"]["providerResponse"] == "Platform token associated with the endpoint is not valid"


def test_a_payload_that_only_the_gateway_refuses_is_a_failed_delivery(phones: Phones) -> None:
    bad = {"fcmV1Message": {"message": {"data": {"n": 1}}}}
    phones.publish(phones.endpoint("GCM"), {"default": "", "GCM": json.dumps(bad)})
    assert push.messages() == []
