"""Checks of push notifications: a user's devices on every platform, topics, text messages, e-mail, and dead devices."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import outbox, streams
from pulumi_aws_sandbox.runtime import push as gateways

from .api_caller import ApiCaller
from .check import Check, Clients, checks_of
from .data_sync import PATH as DATASETS
from .data_sync import People
from .system import System

check = checks_of(System.PUSH)

PATH = "/devices"
_FOUND, _INVALID, _FORBIDDEN, _CONFLICT, _TOO_LARGE = 200, 400, 403, 409, 413
_TITLE = "A message of aws-mobile"
_HELLO = {"title": _TITLE, "body": "äöü"}
_NUMBER, _STOPPED = "+14155550142", "+14155550143"
_TOO_LONG = "x" * 6200
"""More than any platform takes."""
_TOKENS: Mapping[str, Callable[[], str]] = {
    "apns": lambda: secrets.token_hex(32),
    "apns_sandbox": lambda: secrets.token_hex(32),
    "fcm": lambda: f"{secrets.token_urlsafe(16)}:{secrets.token_urlsafe(96)}",
    "adm": lambda: f"amzn1.adm-registration.v3.{secrets.token_urlsafe(96)}",
}


@dataclass(frozen=True, slots=True)
class _Push:
    """One `PushNotifications` as it stands, and a user of it."""

    outputs: Mapping[str, Any]
    clients: Clients
    user: ApiCaller
    identity: str

    @property
    def platforms(self) -> list[str]:
        """Those that are set up."""
        return sorted(self.outputs["platform_application_arns"])

    def send(self, to: Mapping[str, str], message: Mapping[str, Any] = _HELLO, **more: str) -> dict[str, Any]:
        """Send as a server does."""
        order = json.dumps({"to": to, "message": message, **more}).encode()
        name = self.outputs["send_function_name"]
        answer = self.clients("lambda", self.user.region).invoke(FunctionName=name, Payload=order)
        return json.load(answer["Payload"])

    @contextmanager
    def device(self, name: str, platform: str, *topics: str) -> Iterator[str]:
        """Register a device for a while; give its push token."""
        token = _TOKENS[platform]()
        self.register(name, platform, token, *topics)
        try:
            yield token
        finally:
            self.user.call("DELETE", f"{PATH}/{name}")

    def register(self, name: str, platform: str, token: str, *topics: str) -> None:
        """Register a device with a push token."""
        body = {"platform": platform, "token": token, "topics": list(topics)}
        reply = self.user.call("PUT", f"{PATH}/{name}", body)
        if reply.status != _FOUND:
            message = f"a device of {platform} was not registered: {reply}"
            raise RuntimeError(message)


def check_push(recording: Recording, name: str, clients: Clients, people: People) -> Iterator[Check]:
    """Check that push notifications behind the API `name` do what the documentation says of them."""
    yield check(name, "shows nobody the devices of others", lambda: _strangers(people))
    for found, push in _there(recording, clients, people.user, people.identity):
        yield from _devices(found.name, push, people)
        yield from _others(recording, found, push)


def check_push_elsewhere(recording: Recording, clients: Clients, user: ApiCaller, identity: str) -> Iterator[Check]:
    """Check that a user's devices register in the recovery Region as well, and are reached from there."""
    for found, push in _there(recording, clients, user, identity):
        yield _reaches(found.name, push)


def _there(recording: Recording, clients: Clients, user: ApiCaller, identity: str) -> Iterator[tuple[Recorded, _Push]]:
    """Yield each `PushNotifications` of the Region whose API the user calls."""
    for found in recording.of_type("aws-mobile:index:PushNotifications"):
        outputs = recording.component_outputs[found.urn]
        if str(outputs["send_function_arn"]).split(":")[3] == user.region:
            yield found, _Push(outputs, clients, user, identity)


def _devices(name: str, push: _Push, people: People) -> Iterator[Check]:
    yield _reaches(name, push)
    if not push.platforms:
        return
    yield check(name, "names what is too large for a platform, and sends it to nobody", lambda: _too_large(push))
    yield check(name, "sends once what a server sends twice", lambda: _once(push))
    yield check(name, "removes a device whose app is gone", lambda: _dead(push))
    if people.guest is not None:
        visitor = replace(push.user, credentials=people.guest)
        yield check(name, "takes a device away from nobody who has its token", lambda: _moved(push, visitor, people))
    if push.outputs["topic_arns"]:
        yield check(name, "reaches who subscribed to a topic, and nobody else", lambda: _topic(push))


