"""The `DataSync` component."""

from pathlib import Path
from typing import Any

import pulumi

from pulumi_aws_mobile.function import Function, FunctionArgs
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs

from .alarms import create_alarms
from .args import DataSyncArgs
from .changes import create_outlets, create_source
from .documents import Stored, api_statements, stream_statements
from .routes import open_api
from .settings import API_ROLE, STREAM_ROLE, DataSyncSettings, resolve
from .store import create_key, create_table, replica_key, stored_here, stored_there

_SOURCE = str(Path(__file__).parent / "functions")
_API_SECONDS = 20
"""A few rounds to DynamoDB, within the 29 seconds that API Gateway waits."""
_STREAM_SECONDS = 60
_MEMORY_MIB = 512
"""The processor's share grows with the memory, and a push may hold megabytes of JSON."""


class DataSync(pulumi.ComponentResource):
    """Keeps users' data in step across their devices: datasets of keys and values, which belong to one identity each.

    Creates: a DynamoDB table on demand with its KMS key, and where asked a replica of both in another Region; the
    function that answers devices; the function that is told of changes by the table's stream, with a queue for those
    that failed; the SNS topic on which it says which dataset of whom changed; and, where asked, alarms. The routes come
    with it as `contribution`, for an `Api`. It deliberately has no API of its own, tells devices nothing by itself,
    and keeps no old versions of records.
    """

    table_name: pulumi.Output[str]
    """The name of the table, in every Region that has it."""
    table_arn: pulumi.Output[str]
    """The ARN of the table that the functions work on."""
    stream_arn: pulumi.Output[str]
    """The ARN of that table's stream."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the KMS key that encrypts that table."""
    replica_table_arn: pulumi.Output[str | None]
    """The ARN of the replica that the table has in another Region; none without one."""
    replica_stream_arn: pulumi.Output[str | None]
    """The ARN of the replica's stream; none without one."""
    replica_kms_key_arn: pulumi.Output[str | None]
    """The ARN of the KMS key that encrypts the replica; none without one."""
    changes_topic_arn: pulumi.Output[str]
    """The ARN of the SNS topic that says which dataset of which identity changed."""
    changes_topic_kms_key_arn: pulumi.Output[str]
    """The ARN of the KMS key that encrypts the topic."""
    dead_letters_url: pulumi.Output[str]
    """The URL of the queue that names changes which could not be told."""
    function_arn: pulumi.Output[str]
    """The ARN of the function that answers devices."""
    function_name: pulumi.Output[str]
    """The name of that function."""
    stream_function_arn: pulumi.Output[str]
    """The ARN of the function that is told of changes."""
    stream_function_name: pulumi.Output[str]
    """The name of that function."""

    def __init__(self, name: str, args: DataSyncArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the table and its functions; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:DataSync", name, {}, opts)
        self._callers = list(settings.callers)
        scope = Scope(self, name, settings.region, settings.tags)
        here, there = _find_or_create_table(scope, settings)
        self._replica = there
        api = _create_api_function(scope, settings, here)
        outlets = create_outlets(scope, here.kms_key_arn)
        stream = _create_stream_function(
            scope, settings, here, outlets.topic_arn, stream_statements(here, outlets.topic_arn, outlets.queue_arn)
        )
        create_source(scope, here, stream, outlets)
        if settings.alarm_topic_arn is not None:
            create_alarms(scope, settings.alarm_topic_arn, here, stream, outlets)

        self.table_name = pulumi.Output.from_input(here.table_name)
        self.table_arn = pulumi.Output.from_input(here.table_arn)
        self.stream_arn = pulumi.Output.from_input(here.stream_arn)
        self.kms_key_arn = pulumi.Output.from_input(here.kms_key_arn)
        self.replica_table_arn = pulumi.Output.from_input(None if there is None else there.table_arn)
        self.replica_stream_arn = pulumi.Output.from_input(None if there is None else there.stream_arn)
        self.replica_kms_key_arn = pulumi.Output.from_input(None if there is None else there.kms_key_arn)
        self.changes_topic_arn = outlets.topic_arn
        self.changes_topic_kms_key_arn = self.kms_key_arn
        self.dead_letters_url = outlets.queue_url
        self.function_arn = api.arn
        self.function_name = api.function_name
        self.stream_function_arn = stream.arn
        self.stream_function_name = stream.function_name
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    @property
    def contribution(self) -> dict[str, Any]:
        """What an `Api` takes as one of its `contributions`: the routes below /sync/datasets."""
        return {
            "document": open_api(),
            "target": "function",
            "function_arn": self.function_arn,
            "function_name": self.function_name,
            "callers": self._callers,
        }

    @property
    def replica(self) -> dict[str, pulumi.Input[str]] | None:
        """What a `DataSync` in the replica's Region takes as its `replica_of`; none where there is no replica."""
        if self._replica is None:
            return None
        there = self._replica
        return {
            "table_name": there.table_name,
            "table_arn": there.table_arn,
            "stream_arn": there.stream_arn,
            "kms_key_arn": there.kms_key_arn,
        }


_OUTPUTS = tuple(DataSync.__annotations__)


def _find_or_create_table(scope: Scope, settings: DataSyncSettings) -> tuple[Stored, Stored | None]:
    """Return the table to work on, and its replica in another Region if it gets one."""
    on = settings.works_on
    if on is not None:
        return Stored(on.table_name, on.table_arn, on.stream_arn, on.kms_key_arn), None
    key_arn, replica_key_arn = create_key(scope, settings), replica_key(scope, settings)
    table = create_table(scope, settings, key_arn, replica_key_arn)
    if settings.replica is None or replica_key_arn is None:
        return stored_here(table, key_arn), None
    return stored_here(table, key_arn), stored_there(table, settings.replica, replica_key_arn)


def _create_api_function(scope: Scope, settings: DataSyncSettings, stored: Stored) -> Function:
    environment: dict[str, pulumi.Input[str]] = {
        "TABLE_NAME": stored.table_name,
        **{option.upper(): str(limit) for option, limit in settings.limits.items()},
        "TOMBSTONE_DAYS": str(settings.tombstone_days),
        "TOKEN_DAYS": str(settings.token_days),
    }
    args: FunctionArgs = {
        "source": _SOURCE,
        "handler": "sync.api.handle",
        "description": "Keeps the data of users in step across their devices",
        "environment": environment,
        "statements": api_statements(stored),
        "timeout_seconds": _API_SECONDS,
        **_common(settings),
    }
    return Function(scope.child(API_ROLE), args, scope.options())


def _create_stream_function(
    scope: Scope,
    settings: DataSyncSettings,
    stored: Stored,
    topic_arn: pulumi.Input[str],
    statements: list[StatementArgs],
) -> Function:
    args: FunctionArgs = {
        "source": _SOURCE,
        "handler": "sync.changes.handle",
        "description": "Tells of changed data, and removes what was deleted",
        "environment": {"TABLE_NAME": stored.table_name, "CHANGES_TOPIC_ARN": topic_arn},
        "statements": statements,
        "timeout_seconds": _STREAM_SECONDS,
        **_common(settings),
    }
    return Function(scope.child(STREAM_ROLE), args, scope.options())


def _common(settings: DataSyncSettings) -> Any:  # noqa: ANN401 - some of a function's arguments
    return {
        "memory_mib": _MEMORY_MIB,
        "log_retention_days": settings.log_retention_days,
        "tags": dict(settings.tags),
        **({} if settings.region is None else {"region": settings.region}),
        **({} if settings.alarm_topic_arn is None else {"alarm_topic_arn": settings.alarm_topic_arn}),
    }
