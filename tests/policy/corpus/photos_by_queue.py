"""Photos: a bucket tells a queue, a function takes from it; everything closed, only the function's role is too wide."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"resize-policy": "iam-wildcards"}

ACCOUNT = "123456789012"


def _bucket(key: aws.kms.Key) -> aws.s3.Bucket:
    bucket = aws.s3.Bucket("photos", opts=pulumi.ResourceOptions(protect=True))
    aws.s3.BucketPublicAccessBlock(
        "photos-private",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    aws.s3.BucketOwnershipControls(
        "photos-owner", bucket=bucket.bucket, rule={"object_ownership": "BucketOwnerEnforced"}
    )
    aws.s3.BucketVersioning("photos-versions", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"})
    aws.s3.BucketServerSideEncryptionConfiguration(
        "photos-encryption",
        bucket=bucket.bucket,
        rules=[
            {
                "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn},
                "bucket_key_enabled": True,
            }
        ],
    )
    tls = aws.iam.get_policy_document_output(
        statements=[
            {
                "effect": "Deny",
                "actions": ["s3:*"],
                "resources": [bucket.arn, pulumi.Output.format("{0}/*", bucket.arn)],
                "principals": [{"type": "AWS", "identifiers": ["*"]}],
                "conditions": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}],
            }
        ]
    )
    aws.s3.BucketPolicy("photos-policy", bucket=bucket.bucket, policy=tls.json)
    return bucket


def program() -> None:
    key = aws.kms.Key(
        "photos-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    bucket = _bucket(key)
    dead = aws.sqs.Queue("photos-dead", sqs_managed_sse_enabled=True)
    queue = aws.sqs.Queue(
        "photos-queue",
        sqs_managed_sse_enabled=True,
        visibility_timeout_seconds=360,
        redrive_policy=pulumi.Output.json_dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": 4}),
    )
    policy = aws.sqs.QueuePolicy(
        "photos-queue-policy",
        queue_url=queue.id,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "s3.amazonaws.com"},
                        "Action": "sqs:SendMessage",
                        "Resource": queue.arn,
                        "Condition": {
                            "ArnLike": {"aws:SourceArn": bucket.arn},
                            "StringEquals": {"aws:SourceAccount": ACCOUNT},
                        },
                    },
                    {
                        "Effect": "Deny",
                        "Principal": {"AWS": "*"},
                        "Action": "sqs:*",
                        "Resource": queue.arn,
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    },
                ],
            }
        ),
    )
    aws.s3.BucketNotification(
        "photos-arrive",
        bucket=bucket.bucket,
        queues=[{"queue_arn": queue.arn, "events": ["s3:ObjectCreated:*"], "filter_suffix": ".jpg"}],
        opts=pulumi.ResourceOptions(depends_on=[policy]),
    )
    role = aws.iam.Role(
        "resize-role",
        assume_role_policy=aws.iam.get_policy_document(
            statements=[
                {
                    "actions": ["sts:AssumeRole"],
                    "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
                }
            ]
        ).json,
    )
    aws.iam.RolePolicy(
        "resize-policy",
        role=role.id,
        policy=aws.iam.get_policy_document(
            statements=[
                {
                    "actions": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "s3:PutObject"],
                    "resources": ["*"],
                }
            ]
        ).json,
    )
    log = aws.cloudwatch.LogGroup("resize-log", retention_in_days=120)
    function = aws.lambda_.Function(
        "resize",
        runtime="python3.13",
        handler="main.handle",
        role=role.arn,
        timeout=60,
        code=pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): pass")}),
        logging_config={"log_format": "JSON", "log_group": log.name},
    )
    aws.lambda_.EventSourceMapping("resize-takes", event_source_arn=queue.arn, function_name=function.arn, batch_size=5)
