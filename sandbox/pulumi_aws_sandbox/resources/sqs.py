"""Simple Queue Service: queues, their policies, and where their poisoned messages go."""

import json
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Handler, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, policy_from, tag_changes, tags_from

_GONE = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
_NUMBERS = {
    "delaySeconds": "DelaySeconds",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
}
_SWITCHES = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "fifoQueue": "FifoQueue",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}
_TEXTS = {
    "deduplicationScope": "DeduplicationScope",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsMasterKeyId": "KmsMasterKeyId",
}
_DOCUMENTS = {"policy": "Policy", "redrivePolicy": "RedrivePolicy"}
_ALL = {**_NUMBERS, **_SWITCHES, **_TEXTS, **_DOCUMENTS}
_DEFAULTS = {
    "delaySeconds": 0,
    "maxMessageSize": 262144,
    "messageRetentionSeconds": 345600,
    "receiveWaitTimeSeconds": 0,
    "visibilityTimeoutSeconds": 30,
}
_EMPTIED = {"ContentBasedDeduplication": "false", "KmsDataKeyReusePeriodSeconds": "300"}


def _sqs(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "sqs", properties)


def _attributes(inputs: Properties) -> dict[str, str]:
    """Return the attributes as SQS takes them: always text."""
    return {aws: _text(inputs[name]) for name, aws in _ALL.items() if name in inputs}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _make_queue(clients: Clients, inputs: Properties) -> str:
    attributes = {name: value for name, value in _attributes(inputs).items() if value not in {"", "false"}}
    if inputs.get("sqsManagedSseEnabled") is False:
        attributes["SqsManagedSseEnabled"] = "false"
    answer = _sqs(clients, inputs).create_queue(
        QueueName=inputs["name"], Attributes=attributes, tags=inputs.get("tags", {})
    )
    return answer["QueueUrl"]


def _read(clients: Clients, url: str, known: Properties) -> dict[str, str] | None:
    sqs = _sqs(clients, known)
    answer = found(lambda: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"]), *_GONE)
    return None if answer is None else answer["Attributes"]


def _describe_queue(clients: Clients, url: str, known: Properties) -> Properties | None:
    attributes = _read(clients, url, known)
    if attributes is None:
        return None
    arn = attributes["QueueArn"]
    is_fifo = attributes.get("FifoQueue", "false") == "true"
    now: Properties = {name: int(attributes[aws]) for name, aws in _NUMBERS.items() if aws in attributes}
    now |= {name: attributes.get(aws, "false").lower() == "true" for name, aws in _SWITCHES.items()}
    if "kmsMasterKeyId" in known or attributes.get("KmsMasterKeyId"):
        now["kmsMasterKeyId"] = attributes.get("KmsMasterKeyId", "")
    if is_fifo:
        now |= {name: attributes[_TEXTS[name]] for name in ("deduplicationScope", "fifoThroughputLimit")}
    for name, aws in _DOCUMENTS.items():
        if attributes.get(aws):
            now[name] = policy_from(attributes[aws], known, name)
        elif known.get(name):
            now[name] = ""
    return {
        **now,
        "arn": arn,
        "fifoQueue": is_fifo,
        "name": arn.rsplit(":", 1)[-1],
        "url": url,
        **tags_from(_sqs(clients, known).list_queue_tags(QueueUrl=url).get("Tags", {}), known),
    }


def _change_queue(clients: Clients, url: str, _: Properties, old: Properties, new: Properties) -> None:
    sqs = _sqs(clients, new)
    before, after = _attributes({**_DEFAULTS, **old}), _attributes({**_DEFAULTS, **new})
    changes = {
        name: after.get(name, _EMPTIED.get(name, ""))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }
    if changes:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=changes)
    gone, put = tag_changes(old, new)
    if gone:
        sqs.untag_queue(QueueUrl=url, TagKeys=gone)
    if put:
        sqs.tag_queue(QueueUrl=url, Tags=put)


def _remove_queue(clients: Clients, url: str, outputs: Properties) -> None:
    found(lambda: _sqs(clients, outputs).delete_queue(QueueUrl=url), *_GONE)


def _queue_problems(inputs: Properties) -> list[tuple[str, str]]:
    problems = []
    is_fifo = inputs.get("fifoQueue", False)
    if is_fifo != str(inputs.get("name", "")).endswith(".fifo"):
        problems.append(("name", "the name of a FIFO queue, and only of one, ends in .fifo"))
    if not is_fifo and inputs.get("contentBasedDeduplication"):
        problems.append(("contentBasedDeduplication", "content-based deduplication can only be set for FIFO queue"))
    if inputs.get("kmsMasterKeyId") and inputs.get("sqsManagedSseEnabled"):
        problems.append(("sqsManagedSseEnabled", '"sqs_managed_sse_enabled": conflicts with kms_master_key_id'))
    if inputs.get("redriveAllowPolicy"):
        problems.append(("redriveAllowPolicy", "the sandbox has no redriveAllowPolicy"))
    if inputs.get("redrivePolicy") and not _is_json(inputs["redrivePolicy"]):
        problems.append(("redrivePolicy", '"redrive_policy" contains an invalid JSON'))
    return problems


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _part(token: str, name: str) -> Handler:
    """Return the handler of a document that is a resource of its own."""
    aws = _DOCUMENTS[name]

    def put(clients: Clients, inputs: Properties) -> str:
        url = inputs["queueUrl"]
        _sqs(clients, inputs).set_queue_attributes(QueueUrl=url, Attributes={aws: inputs[name]})
        return url

    def describe(clients: Clients, url: str, known: Properties) -> Properties | None:
        text = (_read(clients, url, known) or {}).get(aws)
        return {"queueUrl": url, name: policy_from(text, known, name)} if text else None

    def change(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
        put(clients, new)

    def remove(clients: Clients, url: str, outputs: Properties) -> None:
        found(lambda: _sqs(clients, outputs).set_queue_attributes(QueueUrl=url, Attributes={aws: ""}), *_GONE)

    return handler(
        token,
        make=put,
        describe=describe,
        change=change,
        remove=remove,
        required=frozenset({"queueUrl", name}),
        replace_on=frozenset({"queueUrl"}),
    )


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:sqs/queue:Queue",
            make=_make_queue,
            describe=_describe_queue,
            change=_change_queue,
            remove=_remove_queue,
            replace_on=frozenset({"fifoQueue", "name", "namePrefix"}),
            auto_name=AutoName("name", 80),
            validate=_queue_problems,
        ),
        _part("aws:sqs/queuePolicy:QueuePolicy", "policy"),
        _part("aws:sqs/redrivePolicy:RedrivePolicy", "redrivePolicy"),
    )
}
