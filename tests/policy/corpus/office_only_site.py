"""Pages for a company's own networks: the bucket's policy lets in the office's addresses and one VPC endpoint."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {"half-policy": "s3-policy-principals"}

OFFICE = ["198.51.100.0/24", "2001:db8:17::/48"]


def _bucket(name: str, *conditions: dict[str, object]) -> None:
    physical = f"{name}-pages-of-the-shop"
    key = aws.kms.Key(
        f"{name}-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    bucket = aws.s3.Bucket(name, bucket=physical, opts=pulumi.ResourceOptions(protect=True))
    aws.s3.BucketPublicAccessBlock(
        f"{name}-private",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    aws.s3.BucketOwnershipControls(f"{name}-owner", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"})
    aws.s3.BucketVersioning(f"{name}-versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
    default = {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn}
    aws.s3.BucketServerSideEncryptionConfiguration(
        f"{name}-encryption",
        bucket=bucket.id,
        rules=[{"apply_server_side_encryption_by_default": default, "bucket_key_enabled": True}],
    )
    arns = [f"arn:aws:s3:::{physical}", f"arn:aws:s3:::{physical}/*"]
    readers = [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": arns[1], "Condition": condition}
        for condition in conditions
    ]
    tls = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": arns,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    aws.s3.BucketPolicy(
        f"{name}-policy",
        bucket=bucket.id,
        policy=json.dumps({"Version": "2012-10-17", "Statement": [*readers, tls]}),
    )


def program() -> None:
    _bucket(
        "office",
        {"IpAddress": {"aws:SourceIp": OFFICE}},
        {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}},
    )
    # Half of the internet is no office.
    _bucket("half", {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1"]}})
