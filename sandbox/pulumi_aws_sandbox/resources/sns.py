"""Simple Notification Service: topics, their policies and subscriptions."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    handler,
    policy_from,
    tag_changes,
    tag_list,
    tags_from,
    upper_first,
)

_GONE = ("NotFound", "NotFoundException", "ResourceNotFoundException")
_FEEDBACK = {
    f"{protocol}{kind}": f"{aws}{upper_first(kind)}"
    for protocol, aws in {
        "application": "Application",
        "firehose": "Firehose",
        "http": "HTTP",
        "lambda": "Lambda",
        "sqs": "SQS",
    }.items()
    for kind in ("SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn")
}
_TOPIC = {
    "displayName": "DisplayName",
    "policy": "Policy",
    "deliveryPolicy": "DeliveryPolicy",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "fifoTopic": "FifoTopic",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "fifoThroughputScope": "FifoThroughputScope",
    "signatureVersion": "SignatureVersion",
    "tracingConfig": "TracingConfig",
    "archivePolicy": "ArchivePolicy",
    **_FEEDBACK,
}
_SUBSCRIPTION = {
    "deliveryPolicy": "DeliveryPolicy",
    "filterPolicy": "FilterPolicy",
    "filterPolicyScope": "FilterPolicyScope",
    "rawMessageDelivery": "RawMessageDelivery",
    "redrivePolicy": "RedrivePolicy",
    "subscriptionRoleArn": "SubscriptionRoleArn",
}
_SWITCHES = {"fifoTopic", "contentBasedDeduplication", "rawMessageDelivery"}
_NUMBERS = {"signatureVersion", *(name for name in _FEEDBACK if name.endswith("SampleRate"))}


def _sns(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "sns", properties)


def _text(value: object) -> str:
    """Return an attribute as SNS takes it: always text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attributes(inputs: Properties, names: dict[str, str]) -> dict[str, str]:
    return {aws: _text(inputs[name]) for name, aws in names.items() if name in inputs}


def _from_attributes(attributes: dict[str, str], names: dict[str, str], known: Properties) -> Properties:
    answer: Properties = {}
    for name, aws in names.items():
        text = attributes.get(aws)
        if text is None or (text == "" and name not in known):
            continue
        if name in _SWITCHES:
            answer[name] = text.lower() == "true"
        elif name in _NUMBERS:
            answer[name] = int(text)
        else:
            answer[name] = policy_from(text, known, name) if "olicy" in name and text.startswith("{") else text
    return answer


def _make_topic(clients: Clients, inputs: Properties) -> str:
    sns = _sns(clients, inputs)
    at_once = _attributes(inputs, {name: _TOPIC[name] for name in ("fifoTopic",)})
    arn = sns.create_topic(Name=inputs["name"], Attributes=at_once, Tags=tag_list(inputs))["TopicArn"]
    for name, value in _attributes(inputs, {name: aws for name, aws in _TOPIC.items() if name != "fifoTopic"}).items():
        sns.set_topic_attributes(TopicArn=arn, AttributeName=name, AttributeValue=value)
    return arn


def _describe_topic(clients: Clients, arn: str, known: Properties) -> Properties | None:
    sns = _sns(clients, known)
    answer = found(lambda: sns.get_topic_attributes(TopicArn=arn), *_GONE)
    if answer is None:
        return None
    attributes = answer["Attributes"]
    return {
        "fifoTopic": False,
        "contentBasedDeduplication": False,
        **_from_attributes(attributes, _TOPIC, known),
        "arn": arn,
        "name": arn.rsplit(":", 1)[1],
        "owner": attributes.get("Owner", clients.account),
        **tags_from(sns.list_tags_for_resource(ResourceArn=arn)["Tags"], known),
    }


