"""SMS: within the monthly spending limit, and not to numbers that answered STOP.

https://docs.aws.amazon.com/sns/latest/dg/sms_preferences.html
"""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.push import feedback

PRICE_USD = 0.00645
"""What one part of a message counts in the sandbox, wherever it goes; AWS's prices differ by country."""
DEFAULT_LIMIT_USD = 1.0
"""What an account may spend in a month unless its preferences say otherwise."""
_SENDER = "AWS.SNS.SMS.SenderID"
_PART_CHARACTERS = 140
_OPTED_OUT = "Phone number is opted out"
_NO_QUOTA = "No quota left for account"


def opt_out(number: str) -> None:
    """Let a person answer STOP: nothing reaches the number any more, in any Region, until it is opted in."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = sns_backends[ACCOUNT]["us-east-1"]
    if number not in backend.opt_out_numbers:
        backend.opt_out_numbers.append(number)


def spent(region: str) -> float:
    """Return what SMS of a Region have cost this month, in USD."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return _bill(sns_backends[ACCOUNT][region]).get(_month(), 0.0)


def send(backend: Any, number: str, text: str, message_id: str, attributes: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - moto's own types
    """Send a text to a number, or say in the delivery log why that was not done: whoever published is not told."""
    given = (attributes or {}).get(_SENDER) or {}
    sender = given.get("Value") or backend.sms_attributes.get("DefaultSenderID") or "NOTICE"
    price = PRICE_USD * max(1, -(-len(text) // _PART_CHARACTERS))
    reason = _reason(backend, number, price)
    if reason is None:
        bill = _bill(backend)
        bill[_month()] = bill.get(_month(), 0.0) + price
        outbox.post(outbox.Message("sms", number, "", text, sender, backend.region_name, clock.today()))
    feedback.sms(backend, number, message_id, reason=reason, price=price if reason is None else 0.0)


def _reason(backend: Any, number: str, price: float) -> str | None:  # noqa: ANN401 - moto's own types
    from moto.sns.models import sns_backends  # noqa: PLC0415 - loaded by now

    if number in sns_backends[ACCOUNT]["us-east-1"].opt_out_numbers:
        return _OPTED_OUT
    limit = float(backend.sms_attributes.get("MonthlySpendLimit") or DEFAULT_LIMIT_USD)
    return _NO_QUOTA if _bill(backend).get(_month(), 0.0) + price > limit else None


def _bill(backend: Any) -> dict[str, float]:  # noqa: ANN401 - moto's own types
    kept: dict[str, float] = vars(backend).setdefault("sandbox_spent", {})
    return kept


def _month() -> str:
    return f"{clock.today():%Y-%m}"
