"""Plans of pairs, as the component writes them."""

import json
from typing import Any

from pulumi_aws_mobile.dr_pair.functions.recovery.plan import Plan, read_plan

NAME = "shop"
PRIMARY_REGION = "eu-west-1"
RECOVERY_REGION = "eu-central-1"
STRATEGIES = ("backup_restore", "pilot_light", "warm_standby", "multi_site")
TOPIC = f"arn:aws:sns:{RECOVERY_REGION}:123456789012:shop"

_STANDBY = {"backup_restore": 0, "pilot_light": 0, "warm_standby": 1, "multi_site": 2}


def database(identifier: str, site: str) -> dict[str, Any]:
    """Return how a plan names a database."""
    return {
        "identifier": identifier,
        "fence_security_group_id": f"sg-fence-{site}",
        "security_group_ids": [f"sg-{site}"],
    }


def document(
    strategy: str = "warm_standby",
    mode: str = "automatic",
    *,
    primary: str = "shop-primary",
    recovery: str | None = "shop-recovery",
    takeovers: int = 0,
    **guards: Any,  # noqa: ANN401 - any guard
) -> dict[str, Any]:
    """Return a plan as the function finds it in its environment."""
    copied = strategy == "backup_restore" and recovery == "shop-recovery"
    create = {
        "stack_name": "shop-recovery",
        "template_url": "https://templates.s3.amazonaws.com/shop.json",
        "parameters": {"VpcId": "vpc-1"},
    }
    return {
        "name": NAME,
        "strategy": strategy,
        "mode": mode,
        "topic_arn": TOPIC,
        "guards": guards,
        "metric": {"namespace": "AwsMobile/Recovery", "dimensions": {"Pair": NAME}},
        "alarms": {"unreachable": "shop-unreachable", "traffic": "shop-traffic"},
        "takeovers": takeovers,
        "sites": {
            "primary": {
                "region": PRIMARY_REGION,
                "health_url": "https://primary.example.com/live/health",
                "database": database(primary, "primary"),
                "web_tier": {"environment_name": "shop-primary", "min": 2, "max": 4},
            },
            "recovery": {
                "region": RECOVERY_REGION,
                "health_url": "https://recovery.example.com/live/health",
                "database": None if copied or recovery is None else database(recovery, "recovery"),
                "web_tier": {
                    "environment_name": "shop-recovery",
                    "min": 2,
                    "max": 4,
                    "standby_min": _STANDBY[strategy],
                    "standby_max": _STANDBY[strategy],
                },
                "create": create if strategy in {"backup_restore", "pilot_light"} else None,
            },
        },
    }


def plan(strategy: str = "warm_standby", mode: str = "automatic", **options: Any) -> Plan:  # noqa: ANN401 - any option
    """Return a plan."""
    return read_plan(json.dumps(document(strategy, mode, **options)))
