"""What the two functions may do: exactly their table, alarms, databases, stack and environments. Pure."""

from collections.abc import Sequence

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

from .regions import service_principal

NAMESPACE = "AwsMobile/Recovery"
"""Where the functions put their metrics."""

Text = pulumi.Input[str]


def prober_statements(table_arn: Text, key_arn: Text, region: str) -> list[StatementArgs]:
    """Return what the prober may do: put its metrics, and read where clients are led to."""
    return [
        _metrics(),
        {"actions": ["dynamodb:GetItem"], "resources": [table_arn]},
        _key(key_arn, region, "dynamodb"),
    ]


def recovery_statements(  # noqa: PLR0913 - each is a resource of its own
    *,
    table_arn: Text,
    key_arn: Text,
    topic_arn: Text,
    topic_key_arn: Text | None,
    alarm_arns: Sequence[Text],
    region: str,
) -> list[StatementArgs]:
    """Return what every runbook does: keep its state, look at the alarms, count, and tell people."""
    statements: list[StatementArgs] = [
        {"actions": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], "resources": [table_arn]},
        _key(key_arn, region, "dynamodb", "s3", "sns"),
        {"actions": ["sns:Publish"], "resources": [topic_arn]},
        {"actions": ["cloudwatch:DescribeAlarms"], "resources": [*alarm_arns]},
        _metrics(),
    ]
    if topic_key_arn is not None:
        statements.append(_key(topic_key_arn, region, "sns"))
    return statements


def database_statements(database_arns: Sequence[Text]) -> list[StatementArgs]:
    """Return what is done to databases: look, set the fence and take it away, end connections, promote."""
    return [
        {
            "actions": [
                "rds:DescribeDBInstances",
                "rds:ModifyDBInstance",
                "rds:PromoteReadReplica",
                "rds:RebootDBInstance",
            ],
            "resources": [*database_arns],
        }
    ]


def stack_statements(stack_arn: Text, role_arn: Text, template_arn: Text, backups_arn: Text) -> list[StatementArgs]:
    """Return what is done to the stack: create it from one template, look at it, and delete it where that failed."""
    return [
        {
            "actions": [
                "cloudformation:CreateStack",
                "cloudformation:DeleteStack",
                "cloudformation:DescribeStacks",
                "cloudformation:TagResource",
            ],
            "resources": [stack_arn],
        },
        {
            "actions": ["iam:PassRole"],
            "resources": [role_arn],
            "conditions": {"StringEquals": {"iam:PassedToService": ["cloudformation.amazonaws.com"]}},
        },
        {"actions": ["s3:GetObject"], "resources": [template_arn]},
        {"actions": ["rds:DescribeDBInstanceAutomatedBackups"], "resources": [backups_arn]},
    ]


def reading_statements() -> list[StatementArgs]:
    """Return what only reads and names no resource: a replica's lag, and what Elastic Beanstalk looks at.

    Elastic Beanstalk looks with the credentials of whoever asks it.
    """
    return [
        {
            "actions": [
                "autoscaling:DescribeAccountLimits",
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeLoadBalancers",
                "autoscaling:DescribeNotificationConfigurations",
                "autoscaling:DescribePolicies",
                "autoscaling:DescribeScalingActivities",
                "autoscaling:DescribeScheduledActions",
                "cloudwatch:GetMetricStatistics",
                "ec2:DescribeAccountAttributes",
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeImages",
                "ec2:DescribeInstances",
                "ec2:DescribeKeyPairs",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribeLaunchTemplates",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcs",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
                "logs:DescribeLogGroups",
            ],
            "resources": ["*"],
        }
    ]


def _metrics() -> StatementArgs:
    return {
        "actions": ["cloudwatch:PutMetricData"],
        "resources": ["*"],
        "conditions": {"StringEquals": {"cloudwatch:namespace": [NAMESPACE]}},
    }


def _key(key_arn: Text, region: str, *services: str) -> StatementArgs:
    """Return the use of a key, only through the services that encrypt with it."""
    return {
        "actions": ["kms:Decrypt", "kms:GenerateDataKey"],
        "resources": [key_arn],
        "conditions": {"StringEquals": {"kms:ViaService": [service_principal(each, region) for each in services]}},
    }
