"""Clicks through Kinesis and Firehose into a bucket of the data team, nothing of it encrypted by choice."""

import json

import pulumi_aws as aws

EXPECTED = {"clicks": "kinesis-encrypted", "to-bucket": "firehose-encrypted", "to-bucket-policy": "iam-wildcards"}


def program() -> None:
    stream = aws.kinesis.Stream("clicks", shard_count=1, retention_period=24)
    role = aws.iam.Role(
        "to-bucket-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"Service": "firehose.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                },
            }
        ),
    )
    aws.iam.RolePolicy(
        "to-bucket-policy",
        role=role.name,
        policy=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
        ),
    )
    aws.kinesis.FirehoseDeliveryStream(
        "to-bucket",
        destination="extended_s3",
        kinesis_source_configuration={"kinesis_stream_arn": stream.arn, "role_arn": role.arn},
        extended_s3_configuration={
            "bucket_arn": "arn:aws:s3:::clicks-of-the-shop",
            "role_arn": role.arn,
            "buffering_interval": 300,
        },
    )
