"""Who may do what with events: apps, the functions and Firehose. Pure: ARNs in, statements out."""

from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

NAMESPACE = "AwsMobile/Analytics"
"""Where the numbers are published in CloudWatch."""
EVENTS_PREFIX, BROKEN_PREFIX, RESULTS_PREFIX = "events/", "broken/", "results/"
"""What is where in the bucket."""


@dataclass(frozen=True, slots=True)
class Lake:
    """Where events are kept, as policies name it."""

    bucket_arn: pulumi.Input[str]
    kms_key_arn: pulumi.Input[str]
    database_arn: pulumi.Input[str]
    table_arn: pulumi.Input[str]
    region: pulumi.Input[str]


def service(name: str, region: pulumi.Input[str], arn: pulumi.Input[str]) -> pulumi.Output[str]:
    """Return what KMS calls a service in the Region where it has the resource `arn`."""
    return pulumi.Output.all(region, arn).apply(
        lambda known: f"{name}.{known[0]}.amazonaws.com{'.cn' if known[1].startswith('arn:aws-cn:') else ''}"
    )


def use_key(actions: list[str], key_arn: pulumi.Input[str], via: pulumi.Input[str]) -> StatementArgs:
    """Return the use of a key through one service only."""
    return {
        "actions": actions,
        "resources": [key_arn],
        "conditions": {"StringEquals": {"kms:ViaService": [via]}},
    }


def send_to_kinesis(
    stream_arn: pulumi.Input[str], key_arn: pulumi.Input[str], region: pulumi.Input[str]
) -> list[StatementArgs]:
    """Return what an app needs to put events into the stream, which Kinesis encrypts in its name."""
    return [
        {"actions": ["kinesis:PutRecord", "kinesis:PutRecords"], "resources": [stream_arn]},
        use_key(["kms:GenerateDataKey"], key_arn, service("kinesis", region, stream_arn)),
    ]


def send_to_firehose(delivery_arn: pulumi.Input[str]) -> list[StatementArgs]:
    """Return what an app needs to put events into the delivery stream, which has a grant of its own on the key."""
    return [{"actions": ["firehose:PutRecord", "firehose:PutRecordBatch"], "resources": [delivery_arn]}]


def read_stream(
    stream_arn: pulumi.Input[str], key_arn: pulumi.Input[str], region: pulumi.Input[str]
) -> list[StatementArgs]:
    """Return what a consumer of the stream needs."""
    actions = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"]
    return [
        {"actions": [f"kinesis:{action}" for action in actions], "resources": [stream_arn]},
        use_key(["kms:Decrypt"], key_arn, service("kinesis", region, stream_arn)),
    ]


def publish_numbers() -> StatementArgs:
    """Return what publishing numbers needs; CloudWatch knows no resource, but the namespace."""
    return {
        "actions": ["cloudwatch:PutMetricData"],
        "resources": ["*"],
        "conditions": {"StringEquals": {"cloudwatch:namespace": [NAMESPACE]}},
    }


def put_aside(queue_arn: pulumi.Input[str]) -> StatementArgs:
    """Return what Lambda needs to tell of batches that were not counted."""
    return {"actions": ["sqs:SendMessage"], "resources": [queue_arn]}


def deliver(lake: Lake, function_arn: pulumi.Input[str], log_group_arn: pulumi.Input[str]) -> list[StatementArgs]:
    """Return what Firehose needs to transform events and write them into the bucket.

    https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
    """
    concat = pulumi.Output.concat
    catalog = pulumi.Output.from_input(lake.database_arn).apply(lambda arn: f"{arn.partition(':database/')[0]}:catalog")
    return [
        {
            "actions": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            "resources": [lake.bucket_arn],
        },
        {
            "actions": ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            "resources": [concat(lake.bucket_arn, f"/{prefix}*") for prefix in (EVENTS_PREFIX, BROKEN_PREFIX)],
        },
        use_key(["kms:Decrypt", "kms:GenerateDataKey"], lake.kms_key_arn, service("s3", lake.region, lake.bucket_arn)),
        {
            "actions": ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
            "resources": [catalog, lake.database_arn, lake.table_arn],
        },
        {
            "actions": ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
            "resources": [function_arn, concat(function_arn, ":$LATEST")],
        },
        {"actions": ["logs:PutLogEvents"], "resources": [concat(log_group_arn, ":log-stream:*")]},
    ]
