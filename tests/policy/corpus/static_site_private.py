"""A website behind CloudFront: a private bucket that one distribution may read."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def program() -> None:
    keep = pulumi.ResourceOptions(protect=True)
    key = aws.kms.Key("site-key", enable_key_rotation=True, deletion_window_in_days=30, opts=keep)
    bucket = aws.s3.Bucket("site", opts=keep)
    aws.s3.BucketPublicAccessBlock(
        "site-private",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    aws.s3.BucketOwnershipControls("site-owner", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"})
    aws.s3.BucketVersioning("site-versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
    aws.s3.BucketServerSideEncryptionConfiguration(
        "site-encryption",
        bucket=bucket.id,
        rules=[
            {
                "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn},
                "bucket_key_enabled": True,
            }
        ],
    )
    access = aws.cloudfront.OriginAccessControl(
        "site-access", origin_access_control_origin_type="s3", signing_behavior="always", signing_protocol="sigv4"
    )
    distribution = aws.cloudfront.Distribution(
        "site-cdn",
        enabled=True,
        default_root_object="index.html",
        origins=[
            {
                "origin_id": "bucket",
                "domain_name": bucket.bucket_regional_domain_name,
                "origin_access_control_id": access.id,
            }
        ],
        default_cache_behavior={
            "target_origin_id": "bucket",
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "cache_policy_id": "658327ea-f89d-4fab-a63d-7e88639e58f6",
        },
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={"cloudfront_default_certificate": True},
    )
    document = aws.iam.get_policy_document_output(
        statements=[
            {
                "sid": "Distribution",
                "actions": ["s3:GetObject"],
                "resources": [bucket.arn.apply(lambda arn: f"{arn}/*")],
                "principals": [{"type": "Service", "identifiers": ["cloudfront.amazonaws.com"]}],
                "conditions": [
                    {"test": "StringEquals", "variable": "AWS:SourceArn", "values": [distribution.arn]},
                ],
            },
            {
                "sid": "TlsOnly",
                "effect": "Deny",
                "actions": ["s3:*"],
                "resources": [bucket.arn, bucket.arn.apply(lambda arn: f"{arn}/*")],
                "principals": [{"type": "*", "identifiers": ["*"]}],
                "conditions": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}],
            },
        ]
    )
    aws.s3.BucketPolicy("site-policy", bucket=bucket.id, policy=document.json)
