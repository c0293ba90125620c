"""What the pair is made of, as the deployment wrote it into the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PRIMARY = "primary"
RECOVERY = "recovery"

AUTOMATIC = "automatic"
DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True)
class Database:
    """A site's database: the writer, or the copy that can become it."""

    identifier: str
    fence_security_group_id: str | None
    """The security group without rules behind which no server reaches the database."""
    security_group_ids: tuple[str, ...]
    """What the database has while it is in use."""


@dataclass(frozen=True, slots=True)
class WebTier:
    """A site's Elastic Beanstalk environment."""

    environment_name: str
    min: int
    max: int
    """How many instances it has while the site is the active one."""
    standby_min: int
    """How many it has at least while the site stands by."""


@dataclass(frozen=True, slots=True)
class Creation:
    """The CloudFormation stack that makes what does not stand in the site beforehand."""

    stack_name: str
    template_url: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    role_arn: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One of the two Regions, and what is in it."""

    name: str
    region: str
    health_url: str
    database: Database | None
    web_tier: WebTier | None
    create: Creation | None


@dataclass(frozen=True, slots=True)
class Guards:
    """What a run must not pass unasked."""

    confirmations: int = 1
    cooldown_minutes: int = 60
    approval_minutes: int = 60
    lag_seconds: int = 300
    failover_without_fence: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A pair."""

    name: str
    mode: str
    topic_arn: str
    guards: Guards
    namespace: str
    dimensions: Mapping[str, str]
    unreachable_alarm: str
    traffic_alarm: str
    sites: Mapping[str, Site]
    takeovers: int = 0
    """How many role changes the stack file counts; what a table without a state starts from."""

    @property
    def home(self) -> str:
        """The Region in which the runbook itself lives."""
        return self.sites[RECOVERY].region


def read_plan(text: str | None = None) -> Plan:
    """Read the plan from the environment, or from `text`."""
    told = json.loads(os.environ["PLAN"] if text is None else text)
    return Plan(
        name=told["name"],
        mode=told["mode"],
        topic_arn=told["topic_arn"],
        guards=Guards(**told.get("guards", {})),
        namespace=told["metric"]["namespace"],
        dimensions=told["metric"]["dimensions"],
        unreachable_alarm=told["alarms"]["unreachable"],
        traffic_alarm=told["alarms"]["traffic"],
        sites={name: _site(name, told["sites"][name]) for name in (PRIMARY, RECOVERY)},
        takeovers=int(told.get("takeovers", 0)),
    )


def other(site: str) -> str:
    """Return the name of the other site."""
    return RECOVERY if site == PRIMARY else PRIMARY


def _site(name: str, told: Mapping[str, Any]) -> Site:
    database, web_tier, create = told.get("database"), told.get("web_tier"), told.get("create")
    return Site(
        name=name,
        region=told["region"],
        health_url=told["health_url"],
        database=database
        and Database(
            database["identifier"], database.get("fence_security_group_id"), tuple(database["security_group_ids"])
        ),
        web_tier=web_tier
        and WebTier(
            environment_name=web_tier["environment_name"],
            min=int(web_tier["min"]),
            max=int(web_tier["max"]),
            standby_min=int(web_tier.get("standby_min", web_tier["min"])),
        ),
        create=create
        and Creation(
            create["stack_name"],
            create["template_url"],
            {key: str(value) for key, value in create.get("parameters", {}).items()},
            create.get("role_arn"),
        ),
    )
