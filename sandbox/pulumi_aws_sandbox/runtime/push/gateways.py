"""Notifications on their way to phones: kept, or refused by the gateway when the app was removed.

What fails is told as SNS does: the endpoint is switched off, an event goes to the application's topics, and a line to
its log, where roles for that are given.
https://docs.aws.amazon.com/sns/latest/dg/application-event-notifications.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.push import feedback, payloads

_GONE = "Platform token associated with the endpoint is not valid"


@dataclass(frozen=True, slots=True)
class PushMessage:
    """One notification as its gateway got it."""

    gateway: str
    """`APNS`, `APNS_SANDBOX`, `FCM` or `ADM`."""
    endpoint_arn: str
    token: str
    payload: dict[str, Any]
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The message attributes, such as `AWS.SNS.MOBILE.APNS.PUSH_TYPE`."""
    message_id: str = ""
    at: float = 0.0


def messages(gateway: str | None = None) -> list[PushMessage]:
    """Return the notifications that gateways took, oldest first; only those of one gateway if it is given."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    found = [each for backend in list(sns_backends[ACCOUNT].values()) for each in _taken(backend)]
    return [each for each in sorted(found, key=lambda one: one.at) if gateway in {None, each.gateway}]


def expire(token: str) -> None:
    """Let the gateways say of a token from now on that the app was removed or the token is no longer good."""
    _expired().add(token)


def deliver(
    backend: Any,  # noqa: ANN401 - moto's own types
    endpoint: Any,  # noqa: ANN401 - as above
    payload: dict[str, Any],
    message_id: str,
    attributes: Mapping[str, Any] | None,
) -> None:
    """Hand a payload to the gateway of an endpoint; tell of it where the application wants that."""
    platform, token = endpoint.application.platform, endpoint.attributes["Token"]
    about = (backend, endpoint, message_id)
    problem = payloads.gateway_problem(payload, platform)
    if token in _expired():
        endpoint.attributes["Enabled"] = "false"
        _tell_failure(about, _GONE, "InvalidPlatformToken", 410 if platform.startswith("APNS") else 404)
        tell(backend, endpoint, "EndpointUpdated")
    elif problem is not None:
        _tell_failure(about, problem, "InvalidNotification", 400)
    else:
        plain = {name: str(each.get("Value", "")) for name, each in (attributes or {}).items()}
        gateway = payloads.GATEWAYS[platform]
        made = PushMessage(gateway, endpoint.arn, token, payload, plain, message_id, clock.now())
        _taken(backend).append(made)
        text = json.dumps(payload, ensure_ascii=False)
        application = endpoint.application.arn
        outbox.post(outbox.Message("push", token, "", text, application, backend.region_name, clock.today()))
        feedback.application(*about, status=200, response="accepted")


def tell(backend: Any, endpoint: Any, event: str, **more: Any) -> None:  # noqa: ANN401 - moto's own types, any JSON
    """Publish an event of an endpoint to the topic that its application names for it."""
    topic = endpoint.application.attributes.get(f"Event{event}")
    if not topic or topic not in backend.topics:
        return
    time = f"{datetime.fromtimestamp(clock.now(), UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    about = {
        "EventType": event,
        "Resource": endpoint.application.arn,
        "Service": "SNS",
        "Time": time,
        "EndpointArn": endpoint.arn,
        **more,
    }
    backend.publish(json.dumps(about), arn=topic)


def _tell_failure(about: tuple[Any, Any, str], reason: str, kind: str, status: int) -> None:
    backend, endpoint, message_id = about
    feedback.application(*about, status=status, response=reason)
    more = {"FailureType": kind, "FailureMessage": reason, "DeliveryAttempts": 1, "MessageId": message_id}
    tell(backend, endpoint, "DeliveryFailure", **more)


def _taken(backend: Any) -> list[PushMessage]:  # noqa: ANN401 - moto's own types
    kept: list[PushMessage] = vars(backend).setdefault("sandbox_push", [])
    return kept


def _expired() -> set[str]:
    """Return the tokens that are no longer good; gateways know no Regions."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    kept: set[str] = vars(sns_backends[ACCOUNT]["us-east-1"]).setdefault("sandbox_expired", set())
    return kept
