"""What an update of an Elastic Beanstalk environment needs, which does its work in the caller's name. Pure.

It is AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy, AWS's own list for updates, without what only other kinds of
environments and platforms use (ECS, SQS, classic launch configurations, shared topics), and narrowed down to one
environment where it has a name.
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy.html
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

_PASSED_TO = ("autoscaling.amazonaws.com", "ec2.amazonaws.com", "elasticbeanstalk.amazonaws.com")


@dataclass(frozen=True, slots=True)
class EnvironmentFacts:
    """What the statements name."""

    partition: str
    region: str
    account: str
    application: str
    environment: str
    environment_id: str | None
    """`None` where it is not known: then whatever Elastic Beanstalk made in the Region."""
    role_arns: Sequence[str]

    def arn(self, service: str, rest: str) -> str:
        """Return the ARN of something of this account and Region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{rest}"

    @property
    def made(self) -> str:
        """What the names of the things begin with that Elastic Beanstalk made for the environment."""
        return f"awseb-{self.environment_id}-" if self.environment_id else "awseb-e-"


def environment_statements(facts: EnvironmentFacts) -> list[StatementArgs]:
    """Return what changes the size and the variables of one environment."""
    groups = facts.arn("autoscaling", f"autoScalingGroup:*:autoScalingGroupName/{facts.made}*")
    started = ["instance", "launch-template", "network-interface", "security-group", "subnet", "volume"]
    statements: list[StatementArgs] = [
        {
            "actions": [
                "elasticbeanstalk:DescribeConfigurationSettings",
                "elasticbeanstalk:DescribeEnvironmentResources",
                "elasticbeanstalk:DescribeEnvironments",
                "elasticbeanstalk:UpdateEnvironment",
            ],
            "resources": [facts.arn("elasticbeanstalk", f"environment/{facts.application}/{facts.environment}")],
        },
        {
            "actions": [
                "cloudformation:CancelUpdateStack",
                "cloudformation:DescribeStackEvents",
                "cloudformation:DescribeStackResource",
                "cloudformation:DescribeStackResources",
                "cloudformation:DescribeStacks",
                "cloudformation:GetTemplate",
                "cloudformation:ListStackResources",
                "cloudformation:UpdateStack",
            ],
            "resources": [facts.arn("cloudformation", f"stack/{facts.made}*")],
        },
        {
            "actions": [
                "autoscaling:CreateOrUpdateTags",
                "autoscaling:DeletePolicy",
                "autoscaling:DetachInstances",
                "autoscaling:PutNotificationConfiguration",
                "autoscaling:PutScalingPolicy",
                "autoscaling:ResumeProcesses",
                "autoscaling:SetDesiredCapacity",
                "autoscaling:SuspendProcesses",
                "autoscaling:TerminateInstanceInAutoScalingGroup",
                "autoscaling:UpdateAutoScalingGroup",
            ],
            "resources": [groups],
        },
        {
            "actions": ["ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplateVersions"],
            "resources": [facts.arn("ec2", "launch-template/*")],
            "conditions": _made_by_beanstalk(facts),
        },
        {
            "actions": ["ec2:RunInstances"],
            "resources": [
                f"arn:{facts.partition}:ec2:{facts.region}::image/*",
                *(facts.arn("ec2", f"{kind}/*") for kind in started),
            ],
            "conditions": {"ArnLike": {"ec2:LaunchTemplate": [facts.arn("ec2", "launch-template/*")]}},
        },
        {
            "actions": ["ec2:CreateTags"],
            "resources": [facts.arn("ec2", f"{kind}/*") for kind in ("instance", "volume")],
            "conditions": {"StringEquals": {"ec2:CreateAction": ["RunInstances"]}},
        },
        {
            "actions": ["ec2:TerminateInstances"],
            "resources": [facts.arn("ec2", "instance/*")],
            "conditions": _made_by_beanstalk(facts),
        },
        {
            "actions": ["cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"],
            "resources": [facts.arn("cloudwatch", f"alarm:{facts.made}*")],
        },
        {
            "actions": ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
            "resources": [facts.arn("elasticloadbalancing", "targetgroup/awseb-*")],
        },
        *_storage(facts),
    ]
    if facts.role_arns:
        statements.append(
            {
                "actions": ["iam:PassRole"],
                "resources": [*facts.role_arns],
                "conditions": {"StringEquals": {"iam:PassedToService": [*_PASSED_TO]}},
            }
        )
    return statements


def _storage(facts: EnvironmentFacts) -> list[StatementArgs]:
    """Return the use of Elastic Beanstalk's own bucket, in which it keeps the environments' configurations."""
    bucket = f"arn:{facts.partition}:s3:::elasticbeanstalk-{facts.region}-{facts.account}"
    return [
        {
            "actions": ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
            "resources": [f"{bucket}/*"],
        },
        {"actions": ["s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:ListBucket"], "resources": [bucket]},
        {
            "actions": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
            "resources": [facts.arn("logs", f"log-group:/aws/elasticbeanstalk/{facts.environment}/*")],
        },
    ]


def _made_by_beanstalk(facts: EnvironmentFacts) -> dict[str, dict[str, list[pulumi.Input[str]]]]:
    """Return the condition that something belongs to the stack that Elastic Beanstalk keeps for the environment."""
    stack = facts.arn("cloudformation", f"stack/{facts.made}*")
    return {"StringLike": {"aws:ResourceTag/aws:cloudformation:stack-id": [stack]}}
