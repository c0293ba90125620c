"""Where events are kept: the key, the bucket, and the table that says what is in it."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.archive_bucket.access_logs import create_access_logs
from pulumi_aws_mobile.archive_bucket.args import TransitionDefaultMinimumObjectSize
from pulumi_aws_mobile.archive_bucket.buckets import Bucket, BucketPlan, create_bucket, create_key, create_policy
from pulumi_aws_mobile.naming import fit
from pulumi_aws_mobile.scope import Scope

from .documents import BROKEN_PREFIX, EVENTS_PREFIX, RESULTS_PREFIX, Lake
from .event_schema import BUILT_IN, COLUMNS, PARTITIONS
from .settings import AnalyticsSettings

TABLE = "events"
_NONCURRENT_DAYS = 7
_ABORT_DAYS = 7
_LONGEST_DATABASE = 128
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


@dataclass(frozen=True, slots=True)
class Store:
    """What was made to keep events in."""

    bucket: Bucket
    kms_key_arn: pulumi.Output[str]
    database: "aws.glue.CatalogDatabase"
    table: "aws.glue.CatalogTable"

    @property
    def region(self) -> pulumi.Output[str]:
        """The Region, which is known when the bucket is."""
        return self.bucket.resource.region

    @property
    def lake(self) -> Lake:
        """The same as policies name it."""
        return Lake(self.bucket.arn, self.kms_key_arn, self.database.arn, self.table.arn, self.region)


def create_store(scope: Scope, settings: AnalyticsSettings) -> Store:
    """Create the key unless one is given, the bucket with its log of requests, and the table."""
    key_arn = _find_or_create_key(scope, settings)
    plan = BucketPlan(
        region=scope.region,
        rules=lifecycle(settings),
        default_minimum=TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K,
        kms_key_arn=key_arn,
        object_lock=None,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
    )
    bucket = create_bucket(scope.parent, scope.child("lake"), plan)
    create_policy(scope.parent, bucket)
    if settings.access_logs is not None:
        create_access_logs(scope.parent, scope.child("logs"), settings, settings.access_logs, bucket)
    database = aws.glue.CatalogDatabase(
        scope.child("database"),
        name=database_name(pulumi.get_project(), pulumi.get_stack(), scope.name),
        description=f"The events of {scope.name}",
        region=scope.region,
        tags=scope.tags("database"),
        opts=scope.options(),
    )
    return Store(bucket, key_arn, database, _create_table(scope, settings, bucket, database))


def database_name(project: str, stack: str, name: str) -> str:
    """Return a name that queries can write without quotes; Athena knows lower case only."""
    plain = "".join(each if each.isalnum() and each.isascii() else "_" for each in f"{project}_{stack}_{name}".lower())
    return fit(plain, _LONGEST_DATABASE).replace("-", "_")


def lifecycle(settings: AnalyticsSettings) -> list[dict[str, Any]]:
    """Return when what lies where is deleted; nothing is overwritten, so that old versions are of deleted objects."""
    kept = {
        EVENTS_PREFIX: settings.retention_days,
        BROKEN_PREFIX: settings.broken_retention_days,
        RESULTS_PREFIX: settings.results_retention_days,
    }
    incomplete = {
        "id": "incomplete",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abort_incomplete_multipart_upload": {"days_after_initiation": _ABORT_DAYS},
    }
    return [
        incomplete,
        *(
            {
                "id": prefix.removesuffix("/"),
                "status": "Enabled",
                "filter": {"prefix": prefix},
                "expiration": {"days": days},
                "noncurrent_version_expiration": {"noncurrent_days": _NONCURRENT_DAYS},
            }
            for prefix, days in kept.items()
        ),
    ]


def projection(settings: AnalyticsSettings, location: str) -> dict[str, str]:
    """Return how Athena knows the partitions without being told of each.

    https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
    """
    return {
        "EXTERNAL": "TRUE",
        "classification": "parquet",
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": f"NOW-{settings.retention_days}DAYS,NOW+1DAYS",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "projection.event_type.type": "enum",
        "projection.event_type.values": ",".join([*BUILT_IN, *settings.events]),
        "storage.location.template": f"{location}day=${{day}}/event_type=${{event_type}}/",
    }


def _find_or_create_key(scope: Scope, settings: AnalyticsSettings) -> pulumi.Output[str]:
    if settings.kms_key_arn is not None:
        return pulumi.Output.from_input(settings.kms_key_arn)
    return create_key(scope.parent, scope.child("key"), f"the events of {scope.name}", scope.region, settings)


def _create_table(
    scope: Scope, settings: AnalyticsSettings, bucket: Bucket, database: "aws.glue.CatalogDatabase"
) -> "aws.glue.CatalogTable":
    location = pulumi.Output.concat("s3://", bucket.name, f"/{EVENTS_PREFIX}")
    return aws.glue.CatalogTable(
        scope.child("table"),
        name=TABLE,
        database_name=database.name,
        description="One row for each event that came; an event that came twice has two",
        table_type="EXTERNAL_TABLE",
        parameters=location.apply(lambda known: projection(settings, known)),
        partition_keys=[{"name": name, "type": kind} for name, kind in PARTITIONS.items()],
        storage_descriptor={
            "location": location,
            "input_format": f"{_PARQUET}.MapredParquetInputFormat",
            "output_format": f"{_PARQUET}.MapredParquetOutputFormat",
            "ser_de_info": {
                "serialization_library": f"{_PARQUET}.serde.ParquetHiveSerDe",
                "parameters": {"serialization.format": "1"},
            },
            "columns": [{"name": name, "type": kind} for name, kind in COLUMNS.items()],
        },
        region=scope.region,
        opts=scope.options(),
    )
