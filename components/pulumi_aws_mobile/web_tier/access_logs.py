"""The record of who asked for what, at the load balancers and at the bucket of the bundles."""

import json

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.archive_bucket.buckets import create_bucket, log_plan

from .documents import Facts, log_bucket_policy
from .scope import Scope
from .versions import Store

_RETENTION_DAYS = 400


def create_log_bucket(scope: Scope, store: Store, facts: pulumi.Output[Facts]) -> pulumi.Output[str]:
    """Create the log bucket and let it record the bundles' bucket; return its name once load balancers may write."""
    settings, child = scope.settings, scope.child("logs")
    bucket = create_bucket(scope.parent, child, log_plan(settings, settings.region, _RETENTION_DAYS))
    policy = aws.s3.BucketPolicy(
        f"{child}-policy",
        bucket=bucket.name,
        policy=pulumi.Output.all(facts, bucket.arn).apply(lambda known: json.dumps(log_bucket_policy(*known))),
        region=settings.region,
        # S3 refuses two changes at once to what governs access to a bucket.
        opts=pulumi.ResourceOptions(
            parent=scope.parent,
            protect=settings.protect,
            retain_on_delete=settings.protect,
            depends_on=[bucket.public_access],
        ),
    )
    name = pulumi.Output.all(bucket.name, policy.id).apply(lambda known: known[0])
    aws.s3.BucketLogging(
        f"{store.bucket.child}-logging",
        bucket=store.bucket.name,
        target_bucket=name,
        target_prefix=f"{store.bucket.child}/",
        region=settings.region,
        opts=scope.owned,
    )
    return name
