"""A nightly job whose failures go to a queue, with a log group of its own and an alarm."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def program() -> None:
    trust = aws.iam.get_policy_document(
        statements=[
            {
                "actions": ["sts:AssumeRole"],
                "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
            }
        ]
    )
    role = aws.iam.Role("report-role", assume_role_policy=trust.json)
    log = aws.cloudwatch.LogGroup("report-log", retention_in_days=365)
    failures = aws.sqs.Queue("report-failures", sqs_managed_sse_enabled=True, message_retention_seconds=1209600)
    aws.iam.RolePolicy(
        "report-policy",
        role=role.id,
        policy=pulumi.Output.all(log=log.arn, queue=failures.arn).apply(
            lambda arns: pulumi.Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                            "Resource": f"{arns['log']}:*",
                        },
                        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arns["queue"]},
                        {
                            "Effect": "Allow",
                            "Action": "secretsmanager:GetSecretValue",
                            "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:report-AbCdEf",
                        },
                    ],
                }
            )
        ),
    )
    function = aws.lambda_.Function(
        "report",
        runtime="python3.13",
        handler="main.handle",
        role=role.arn,
        code=pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): pass")}),
        logging_config={"log_format": "JSON", "log_group": log.name},
        environment={"variables": {"SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:report-AbCdEf"}},
    )
    aws.lambda_.FunctionEventInvokeConfig(
        "report-failed",
        function_name=function.name,
        maximum_retry_attempts=1,
        destination_config={"on_failure": {"destination": failures.arn}},
    )
    rule = aws.cloudwatch.EventRule("nightly", schedule_expression="cron(0 2 * * ? *)")
    aws.cloudwatch.EventTarget("nightly-target", rule=rule.name, arn=function.arn)
    aws.lambda_.Permission(
        "report-permission",
        action="lambda:InvokeFunction",
        function=function.name,
        principal="events.amazonaws.com",
        source_arn=rule.arn,
    )
    aws.cloudwatch.MetricAlarm(
        "report-failing",
        namespace="AWS/Lambda",
        metric_name="Errors",
        dimensions={"FunctionName": function.name},
        statistic="Sum",
        period=86400,
        evaluation_periods=1,
        threshold=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        alarm_actions=["arn:aws:sns:eu-west-1:123456789012:on-call"],
    )
