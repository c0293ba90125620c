"""Situations of sns."""

import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _topic(world: World) -> tuple[Inputs, Inputs]:
    first = {"displayName": "one", "tags": TAGS}
    return first, {"displayName": "two", "kmsMasterKeyId": world.key(), "tags": OTHER_TAGS}


def _topic_policy(world: World) -> tuple[Inputs, Inputs]:
    topic = world.topic()
    one, two = (document(action, topic, Principal={"AWS": "*"}) for action in ("SNS:Publish", "SNS:Subscribe"))
    return {"arn": topic, "policy": one}, {"arn": topic, "policy": two}


def _subscription(world: World) -> tuple[Inputs, Inputs]:
    first = {"topic": world.topic(), "protocol": "email", "endpoint": "ops@example.com"}
    return first, {**first, "filterPolicy": json.dumps({"kind": ["alarm"]})}


def apple_key() -> str:
    """Return a signing key as Apple gives one."""
    key = ec.generate_private_key(ec.SECP256R1())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def _application(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "platform": "APNS",
        "platformCredential": apple_key(),
        "platformPrincipal": "ABCDE12345",
        "applePlatformTeamId": "TEAM567890",
        "applePlatformBundleId": "com.example.app",
        "eventDeliveryFailureTopicArn": world.topic(),
        "eventEndpointCreatedTopicArn": world.topic(),
        "eventEndpointDeletedTopicArn": world.topic(),
        "eventEndpointUpdatedTopicArn": world.topic(),
        "failureFeedbackRoleArn": world.role_arn(),
        "successFeedbackRoleArn": world.role_arn(),
        "successFeedbackSampleRate": "10",
    }
    return first, {**first, "platformCredential": apple_key(), "successFeedbackSampleRate": "100"}


def _sms(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "defaultSenderId": "Example",
        "defaultSmsType": "Promotional",
        "deliveryStatusIamRoleArn": world.role_arn(),
        "deliveryStatusSuccessSamplingRate": "5",
        "monthlySpendLimit": 1,
        "usageReportS3Bucket": world.bucket(),
    }
    return first, {**first, "defaultSmsType": "Transactional", "monthlySpendLimit": 5}


SITUATIONS: dict[str, Situation] = {
    "aws:sns/platformApplication:PlatformApplication": _application,
    "aws:sns/smsPreferences:SmsPreferences": _sms,
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
}
