"""What topics deliver: functions that let them are run, phones and people get theirs, queues ask their policy.

Nothing is sent to HTTP endpoints, which would be out of reach of the sandbox.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock, outbox, regions

_SERVICE = "sns.amazonaws.com"
_EMAILS = ("email", "email-json")
_SENDER = "no-reply@sns.amazonaws.com"


def fill() -> None:
    """Deliver to each kind of subscriber."""
    from moto.sns.models import Subscription  # noqa: PLC0415 - moto loads only when something is deployed

    replace(Subscription, "publish", _delivering)


def _delivering(original: Callable[..., Any]) -> Callable[..., Any]:
    from pulumi_aws_sandbox.runtime.push import confirmations, sms  # noqa: PLC0415 - needs what this package offers

    def publish(  # noqa: PLR0913, PLR0917 - moto's own arguments
        self: Any,  # noqa: ANN401 - moto's own types
        message: str,
        message_id: str,
        subject: str | None = None,
        message_attributes: dict[str, Any] | None = None,
        group_id: str | None = None,
        deduplication_id: str | None = None,
        message_structure: str | None = None,
    ) -> None:
        if self.protocol == "sqs":
            if _reaches_queue(self):
                original(
                    self,
                    message,
                    message_id,
                    subject,
                    message_attributes,
                    group_id,
                    deduplication_id,
                    message_structure,
                )
            return
        matcher = self._filter_policy_matcher
        if confirmations.is_pending(self):
            return
        if matcher is not None and not matcher.matches(message_attributes, message):
            return
        if self.protocol == "application":
            _push(self, message, message_structure, message_attributes)
            return
        text = self._parse_message_structure(message, self.protocol) if message_structure == "json" else message
        if self.protocol == "lambda":
            _run(self, text, message_id, subject, message_attributes)
        elif self.protocol == "sms":
            sms.send(_backend(self), self.endpoint, text, message_id, message_attributes)
        elif self.protocol in _EMAILS:
            _post(self, text, message_id, subject)

    return publish


def _reaches_queue(subscription: Any) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether a queue's policy lets the topic in, in a Region that answers."""
    from pulumi_aws_sandbox.runtime.signals import topics  # noqa: PLC0415 - needs what this package offers

    arn = subscription.endpoint
    if regions.is_cut(arn.split(":")[3]):
        return False
    return topics.may("sqs", "sqs:SendMessage", arn, _SERVICE, subscription.topic.arn)


def _run(
    subscription: Any,  # noqa: ANN401 - moto's own types
    text: str,
    message_id: str,
    subject: str | None,
    attributes: dict[str, Any] | None,
) -> None:
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - needs what this package offers

    arn = subscription.endpoint
    region = arn.split(":")[3]
    if regions.is_cut(region):
        return
    about = {
        "Type": "Notification",
        "MessageId": message_id,
        "TopicArn": subscription.topic.arn,
        "Subject": subject,
        "Message": text,
        "Timestamp": f"{datetime.fromtimestamp(clock.now(), UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
        "SignatureVersion": "1",
        "MessageAttributes": attributes or {},
    }
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": about,
    }
    try:
        source = subscription.topic.arn
        functions.hand_over(region, arn, {"Records": [record]}, as_service=_SERVICE, source_arn=source)
    except functions.FunctionFailedError:
        # Whoever published does not hear of it; the function's log says what was wrong.
        return


def _post(subscription: Any, text: str, message_id: str, subject: str | None) -> None:  # noqa: ANN401 - moto's own types
    body = text
    if subscription.protocol == "email-json":
        body = json.dumps(
            {"Type": "Notification", "MessageId": message_id, "TopicArn": subscription.topic.arn, "Message": text}
        )
    region = subscription.topic.arn.split(":")[3]
    title = subject or "AWS Notification Message"
    outbox.post(outbox.Message("email", subscription.endpoint, title, body, _SENDER, region, clock.today()))


def _push(subscription: Any, message: str, structure: str | None, attributes: dict[str, Any] | None) -> None:  # noqa: ANN401 - moto's own types
    """Send to an endpoint what a topic says; whoever published does not hear of what fails."""
    from moto.sns.exceptions import SNSException  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.gaps import sns_publishing  # noqa: PLC0415 - loads only when deploying

    backend = _backend(subscription)
    with suppress(SNSException):
        endpoint = backend.get_endpoint(subscription.endpoint)
        sns_publishing.send(backend, endpoint, message, structure, attributes)


def _backend(subscription: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.sns.models import sns_backends  # noqa: PLC0415 - loaded by now

    return sns_backends[ACCOUNT][subscription.topic.arn.split(":")[3]]
