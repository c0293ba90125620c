"""Documents that S3 copies into another Region, each bucket made by an explicit provider in a loop."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def program() -> None:
    buckets: dict[str, aws.s3.Bucket] = {}
    keys: dict[str, aws.kms.Key] = {}
    versions = []
    for region in ("eu-west-1", "eu-central-1"):
        there = pulumi.ResourceOptions(provider=aws.Provider(f"aws-{region}", region=region))
        keep = pulumi.ResourceOptions.merge(there, pulumi.ResourceOptions(protect=True))
        keys[region] = key = aws.kms.Key(
            f"key-{region}", enable_key_rotation=True, deletion_window_in_days=30, opts=keep
        )
        buckets[region] = bucket = aws.s3.Bucket(f"documents-{region}", opts=keep)
        aws.s3.BucketPublicAccessBlock(
            f"private-{region}",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=there,
        )
        aws.s3.BucketOwnershipControls(
            f"owner-{region}", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"}, opts=there
        )
        versions.append(
            aws.s3.BucketVersioning(
                f"versions-{region}", bucket=bucket.id, versioning_configuration={"status": "Enabled"}, opts=there
            )
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"encryption-{region}",
            bucket=bucket.id,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": key.arn,
                    },
                    "bucket_key_enabled": True,
                }
            ],
            opts=there,
        )
        aws.s3.BucketPolicy(
            f"policy-{region}",
            bucket=bucket.id,
            policy=bucket.arn.apply(
                lambda arn: json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Deny",
                                "Principal": {"AWS": "*"},
                                "Action": ["s3:*"],
                                "Resource": [arn, f"{arn}/*"],
                                "Condition": {"Bool": {"aws:SecureTransport": False}},
                            }
                        ],
                    }
                )
            ),
            opts=there,
        )
    _replicate(buckets["eu-west-1"], buckets["eu-central-1"], keys, versions)


def _replicate(
    source: aws.s3.Bucket, target: aws.s3.Bucket, keys: dict[str, aws.kms.Key], after: list[aws.s3.BucketVersioning]
) -> None:
    role = aws.iam.Role("replication", assume_role_policy=json.dumps(TRUST))
    here, there = keys["eu-west-1"], keys["eu-central-1"]
    aws.iam.RolePolicy(
        "replication-policy",
        role=role.id,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"],
                        "Resource": source.arn,
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
                        "Resource": pulumi.Output.concat(source.arn, "/*"),
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
                        "Resource": pulumi.Output.concat(target.arn, "/*"),
                    },
                    {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": here.arn},
                    {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": there.arn},
                ],
            }
        ),
    )
    aws.s3.BucketReplicationConfig(
        "replicate",
        bucket=source.id,
        role=role.arn,
        rules=[
            {
                "id": "all",
                "status": "Enabled",
                "filter": {},
                "delete_marker_replication": {"status": "Disabled"},
                "source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},
                "destination": {
                    "bucket": target.arn,
                    "storage_class": "STANDARD_IA",
                    "encryption_configuration": {"replica_kms_key_id": there.arn},
                },
            }
        ],
        opts=pulumi.ResourceOptions(depends_on=after),
    )
