"""Jobs by a queue: policy and redrive stand in the queues, in the dead-letter queue, or in resources of their own."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {"open-jobs": "sqs-policy"}


def _policy(*, closed: bool) -> str:
    allow: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:role/sender"} if closed else {"AWS": ["*"]},
        "Action": "sqs:SendMessage",
        "Resource": "*",
    }
    deny = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "SQS:*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": ["false"]}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [allow, deny]})


def program() -> None:
    for name, closed in (("jobs", True), ("open-jobs", False)):
        dead = aws.sqs.Queue(f"{name}-dead", fifo_queue=True, sqs_managed_sse_enabled=True)
        queue = aws.sqs.Queue(
            name,
            fifo_queue=True,
            content_based_deduplication=True,
            kms_master_key_id="alias/aws/sqs",
            policy=_policy(closed=closed),
        )
        aws.sqs.RedrivePolicy(
            f"{name}-redrive",
            queue_url=queue.url,
            redrive_policy=pulumi.Output.json_dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": 3}),
        )
        aws.sqs.RedriveAllowPolicy(
            f"{name}-allow",
            queue_url=dead.url,
            redrive_allow_policy=pulumi.Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [queue.arn]}
            ),
        )
