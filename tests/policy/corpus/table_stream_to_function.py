"""A function that reads a table's stream: one mapping that blocks on a bad record, and one that puts it aside."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"projection": "lambda-log-group", "blocking": "lambda-stream-failures", "events": "ddb-pitr"}


def program() -> None:
    table = aws.dynamodb.Table(
        "events",
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
        attributes=[aws.dynamodb.TableAttributeArgs(name="id", type="S")],
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
        deletion_protection_enabled=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    failed = aws.sqs.Queue("failed", sqs_managed_sse_enabled=True)
    code = pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): pass")})
    trust = aws.iam.get_policy_document(
        statements=[
            aws.iam.GetPolicyDocumentStatementArgs(
                actions=["sts:AssumeRole"],
                principals=[
                    aws.iam.GetPolicyDocumentStatementPrincipalArgs(
                        type="Service", identifiers=["lambda.amazonaws.com"]
                    )
                ],
            )
        ]
    )
    role = aws.iam.Role("stream-readers", assume_role_policy=trust.json)
    statements = [
        {
            "Effect": "Allow",
            "Action": [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "Resource": table.stream_arn,
        },
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": failed.arn},
    ]
    policy = aws.iam.RolePolicy(
        "read-stream",
        role=role.name,
        policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": statements}),
    )
    projection = aws.lambda_.Function(
        "projection", runtime="python3.13", handler="main.handle", role=role.arn, code=code
    )
    search_log = aws.cloudwatch.LogGroup("search-log", retention_in_days=90)
    search = aws.lambda_.Function(
        "search",
        runtime="python3.13",
        handler="main.handle",
        role=role.arn,
        code=code,
        logging_config=aws.lambda_.FunctionLoggingConfigArgs(log_format="Text", log_group=search_log.name),
    )
    aws.lambda_.EventSourceMapping(
        "blocking",
        event_source_arn=table.stream_arn,
        function_name=projection.arn,
        starting_position="LATEST",
        opts=pulumi.ResourceOptions(depends_on=[policy]),
    )
    aws.lambda_.EventSourceMapping(
        "careful",
        event_source_arn=table.stream_arn,
        function_name=search.arn,
        starting_position="TRIM_HORIZON",
        bisect_batch_on_function_error=True,
        maximum_retry_attempts=5,
        function_response_types=["ReportBatchItemFailures"],
        destination_config={"on_failure": {"destination_arn": failed.arn}},
        opts=pulumi.ResourceOptions(depends_on=[policy]),
    )
