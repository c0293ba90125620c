"""Where goes what a function could not handle: a queue or a topic, with the rights of the function's own role."""

from collections.abc import Mapping

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.access import roles

ACTIONS = {"sqs": "sqs:SendMessage", "sns": "sns:Publish"}
"""What a function's role needs for each kind of destination."""
_KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")


def send(destination: str, role_arn: str, text: str, attributes: Mapping[str, str] | None = None) -> str | None:
    """Send a text to a destination with the rights of a function's role; return why that failed."""
    service, region = destination.split(":")[2:4]
    if regions.is_cut(region):
        return f"the Region {region} is cut"
    return {"sns": _publish, "sqs": _put}[service](destination, region, role_arn, text, attributes or {})


def _put(arn: str, region: str, role_arn: str, text: str, attributes: Mapping[str, str]) -> str | None:
    from moto.sqs.models import sqs_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend, name = sqs_backends[ACCOUNT][region], arn.rsplit(":", 1)[-1]
    queue = backend.queues.get(name)
    if queue is None:
        return f"the queue {arn} does not exist"
    refusal = _refusal(role_arn, arn, getattr(queue, "kms_master_key_id", None), region)
    if refusal is None:
        strings = {key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()}
        backend.send_message(name, text, message_attributes=strings)
    return refusal


def _publish(arn: str, region: str, role_arn: str, text: str, attributes: Mapping[str, str]) -> str | None:
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = sns_backends[ACCOUNT][region]
    topic = backend.topics.get(arn)
    if topic is None:
        return f"the topic {arn} does not exist"
    refusal = _refusal(role_arn, arn, topic.kms_master_key_id, region)
    if refusal is None:
        strings = {key: {"Type": "String", "Value": value} for key, value in attributes.items()}
        backend.publish(text, arn=arn, message_attributes=strings)
    return refusal


def _refusal(role_arn: str, arn: str, key: str | None, region: str) -> str | None:
    """Return why a role may not put something there: the destination's permission, and its key's."""
    action = ACTIONS[arn.split(":")[2]]
    if not roles.may(role_arn, action, arn):
        return f"{role_arn} is not authorized to perform: {action} on resource: {arn}"
    if key and not key.startswith("alias/aws/"):
        refused = next((each for each in _KEY_ACTIONS if not roles.may_use_key(role_arn, each, key, region)), None)
        if refused is not None:
            return f"{role_arn} is not authorized to perform: {refused} on the key {key} of {arn}"
    return None
