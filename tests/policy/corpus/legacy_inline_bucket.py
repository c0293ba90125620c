"""A bucket whose versioning, encryption, logging and lifecycle all stand inside it, under an alias of its old name."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"records": "s3-block-public s3-ownership s3-tls-only"}


def program() -> None:
    key = aws.kms.Key(
        "records-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    aws.s3.Bucket(
        "records",
        versioning={"enabled": True},
        server_side_encryption_configuration={
            "rule": {
                "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn},
                "bucket_key_enabled": True,
            }
        },
        logging={"target_bucket": "central-access-logs", "target_prefix": "records/"},
        lifecycle_rules=[
            {
                "enabled": True,
                "abort_incomplete_multipart_upload_days": 7,
                "transitions": [{"days": 90, "storage_class": "GLACIER"}],
                "noncurrent_version_expiration": {"days": 400},
            }
        ],
        opts=pulumi.ResourceOptions(protect=True, aliases=[pulumi.Alias(name="archive")]),
    )
