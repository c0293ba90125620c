"""A nightly job: EventBridge calls a function that has a password in its environment and may do too much."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "report": "lambda-env-secrets lambda-failure-dest lambda-log-group",
    "report-policy": "iam-kms-decrypt iam-wildcards",
    "report-log": "log-retention",
    "report-permission": "lambda-permission",
}


def program() -> None:
    role = aws.iam.Role(
        "report-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    policy = aws.iam.Policy(
        "report-policy",
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": ["kms:Decrypt", "ses:SendEmail"], "Resource": "*"},
                    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports-of-the-shop/*"},
                ],
            }
        ),
    )
    aws.iam.RolePolicyAttachment("report-attachment", role=role.name, policy_arn=policy.arn)
    # Its name is not the function's, so the function's own group is made by Lambda and never expires.
    aws.cloudwatch.LogGroup("report-log", name="/shop/report")
    function = aws.lambda_.Function(
        "report",
        runtime="python3.13",
        handler="main.handle",
        role=role.arn,
        timeout=600,
        code=pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): pass")}),
        environment={"variables": {"DB_HOST": "db.internal", "DB_PASSWORD": pulumi.Config().require("password")}},
    )
    rule = aws.cloudwatch.EventRule("nightly", schedule_expression="cron(0 2 * * ? *)")
    aws.cloudwatch.EventTarget("nightly-target", rule=rule.name, arn=function.arn)
    aws.lambda_.Permission(
        "report-permission", action="lambda:InvokeFunction", function=function.name, principal="events.amazonaws.com"
    )
