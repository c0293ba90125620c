"""A stack beside others: it looks up a bucket and a topic, adopts a table by import, and adds what was missing."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"uploads-policy": "s3-policy-principals", "sessions": "ddb-delete-protect ddb-pitr"}


def program() -> None:
    bucket = aws.s3.Bucket.get("uploads", "uploads-of-the-shop")
    topic = aws.sns.Topic.get("on-call", "arn:aws:sns:eu-west-1:123456789012:on-call")
    aws.s3.BucketPolicy(
        "uploads-policy",
        bucket=bucket.bucket,
        policy="""{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:ListBucket",
             "Resource": "arn:aws:s3:::uploads-of-the-shop"}]}""",
    )
    aws.s3.BucketVersioning("uploads-versions", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"})
    aws.dynamodb.Table(
        "sessions",
        name="sessions",
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
        attributes=[{"name": "id", "type": "S"}],
        ttl={"attribute_name": "expires", "enabled": True},
        opts=pulumi.ResourceOptions(protect=True, ignore_changes=["readCapacity"]),
    )
    aws.cloudwatch.MetricAlarm(
        "sessions-throttled",
        namespace="AWS/DynamoDB",
        metric_name="ThrottledRequests",
        dimensions={"TableName": "sessions"},
        statistic="Sum",
        period=60,
        evaluation_periods=5,
        threshold=10,
        comparison_operator="GreaterThanThreshold",
        alarm_actions=[topic.arn],
    )
