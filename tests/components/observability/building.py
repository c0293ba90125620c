"""An observability under mocks, and the one that has everything."""

from typing import Any

import pulumi
from pulumi.runtime import Mocks

from pulumi_aws_mobile.observability import Observability
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME, AWAY = "eu-west-1", "eu-central-1"
WATCHING = "urn:pulumi:stack::project::aws-mobile:index:Observability::watch"


def topic(region: str, name: str = "pages") -> str:
    return f"arn:aws:sns:{region}:123456789012:{name}"


def balancer(region: str) -> str:
    return f"arn:aws:elasticloadbalancing:{region}:123456789012:loadbalancer/app/web/0123456789abcdef"


LEAST: Args = {
    "regions": {HOME: {"topic_arn": topic(HOME), "api": {"name": "core", "stage": "live"}}},
}
EVERYTHING: Args = {
    "regions": {
        HOME: {
            "topic_arn": topic(HOME),
            "ticket_topic_arn": topic(HOME, "tickets"),
            "api": {"name": "core", "stage": "live"},
            "web_tier": {"environment_name": "web-live", "load_balancer_arn": balancer(HOME)},
            "databases": {"orders": "orders", "reports": "orders-reports"},
            "functions": {"tokens": "tokens-function"},
            "queues": {"jobs": "jobs"},
            "streams": {"events": "events"},
            "healer": "healing",
        },
        AWAY: {
            "topic_arn": topic(AWAY),
            "api": {"name": "core-recovery", "stage": "live"},
            "web_tier": {"environment_name": "web-recovery", "load_balancer_arn": balancer(AWAY)},
            "databases": {"recovery": "orders-recovery"},
            "pair": "orders",
            "healer": "healing",
        },
    },
    "service_level": {
        "availability_percent": 99.5,
        "latency_ms": 800,
        "latency_percent": 98,
        "window_days": 28,
        "minimum_requests": 50,
    },
    "budget": {"monthly_usd": 500, "emails": ["costs@example.com"], "topic_arn": topic("us-east-1")},
    "region": HOME,
    "tags": {"team": "core"},
}


class Account(PlainMocks):
    """Gives budgets their names."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Args]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: Observability("watch", args), preview=preview, mocks=mocks or Account())