def _reaches(name: str, push: _Push) -> Check:
    if not push.platforms:
        return check(name, "takes no device of a platform that is not set up, and says so", lambda: _no_platform(push))
    said = ", ".join(push.platforms)
    return check(name, f"reaches a user's devices on {said}", lambda: _every_platform(push))


def _others(recording: Recording, component: Recorded, push: _Push) -> Iterator[Check]:
    """Check what is there only where it was asked for: text messages, e-mail, and changes of data."""
    name = component.name
    asked = {each.name: each.inputs for each in recording.of_type("aws:sns/topicSubscription:TopicSubscription")}
    if f"{name}-sms-preferences" in {each.name for each in recording.of_type("aws:sns/smsPreferences:SmsPreferences")}:
        yield check(name, "sends text messages, but not to who answered STOP", lambda: _texts(push))
    keys = {arn: key for key, arn in push.outputs["topic_arns"].items()}
    for each, inputs in sorted(asked.items()):
        if each.startswith(f"{name}-email-") and inputs["topic"] in keys:
            claim = f"sends a topic's messages to {inputs['endpoint']}"
            yield check(name, claim, lambda i=inputs: _mail(push, keys[i["topic"]], i["endpoint"]))
    if f"{name}-sync" in asked and push.platforms:
        yield check(name, "tells a user's other devices of changed data", lambda: _changed(push))


def _heard(token: str) -> list[dict[str, Any]]:
    """Return what the gateways got for a push token."""
    return [message.payload for message in gateways.messages() if message.token == token]


def _strangers(people: People) -> tuple[bool, str]:
    unsigned = replace(people.user, credentials=None).call("GET", PATH)
    seen = f"unsigned: {unsigned}"
    if people.guest is None:
        return unsigned.status == _FORBIDDEN, seen
    theirs = replace(people.user, credentials=people.guest).call("GET", PATH)
    # Where guests may register devices, they see their own and nothing else.
    nothing = theirs.status == _FORBIDDEN or theirs.said == {"devices": []}
    return unsigned.status == _FORBIDDEN and nothing, f"{seen}; a guest: {theirs}"


def _no_platform(push: _Push) -> tuple[bool, str]:
    token = _TOKENS["fcm"]()
    reply = push.user.call("PUT", f"{PATH}/check-none", {"platform": "fcm", "token": token})
    left = push.user.call("GET", PATH).said.get("devices")
    said = push.send({"user": push.identity})
    topics = [push.send({"topic": key}).get("status") for key in sorted(push.outputs["topic_arns"])]
    right = reply.status == _INVALID and left == [] and said.get("sent") == 0 and set(topics) <= {_FOUND}
    return right, f"{reply}; sent to {said.get('sent')} devices"


def _every_platform(push: _Push) -> tuple[bool, str]:
    tokens = {platform: _TOKENS[platform]() for platform in push.platforms}
    for platform, token in tokens.items():
        push.register(f"check-{platform}", platform, token)
    said = push.send({"user": push.identity})
    payloads = {platform: _heard(token) for platform, token in tokens.items()}
    for platform in tokens:
        push.user.call("DELETE", f"{PATH}/check-{platform}")
    right = all(len(found) == 1 and _TITLE in json.dumps(found[0]) for found in payloads.values())
    left = push.user.call("GET", PATH).said.get("devices")
    return right and said.get("sent") == len(tokens) and left == [], json.dumps(payloads, ensure_ascii=False)


def _too_large(push: _Push) -> tuple[bool, str]:
    platform = push.platforms[0]
    with push.device("check-large", platform) as token:
        said = push.send({"user": push.identity}, {"body": _TOO_LONG})
        named = (said.get("status"), said.get("code"), said.get("field")) == (_TOO_LARGE, "TooLarge", "message.body")
        return named and _heard(token) == [], f"{said.get('status')} {said.get('message')}"


