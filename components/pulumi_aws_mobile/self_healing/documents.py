"""What the function may do, and what it is told. Pure: settings in, statements and the plan out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

from .settings import DatabaseTarget, EnvironmentTarget, QueueTarget, SelfHealingSettings

NAMESPACE = "AwsMobile/SelfHealing"
_READS = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"]
"""What is asked of many alarms or metrics at once, for which IAM wants every resource."""


def plan(name: str, settings: SelfHealingSettings) -> pulumi.Output[str]:
    """Return what the function is told of its targets, a JSON text."""
    rules = {
        "attempts": settings.attempts,
        "first_seconds": settings.first_seconds,
        "factor": settings.factor,
        "actions": settings.actions,
        "window_seconds": settings.window_minutes * 60,
        "settle_seconds": settings.settle_seconds,
    }
    told: dict[str, Any] = {
        "healer": name,
        "rules": rules,
        "environment": {key: _environment(each) for key, each in settings.environments.items()},
        "database": {key: _database(each) for key, each in settings.databases.items()},
        "queue": {key: _queue(each) for key, each in settings.queues.items()},
    }
    return pulumi.Output.all(**told).apply(lambda known: json.dumps(known, separators=(",", ":"), sort_keys=True))


def statements(
    settings: SelfHealingSettings, function_arn: pulumi.Output[str], table_arn: pulumi.Output[str]
) -> list[StatementArgs]:
    """Return everything that the function may do besides writing its own log."""
    found: list[StatementArgs] = [
        {"actions": _READS, "resources": ["*"]},
        {
            "actions": ["cloudwatch:PutMetricData"],
            "resources": ["*"],
            "conditions": {"StringEquals": {"cloudwatch:namespace": [NAMESPACE]}},
        },
        {"actions": ["dynamodb:UpdateItem"], "resources": [table_arn]},
        {"actions": ["sns:Publish"], "resources": [settings.page_topic_arn]},
    ]
    if settings.key_arns:
        found.append({"actions": ["kms:Decrypt", "kms:GenerateDataKey"], "resources": list(settings.key_arns)})
    for environment in settings.environments.values():
        found += _of_environment(environment, function_arn)
    for database in settings.databases.values():
        found.append(_of_database(database))
    for queue in settings.queues.values():
        found += _of_queue(queue)
    return found


def rebuild_policy_arn(function_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """Return the ARN of AWS's policy for those who make environments."""
    partition = function_arn.apply(lambda arn: arn.split(":")[1])
    return pulumi.Output.concat("arn:", partition, ":iam::aws:policy/AdministratorAccess-AWSElasticBeanstalk")


def _environment(target: EnvironmentTarget) -> Mapping[str, Any]:
    disk = {} if target.disk_percent is None else {"disk_percent": target.disk_percent}
    return {
        "ailments": "stuck unhealthy disk" if disk else "stuck unhealthy",
        "environment": target.environment_name,
        **disk,
        **({"rebuild": True} if target.rebuild else {}),
    }


def _database(target: DatabaseTarget) -> Mapping[str, Any]:
    ailments = ["silent"]
    ailments += [] if target.load_balancer_arn is None else ["refused"]
    ailments += [] if target.largest_gib is None else ["full"]
    grown = {} if target.largest_gib is None else {"largest_gib": target.largest_gib}
    return {"ailments": " ".join(ailments), "identifier": target.identifier, **grown}


def _queue(target: QueueTarget) -> Mapping[str, Any]:
    return {
        "ailments": "old",
        "url": target.url,
        "dead_letter_url": target.dead_letter_url,
        "max_receives": target.max_receives,
    }


def _of_environment(target: EnvironmentTarget, function_arn: pulumi.Output[str]) -> Iterator[StatementArgs]:
    """Yield what healing an environment takes; its group has another name after each rebuild, and the same tag."""
    actions = ["DescribeEnvironmentResources", "DescribeEnvironments", "DescribeInstancesHealth", "RestartAppServer"]
    actions += ["RebuildEnvironment"] if target.rebuild else []
    environment = pulumi.Output.concat(
        _place(function_arn, "elasticbeanstalk"), "environment/", target.application_name, "/", target.environment_name
    )
    groups = pulumi.Output.concat(
        _place(function_arn, "autoscaling"), "autoScalingGroup:*:autoScalingGroupName/awseb-*"
    )
    tag = "autoscaling:ResourceTag/elasticbeanstalk:environment-name"
    yield {"actions": [f"elasticbeanstalk:{action}" for action in actions], "resources": [environment]}
    yield {
        "actions": ["autoscaling:TerminateInstanceInAutoScalingGroup"],
        "resources": [groups],
        "conditions": {"StringEquals": {tag: [target.environment_name]}},
    }


def _of_database(target: DatabaseTarget) -> StatementArgs:
    actions = ["rds:DescribeDBInstances", "rds:RebootDBInstance"]
    if target.largest_gib is not None:
        actions.append("rds:ModifyDBInstance")
    return {"actions": actions, "resources": [target.arn]}


def _of_queue(target: QueueTarget) -> Iterator[StatementArgs]:
    actions = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
    yield {"actions": actions, "resources": [target.arn]}
    yield {"actions": ["sqs:SendMessage"], "resources": [target.dead_letter_arn]}


def _place(function_arn: pulumi.Output[str], service: str) -> pulumi.Output[str]:
    """Return the beginning of the ARNs of a service in the function's Region and account."""
    return function_arn.apply(lambda arn: ":".join(["arn", arn.split(":")[1], service, *arn.split(":")[3:5], ""]))
