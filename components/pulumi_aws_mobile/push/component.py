"""The `PushNotifications` component."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.dead_letters import create_dead_letters
from pulumi_aws_mobile.function import Function, FunctionArgs
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs

from .alarms import create_alarms
from .args import PushNotificationsArgs
from .changes import create_subscription
from .documents import registry_statements, sender_statements
from .platforms import arns, create_applications, create_feedback, create_texts
from .routes import contributions
from .settings import REGISTRY_ROLE, SENDER_ROLE, PushSettings, resolve
from .store import create_key, create_table
from .topics import create_emails, create_topics

_SOURCE = str(Path(__file__).parent / "functions")
_REGISTRY_SECONDS = 20
"""A few rounds to DynamoDB and SNS, within the 29 seconds that API Gateway waits."""
_SENDER_SECONDS = 28
"""Both are below the time after which a lease on a push token ends."""
_MEMORY_MIB = 512


class PushNotifications(pulumi.ComponentResource):
    """Sends messages to users' devices, by push notification, text message and e-mail, through SNS alone.

    Creates: a DynamoDB table of devices with its KMS key; for each topic an encrypted SNS topic that demands TLS; for
    each platform a platform application, with the log groups and the role for what became of its messages; the
    function behind the routes by which apps register devices; the function that sends; where asked, SNS's settings for
    text messages, e-mail subscriptions, the subscription to a `DataSync`'s changes with a queue for those that failed,
    and alarms. The routes come with it as `contributions`, for an `Api`. It deliberately has no API of its own, keeps
    no messages, and counts no opened ones.
    """

    table_name: pulumi.Output[str]
    """The name of the table of devices."""
    table_arn: pulumi.Output[str]
    """The ARN of the table of devices."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the KMS key that encrypts the table and the topics."""
    topic_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the topics, by key."""
    platform_application_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the platform applications, by platform."""
    registry_function_arn: pulumi.Output[str]
    """The ARN of the function behind the routes of devices."""
    registry_function_name: pulumi.Output[str]
    """The name of that function."""
    send_function_arn: pulumi.Output[str]
    """The ARN of the function that sends, which servers invoke."""
    send_function_name: pulumi.Output[str]
    """The name of that function."""
    dead_letters_url: pulumi.Output[str | None]
    """The URL of the queue that names changes of data which no device was told; none without `sync_topic_arn`."""

    def __init__(self, name: str, args: PushNotificationsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create everything; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:PushNotifications", name, {}, opts)
        self._settings = settings
        scope = Scope(self, name, settings.region, settings.tags)
        key_arn = create_key(scope, settings)
        table = create_table(scope, settings, key_arn)
        topics = create_topics(scope, settings, key_arn)
        create_emails(scope, settings, topics)
        feedback = create_feedback(scope, settings, table.arn)
        applications = create_applications(scope, settings, feedback)
        queue = None if settings.sync_topic_arn is None else create_dead_letters(scope)
        told = (table.arn, key_arn, [topic.arn for topic in topics.values()], list(arns(applications).values()))
        around = _environment(settings, table.name, topics, arns(applications))
        registry = _create_registry(scope, settings, around, registry_statements(*told))
        sender = _create_sender(scope, settings, around, sender_statements(*told, None if queue is None else queue.arn))
        if settings.sms is not None:
            create_texts(scope, settings, settings.sms, feedback, sender.role_name, table.arn)
        if settings.sync_topic_arn is not None and queue is not None:
            create_subscription(scope, sender, settings.sync_topic_arn, queue)
        if settings.alarm_topic_arn is not None:
            create_alarms(scope, settings, settings.alarm_topic_arn, table.name, applications.items(), queue)

        self.table_name = table.name
        self.table_arn = table.arn
        self.kms_key_arn = key_arn
        self.topic_arns = _mapping({key: topic.arn for key, topic in topics.items()})
        self.platform_application_arns = _mapping(arns(applications))
        self.registry_function_arn = registry.arn
        self.registry_function_name = registry.function_name
        self.send_function_arn = sender.arn
        self.send_function_name = sender.function_name
        self.dead_letters_url = pulumi.Output.from_input(None if queue is None else queue.url)
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    @property
    def contributions(self) -> dict[str, Any]:
        """What an `Api` takes among its `contributions`: the routes of devices and, for senders, of messages."""
        settings = self._settings
        return contributions(
            callers=settings.callers,
            senders=settings.senders,
            amplify=settings.amplify,
            registry=_function(self.registry_function_arn, self.registry_function_name),
            sender=_function(self.send_function_arn, self.send_function_name),
        )

    def send_statements(self) -> list[StatementArgs]:
        """Return what a server needs that sends: to invoke the one function."""
        return [{"actions": ["lambda:InvokeFunction"], "resources": [self.send_function_arn]}]


_OUTPUTS = tuple(PushNotifications.__annotations__)


def _function(arn: pulumi.Output[str], name: pulumi.Output[str]) -> dict[str, Any]:
    return {"target": "function", "function_arn": arn, "function_name": name}


def _mapping(found: Mapping[str, pulumi.Output[str]]) -> pulumi.Output[dict[str, str]]:
    """Return one output of several; an empty one is a mapping too."""
    return pulumi.Output.all(**found).apply(dict)


def _environment(
    settings: PushSettings,
    table_name: pulumi.Output[str],
    topics: Mapping[str, "aws.sns.Topic"],
    application_arns: Mapping[str, pulumi.Output[str]],
) -> dict[str, pulumi.Input[str]]:
    """Return what both functions are told; what all topics' ARNs begin with is said once."""
    environment: dict[str, pulumi.Input[str]] = {"TABLE_NAME": table_name}
    if topics:
        first = next(iter(topics.values())).arn
        environment["TOPIC_BASE"] = first.apply(lambda arn: f"{arn.rpartition(':')[0]}:")
        environment["TOPICS"] = pulumi.Output.json_dumps({key: topic.name for key, topic in topics.items()})
    if application_arns:
        environment["APPLICATIONS"] = pulumi.Output.json_dumps(dict(application_arns))
    if settings.sms is not None:
        environment["SMS"] = "true"
    return environment


def _create_registry(
    scope: Scope, settings: PushSettings, around: dict[str, pulumi.Input[str]], statements: list[StatementArgs]
) -> Function:
    args: FunctionArgs = {
        "source": _SOURCE,
        "handler": "push.registry.handle",
        "description": "Knows the devices of users",
        "environment": around,
        "statements": statements,
        "timeout_seconds": _REGISTRY_SECONDS,
        **_common(settings),
    }
    return Function(scope.child(REGISTRY_ROLE), args, scope.options())


def _create_sender(
    scope: Scope, settings: PushSettings, around: dict[str, pulumi.Input[str]], statements: list[StatementArgs]
) -> Function:
    args: FunctionArgs = {
        "source": _SOURCE,
        "handler": "push.sender.handle",
        "description": "Sends messages to users' devices",
        "environment": around,
        "statements": statements,
        "timeout_seconds": _SENDER_SECONDS,
        **_common(settings),
    }
    return Function(scope.child(SENDER_ROLE), args, scope.options())


def _common(settings: PushSettings) -> Any:  # noqa: ANN401 - some of a function's arguments
    return {
        "memory_mib": _MEMORY_MIB,
        "log_retention_days": settings.log_retention_days,
        "tags": dict(settings.tags),
        **({} if settings.region is None else {"region": settings.region}),
        **({} if settings.alarm_topic_arn is None else {"alarm_topic_arn": settings.alarm_topic_arn}),
    }