def _once(push: _Push) -> tuple[bool, str]:
    with push.device("check-once", push.platforms[0]) as token:
        name = f"check-{secrets.token_hex(8)}"
        first, second = (push.send({"user": push.identity}, token=name) for _ in range(2))
        other = push.send({"user": push.identity}, {"body": "another"}, token=name)
        count = len(_heard(token))
        same = first == second and count == 1 and other.get("status") == _CONFLICT
        return same, f"{count} message, the same answer twice; another under the token: {other.get('code')}"


def _dead(push: _Push) -> tuple[bool, str]:
    with push.device("check-dead", push.platforms[0]) as token:
        gateways.expire(token)
        push.send({"user": push.identity})  # with this one SNS learns of it
        said = push.send({"user": push.identity})
        left = push.user.call("GET", PATH).said.get("devices")
        results = [(each["device"], each["status"]) for each in said.get("results", [])]
        return results == [("check-dead", "removed")] and left == [], f"{json.dumps(results)}; {len(left)} devices left"


def _moved(push: _Push, visitor: ApiCaller, people: People) -> tuple[bool, str]:
    """Let somebody else register a user's push token, as happens on a device that two people use."""
    platform = push.platforms[0]
    with push.device("check-moved", platform) as token:
        body = {"platform": platform, "token": token}
        reply = visitor.call("PUT", f"{PATH}/check-moved", body)
        if reply.status == _FORBIDDEN:
            mine = push.send({"user": people.identity}).get("sent")
            return mine == 1, f"guests register nothing: {reply}"
        mine = push.send({"user": people.identity}).get("sent")
        theirs = push.send({"user": str((people.guest or {})["IdentityId"])}).get("sent")
        visitor.call("DELETE", f"{PATH}/check-moved")
        whole = (mine, theirs, len(_heard(token))) == (0, 1, 1)
        return whole, f"sent to {mine} of the user's devices, and to {theirs} of who has it now"


def _topic(push: _Push) -> tuple[bool, str]:
    key, platform = min(push.outputs["topic_arns"]), push.platforms[0]
    with push.device("check-in", platform, key) as inside, push.device("check-out", platform) as outside:
        push.send({"topic": key})
        push.user.call("DELETE", f"{PATH}/check-in/topics/{key}")
        push.send({"topic": key})
        heard, overheard = len(_heard(inside)), len(_heard(outside))
        return (heard, overheard) == (1, 0), f"{key}: {heard} for who subscribed and left, {overheard} for the other"


def _texts(push: _Push) -> tuple[bool, str]:
    gateways.opt_out(_STOPPED)
    before = len(outbox.messages(_NUMBER))
    sent, stopped = push.send({"phone_number": _NUMBER}), push.send({"phone_number": _STOPPED})
    texts = [message.body for message in outbox.messages(_NUMBER)[before:]]
    right = texts == [f"{_TITLE}\näöü"] and stopped.get("code") == "OptedOut" and not outbox.messages(_STOPPED)
    return right and sent.get("status") == _FOUND, f"{len(texts)} text; after STOP: {stopped.get('code')}"


def _mail(push: _Push, key: str, address: str) -> tuple[bool, str]:
    before = len(outbox.messages(address))
    push.send({"topic": key})
    push.send({"topic": key}, {"silent": True, "data": {"kind": "check"}})
    mails = outbox.messages(address)[before:]
    right = [mail.subject for mail in mails] == [_TITLE]
    return right, f"{len(mails)} mail, none for a silent message" if right else f"{len(mails)} mails"


def _changed(push: _Push) -> tuple[bool, str]:
    """Change data on one of two devices."""
    platform = push.platforms[0]
    with push.device("check-phone", platform) as phone, push.device("check-tablet", platform) as tablet:
        streams.deliver()
        change = {"key": "told", "value": secrets.token_hex(4), "base": 0}
        body = {"token": secrets.token_hex(8), "device": "check-phone", "changes": [change]}
        path = f"{DATASETS}/aws-mobile:push"
        reply = push.user.call("POST", path, body)
        streams.deliver()
        told, own = _heard(tablet), _heard(phone)
        push.user.call("DELETE", path)
        right = reply.status == _FOUND and len(told) == 1 and "data_sync" in json.dumps(told[0]) and own == []
        return right, f"push {reply.status}; the other device got {json.dumps(told)}, the one that pushed {len(own)}"
