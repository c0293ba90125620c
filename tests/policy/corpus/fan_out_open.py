"""A topic that feeds two queues; the queues let everybody send, and nothing is encrypted."""

import json

import pulumi_aws as aws

EXPECTED = {
    "orders": "sns-encrypted",
    "orders-policy": "sns-policy",
    "billing": "sqs-encrypted",
    "billing-policy": "sqs-policy",
    "shipping-policy": "sqs-policy",
}


def program() -> None:
    topic = aws.sns.Topic("orders")
    aws.sns.TopicPolicy(
        "orders-policy",
        arn=topic.arn,
        policy=topic.arn.apply(
            lambda arn: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish", "Resource": arn}
                    ],
                }
            )
        ),
    )
    for name, more in (("billing", {"sqs_managed_sse_enabled": False}), ("shipping", {})):
        queue = aws.sqs.Queue(name, visibility_timeout_seconds=60, **more)
        aws.sqs.QueuePolicy(
            f"{name}-policy",
            queue_url=queue.url,
            policy=queue.arn.apply(
                lambda arn: json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [
                            {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
                        ],
                    }
                )
            ),
        )
        aws.sns.TopicSubscription(f"{name}-subscription", topic=topic.arn, protocol="sqs", endpoint=queue.arn)
