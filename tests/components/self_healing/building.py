"""A self-healing under mocks, and the one that has everything."""

from typing import Any

import pulumi
from pulumi.runtime import Mocks

from pulumi_aws_mobile.self_healing import SelfHealing
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME = "eu-west-1"
TOPIC = f"arn:aws:sns:{HOME}:123456789012:pages"
KEY = f"arn:aws:kms:{HOME}:123456789012:key/1"
BALANCER = f"arn:aws:elasticloadbalancing:{HOME}:123456789012:loadbalancer/app/web/0123456789abcdef"
GROUP = f"arn:aws:elasticloadbalancing:{HOME}:123456789012:targetgroup/web/fedcba9876543210"
HEALING = "urn:pulumi:stack::project::aws-mobile:index:SelfHealing::healing"
ENVIRONMENT: Args = {"application_name": "web", "environment_name": "web-live"}
DATABASE: Args = {"identifier": "orders", "arn": f"arn:aws:rds:{HOME}:123456789012:db:orders"}
QUEUE: Args = {
    "url": f"https://sqs.{HOME}.amazonaws.com/123456789012/jobs",
    "arn": f"arn:aws:sqs:{HOME}:123456789012:jobs",
    "dead_letter_url": f"https://sqs.{HOME}.amazonaws.com/123456789012/poisoned",
    "dead_letter_arn": f"arn:aws:sqs:{HOME}:123456789012:poisoned",
}
LEAST: Args = {"page_topic_arn": TOPIC, "databases": {"orders": DATABASE}}
EVERYTHING: Args = {
    "page_topic_arn": TOPIC,
    "environments": {
        "web": {
            **ENVIRONMENT,
            "load_balancer_arn": BALANCER,
            "target_group_arn": GROUP,
            "stuck_minutes": 6,
            "unhealthy_minutes": 4,
            "disk_percent": 90,
            "rebuild": True,
        }
    },
    "databases": {
        "orders": {
            **DATABASE,
            "silent_minutes": 3,
            "load_balancer_arn": BALANCER,
            "free_gib": 5,
            "largest_gib": 200,
        }
    },
    "queues": {"jobs": {**QUEUE, "max_receives": 3, "oldest_minutes": 30}},
    "retries": {"attempts": 2, "first_seconds": 60, "factor": 3, "settle_seconds": 300},
    "breaker": {"actions": 4, "window_minutes": 30},
    "tick_minutes": 5,
    "key_arns": [KEY],
    "region": HOME,
    "tags": {"team": "core"},
}


class Account(PlainMocks):
    """Gives roles, functions, tables, rules and log groups their names, and everything ARNs as AWS writes them."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Args]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: SelfHealing("healing", args), preview=preview, mocks=mocks or Account())
