"""Where the recovery Region keeps what it knows of the pair, and whom it tells."""

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import DRPairSettings

_KEY_USE = ["kms:Decrypt", "kms:GenerateDataKey*"]


@dataclass(frozen=True, slots=True)
class Account:
    """The account, as AWS tells it."""

    partition: pulumi.Output[str]
    account_id: pulumi.Output[str]


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept in the recovery Region."""

    key_arn: pulumi.Output[str]
    table_name: pulumi.Output[str]
    """A name that nothing else in the account and Region has, from which others are made."""
    table_arn: pulumi.Output[str]
    topic_arn: pulumi.Output[str]


def find_account(parent: pulumi.Resource) -> Account:
    """Return the account that the pair is made in."""
    opts = pulumi.InvokeOutputOptions(parent=parent)
    return Account(
        partition=aws.get_partition_output(opts=opts).partition,
        account_id=aws.get_caller_identity_output(opts=opts).account_id,
    )


def create_store(scope: Scope, settings: DRPairSettings, account: Account) -> Store:
    """Create the key, the table of the failovers, and a topic where none was given."""
    key_arn = _create_key(scope, settings, account)
    table = aws.dynamodb.Table(
        scope.child("state"),
        attributes=[{"name": "pk", "type": "S"}],
        hash_key="pk",
        billing_mode="PAY_PER_REQUEST",
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True, "kms_key_arn": key_arn},
        deletion_protection_enabled=settings.protect,
        region=scope.region,
        tags=scope.tags("state"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    )
    return Store(
        key_arn=key_arn,
        table_name=table.name,
        table_arn=table.arn,
        topic_arn=_find_or_create_topic(scope, settings, account, key_arn),
    )


def _create_key(scope: Scope, settings: DRPairSettings, account: Account) -> pulumi.Output[str]:
    policy = pulumi.Output.all(account.partition, account.account_id).apply(lambda known: key_policy(*known))
    return aws.kms.Key(
        scope.child("key"),
        description=f"Encrypts what {scope.name} keeps of its failovers, and its alarms",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=policy,
        region=scope.region,
        tags=scope.tags("key"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    ).arn


def _find_or_create_topic(
    scope: Scope, settings: DRPairSettings, account: Account, key_arn: pulumi.Output[str]
) -> pulumi.Output[str]:
    if settings.alarm_topic_arn is not None:
        return pulumi.Output.from_input(settings.alarm_topic_arn)
    topic = aws.sns.Topic(
        scope.child("alarms"),
        kms_master_key_id=key_arn,
        region=scope.region,
        tags=scope.tags("alarms"),
        opts=scope.options(),
    )
    policy = aws.sns.TopicPolicy(
        scope.child("alarms-policy"),
        arn=topic.arn,
        policy=pulumi.Output.all(topic.arn, account.account_id).apply(lambda known: topic_policy(*known)),
        region=scope.region,
        opts=scope.options(),
    )
    # Whoever publishes waits for the policy that lets them.
    return policy.arn


def key_policy(partition: str, account: str) -> str:
    """Return who may use the key: the account's own identities, and CloudWatch for the alarms' topic."""
    return _document(
        {
            "Sid": "AccountDecides",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{partition}:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "Alarms",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": _KEY_USE,
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        },
    )


def topic_policy(topic_arn: str, account: str) -> str:
    """Return who may publish besides the account's own identities: CloudWatch; and nobody without TLS."""
    return _document(
        {
            "Sid": "CloudWatchAlarms",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        },
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    )


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