def _change_topic(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    sns = _sns(clients, new)
    before, after = _attributes(old, _TOPIC), _attributes(new, _TOPIC)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            sns.set_topic_attributes(TopicArn=arn, AttributeName=name, AttributeValue=after.get(name, ""))
    gone, put = tag_changes(old, new)
    if gone:
        sns.untag_resource(ResourceArn=arn, TagKeys=gone)
    if put:
        sns.tag_resource(ResourceArn=arn, Tags=tag_list({"tags": put}))


def _remove_topic(clients: Clients, arn: str, outputs: Properties) -> None:
    found(lambda: _sns(clients, outputs).delete_topic(TopicArn=arn), *_GONE)


def _put_policy(clients: Clients, inputs: Properties) -> str:
    _sns(clients, inputs).set_topic_attributes(
        TopicArn=inputs["arn"], AttributeName="Policy", AttributeValue=inputs["policy"]
    )
    return inputs["arn"]


def _describe_policy(clients: Clients, arn: str, known: Properties) -> Properties | None:
    answer = found(lambda: _sns(clients, known).get_topic_attributes(TopicArn=arn), *_GONE)
    if answer is None:
        return None
    attributes = answer["Attributes"]
    owner = attributes.get("Owner", clients.account)
    return {"arn": arn, "policy": policy_from(attributes["Policy"], known), "owner": owner}


def _change_policy(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_policy(clients, new)


def _remove_policy(clients: Clients, arn: str, outputs: Properties) -> None:
    """Give the topic back the policy that SNS gives a new one, as the provider does."""
    found(
        lambda: _sns(clients, outputs).set_topic_attributes(
            TopicArn=arn, AttributeName="Policy", AttributeValue=_default_policy(clients, arn)
        ),
        *_GONE,
    )


def _default_policy(clients: Clients, arn: str) -> str:
    actions = ["GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic"]
    actions += ["Subscribe", "ListSubscriptionsByTopic", "Publish"]
    listed = ", ".join(f'"SNS:{action}"' for action in actions)
    return (
        '{"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [{"Sid": "__default_statement_ID", '
        f'"Effect": "Allow", "Principal": {{"AWS": "*"}}, "Action": [{listed}], "Resource": "{arn}", '
        f'"Condition": {{"StringEquals": {{"AWS:SourceOwner": "{clients.account}"}}}}}}]}}'
    )


def _make_subscription(clients: Clients, inputs: Properties) -> str:
    answer = _sns(clients, inputs).subscribe(
        TopicArn=inputs["topic"],
        Protocol=inputs["protocol"],
        Endpoint=inputs["endpoint"],
        Attributes=_attributes(inputs, _SUBSCRIPTION),
        ReturnSubscriptionArn=True,
    )
    return answer["SubscriptionArn"]


def _describe_subscription(clients: Clients, arn: str, known: Properties) -> Properties | None:
    answer = found(lambda: _sns(clients, known).get_subscription_attributes(SubscriptionArn=arn), *_GONE)
    if answer is None:
        return None
    attributes = answer["Attributes"]
    return {
        "rawMessageDelivery": False,
        **_from_attributes(attributes, _SUBSCRIPTION, known),
        "arn": arn,
        "topic": attributes["TopicArn"],
        "protocol": attributes["Protocol"],
        "endpoint": attributes["Endpoint"],
        "ownerId": attributes.get("Owner", clients.account),
        "pendingConfirmation": attributes.get("PendingConfirmation", "false").lower() == "true",
        "confirmationWasAuthenticated": attributes.get("ConfirmationWasAuthenticated", "false").lower() == "true",
        "confirmationTimeoutInMinutes": known.get("confirmationTimeoutInMinutes", 1),
        "endpointAutoConfirms": known.get("endpointAutoConfirms", False),
    }


def _change_subscription(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    before, after = _attributes(old, _SUBSCRIPTION), _attributes(new, _SUBSCRIPTION)
    empty = {"FilterPolicy": "{}", "RawMessageDelivery": "false"}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            _sns(clients, new).set_subscription_attributes(
                SubscriptionArn=arn, AttributeName=name, AttributeValue=after.get(name, empty.get(name, ""))
            )


def _remove_subscription(clients: Clients, arn: str, outputs: Properties) -> None:
    found(lambda: _sns(clients, outputs).unsubscribe(SubscriptionArn=arn), *_GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:sns/topic:Topic",
            make=_make_topic,
            describe=_describe_topic,
            change=_change_topic,
            remove=_remove_topic,
            replace_on=frozenset({"name", "namePrefix", "fifoTopic"}),
            auto_name=AutoName("name", 256),
        ),
        handler(
            "aws:sns/topicPolicy:TopicPolicy",
            make=_put_policy,
            describe=_describe_policy,
            change=_change_policy,
            remove=_remove_policy,
            required=frozenset({"arn", "policy"}),
            replace_on=frozenset({"arn"}),
        ),
        handler(
            "aws:sns/topicSubscription:TopicSubscription",
            make=_make_subscription,
            describe=_describe_subscription,
            change=_change_subscription,
            remove=_remove_subscription,
            required=frozenset({"endpoint", "protocol", "topic"}),
            replace_on=frozenset({"endpoint", "protocol", "topic"}),
        ),
    )
}
