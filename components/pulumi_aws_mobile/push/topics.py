"""The topics that devices subscribe to, and who gets their messages by e-mail."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import tls_only

from .documents import LOUD
from .settings import PushSettings


def create_topics(scope: Scope, settings: PushSettings, key_arn: pulumi.Output[str]) -> dict[str, "aws.sns.Topic"]:
    """Create the topics; they demand TLS, and let the account's policies decide who publishes."""
    topics = {}
    for key, display_name in settings.topics.items():
        role = f"topic-{key}"
        topics[key] = topic = aws.sns.Topic(
            scope.child(role),
            display_name=display_name,
            kms_master_key_id=key_arn,
            region=scope.region,
            tags=scope.tags(role),
            opts=scope.options(),
        )
        aws.sns.TopicPolicy(
            scope.child(f"{role}-policy"),
            arn=topic.arn,
            policy=topic.arn.apply(lambda arn: tls_only("sns:Publish", arn)),
            region=scope.region,
            opts=scope.options(),
        )
    return topics


def create_emails(scope: Scope, settings: PushSettings, topics: Mapping[str, "aws.sns.Topic"]) -> None:
    """Have topics' messages sent by e-mail, once whoever it is has confirmed it."""
    for key, email in settings.emails.items():
        aws.sns.TopicSubscription(
            scope.child(f"email-{key}"),
            topic=topics[email.topic].arn,
            protocol="email",
            endpoint=email.address,
            filter_policy=LOUD,
            region=scope.region,
            opts=scope.options(),
        )
