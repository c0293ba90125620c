"""Hands messages over to SNS: to a topic, to the devices of a user, or to a telephone number."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from . import payloads
from .clients import CONCURRENCY
from .devices import Devices
from .failures import CONFLICT, Failure, busy, refuse_invalid, refuse_unknown
from .items import Claim, Device, owner_of
from .messages import Message, Order
from .surroundings import Surroundings
from .table import Table

_DEAD = frozenset({"EndpointDisabled", "EndpointDisabledException", "NotFound", "NotFoundException"})
_INVALID = frozenset({"InvalidParameter", "InvalidParameterException", "InvalidParameterValue"})
_LATER = frozenset({"Throttled", "ThrottledException", "Throttling", "ThrottlingException", "InternalError"})
_NO_ENDPOINT = "No endpoint found"


class Sending:
    """Sends what it is told."""

    def __init__(self, sns: Any, table: Table, devices: Devices, around: Surroundings) -> None:  # noqa: ANN401 - a boto3 client
        """Send with these."""
        self._sns = sns
        self._table = table
        self._devices = devices
        self._around = around

    def check(self, order: Order) -> None:
        """Refuse what is too large for a platform that is set up here, whichever of them it would reach."""
        if order.to.phone_number is not None:
            payloads.text(order.message)
        else:
            payloads.notification(order.message, self._around.applications)

    def send(self, order: Order) -> dict[str, Any]:
        """Send it; return what became of it."""
        to, message = order.to, order.message
        if to.topic is not None:
            return self._publish(to.topic, message)
        if to.phone_number is not None:
            return self._text(to.phone_number, message)
        return self._to_user(order)

    def _publish(self, topic: str, message: Message) -> dict[str, Any]:
        answer = self._call(
            TopicArn=self._around.topics[topic],
            **payloads.notification(message, self._around.applications),
            **payloads.subject(message),
        )
        return {"message_id": answer["MessageId"]}

    def _text(self, number: str, message: Message) -> dict[str, Any]:
        opted_out = Failure(CONFLICT, "OptedOut", "to.phone_number: it asked for no more messages", "to.phone_number")
        try:
            if self._sns.check_if_phone_number_is_opted_out(phoneNumber=number)["isOptedOut"]:
                raise opted_out
            answer = self._call(PhoneNumber=number, Message=payloads.text(message))
        except ClientError as error:
            if error.response["Error"]["Code"] not in _INVALID:
                raise
            if "opted out" in error.response["Error"].get("Message", "").lower():
                raise opted_out from error
            refuse_invalid("to.phone_number", "SNS does not take this number")
        return {"message_id": answer["MessageId"]}

    def _to_user(self, order: Order) -> dict[str, Any]:
        user, only, but = order.to.user or "", order.to.device, order.to.not_device
        devices = [
            device
            for device in self._devices.all_of(user)
            if device.name != but and (only is None or device.name == only)
        ]
        if only is not None and not devices:
            refuse_unknown("to.device", "the user has no such device")
        claims = self._table.claims(device.digest for device in devices)
        ready = {
            platform: payloads.notification(order.message, [platform])
            for platform in {device.platform for device in devices}
        }
        if not devices:
            return {"sent": 0, "failed": 0, "results": []}
        with ThreadPoolExecutor(max_workers=min(CONCURRENCY, len(devices))) as pool:
            results = list(
                pool.map(
                    lambda device: self._to_device(user, device, claims.get(device.digest), ready[device.platform]),
                    devices,
                )
            )
        sent = sum(result["status"] == "sent" for result in results)
        return {"sent": sent, "failed": len(results) - sent, "results": results}

    def _to_device(self, user: str, device: Device, claim: Claim | None, what: Mapping[str, Any]) -> dict[str, Any]:
        """Send to one device, and remove it if SNS says that it is dead."""
        result = {"device": device.name, "platform": device.platform}
        if (
            claim is None
            or claim.endpoint is None
            or claim.owner != owner_of(user, device.name)
            or not self._around.has_endpoint(claim.platform, claim.endpoint)
        ):
            # Another identity took it over a moment ago, its registration did not come to an end, or its application
            # was replaced since.
            return {**result, "status": "failed", "reason": "NotRegistered"}
        try:
            answer = self._sns.publish(TargetArn=claim.endpoint, **what)
        except ClientError as error:
            if not _is_dead(error):
                return {**result, "status": "failed", "reason": error.response["Error"]["Code"]}
        except BotoCoreError as error:
            return {**result, "status": "failed", "reason": type(error).__name__}
        else:
            return {**result, "status": "sent", "message_id": answer["MessageId"]}
        try:
            self._devices.remove(user, device.name, device.version)
        except (BotoCoreError, ClientError, Failure):
            # It is dead nevertheless: the next message finds that again.
            return {**result, "status": "failed", "reason": "EndpointDisabled"}
        return {**result, "status": "removed", "reason": "EndpointDisabled"}

    def _call(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as SNS takes it
        try:
            return self._sns.publish(**given)
        except ClientError as error:
            if error.response["Error"]["Code"] in _LATER:
                raise busy() from error
            raise


def _is_dead(error: ClientError) -> bool:
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    return code in _DEAD or (code in _INVALID and _NO_ENDPOINT in message)
