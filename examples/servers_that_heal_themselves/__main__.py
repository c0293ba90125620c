"""A PHP site and a queue that heal themselves, with a human at the end, and dashboards that show what was done."""

import json

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import Observability, SelfHealing, WebTier

REGION = "eu-west-1"

account = aws.get_caller_identity_output()
key = aws.kms.Key(
    "pages",
    description="Encrypts what humans are paged with",
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
                    # Alarms publish to the topic too.
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
pages = aws.sns.Topic("pages", kms_master_key_id=key.arn)
jobs, poisoned = aws.sqs.Queue("jobs"), aws.sqs.Queue("poisoned")
site = WebTier(
    "site",
    {
        "source": "site",
        "environments": {"live": {"health": {"metrics": ["InstancesDegraded", "InstancesSevere"]}}},
    },
)
healing = SelfHealing(
    "healing",
    {
        "page_topic_arn": pages.arn,
        "key_arns": [key.arn],
        "environments": {
            "live": {"application_name": site.application_name, "environment_name": site.live_environment_name},
        },
        "queues": {
            "jobs": {
                "url": jobs.url,
                "arn": jobs.arn,
                "dead_letter_url": poisoned.url,
                "dead_letter_arn": poisoned.arn,
            },
        },
    },
)
watch = Observability(
    "watch",
    {
        "regions": {
            REGION: {
                "topic_arn": pages.arn,
                "web_tier": {
                    "environment_name": site.live_environment_name,
                    "load_balancer_arn": site.load_balancer_arn,
                },
                "functions": {"healer": healing.function_name},
                "queues": {"jobs": jobs.name},
                "healer": "healing",
            },
        },
        "budget": {"monthly_usd": 300, "emails": ["costs@example.com"]},
    },
)

pulumi.export("url", site.url)
pulumi.export("healer", healing.function_name)
pulumi.export("alarms", healing.alarm_arns)
pulumi.export("dashboards", watch.dashboard_names)
