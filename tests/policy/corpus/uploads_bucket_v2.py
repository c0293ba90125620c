"""Uploads in a bucket of the V2 resources, as programs written for version 6 of the provider have it.

Versions pile up, for the lifecycle expires none of them; uploads that were given up stay for ever.
"""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "uploads": "guard-protect s3-no-force-destroy s3-ownership s3-tls-only",
    "uploads-encryption": "s3-kms",
    "uploads-lifecycle": "s3-abort-mpu s3-archive-lifecycle",
    "uploads-policy": "s3-policy-principals",
}


def program() -> None:
    bucket = aws.s3.BucketV2("uploads", force_destroy=True, tags={"team": "media"})
    aws.s3.BucketPublicAccessBlock(
        "uploads-private",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    versions = aws.s3.BucketVersioningV2(
        "uploads-versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
    )
    aws.s3.BucketServerSideEncryptionConfigurationV2(
        "uploads-encryption",
        bucket=bucket.bucket,
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
    )
    aws.s3.BucketLifecycleConfigurationV2(
        "uploads-lifecycle",
        bucket=bucket.id,
        rules=[
            {
                "id": "cool",
                "status": "Enabled",
                "transitions": [
                    {"days": 30, "storage_class": "STANDARD_IA"},
                    {"days": 40, "storage_class": "GLACIER"},
                ],
            }
        ],
        opts=pulumi.ResourceOptions(depends_on=[versions]),
    )
    aws.s3.BucketPolicy(
        "uploads-policy",
        bucket=bucket.id,
        policy=pulumi.Output.all(bucket.arn).apply(
            lambda got: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Effect": "Allow",
                        "Principal": {"AWS": "arn:aws:iam::999988887777:root"},
                        "Action": "s3:*",
                        "Resource": [got[0], f"{got[0]}/*"],
                    },
                }
            )
        ),
    )
