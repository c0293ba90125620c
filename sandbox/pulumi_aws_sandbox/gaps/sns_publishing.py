"""Messages to endpoints and phone numbers, numbers that opted out, preferences of SMS, and confirmations."""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace

_ENDPOINT = ":endpoint/"
_SMS_TYPES = ("Promotional", "Transactional")
_SENDER = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}")
_MOST_PERCENT = 100
_NUMBER = re.compile(r"\+?[1-9]\d{6,14}")


def fill() -> None:
    """Teach moto's publishing."""
    from moto.sns.models import SNSBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.sns.responses import SNSResponse  # noqa: PLC0415 - as above

    replace(SNSBackend, "__init__", _without_numbers)
    replace(SNSBackend, "publish", _publishing)
    replace(SNSBackend, "subscribe", _subscribing)
    replace(SNSBackend, "set_sms_attributes", _preferring)
    replace(SNSBackend, "check_if_phone_number_is_opted_out", lambda _: _is_out)
    replace(SNSBackend, "list_phone_numbers_opted_out", lambda _: lambda self: list(_out()))  # noqa: ARG005 - moto's own
    replace(SNSBackend, "opt_in_phone_number", lambda _: _opt_in)
    replace(SNSResponse, "confirm_subscription", lambda _: _confirm)


def _without_numbers(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        self.opt_out_numbers = []

    return init


def _publishing(original: Callable[..., str]) -> Callable[..., str]:
    def publish(self: Any, message: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.push import sms  # noqa: PLC0415 - needs what this package offers

        arn = kwargs.get("arn") or (args[0] if args else None)
        if arn is not None and _ENDPOINT in arn:
            attributes = kwargs.get("message_attributes")
            return send(self, self.get_endpoint(arn), message, kwargs.get("message_structure"), attributes)
        number = kwargs.get("phone_number")
        if number and not _NUMBER.fullmatch(number):
            _refuse(f"Invalid parameter: PhoneNumber Reason: {number} is not valid to publish to")
        sent = original(self, message, *args, **kwargs)
        if number:
            sms.send(self, number, message, sent, kwargs.get("message_attributes"))
        return sent

    return publish


def send(
    backend: Any,  # noqa: ANN401 - moto's own types
    endpoint: Any,  # noqa: ANN401 - as above
    message: str,
    structure: str | None,
    attributes: Mapping[str, Any] | None,
) -> str:
    """Send a message to one endpoint and return its id; refuse what SNS refuses at once."""
    from moto.sns.exceptions import SnsEndpointDisabled  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.runtime.push import gateways, payloads  # noqa: PLC0415 - needs what this package offers

    if endpoint.attributes["Enabled"] != "true":
        reason = "Endpoint is disabled"
        raise SnsEndpointDisabled(reason)
    platform = endpoint.application.platform
    try:
        text, own = payloads.chosen(message, structure, platform)
        payload = payloads.made(text, platform, endpoint.attributes["Token"], written_for_it=own)
    except payloads.PayloadError as error:
        _refuse(f"Invalid parameter: {error}")
    message_id = str(uuid.uuid4())
    gateways.deliver(backend, endpoint, payload, message_id, attributes)
    return message_id


def _subscribing(original: Callable[..., Any]) -> Callable[..., Any]:
    def subscribe(self: Any, topic_arn: str, endpoint: str, protocol: str) -> Any:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.push import confirmations  # noqa: PLC0415 - needs what this package offers

        there = set(self.subscriptions)
        made = original(self, topic_arn, endpoint, protocol)
        if made.arn not in there:
            confirmations.ask(self, made)
        return made

    return subscribe


def _confirm(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - loaded by now
    from moto.sns.exceptions import TopicNotFound  # noqa: PLC0415 - as above

    from pulumi_aws_sandbox.runtime.push import confirmations  # noqa: PLC0415 - needs what this package offers

    arn = self._get_param("TopicArn")
    if arn not in self.backend.topics:
        raise TopicNotFound
    found = confirmations.confirm(self.backend, arn, self._get_param("Token"))
    if found is None:
        _refuse("Invalid parameter: Token")
    return ActionResult({"SubscriptionArn": found.arn})


def _preferring(original: Callable[..., None]) -> Callable[..., None]:
    def prefer(self: Any, attrs: dict[str, str]) -> None:  # noqa: ANN401 - moto's own types
        for name, value in attrs.items():
            if name not in _PREFERENCES:
                _refuse(f"Invalid parameter: Attributes Reason: Invalid attribute name: {name}")
            if value and not _PREFERENCES[name](value):
                _refuse(f"Invalid parameter: {name}: got {value}")
        original(self, attrs)

    return prefer


def _is_number(text: str, most: float = float("inf")) -> bool:
    return text.isdecimal() and int(text) <= most


_PREFERENCES: dict[str, Callable[[str], bool]] = {
    "DefaultSMSType": lambda text: text in _SMS_TYPES,
    "DefaultSenderID": lambda text: _SENDER.fullmatch(text) is not None,
    "DeliveryStatusIAMRole": lambda text: text.startswith("arn:"),
    "DeliveryStatusSuccessSamplingRate": lambda text: _is_number(text, _MOST_PERCENT),
    "MonthlySpendLimit": _is_number,
    "UsageReportS3Bucket": bool,
}


def _out() -> list[str]:
    """Return the numbers that opted out, of which there is one list for all Regions."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - loaded by now

    numbers: list[str] = sns_backends[ACCOUNT]["us-east-1"].opt_out_numbers
    return numbers


def _is_out(self: Any, number: str) -> bool:  # noqa: ANN401, ARG001 - moto's own types
    return number in _out()


def _opt_in(self: Any, number: str) -> None:  # noqa: ANN401, ARG001 - moto's own types
    if number in _out():
        _out().remove(number)


def _refuse(reason: str) -> NoReturn:
    from moto.sns.exceptions import SNSInvalidParameter  # noqa: PLC0415 - loaded by now

    raise SNSInvalidParameter(reason)
