"""The way of an event from an app into the lake: the stream, the function that prepares it, and Firehose."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs, policy_document, trust_document

from .counting import counting_environment, function_args, schema_environment
from .documents import BROKEN_PREFIX, EVENTS_PREFIX, deliver, publish_numbers, read_stream
from .lake import Store
from .settings import AnalyticsSettings

LOG_STREAM = "delivery"
_PREPARE_SECONDS = 120
_PREPARE_MIB = 1024
"""The processor's share grows with the memory, and Firehose waits for each MiB of events."""
_RETRY_SECONDS = 300
_DELETION_WINDOW_DAYS = 30


def create_stream(scope: Scope, settings: AnalyticsSettings, store: Store) -> "aws.kinesis.Stream":
    """Create the Kinesis stream that apps put events into."""
    return aws.kinesis.Stream(
        scope.child("stream"),
        stream_mode_details={"stream_mode": "ON_DEMAND" if settings.shards is None else "PROVISIONED"},
        shard_count=settings.shards,
        retention_period=settings.stream_retention_hours,
        encryption_type="KMS",
        kms_key_id=store.kms_key_arn,
        region=scope.region,
        tags=scope.tags("stream"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect, retain_on_delete=settings.protect),
    )


def create_prepare(scope: Scope, settings: AnalyticsSettings, *, counts: bool) -> Function:
    """Create the function that checks events and makes them private; `counts` if nothing else counts them."""
    statements: list[StatementArgs] = []
    environment: dict[str, pulumi.Input[str]] = {
        **schema_environment(settings),
        "PRIVACY": json.dumps(dict(settings.privacy), separators=(",", ":")),
        "LATE_DAYS": str(settings.late_days),
        "CLOCK_TOLERANCE_SECONDS": str(settings.clock_tolerance_seconds),
    }
    if settings.hashes:
        key_arn = _create_hash_key(scope, settings)
        environment["HASH_KEY_ARN"] = key_arn
        statements.append({"actions": ["kms:GenerateMac"], "resources": [key_arn]})
    if counts:
        environment |= counting_environment(scope.name)
        statements.append(publish_numbers())
    return Function(
        scope.child("prepare"),
        {
            "handler": "events.prepare.handle",
            "description": "Checks events, makes them private and says where they go",
            "environment": environment,
            "statements": statements,
            "timeout_seconds": _PREPARE_SECONDS,
            "memory_mib": _PREPARE_MIB,
            **function_args(settings),
        },
        scope.options(),
    )


def create_delivery(
    scope: Scope, settings: AnalyticsSettings, store: Store, prepare: Function, stream: "aws.kinesis.Stream | None"
) -> "aws.kinesis.FirehoseDeliveryStream":
    """Create the delivery stream: from the Kinesis stream if there is one, else from apps themselves."""
    log_group = aws.cloudwatch.LogGroup(
        scope.child("delivery-logs"),
        retention_in_days=settings.log_retention_days,
        region=scope.region,
        tags=scope.tags("delivery-logs"),
        opts=scope.options(),
    )
    log_stream = aws.cloudwatch.LogStream(
        scope.child("delivery-log"),
        name=LOG_STREAM,
        log_group_name=log_group.name,
        region=scope.region,
        opts=scope.options(),
    )
    role = aws.iam.Role(
        scope.child("delivery-role"),
        description=f"What Firehose may do for {scope.name}",
        assume_role_policy=trust_document("firehose.amazonaws.com"),
        tags=scope.tags("delivery-role"),
        opts=scope.options(),
    )
    statements = deliver(store.lake, prepare.arn, log_group.arn)
    if stream is not None:
        statements += read_stream(stream.arn, store.kms_key_arn, store.region)
    granted = aws.iam.RolePolicy(
        scope.child("delivery-permissions"), role=role.name, policy=policy_document(statements), opts=scope.options()
    )
    source: dict[str, Any] = (
        {
            "server_side_encryption": {
                "enabled": True,
                "key_type": "CUSTOMER_MANAGED_CMK",
                "key_arn": store.kms_key_arn,
            }
        }
        if stream is None
        else {"kinesis_source_configuration": {"kinesis_stream_arn": stream.arn, "role_arn": role.arn}}
    )
    return aws.kinesis.FirehoseDeliveryStream(
        scope.child("delivery"),
        destination="extended_s3",
        extended_s3_configuration=_destination(settings, store, prepare, role, log_group),  # type: ignore[bad-argument-type] # a plain dictionary of the declared shape
        region=scope.region,
        tags=scope.tags("delivery"),
        # Firehose tries what its role may do as soon as it exists.
        opts=scope.options(depends_on=[granted, log_stream]),
        **source,
    )


def _destination(
    settings: AnalyticsSettings,
    store: Store,
    prepare: Function,
    role: "aws.iam.Role",
    log_group: "aws.cloudwatch.LogGroup",
) -> dict[str, Any]:
    """Return where events go, as what, and where those go that break the schema."""
    partitions = "".join(f"{key}=!{{partitionKeyFromLambda:{key}}}/" for key in ("day", "event_type"))
    return {
        "bucket_arn": store.bucket.arn,
        "role_arn": role.arn,
        "kms_key_arn": store.kms_key_arn,
        "buffering_size": settings.buffering_mib,
        "buffering_interval": settings.buffering_seconds,
        "prefix": f"{EVENTS_PREFIX}{partitions}",
        "error_output_prefix": f"{BROKEN_PREFIX}!{{firehose:error-output-type}}/day=!{{timestamp:yyyy-MM-dd}}/",
        "cloudwatch_logging_options": {
            "enabled": True,
            "log_group_name": log_group.name,
            "log_stream_name": LOG_STREAM,
        },
        "dynamic_partitioning_configuration": {"enabled": True, "retry_duration": _RETRY_SECONDS},
        "processing_configuration": {
            "enabled": True,
            "processors": [
                {
                    "type": "Lambda",
                    "parameters": [
                        {
                            "parameter_name": "LambdaArn",
                            "parameter_value": pulumi.Output.concat(prepare.arn, ":$LATEST"),
                        }
                    ],
                }
            ],
        },
        "data_format_conversion_configuration": {
            "enabled": True,
            "input_format_configuration": {"deserializer": {"open_x_json_ser_de": {"case_insensitive": False}}},
            "output_format_configuration": {"serializer": {"parquet_ser_de": {"compression": "SNAPPY"}}},
            "schema_configuration": {
                "database_name": store.database.name,
                "table_name": store.table.name,
                "role_arn": role.arn,
                "region": store.region,
            },
        },
    }


def _create_hash_key(scope: Scope, settings: AnalyticsSettings) -> pulumi.Output[str]:
    """Create the key that hashes are made with; KMS shows it to nobody, and keys for HMACs do not rotate."""
    return aws.kms.Key(
        scope.child("hash-key"),
        description=f"Hashes who the events of {scope.name} are about",
        key_usage="GENERATE_VERIFY_MAC",
        customer_master_key_spec="HMAC_256",
        deletion_window_in_days=_DELETION_WINDOW_DAYS,
        region=scope.region,
        tags=scope.tags("hash-key"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect, retain_on_delete=settings.protect),
    ).arn
