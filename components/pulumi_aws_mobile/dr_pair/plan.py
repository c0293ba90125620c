"""What the functions are told of the pair, as one text in their environment."""

from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import ArgsError, Problem

from .creation import Creation
from .documents import NAMESPACE
from .settings import DRPairSettings
from .sites import Database, Site, WebTier

MOST_BYTES = 3_900
"""What is left for it of the 4096 bytes that Lambda takes, besides the names and the table's.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


def plan_text(  # noqa: PLR0913 - the parts of a plan
    name: str,
    settings: DRPairSettings,
    *,
    topic_arn: pulumi.Input[str],
    alarm_names: Mapping[str, pulumi.Input[str]],
    fences: Mapping[str, pulumi.Output[str] | None],
    creation: Creation | None,
) -> pulumi.Output[str]:
    """Return the plan as compact JSON, once everything that it names is known."""
    guards = settings.guards
    plan = {
        "name": name,
        "strategy": settings.strategy.value,
        "mode": settings.mode.value,
        "takeovers": settings.takeovers,
        "topic_arn": topic_arn,
        "guards": {
            "confirmations": guards.confirmations,
            "cooldown_minutes": guards.cooldown_minutes,
            "approval_minutes": guards.approval_minutes,
            "lag_seconds": guards.lag_seconds,
            "failover_without_fence": guards.failover_without_fence,
        },
        "metric": {"namespace": NAMESPACE, "dimensions": {"Pair": name}},
        "alarms": dict(alarm_names),
        "sites": {
            "primary": _site(settings.primary, fences["primary"]),
            "recovery": {
                **_site(settings.recovery, fences["recovery"], waits=True),
                "create": _creation(creation) if creation is not None else None,
            },
        },
    }
    text = pulumi.Output.json_dumps(plan, separators=(",", ":"))
    return text.apply(lambda written: _fitting(name, written))


def _site(site: Site, fence: pulumi.Output[str] | None, *, waits: bool = False) -> dict[str, Any]:
    return {
        "region": site.region,
        "health_url": site.health_url,
        "database": _database(site.database, fence) if site.database is not None else None,
        "web_tier": _web_tier(site.web_tier, waits=waits) if site.web_tier is not None else None,
    }


def _database(database: Database, fence: pulumi.Output[str] | None) -> dict[str, Any]:
    return {
        "identifier": database.identifier,
        "fence_security_group_id": fence,
        "security_group_ids": list(database.security_group_ids),
    }


def _web_tier(web_tier: WebTier, *, waits: bool) -> dict[str, Any]:
    size = {"environment_name": web_tier.environment_name, "min": web_tier.min, "max": web_tier.max}
    if not waits:
        return size
    return {**size, "standby_min": web_tier.standby_min, "standby_max": web_tier.standby_max}


def _creation(creation: Creation) -> dict[str, Any]:
    return {
        "stack_name": creation.stack_name,
        "template_url": creation.template_url,
        "parameters": {},
        "role_arn": creation.role_arn,
    }


def _fitting(name: str, text: str) -> str:
    """Return the text; refuse one that Lambda would refuse, which is only known when everything has its name."""
    size = len(text.encode())
    if size > MOST_BYTES:
        fix = "shorten the longest of them, such as the health URLs"
        problem = Problem("plan", f"{size} bytes", f"at most {MOST_BYTES} bytes of names and URLs together", fix)
        subject = f'DRPair "{name}"'
        raise ArgsError(subject, [problem])
    return text
