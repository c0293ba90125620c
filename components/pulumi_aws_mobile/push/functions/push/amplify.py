"""The requests of Amplify's clients, which have a push contract of their own: three routes and bodies of another shape.

The clients look at the status alone. Fields that they may have in a later version are passed over.
https://docs.amplify.aws/swift/frontend/push-notifications/customer-profiles/
"""

from collections.abc import Mapping
from typing import Any

from .devices import Devices, Registration
from .failures import refuse_invalid
from .requests import DEVICE, DEVICE_SHAPE, body_of, caller, read_registration, refuse_query
from .surroundings import Surroundings

IDENTIFY, REGISTER, REMOVE = "/identify-user", "/register-device", "/remove-device"
ROUTES = frozenset({(IDENTIFY, "POST"), (REGISTER, "POST"), (REMOVE, "POST")})
_CHANNELS: Mapping[object, str] = {"APNS": "apns", "APNS_SANDBOX": "apns_sandbox", "GCM": "fcm"}


def do(event: Mapping[str, Any], around: Surroundings, devices: Devices) -> dict[str, Any]:
    """Do what a client of Amplify's asks; the answer has nothing in it."""
    identity = caller(event)
    refuse_query(event)
    body = _object(body_of(event), "body")
    if event["resource"] == IDENTIFY:
        # Who somebody is, their user pool knows; there is no second directory here.
        _object(body.get("userProfile"), "userProfile")
    elif event["resource"] == REGISTER:
        devices.register(_registration(identity, _object(body.get("device"), "device"), around))
    else:
        devices.remove(identity, _device(body.get("deviceId"), "deviceId"))
    return {}


def _registration(identity: str, given: Mapping[str, Any], around: Surroundings) -> Registration:
    name = _device(given.get("deviceId"), "device.deviceId")
    channel = given.get("channelType")
    if not isinstance(channel, str) or channel not in _CHANNELS:
        refuse_invalid("device.channelType", " | ".join(map(str, _CHANNELS)))
    known = {"platform": _CHANNELS[channel], "token": given.get("token")}
    return read_registration(identity, name, known, around, ("device.channelType", "device.token"))


def _device(name: object, path: str) -> str:
    if not isinstance(name, str) or not DEVICE.fullmatch(name):
        refuse_invalid(path, DEVICE_SHAPE)
    return name


def _object(given: object, path: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        refuse_invalid(path, "an object")
    return given
