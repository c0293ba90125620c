"""The copy of an archive in another Region: its bucket, the role that writes it, and the rule."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags

from .access_logs import create_access_logs
from .buckets import Bucket, copy_plan, create_bucket, create_key, create_policy
from .documents import replication_permissions, replication_trust
from .settings import ArchiveBucketSettings, Replication

RULE_ID = "everything"
"""The id of the one replication rule, which CloudWatch's metrics carry."""
_PROMISED_MINUTES = 15
"""The only threshold that S3 offers."""


@dataclass(frozen=True, slots=True)
class CopyBucket:
    """Where the copy goes; `bucket` is `None` if the caller gave it."""

    arn: pulumi.Output[str]
    kms_key_arn: pulumi.Output[str]
    bucket: Bucket | None

    @property
    def name(self) -> pulumi.Output[str]:
        """Its name, the last part of its ARN."""
        return self.arn.apply(lambda arn: arn.rsplit(":", 1)[-1])


def create_copy_bucket(
    parent: pulumi.Resource, name: str, settings: ArchiveBucketSettings, copy: Replication
) -> CopyBucket:
    """Create what takes the copy, or adopt what the caller gave."""
    key_arn = pulumi.Output.from_input(
        create_key(parent, f"{name}-replica-key", f"the copy of the archive {name}", copy.region, settings)
        if copy.kms_key_arn is None
        else copy.kms_key_arn
    )
    if copy.bucket_arn is not None:
        return CopyBucket(pulumi.Output.from_input(copy.bucket_arn), key_arn, None)
    child = f"{name}-replica"
    bucket = create_bucket(parent, child, copy_plan(settings, copy, key_arn))
    create_policy(parent, bucket)
    if settings.access_logs is not None:
        # A bucket that the caller named for the archive's logs lies in the archive's Region, out of reach here.
        logs = replace(settings.access_logs, bucket_name=None)
        create_access_logs(parent, f"{child}-logs", settings, logs, bucket)
    return CopyBucket(bucket.arn, key_arn, bucket)


def create_replication(  # noqa: PLR0913, PLR0917 - both ends of a copy, and what is said of it
    parent: pulumi.Resource, name: str, what: str, copy: Replication, source: Bucket, target: CopyBucket
) -> None:
    """Create the role that copies `what` and the rule that says how, once both buckets keep versions."""
    role = aws.iam.Role(
        f"{name}-replication-role",
        assume_role_policy=json.dumps(replication_trust()),
        description=f"Copies {what} to {copy.region}",
        tags=tags.named(f"{name}-replication-role", source.plan.tags),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    known = pulumi.Output.all(
        source_arn=source.arn,
        source_key_arn=source.plan.kms_key_arn,
        source_region=source.resource.region,
        copy_arn=target.arn,
        copy_key_arn=target.kms_key_arn,
    )
    permissions = aws.iam.RolePolicy(
        f"{name}-replication-permissions",
        role=role.id,
        policy=known.apply(
            lambda values: json.dumps(
                replication_permissions(
                    **values,
                    copy_region=copy.region,
                    delete_markers=copy.delete_markers,
                    object_lock=source.plan.object_lock is not None,
                )
            )
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    copy_versioning = [] if target.bucket is None else [target.bucket.versioning]
    aws.s3.BucketReplicationConfig(
        f"{name}-replication",
        bucket=source.name,
        role=role.arn,
        rules=[_rule(copy, target)],
        region=source.plan.region,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[source.versioning, *copy_versioning, permissions]),
    )


def _rule(copy: Replication, target: CopyBucket) -> Any:  # noqa: ANN401 - a rule as the provider declares it
    metrics: dict[str, Any] = {"status": "Enabled"}
    destination: dict[str, Any] = {
        "bucket": target.arn,
        "encryption_configuration": {"replica_kms_key_id": target.kms_key_arn},
        "metrics": metrics,
    }
    if copy.storage_class is not None:
        destination["storage_class"] = copy.storage_class.value
    if copy.fifteen_minutes:
        # S3 takes the commitment only together with metrics of the same threshold.
        metrics["event_threshold"] = {"minutes": _PROMISED_MINUTES}
        destination["replication_time"] = {"status": "Enabled", "time": {"minutes": _PROMISED_MINUTES}}
    return {
        "id": RULE_ID,
        "priority": 1,
        "status": "Enabled",
        "filter": {"prefix": ""},
        "delete_marker_replication": {"status": "Enabled" if copy.delete_markers else "Disabled"},
        # Objects encrypted by KMS are left out unless the rule names them.
        "source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},
        "destination": destination,
    }
