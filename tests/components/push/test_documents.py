"""What the functions and SNS may do."""

import json
from typing import Any

from components.push.building import EVERYTHING, HOME, KEY, TABLE, build, statements

from pulumi_aws_mobile.push.documents import LOUD, delivery_log, text_permissions

TABLE_ARN = f"arn:aws:dynamodb:{HOME}:123456789012:table/{TABLE}"
TOPICS = [f"arn:aws:sns:{HOME}:123456789012:push-topic-{key}" for key in ("news", "offers")]
APPLICATIONS = [
    f"arn:aws:sns:{HOME}:123456789012:app/{each}"
    for each in ("APNS/push-apns", "APNS_SANDBOX/push-apns-sandbox", "GCM/push-fcm", "ADM/push-adm")
]
_ENDPOINTS = [arn.replace(":app/", ":endpoint/") for arn in APPLICATIONS]
ENDPOINTS = [*APPLICATIONS, *_ENDPOINTS, *(f"{arn}/*" for arn in _ENDPOINTS)]


def allow(actions: list[str], resources: list[str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def use_key(service: str, fact: str, values: list[str]) -> dict[str, Any]:
    equals = {"kms:ViaService": [f"{service}.{HOME}.amazonaws.com"], f"kms:EncryptionContext:{fact}": values}
    return {**allow(["kms:Decrypt", "kms:GenerateDataKey"], [KEY]), "Condition": {"StringEquals": equals}}


REGISTRY = [
    allow(
        [f"dynamodb:{each}" for each in ("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem")],
        [TABLE_ARN],
    ),
    use_key("dynamodb", "aws:dynamodb:tableName", [TABLE]),
    allow(["sns:Subscribe"], TOPICS),
    allow(["sns:Unsubscribe"], [*TOPICS, *(f"{arn}:*" for arn in TOPICS)]),
    allow(["sns:CreatePlatformEndpoint"], APPLICATIONS),
    allow(["sns:DeleteEndpoint", "sns:GetEndpointAttributes", "sns:SetEndpointAttributes"], ENDPOINTS),
]


def test_the_registry_keeps_devices_and_publishes_nothing() -> None:
    assert statements(build(EVERYTHING)) == REGISTRY


def test_the_sender_publishes_to_its_own_topics_and_devices() -> None:
    assert statements(build(EVERYTHING), "sender") == [
        *REGISTRY,
        allow(["sns:Publish"], [*TOPICS, *ENDPOINTS]),
        use_key("sns", "aws:sns:topicArn", TOPICS),
        allow(["sqs:SendMessage"], [f"arn:aws:sqs:{HOME}:123456789012:push-dead-letters"]),
    ]


def test_without_topics_and_platforms_the_functions_have_nothing_of_sns() -> None:
    for role in ("registry", "sender"):
        assert statements(build({}), role) == REGISTRY[:2]


def test_whoever_sends_text_messages_reaches_no_topic_and_no_device_by_that() -> None:
    assert json.loads(text_permissions("aws-cn"))["Statement"] == [
        {"Effect": "Allow", "Action": "sns:Publish", "NotResource": "arn:aws-cn:sns:*:*:*"},
        {"Effect": "Allow", "Action": "sns:CheckIfPhoneNumberIsOptedOut", "Resource": "*"},
    ]


def test_sns_may_write_the_logs_of_deliveries_and_no_others() -> None:
    recording = build(EVERYTHING)
    before = f"arn:aws:logs:{HOME}:123456789012:log-group:sns/{HOME}/123456789012"
    assert json.loads(recording.named("push-feedback-permissions").inputs["policy"])["Statement"] == [
        allow(
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            [f"{before}/app/*", f"{before}/DirectPublishToPhoneNumber*"],
        )
    ]
    trust = json.loads(recording.named("push-feedback").inputs["assumeRolePolicy"])["Statement"]
    assert [statement["Principal"] for statement in trust] == [{"Service": "sns.amazonaws.com"}]


def test_a_log_of_deliveries_is_named_after_its_application() -> None:
    assert delivery_log(APPLICATIONS[2]) == f"sns/{HOME}/123456789012/app/GCM/push-fcm"


def test_e_mail_filters_by_the_attribute_that_every_message_has() -> None:
    assert json.loads(LOUD) == {"silent": ["false"]}
