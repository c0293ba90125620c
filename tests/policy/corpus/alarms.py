"""Alarms: some that nobody hears, one muted, and children of a composite alarm that need no action of their own."""

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "queue-old": "alarm-actions",
    "cpu-muted": "alarm-actions",
    "disk-ok-only": "alarm-actions",
    "lonely-composite": "alarm-actions",
    "on-call": "sns-encrypted",
}


def _alarm(name: str, metric: str, **more: object) -> aws.cloudwatch.MetricAlarm:
    return aws.cloudwatch.MetricAlarm(
        name,
        namespace="Shop",
        metric_name=metric,
        statistic="Maximum",
        period=60,
        evaluation_periods=3,
        threshold=90,
        comparison_operator="GreaterThanThreshold",
        **more,
    )


def program() -> None:
    topic = aws.sns.Topic("on-call")
    aws.sns.TopicSubscription("pager", topic=topic.arn, protocol="https", endpoint="https://pager.example.com/aws")
    _alarm("queue-old", "AgeOfOldestMessage")
    _alarm("cpu-muted", "Cpu", alarm_actions=[topic.arn], actions_enabled=False)
    _alarm("disk-ok-only", "Disk", ok_actions=[topic.arn])
    _alarm("errors", "Errors", alarm_actions=[topic.arn], ok_actions=[topic.arn])
    parts = [_alarm(name, name.title()) for name in ("latency", "saturation")]
    slow = aws.cloudwatch.CompositeAlarm(
        "slow",
        alarm_name="shop-slow",
        alarm_rule=pulumi.Output.all(*(part.name for part in parts)).apply(
            lambda names: " AND ".join(f'ALARM("{name}")' for name in names)
        ),
        alarm_actions=[topic.arn],
    )
    aws.cloudwatch.CompositeAlarm(
        "lonely-composite",
        alarm_name="shop-lonely",
        alarm_rule='NOT ALARM("shop-slow")',
        opts=pulumi.ResourceOptions(depends_on=[slow]),
    )
