"""Situations of firehose."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World

_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def _delivery_stream(world: World) -> tuple[Inputs, Inputs]:
    role = world.make("aws:iam/role:Role", {"assumeRolePolicy": _TRUST})["arn"]
    bucket = f"arn:aws:s3:::{world.bucket()}"
    lambda_arn = {"parameterName": "LambdaArn", "parameterValue": "arn:aws:lambda:eu-west-1:123456789012:function:f"}
    first = {
        "destination": "extended_s3",
        "extendedS3Configuration": {
            "bucketArn": bucket,
            "roleArn": role,
            "kmsKeyArn": world.key(),
            "bufferingInterval": 60,
            "bufferingSize": 64,
            "prefix": "events/!{partitionKeyFromLambda:day}/",
            "errorOutputPrefix": "broken/!{firehose:error-output-type}/",
            "cloudwatchLoggingOptions": {"enabled": True, "logGroupName": "g", "logStreamName": "s"},
            "dynamicPartitioningConfiguration": {"enabled": True, "retryDuration": 300},
            "processingConfiguration": {
                "enabled": True,
                "processors": [{"type": "Lambda", "parameters": [lambda_arn]}],
            },
            "dataFormatConversionConfiguration": {
                "enabled": True,
                "inputFormatConfiguration": {"deserializer": {"openXJsonSerDe": {"caseInsensitive": False}}},
                "outputFormatConfiguration": {"serializer": {"parquetSerDe": {"compression": "SNAPPY"}}},
                "schemaConfiguration": {"databaseName": "d", "tableName": "t", "roleArn": role, "region": "eu-west-1"},
            },
        },
        "serverSideEncryption": {"enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": world.key()},
        "tags": TAGS,
    }
    changed = {
        "destination": "extended_s3",
        "extendedS3Configuration": {
            "bucketArn": bucket,
            "roleArn": role,
            "bufferingInterval": 120,
            "compressionFormat": "GZIP",
            "prefix": "plain/",
            "s3BackupMode": "Enabled",
            "s3BackupConfiguration": {"bucketArn": bucket, "roleArn": role, "prefix": "source/"},
        },
        "tags": OTHER_TAGS,
    }
    return first, changed


SITUATIONS: dict[str, Situation] = {"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _delivery_stream}
