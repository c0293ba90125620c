"""A shop's app that tells what its users do, and the answers to how many, how often and how far."""

import json

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import Analytics, Identity

account = aws.get_caller_identity_output()
key = aws.kms.Key(
    "alarms",
    description="Encrypts what alarms say",
    enable_key_rotation=True,
    policy=account.account_id.apply(
        lambda id_: json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": f"arn:aws:iam::{id_}:root"},
                        "Action": "kms:*",
                        "Resource": "*",
                    },
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudwatch.amazonaws.com"},
                        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                        "Resource": "*",
                        "Condition": {"StringEquals": {"aws:SourceAccount": id_}},
                    },
                ],
            }
        )
    ),
    opts=pulumi.ResourceOptions(protect=True),
)
alarms = aws.sns.Topic("alarms", kms_master_key_id=key.arn)
identity = Identity("identity", {})
analytics = Analytics(
    "analytics",
    {
        "events": {
            "add_to_cart": {"attributes": ["product"]},
            "purchase": {"attributes": ["currency", "coupon"], "metrics": ["price"]},
        },
        "funnels": {"shop": ["screen_view", "add_to_cart", "purchase"]},
        "privacy": {"user_id": "hash", "device_id": "hash", "attributes": {"coupon": "drop"}},
        "signed_in_role_name": identity.signed_in_role_arn.apply(lambda arn: arn.rpartition("/")[2]),
        "alarm_topic_arn": alarms.arn,
    },
)

pulumi.export("for_the_app", analytics.client_config)
pulumi.export("bucket", analytics.bucket_name)
pulumi.export("workgroup", analytics.workgroup_name)
pulumi.export("queries", analytics.query_ids)
pulumi.export("dashboard", analytics.dashboard_name)
