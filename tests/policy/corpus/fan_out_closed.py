"""A topic that feeds queues with dead-letter queues: encrypted by a key, open to the topic only, over TLS only."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def _tls_only(arn: pulumi.Output[str], service: str) -> dict[str, object]:
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": f"{service}:*" if service == "sqs" else "sns:Publish",
        "Resource": arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def program() -> None:
    account = aws.get_caller_identity().account_id
    key = aws.kms.Key(
        "messages",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "Account",
                        "Effect": "Allow",
                        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                        "Action": "kms:*",
                        "Resource": "*",
                    },
                    {
                        "Sid": "Topic",
                        "Effect": "Allow",
                        "Principal": {"Service": "sns.amazonaws.com"},
                        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                        "Resource": "*",
                        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
                    },
                ],
            }
        ),
        opts=pulumi.ResourceOptions(protect=True),
    )
    topic = aws.sns.Topic("orders", kms_master_key_id=key.id)
    aws.sns.TopicPolicy(
        "orders-policy",
        arn=topic.arn,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "events.amazonaws.com"},
                        "Action": "sns:Publish",
                        "Resource": topic.arn,
                        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
                    },
                    _tls_only(topic.arn, "sns"),
                ],
            }
        ),
    )
    for name in ("billing", "shipping"):
        dead = aws.sqs.Queue(f"{name}-dead", kms_master_key_id=key.id, message_retention_seconds=1209600)
        queue = aws.sqs.Queue(
            name,
            kms_master_key_id=key.id,
            redrive_policy=pulumi.Output.json_dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": 5}),
        )
        aws.sqs.QueuePolicy(
            f"{name}-policy",
            queue_url=queue.url,
            policy=pulumi.Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": "*",
                            "Action": "sqs:SendMessage",
                            "Resource": queue.arn,
                            "Condition": {"ArnEquals": {"aws:SourceArn": topic.arn}},
                        },
                        _tls_only(queue.arn, "sqs"),
                    ],
                }
            ),
        )
        aws.sns.TopicSubscription(
            f"{name}-subscription", topic=topic.arn, protocol="sqs", endpoint=queue.arn, raw_message_delivery=True
        )
