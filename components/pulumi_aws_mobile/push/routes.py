"""What push notifications add to the API's OpenAPI document. Pure: no values in, documents out.

Bodies have no schema there: API Gateway would refuse what does not fit in words of its own, and the functions name the
field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0}


def contributions(
    *,
    callers: Sequence[str],
    senders: Sequence[str],
    amplify: bool,
    registry: Mapping[str, Any],
    sender: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what an `Api` takes among its `contributions`; `registry` and `sender` name the functions behind them."""
    devices = {**registry, "callers": list(callers)}
    found = {"push_devices": {"document": device_routes(), **devices}}
    if amplify:
        found["push_amplify"] = {"document": amplify_routes(), **devices}
    if senders:
        found["push_messages"] = {"document": message_routes(), **sender, "callers": list(senders)}
    return found


def device_routes() -> dict[str, Any]:
    """Return the routes of devices, an OpenAPI 3.0 document."""
    topic = {"parameters": [_DEVICE, _path("topic", "The topic's key.")]}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Push devices", "version": "1"},
        "paths": {
            "/devices": {
                "get": _operation("listDevices", "The devices of whoever signed this request.", "PushDevices")
            },
            "/devices/{device}": {
                "parameters": [_DEVICE],
                "put": {**_operation("registerDevice", "Register a device, or change it.", "PushDevice"), **_REGISTER},
                "delete": _operation("removeDevice", "Remove a device; it is told nothing any more.", "PushRemoved"),
            },
            "/devices/{device}/topics/{topic}": {
                **topic,
                "put": _operation("subscribeDevice", "Subscribe a device to a topic.", "PushDevice"),
                "delete": _operation("unsubscribeDevice", "End a device's subscription to a topic.", "PushDevice"),
            },
        },
        "components": {"schemas": {**_DEVICES, "PushDeviceFailure": _FAILED}},
    }


def message_routes() -> dict[str, Any]:
    """Return the route of messages, an OpenAPI 3.0 document."""
    send = _operation("sendMessage", "Send a message to a topic, a user or a telephone number.", "PushSent", "PushSend")
    body = "to (topic, user with or without device, or phone_number), message, and a token under which it is sent once."
    return {
        "openapi": "3.0.3",
        "info": {"title": "Push messages", "version": "1"},
        "paths": {"/messages": {"post": {**send, "requestBody": _body(body)}}},
        "components": {"schemas": {"PushSent": _SENT, "PushSendFailure": _FAILED}},
    }


def amplify_routes() -> dict[str, Any]:
    """Return the routes that Amplify's clients know, an OpenAPI 3.0 document."""
    asked = {
        "/identify-user": ("identifyUser", "Say who the user is; nothing is kept of it.", "userProfile."),
        "/register-device": (
            "registerAmplifyDevice",
            "Register a device, or change it.",
            "device, with deviceId, channelType and token.",
        ),
        "/remove-device": ("removeAmplifyDevice", "Remove a device; it is told nothing any more.", "deviceId."),
    }
    paths = {
        path: {"post": {**_operation(name, summary, "AmplifyDone", "Amplify"), "requestBody": _body(body)}}
        for path, (name, summary, body) in asked.items()
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Push devices of Amplify's clients", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"AmplifyDone": _object({}), "AmplifyFailure": _FAILED}},
    }


def _operation(name: str, summary: str, schema: str, failures: str = "PushDevice") -> dict[str, Any]:
    refused = {
        "400": "The request is not as it has to be: field names what.",
        "403": "The caller is nobody of the identity pool.",
        "404": "There is no such device, topic or route.",
        "409": "It does not fit with what is there: code and message say what.",
        "413": "It is too large: field and message say for what.",
        "429": "Too many requests: ask again after a while.",
        "503": "The same is being done at this moment: ask again after Retry-After.",
    }
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": _answer("Done.", schema),
            **{status: _answer(said, f"{failures}Failure") for status, said in refused.items()},
        },
    }


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _body(description: str) -> dict[str, Any]:
    return {"description": description, "required": True, "content": {"application/json": {}}}


def _path(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": _TEXT}


def _object(needed: dict[str, Any], **optional: dict[str, Any]) -> dict[str, Any]:
    required = {"required": sorted(needed)} if needed else {}
    return {"type": "object", **required, "properties": {**needed, **optional}}


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_DEVICE = _path("device", "What the app calls the device: 1 to 64 letters, digits, hyphens and underscores.")
_REGISTER = {"requestBody": _body("platform and token, and topics where they are to change.")}
_SHOWN = _object({"device": _TEXT, "platform": _TEXT, "topics": _list_of(_TEXT), "registered_at": _NUMBER})
_DEVICES: dict[str, Any] = {
    "PushDevice": _SHOWN,
    "PushDevices": _object({"devices": _list_of(_SHOWN)}),
    "PushRemoved": _object({"device": _TEXT, "removed": {"type": "boolean"}}),
}
_RESULT = _object({"device": _TEXT, "platform": _TEXT, "status": _TEXT}, message_id=_TEXT, reason=_TEXT)
_SENT = _object({}, message_id=_TEXT, sent=_NUMBER, failed=_NUMBER, results=_list_of(_RESULT))
_FAILED = _object({"message": _TEXT}, code=_TEXT, field=_TEXT)
