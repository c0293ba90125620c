"""What AWS would have sent to people and phones, with what opens doors made short."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pulumi_aws_sandbox.runtime import outbox
from pulumi_aws_sandbox.runtime.push import gateways

_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
_IN_LINK = re.compile(r"(?i)((?:token|signature|credential)=)([\w.%/+=-]{24,})")
_IN_JSON = re.compile(r"""(?i)("\w*token"\s*:\s*")([^"\s]{16,})(?=")""")
_HEAD, _TAIL = 8, 4


@dataclass(frozen=True, slots=True)
class Sent:
    """One message."""

    way: str
    """`E-mail`, `SMS`, or a push gateway."""
    to: str
    sender: str
    subject: str
    body: str
    region: str
    at: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)


def short(token: str) -> str:
    """Return enough of a token to know it again and too little to use it."""
    return f"{token[:_HEAD]}…{token[-_TAIL:]}" if len(token) > 2 * (_HEAD + _TAIL) else f"{token[:2]}…"


def harmless(text: str) -> str:
    """Return a text with the tokens in it made short; codes that a person types stay, their users are gone."""
    for token in {message.token for message in gateways.messages()}:
        text = text.replace(token, short(token))
    text = _JWT.sub(lambda found: short(found[0]), text)
    text = _IN_JSON.sub(lambda found: found[1] + short(found[2]), text)
    return _IN_LINK.sub(lambda found: found[1] + short(found[2]), text)


def all_sent() -> list[Sent]:
    """Return everything that was sent, oldest first."""
    mails = [
        Sent(
            "E-mail" if each.kind == "email" else "SMS",
            each.to,
            each.sender,
            harmless(each.subject),
            harmless(each.body),
            each.region,
            each.at,
        )
        for each in outbox.messages()
        if each.kind != "push"
    ]
    # The gateways know more of a notification than the outbox does.
    return sorted([*mails, *(_pushed(each) for each in gateways.messages())], key=lambda each: each.at)


def _pushed(message: gateways.PushMessage) -> Sent:
    *_, region, _account, resource = message.endpoint_arn.split(":", 5)
    payload = json.dumps(message.payload, indent=2, ensure_ascii=False).replace(message.token, short(message.token))
    at = datetime.fromtimestamp(message.at, UTC)
    application = "/".join(resource.split("/")[1:3])
    return Sent(
        message.gateway, short(message.token), application, "", harmless(payload), region, at, message.attributes
    )
