"""One message for each platform: what SNS makes of it for a gateway, and how large that may be.

https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
https://docs.aws.amazon.com/sns/latest/dg/sns-fcm-v1-payloads.html
"""

import json
from typing import Any

GATEWAYS = {"ADM": "ADM", "APNS": "APNS", "APNS_SANDBOX": "APNS_SANDBOX", "GCM": "FCM"}
"""The gateway of each platform that SNS knows and the sandbox has."""
MOST_BYTES = {"ADM": 6144, "APNS": 4096, "APNS_SANDBOX": 4096, "GCM": 4096}
"""How large a payload may be, by platform."""

_V1 = "fcmV1Message"
_TARGETS = ("condition", "token", "topic")
_ANDROID = {
    "collapse_key": "collapse_key",
    "priority": "priority",
    "restricted_package_name": "restricted_package_name",
}


class PayloadError(ValueError):
    """A message from which no payload can be made."""


def chosen(message: str, structure: str | None, platform: str) -> tuple[str, bool]:
    """Return what a message says to a platform, and whether that was written for the platform.

    Raise `PayloadError` where a message for several platforms has nothing for this one.
    """
    if structure != "json":
        return message, False
    parts = _object(message, "Message Structure - JSON message body failed to parse")
    if platform in parts:
        text = parts[platform]
    elif "default" in parts:
        return _text(parts["default"]), False
    else:
        reason = "Message Structure - No default entry in JSON message body"
        raise PayloadError(reason)
    return _text(text), True


def made(text: str, platform: str, token: str, *, written_for_it: bool) -> dict[str, Any]:
    """Return the payload that the gateway of a platform gets; raise `PayloadError` where there can be none."""
    if not written_for_it:
        payload = {"aps": {"alert": text}} if platform.startswith("APNS") else {"data": {"default": text}}
    else:
        payload = _object(text, f"Message Reason: the payload for {platform} is no JSON object")
    size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MOST_BYTES[platform]:
        most = MOST_BYTES[platform]
        reason = f"Message Reason: the payload for {platform} has {size} bytes; at most {most} are allowed"
        raise PayloadError(reason)
    return _for_fcm(payload, token) if platform == "GCM" else payload


def gateway_problem(payload: dict[str, Any], platform: str) -> str | None:
    """Return what a gateway itself refuses in a payload."""
    if platform == "GCM":
        data = payload["message"].get("data") or {}
        if not isinstance(data, dict) or not all(isinstance(each, str) for each in data.values()):
            return "INVALID_ARGUMENT: the values of message.data must be strings"
    if platform == "ADM" and not isinstance(payload.get("data"), dict):
        return "InvalidData: data must be an object"
    if platform.startswith("APNS") and not isinstance(payload.get("aps"), dict):
        return "BadMessage: aps must be an object"
    return None


def _for_fcm(payload: dict[str, Any], token: str) -> dict[str, Any]:
    """Return a payload as FCM's HTTP v1 takes it; one in the words of the legacy API is put into those of v1."""
    if _V1 in payload:
        wanted: Any = payload[_V1]
        message = wanted.get("message") if isinstance(wanted, dict) else None
        if not isinstance(message, dict):
            reason = f"Message Reason: {_V1} must hold an object named message"
            raise PayloadError(reason)
        aimed = next((each for each in _TARGETS if each in message), None)
        if aimed is not None:
            reason = f"Message Reason: {_V1}.message must not hold {aimed}: the endpoint tells it"
            raise PayloadError(reason)
        return {**wanted, "message": {**message, "token": token}}
    made_of: dict[str, Any] = {"token": token}
    if "notification" in payload:
        made_of["notification"] = payload["notification"]
    if "data" in payload:
        data = payload["data"]
        made_of["data"] = (
            {key: value if isinstance(value, str) else json.dumps(value) for key, value in data.items()}
            if isinstance(data, dict)
            else data
        )
    android = {ours: payload[theirs] for theirs, ours in _ANDROID.items() if theirs in payload}
    if "time_to_live" in payload:
        android["ttl"] = f"{payload['time_to_live']}s"
    return {"message": made_of | ({"android": android} if android else {})}


def _object(text: str, reason: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise PayloadError(reason) from error
    if not isinstance(found, dict):
        raise PayloadError(reason)
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        reason = "Message Structure - JSON message body failed to parse"
        raise PayloadError(reason)
    return value
