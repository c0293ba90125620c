"""Delivery status in CloudWatch Logs, written with the roles that SNS was given for it.

https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
"""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import roles, sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.policies import Principal

_SERVICE = "sns.amazonaws.com"
_ACTIONS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
_OK = 200


def application(backend: Any, endpoint: Any, message_id: str, *, status: int, response: str) -> None:  # noqa: ANN401 - moto's own types
    """Tell how the delivery to an endpoint went."""
    app = endpoint.application
    good = status == _OK
    role = app.attributes.get("SuccessFeedbackRoleArn" if good else "FailureFeedbackRoleArn")
    if good and not _sampled(message_id, app.attributes.get("SuccessFeedbackSampleRate")):
        return
    delivery = {
        "destination": endpoint.arn,
        "dwellTimeMs": 0,
        "attempts": 1,
        "token": endpoint.attributes["Token"],
        "providerResponse": response,
        "statusCode": status,
    }
    group = f"sns/{backend.region_name}/{ACCOUNT}/app/{app.platform}/{app.name}"
    write(backend.region_name, role, group, message_id, delivery, good=good)


def sms(backend: Any, number: str, message_id: str, *, reason: str | None, price: float) -> None:  # noqa: ANN401 - moto's own types
    """Tell how the delivery to a phone number went."""
    settings = backend.sms_attributes
    if reason is None and not _sampled(message_id, settings.get("DeliveryStatusSuccessSamplingRate")):
        return
    delivery = {
        "destination": number,
        "priceInUSD": price,
        "smsType": settings.get("DefaultSMSType") or "Promotional",
        "providerResponse": reason or "Message has been accepted by phone carrier",
        "dwellTimeMs": 0,
    }
    group = f"sns/{backend.region_name}/{ACCOUNT}/DirectPublishToPhoneNumber"
    role = settings.get("DeliveryStatusIAMRole")
    write(backend.region_name, role, group, message_id, delivery, good=reason is None)


def write(  # noqa: PLR0913 - what a line is made of
    region: str, role: str | None, group: str, message_id: str, delivery: dict[str, Any], *, good: bool
) -> None:
    """Write a line to a log group, failures to one of their own, if the role lets SNS do so."""
    from moto.logs.models import logs_backends  # noqa: PLC0415 - moto loads only when something is deployed

    name = group if good else f"{group}/Failure"
    if not role or not _may(role, region, name):
        return
    backend = logs_backends[ACCOUNT][region]
    if name not in backend.groups:
        backend.create_log_group(name, {})
    stream = str(uuid.uuid4())
    backend.create_log_stream(name, stream)
    line = {
        "notification": {
            "messageMD5Sum": hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest(),
            "messageId": message_id,
            "timestamp": f"{datetime.fromtimestamp(clock.now(), UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3],
        },
        "delivery": {"deliveryId": str(uuid.uuid4()), **delivery},
        "status": "SUCCESS" if good else "FAILURE",
    }
    event = {"timestamp": int(clock.now() * 1000), "message": json.dumps(line)}
    backend.put_log_events(name, stream, [event])


def _may(role: str, region: str, group: str) -> bool:
    try:
        sessions.check_trust(role, "sts:AssumeRole", Principal(service=_SERVICE))
    except RefusedError:
        return False
    resource = f"arn:{role.split(':')[1]}:logs:{region}:{ACCOUNT}:log-group:{group}:log-stream:"
    return all(roles.may(role, action, resource) for action in _ACTIONS)


def _sampled(message_id: str, rate: str | None) -> bool:
    """Tell whether a success is among the percentage that is told; without one, none is."""
    percent = int(rate or 0)
    return int(hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest(), 16) % 100 < percent
