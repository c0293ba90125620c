"""The record of who asked for what: S3's server access logs."""

import pulumi
import pulumi_aws as aws

from .buckets import Bucket, Keeping, create_bucket, create_policy, log_plan
from .settings import AccessLogs


def create_access_logs(
    parent: pulumi.Resource, name: str, settings: Keeping, logs: AccessLogs, source: Bucket
) -> pulumi.Output[str]:
    """Record the requests to `source`, in the caller's bucket or in a new one `name`; return that bucket's name.

    S3 delivers logs within a Region only, so each Region has its own.
    """
    if logs.bucket_name is not None:
        target, delivery = pulumi.Output.from_input(logs.bucket_name), []
    else:
        bucket = create_bucket(parent, name, log_plan(settings, source.plan.region, logs.retention_days))
        account = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(parent=parent)).account_id
        target, delivery = bucket.name, [create_policy(parent, bucket, log_source=(source.arn, account))]
    aws.s3.BucketLogging(
        f"{source.child}-logging",
        bucket=source.name,
        target_bucket=target,
        target_prefix=f"{source.child}/",
        region=source.plan.region,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=delivery),
    )
    return target
