"""E-mail subscriptions that wait until the person behind the address agrees.

Addresses of the sandbox agree at once, unless a test wants to see what comes before: within `confirming()` each new
e-mail subscription gets a mail with its link and takes nothing until `ConfirmSubscription` was called with its token.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pulumi_aws_sandbox.runtime import clock, outbox

_SENDER = "no-reply@sns.amazonaws.com"
_PROTOCOLS = frozenset({"email", "email-json"})
_KEPT_SECONDS = 3 * 24 * 3600


class _Asking:
    """Whether new subscriptions wait for an answer."""

    wanted = False


@contextmanager
def confirming() -> Iterator[None]:
    """Let new e-mail subscriptions wait for their confirmation within the block."""
    before, _Asking.wanted = _Asking.wanted, True
    try:
        yield
    finally:
        _Asking.wanted = before


def ask(backend: Any, subscription: Any) -> None:  # noqa: ANN401 - moto's own types
    """Ask the person behind a new subscription, if that is wanted."""
    if not _Asking.wanted or subscription.protocol not in _PROTOCOLS or is_pending(subscription):
        return
    token = secrets.token_hex(128)
    subscription.sandbox_token = token
    subscription.sandbox_asked_at = clock.now()
    subscription.attributes |= {"PendingConfirmation": True, "ConfirmationWasAuthenticated": False}
    arn = subscription.topic.arn
    place = f"https://sns.{backend.region_name}.amazonaws.com/confirmation.html"
    text = f"You have chosen to subscribe to the topic: {arn}\n{place}?TopicArn={arn}&Token={token}"
    subject = "AWS Notification - Subscription Confirmation"
    message = outbox.Message("email", subscription.endpoint, subject, text, _SENDER, backend.region_name, clock.today())
    outbox.post(message)


def is_pending(subscription: Any) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether a subscription still waits."""
    return "sandbox_token" in vars(subscription)


def confirm(backend: Any, topic_arn: str, token: str) -> Any | None:  # noqa: ANN401 - moto's own types
    """Confirm the subscription of a token and return it; `None` where the token is none, or was sent too long ago."""
    for each in backend.subscriptions.values():
        own = vars(each)
        if each.topic.arn != topic_arn or own.get("sandbox_token", own.get("sandbox_used")) != token:
            continue
        if is_pending(each):
            if clock.now() - each.sandbox_asked_at > _KEPT_SECONDS:
                return None
            del each.sandbox_token
            each.sandbox_used = token
            each.attributes["PendingConfirmation"] = False
        return each
    return None
