"""Clicks through an encrypted stream into a bucket of the data team, encrypted by a key of the stack's."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

BUCKET = "arn:aws:s3:::clicks-of-the-shop"


def program() -> None:
    key = aws.kms.Key(
        "clicks-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    stream = aws.kinesis.Stream(
        "clicks",
        retention_period=168,
        encryption_type="KMS",
        kms_key_id=key.arn,
        stream_mode_details={"stream_mode": "ON_DEMAND"},
    )
    role = aws.iam.Role(
        "to-bucket-role",
        assume_role_policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "firehose.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                        "Condition": {"StringEquals": {"sts:ExternalId": aws.get_caller_identity().account_id}},
                    }
                ],
            }
        ),
    )
    log = aws.cloudwatch.LogGroup("to-bucket-log", name="/aws/kinesisfirehose/clicks", retention_in_days=90)
    log_stream = aws.cloudwatch.LogStream("to-bucket-errors", log_group_name=log.name)
    policy = aws.iam.RolePolicy(
        "to-bucket-policy",
        role=role.name,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:PutObject"],
                        "Resource": [BUCKET, f"{BUCKET}/*"],
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords"],
                        "Resource": stream.arn,
                    },
                    {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": key.arn},
                    {
                        "Effect": "Allow",
                        "Action": "logs:PutLogEvents",
                        "Resource": pulumi.Output.concat(log.arn, ":log-stream:", log_stream.name),
                    },
                ],
            }
        ),
    )
    aws.kinesis.FirehoseDeliveryStream(
        "to-bucket",
        destination="extended_s3",
        kinesis_source_configuration={"kinesis_stream_arn": stream.arn, "role_arn": role.arn},
        extended_s3_configuration={
            "bucket_arn": BUCKET,
            "role_arn": role.arn,
            "kms_key_arn": key.arn,
            "prefix": "clicks/",
            "error_output_prefix": "errors/",
            "cloudwatch_logging_options": {
                "enabled": True,
                "log_group_name": log.name,
                "log_stream_name": log_stream.name,
            },
        },
        opts=pulumi.ResourceOptions(depends_on=[policy]),
    )
