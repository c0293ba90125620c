"""What services publish to topics and put into queues, where those let them."""

from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.access import resource_policies
from pulumi_aws_sandbox.runtime.access.policies import Principal, Question, evaluate

_KEY_USES = ("kms:GenerateDataKey", "kms:Decrypt")


class NotPublishedError(Exception):
    """A topic or a queue that is not there, or that does not let the service in."""


def publish(topic_arn: str, subject: str, message: str, *, as_service: str, source_arn: str) -> None:
    """Publish to a topic as an AWS service; raise `NotPublishedError` where its policy or its key does not allow it."""
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    region = topic_arn.split(":")[3]
    regions.require(region)
    backend = sns_backends[ACCOUNT][region]
    topic = backend.topics.get(topic_arn)
    if topic is None:
        message = f"the topic {topic_arn} does not exist"
        raise NotPublishedError(message)
    _require("sns", "sns:Publish", topic_arn, as_service, source_arn)
    _require_key(topic.kms_master_key_id, region, as_service, source_arn)
    backend.publish(message, arn=topic_arn, subject=subject[:100])


def send(queue_arn: str, body: str, *, as_service: str, source_arn: str, group_id: str | None = None) -> None:
    """Put a message into a queue as an AWS service; raise `NotPublishedError` where its policy does not allow it."""
    from moto.sqs.models import sqs_backends  # noqa: PLC0415 - moto loads only when something is deployed

    region, name = queue_arn.split(":")[3], queue_arn.rsplit(":", 1)[-1]
    regions.require(region)
    backend = sqs_backends[ACCOUNT][region]
    if name not in backend.queues:
        message = f"the queue {queue_arn} does not exist"
        raise NotPublishedError(message)
    _require("sqs", "sqs:SendMessage", queue_arn, as_service, source_arn)
    _require_key(getattr(backend.queues[name], "kms_master_key_id", None), region, as_service, source_arn)
    backend.send_message(name, body, group_id=group_id, deduplication_id=None)


def may(prefix: str, action: str, resource: str, service: str, source_arn: str) -> bool:
    """Tell whether the policy of a resource lets a service of this account do something for a source."""
    document = resource_policies.of(prefix, resource)
    context = _context(source_arn)
    question = Question(action, resource, context, Principal(service=service))
    return document is not None and evaluate([document], question, resource_based=True).effect == "Allow"


def _context(source_arn: str) -> dict[str, Any]:
    # Services call over TLS, and say for which account and resource.
    return {
        "aws:principalisawsservice": "true",
        "aws:securetransport": "true",
        "aws:sourceaccount": ACCOUNT,
        "aws:sourcearn": source_arn,
        "aws:sourceowner": ACCOUNT,
    }


def _require(prefix: str, action: str, resource: str, service: str, source_arn: str) -> None:
    if not may(prefix, action, resource, service, source_arn):
        message = (
            f"{service} is not authorized to perform: {action} on resource: {resource}: its policy does not allow it"
        )
        raise NotPublishedError(message)


def _require_key(name: str | None, region: str, service: str, source_arn: str) -> None:
    """Refuse where what is published would be encrypted with a key that the service may not use."""
    if not name:
        return
    arn, document = resource_policies.key(name, region)
    for action in _KEY_USES:
        question = Question(action, arn, _context(source_arn), Principal(service=service))
        if document is None or evaluate([document], question, resource_based=True).effect != "Allow":
            where = f"{action} on resource: {arn}: the key's policy does not allow it"
            message = f"{service} is not authorized to perform: {where}"
            raise NotPublishedError(message)
