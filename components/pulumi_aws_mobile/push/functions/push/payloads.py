"""One message in the words of each platform. Pure: a message in, payloads out.

Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html,
https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification,
https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages,
https://developer.amazon.com/docs/adm/send-message.html
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .failures import TOO_LARGE, Failure
from .messages import Message

KEYS: Mapping[str, str] = {"apns": "APNS", "apns_sandbox": "APNS_SANDBOX", "fcm": "GCM", "adm": "ADM"}
"""What SNS calls the platforms."""
LARGEST: Mapping[str, int] = {"apns": 4096, "apns_sandbox": 4096, "fcm": 4096, "adm": 6144}
"""Bytes of a payload."""
LONGEST_TEXT = 1600
"""Letters of a text message: SNS sends more than 160 in parts, up to so many.
https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html"""
_LONGEST_SUBJECT = 99


def payload(message: Message, platform: str) -> str:
    """Return a message's payload for a platform; refuse one that is too large for it."""
    text = _json(_PAYLOADS[platform](message))
    size = len(text.encode())
    if size > LARGEST[platform]:
        largest = max(_parts(message), key=lambda part: part[1])[0]
        said = f"{largest}: {platform} takes payloads of at most {LARGEST[platform]} bytes, this one has {size}"
        raise Failure(TOO_LARGE, "TooLarge", said, largest)
    return text


def notification(message: Message, platforms: Iterable[str]) -> dict[str, Any]:
    """Return what SNS is given to publish: the payload of each of these platforms, and the text for anything else."""
    texts = {KEYS[platform]: payload(message, platform) for platform in platforms}
    return {
        "Message": _json({"default": message.text or "silent", **texts}),
        "MessageStructure": "json",
        "MessageAttributes": attributes(message),
    }


def subject(message: Message) -> dict[str, str]:
    """Return the subject of the e-mail that a topic's e-mail subscribers get."""
    line = "".join(letter if letter.isprintable() else " " for letter in message.title or "").strip()
    return {"Subject": line[:_LONGEST_SUBJECT].rstrip()} if line else {}


def text(message: Message) -> str:
    """Return a message as a text message; refuse one that is too long."""
    if len(message.text) > LONGEST_TEXT:
        field = "message.body" if message.body else "message.title"
        said = f"{field}: a text message has at most {LONGEST_TEXT} letters, this one has {len(message.text)}"
        raise Failure(TOO_LARGE, "TooLarge", said, field)
    return message.text


def attributes(message: Message) -> dict[str, Any]:
    """Return what SNS has to know beside the payloads.

    `silent` is for subscriptions that filter: e-mail has nothing to show of a silent message.
    """
    found = {
        "silent": "true" if message.silent else "false",
        "AWS.SNS.MOBILE.APNS.PUSH_TYPE": "background" if message.silent else "alert",
        "AWS.SNS.MOBILE.APNS.PRIORITY": "5" if message.silent else "10",
    }
    if message.collapse_key is not None:
        found["AWS.SNS.MOBILE.APNS.COLLAPSE_ID"] = message.collapse_key
    if message.ttl_seconds is not None:
        # FCM and ADM have it in their payloads.
        found["AWS.SNS.MOBILE.APNS.TTL"] = str(message.ttl_seconds)
        found["AWS.SNS.MOBILE.APNS_SANDBOX.TTL"] = str(message.ttl_seconds)
    return {name: {"DataType": "String", "StringValue": value} for name, value in found.items()}


def _apns(message: Message) -> dict[str, Any]:
    aps: dict[str, Any] = {"content-available": 1} if message.silent else {"alert": _shown(message)}
    if message.badge is not None:
        aps["badge"] = message.badge
    if message.sound is not None:
        aps["sound"] = message.sound
    return {"aps": aps, **message.data}


def _fcm(message: Message) -> dict[str, Any]:
    looks: dict[str, Any] = {}
    if message.sound is not None:
        looks["sound"] = message.sound
    if message.badge is not None:
        looks["notification_count"] = message.badge
    android: dict[str, Any] = {"priority": "normal" if message.silent else "high"}
    if message.collapse_key is not None:
        android["collapse_key"] = message.collapse_key
    if message.ttl_seconds is not None:
        android["ttl"] = f"{message.ttl_seconds}s"
    if looks:
        android["notification"] = looks
    whole: dict[str, Any] = {"android": android}
    if not message.silent:
        whole["notification"] = _shown(message)
    if message.data:
        whole["data"] = dict(message.data)
    return {"fcmV1Message": {"message": whole}}


def _adm(message: Message) -> dict[str, Any]:
    data = {**message.data, **_shown(message)}
    if message.badge is not None:
        data["badge"] = str(message.badge)
    if message.sound is not None:
        data["sound"] = message.sound
    whole: dict[str, Any] = {"data": data}
    if message.collapse_key is not None:
        whole["consolidationKey"] = message.collapse_key
    if message.ttl_seconds is not None:
        whole["expiresAfter"] = message.ttl_seconds
    return whole


_PAYLOADS = {"apns": _apns, "apns_sandbox": _apns, "fcm": _fcm, "adm": _adm}


def _shown(message: Message) -> dict[str, str]:
    return {name: value for name, value in (("title", message.title), ("body", message.body)) if value is not None}


def _parts(message: Message) -> list[tuple[str, int]]:
    """Return the fields of a message that may be long, with their sizes."""
    texts = {"message.body": message.body, "message.title": message.title, "message.sound": message.sound}
    sizes = [(name, len(value.encode())) for name, value in texts.items() if value is not None]
    return [("message.data", len(_json(dict(message.data)).encode())), *sizes]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
