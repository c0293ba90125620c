"""What the functions may do, what topics and the queue take, and who writes the log of deliveries. Pure."""

import json
from collections.abc import Sequence
from typing import Any

import pulumi

from pulumi_aws_mobile.arns import region_of
from pulumi_aws_mobile.dr_pair.regions import service_principal
from pulumi_aws_mobile.statements import StatementArgs

__all__ = ["LOUD", "delivery_log", "delivery_permissions", "registry_statements", "sender_statements"]

LOUD = json.dumps({"silent": ["false"]})
"""What e-mail subscribers get of a topic: messages with something to show."""
_USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"]

Text = pulumi.Input[str]


def registry_statements(
    table_arn: pulumi.Output[str],
    key_arn: Text,
    topic_arns: Sequence[Text],
    application_arns: Sequence[pulumi.Output[str]],
) -> list[StatementArgs]:
    """Return what the function behind the routes of devices may do: keep devices, and tell SNS of them."""
    statements = _registry(table_arn, key_arn)
    if topic_arns:
        statements.append({"actions": ["sns:Subscribe"], "resources": list(topic_arns)})
        # The ARN of a subscription has the topic's before it.
        below = [pulumi.Output.concat(arn, ":*") for arn in topic_arns]
        statements.append({"actions": ["sns:Unsubscribe"], "resources": [*topic_arns, *below]})
    if application_arns:
        actions = ["sns:DeleteEndpoint", "sns:GetEndpointAttributes", "sns:SetEndpointAttributes"]
        statements.append({"actions": ["sns:CreatePlatformEndpoint"], "resources": list(application_arns)})
        statements.append({"actions": actions, "resources": _with_endpoints(application_arns)})
    return statements


def sender_statements(
    table_arn: pulumi.Output[str],
    key_arn: Text,
    topic_arns: Sequence[Text],
    application_arns: Sequence[pulumi.Output[str]],
    queue_arn: Text | None,
) -> list[StatementArgs]:
    """Return what the function that sends may do: publish, and clean up after dead devices."""
    statements = registry_statements(table_arn, key_arn, topic_arns, application_arns)
    targets: list[Text] = [*topic_arns, *_with_endpoints(application_arns)]
    if targets:
        statements.append({"actions": ["sns:Publish"], "resources": targets})
    if topic_arns:
        statements.append(_use_key(table_arn, key_arn, "sns", "aws:sns:topicArn", topic_arns))
    if queue_arn is not None:
        statements.append({"actions": ["sqs:SendMessage"], "resources": [queue_arn]})
    return statements


def text_permissions(partition: str) -> str:
    """Return the policy that allows text messages, and to ask who wants none.

    A telephone number has no ARN, so none can be named; `NotResource` takes out everything that has one, which leaves
    numbers and neither topics nor devices.
    https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html
    """
    send = {"Effect": "Allow", "Action": "sns:Publish", "NotResource": f"arn:{partition}:sns:*:*:*"}
    ask = {"Effect": "Allow", "Action": "sns:CheckIfPhoneNumberIsOptedOut", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [send, ask]})


def delivery_log(arn: str) -> str:
    """Return the name of the log group in which SNS writes what became of an application's messages.

    https://docs.aws.amazon.com/sns/latest/dg/topics-attrib-deliver-status.html
    """
    region, account, application = arn.split(":", 5)[3:]
    return f"sns/{region}/{account}/{application}"


def delivery_permissions(partition: str, region: str, account: str, kinds: Sequence[str]) -> str:
    """Return what SNS may do: write the logs of deliveries, and nothing else."""
    before = f"arn:{partition}:logs:{region}:{account}:log-group:sns/{region}/{account}/{{}}"
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    statement = {"Effect": "Allow", "Action": actions, "Resource": [before.format(kind) for kind in kinds]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _registry(table_arn: pulumi.Output[str], key_arn: Text) -> list[StatementArgs]:
    actions = ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"]
    name = table_arn.apply(lambda arn: arn.rpartition("/")[2])
    return [
        {"actions": [f"dynamodb:{action}" for action in actions], "resources": [table_arn]},
        _use_key(table_arn, key_arn, "dynamodb", "aws:dynamodb:tableName", [name]),
    ]


def _with_endpoints(application_arns: Sequence[pulumi.Output[str]]) -> list[Text]:
    """Return the ARNs of applications and of all their endpoints; SNS chooses how these end.

    The service's reference names no type of resource for these actions. What SNS refuses, it refuses in the name of the
    application; so both are named, each with and without an end.
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
    """
    endpoints = [arn.apply(lambda found: found.replace(":app/", ":endpoint/", 1)) for arn in application_arns]
    return [*application_arns, *endpoints, *(pulumi.Output.concat(arn, "/*") for arn in endpoints)]


def _use_key(table_arn: pulumi.Output[str], key_arn: Text, service: str, fact: str, values: Sequence[Text]) -> Any:  # noqa: ANN401 - a statement
    """Return the use of the key through one service of its Region, for what the service encrypts with it."""
    via = table_arn.apply(lambda arn: service_principal(service, region_of(arn)))
    equals = {"kms:ViaService": [via], f"kms:EncryptionContext:{fact}": list(values)}
    return {"actions": _USE_KEY, "resources": [key_arn], "conditions": {"StringEquals": equals}}
