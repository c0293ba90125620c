"""The `ArchiveBucket` component."""

import pulumi
import pulumi_aws as aws

from .access_logs import create_access_logs
from .alarms import METRICS_FILTER, create_alarms
from .args import ArchiveBucketArgs
from .buckets import Bucket, archive_plan, create_bucket, create_key, create_policy
from .replication import CopyBucket, create_copy_bucket, create_replication
from .retrieval import RetrievalPlan, retrieval_plan
from .settings import ArchiveBucketSettings, resolve


class ArchiveBucket(pulumi.ComponentResource):
    """An S3 bucket whose objects roll over to colder classes by age and come back as fast as the caller asked.

    Creates: the bucket with versions, lifecycle rules, encryption by a key of its own, a policy that takes TLS and that
    key only, and no public access; a log bucket for its access logs; request metrics; where asked, Object Lock, a copy
    in another Region with its own bucket, key, log bucket and role, and alarms. It deliberately does not restore
    objects, does not copy what was there before replication was turned on, and grants nobody access.
    """

    bucket_name: pulumi.Output[str]
    """The name of the bucket."""
    bucket_arn: pulumi.Output[str]
    """The ARN of the bucket."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the key that encrypts the objects."""
    log_bucket_name: pulumi.Output[str | None]
    """The name of the bucket that takes the access logs; nothing if requests are not recorded."""
    replica_bucket_name: pulumi.Output[str | None]
    """The name of the bucket with the copy; nothing without replication."""
    replica_bucket_arn: pulumi.Output[str | None]
    """The ARN of the bucket with the copy; nothing without replication."""
    replica_kms_key_arn: pulumi.Output[str | None]
    """The ARN of the key that encrypts the copy; nothing without replication."""

    def __init__(self, name: str, args: ArchiveBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the archive; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:ArchiveBucket", name, {}, opts)
        self._settings = settings
        key_arn = _create_key(self, name, settings)
        bucket = _create_bucket(self, name, settings, key_arn)
        log_bucket_name = _create_access_logs(self, name, settings, bucket)
        _create_request_metrics(self, name, settings, bucket)
        copy = _create_copy(self, name, settings, bucket)
        create_alarms(self, name, settings, bucket, copy)

        self.bucket_name = bucket.name
        self.bucket_arn = bucket.arn
        self.kms_key_arn = key_arn
        self.log_bucket_name = log_bucket_name
        self.replica_bucket_name = pulumi.Output.from_input(copy.name if copy else None)
        self.replica_bucket_arn = pulumi.Output.from_input(copy.arn if copy else None)
        self.replica_kms_key_arn = pulumi.Output.from_input(copy.kms_key_arn if copy else None)
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def retrieval_plan(self, age_days: int, size_bytes: int = 1024 * 1024) -> RetrievalPlan:
        """Return where an object of that age and size is, and how it comes back."""
        return retrieval_plan(self._settings, age_days, size_bytes)


_OUTPUTS = (
    "bucket_name",
    "bucket_arn",
    "kms_key_arn",
    "log_bucket_name",
    "replica_bucket_name",
    "replica_bucket_arn",
    "replica_kms_key_arn",
)


def _create_key(archive: pulumi.Resource, name: str, settings: ArchiveBucketSettings) -> pulumi.Output[str]:
    if settings.kms_key_arn is not None:
        return pulumi.Output.from_input(settings.kms_key_arn)
    return create_key(archive, f"{name}-key", f"the archive {name}", settings.region, settings)


def _create_bucket(
    archive: pulumi.Resource, name: str, settings: ArchiveBucketSettings, key_arn: pulumi.Output[str]
) -> Bucket:
    bucket = create_bucket(archive, f"{name}-bucket", archive_plan(settings, key_arn))
    create_policy(archive, bucket)
    return bucket


def _create_access_logs(
    archive: pulumi.Resource, name: str, settings: ArchiveBucketSettings, bucket: Bucket
) -> pulumi.Output[str | None]:
    if settings.access_logs is None:
        return pulumi.Output.from_input(None)
    return create_access_logs(archive, f"{name}-logs", settings, settings.access_logs, bucket)


def _create_request_metrics(
    archive: pulumi.Resource, name: str, settings: ArchiveBucketSettings, bucket: Bucket
) -> None:
    if settings.request_metrics:
        aws.s3.BucketMetric(
            f"{name}-metrics",
            bucket=bucket.name,
            name=METRICS_FILTER,
            region=settings.region,
            opts=pulumi.ResourceOptions(parent=archive),
        )


def _create_copy(
    archive: pulumi.Resource, name: str, settings: ArchiveBucketSettings, bucket: Bucket
) -> CopyBucket | None:
    if settings.replication is None:
        return None
    copy = create_copy_bucket(archive, name, settings, settings.replication)
    create_replication(archive, name, f"the archive {name}", settings.replication, bucket, copy)
    return copy
