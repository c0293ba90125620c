"""A bucket with its log bucket; log delivery writes with S3's own encryption, so the log bucket has no key."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


class PrivateBucket(pulumi.ComponentResource):
    """A team's own component: a bucket that is closed, kept and read over TLS only."""

    bucket: aws.s3.Bucket

    def __init__(self, name: str, *, takes_logs_of: str = "", opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("team:storage:PrivateBucket", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.bucket = aws.s3.Bucket(name, opts=pulumi.ResourceOptions(parent=self, protect=True))
        aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=self.bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        aws.s3.BucketOwnershipControls(
            f"{name}-owner", bucket=self.bucket.id, rule={"object_ownership": "BucketOwnerEnforced"}, opts=child
        )
        aws.s3.BucketVersioning(
            f"{name}-versions", bucket=self.bucket.id, versioning_configuration={"status": "Enabled"}, opts=child
        )
        aws.s3.BucketPolicy(
            f"{name}-policy",
            bucket=self.bucket.id,
            policy=pulumi.Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": [self.bucket.arn, pulumi.Output.concat(self.bucket.arn, "/*")],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                        *([self._delivery(takes_logs_of)] if takes_logs_of else []),
                    ],
                }
            ),
            opts=child,
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle",
            bucket=self.bucket.id,
            rules=[
                {
                    "id": "tidy",
                    "status": "Enabled",
                    "filter": {},
                    "noncurrent_version_expiration": {"noncurrent_days": 90},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": 3},
                }
            ],
            opts=child,
        )
        self.register_outputs({})

    def _delivery(self, account: str) -> dict[str, object]:
        return {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": pulumi.Output.concat(self.bucket.arn, "/*"),
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        }


def program() -> None:
    key = aws.kms.Key(
        "data-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    account = aws.get_caller_identity().account_id
    logs_component = PrivateBucket("logs", takes_logs_of=account)
    data, logs = PrivateBucket("data").bucket, logs_component.bucket
    aws.s3.BucketServerSideEncryptionConfiguration(
        "data-encryption",
        bucket=data.id,
        rules=[
            {
                "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn},
                "bucket_key_enabled": True,
            }
        ],
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        "logs-encryption",
        bucket=logs.id,
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
    )
    aws.s3.BucketLogging(
        "data-logging",
        bucket=data.id,
        target_bucket=logs.id,
        target_prefix="data/",
        opts=pulumi.ResourceOptions(depends_on=[logs_component]),
    )
