"""Decides what is watched: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import REGION, TOPIC_ARN, Between, Limits, Matching

from .args import (
    BudgetArgs,
    ObservabilityArgs,
    ServiceLevelArgs,
    WatchedApiArgs,
    WatchedRegionArgs,
    WatchedWebTierArgs,
)
from .service_levels import ServiceLevel

LONGEST_NAME = 60
MOST_REGIONS = 4
MOST_EMAILS = 10
"""https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html"""
MOST_WATCHED = 20
"""Of one kind in a Region: a graph with more lines shows nothing."""
KINDS = ("databases", "functions", "queues", "streams")
_KEY = re.compile(r"[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?")

LIMITS: Limits = {
    WatchedApiArgs: {"stage": Matching(r"[A-Za-z0-9_-]{1,128}", "the name of a stage")},
    WatchedWebTierArgs: {
        "environment_name": Matching(r"[A-Za-z0-9-]{4,40}", "the name of an Elastic Beanstalk environment"),
        "load_balancer_arn": Matching(
            r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/\S+",
            "the ARN of an Application Load Balancer",
        ),
    },
    WatchedRegionArgs: {"topic_arn": TOPIC_ARN, "ticket_topic_arn": TOPIC_ARN},
    ServiceLevelArgs: {
        "availability_percent": Between(95, 99.99, "%"),
        "latency_ms": Between(50, 29_000, "milliseconds"),
        "latency_percent": Between(95, 99.9, "%"),
        "window_days": Between(7, 90, "days"),
        "minimum_requests": Between(1, 100_000, "requests"),
    },
    BudgetArgs: {
        "monthly_usd": Between(1, 10_000_000, "US dollars"),
        "emails": Matching(r"[^@\s]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", "an e-mail address"),
        "topic_arn": TOPIC_ARN,
    },
    ObservabilityArgs: {"region": REGION},
}


@dataclass(frozen=True, slots=True)
class Api:
    """An API that is watched."""

    name: pulumi.Input[str]
    stage: pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class WebTier:
    """Servers that are watched."""

    environment_name: pulumi.Input[str]
    load_balancer_arn: pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class WatchedRegion:
    """What is watched in one Region."""

    region: str
    topic_arn: pulumi.Input[str]
    ticket_topic_arn: pulumi.Input[str]
    api: Api | None
    web_tier: WebTier | None
    databases: Mapping[str, pulumi.Input[str]]
    functions: Mapping[str, pulumi.Input[str]]
    queues: Mapping[str, pulumi.Input[str]]
    streams: Mapping[str, pulumi.Input[str]]
    pair: str | None
    healer: str | None


@dataclass(frozen=True, slots=True)
class BudgetSettings:
    """What the account may cost."""

    monthly_usd: float
    emails: tuple[str, ...]
    topic_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class ObservabilitySettings:
    """What is watched, and who hears of it."""

    regions: Mapping[str, WatchedRegion]
    service_level: ServiceLevel
    budget: BudgetSettings | None
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: ObservabilityArgs) -> ObservabilitySettings:
    """Return the settings of the observability `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(ObservabilityArgs, args, LIMITS, problems)
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{LONGEST_NAME}}}", name):
        allowed = f"1 to {LONGEST_NAME} letters, digits, hyphens and underscores"
        problems.add("name", name, allowed, "rename the component: its dashboards are named after it")
    if not problems.touches("regions"):
        _check_regions(given.get("regions", {}), problems)
    if "budget" in given:
        _check_budget(given["budget"], problems)
    problems.raise_for(f'Observability "{name}"')
    level = given.get("service_level", {})
    return ObservabilitySettings(
        regions={region: _region(region, each) for region, each in sorted(given["regions"].items())},
        service_level=ServiceLevel(
            availability_percent=level.get("availability_percent", 99.9),
            latency_ms=level.get("latency_ms", 1000),
            latency_percent=level.get("latency_percent", 99),
            window_days=level.get("window_days", 30),
            minimum_requests=level.get("minimum_requests", 20),
        ),
        budget=_budget(given.get("budget")),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _region(region: str, given: Mapping[str, Any]) -> WatchedRegion:
    kinds = {kind: dict(sorted(given.get(kind, {}).items())) for kind in KINDS}
    return WatchedRegion(
        region=region,
        topic_arn=given["topic_arn"],
        ticket_topic_arn=given.get("ticket_topic_arn", given["topic_arn"]),
        api=Api(**given["api"]) if "api" in given else None,
        web_tier=WebTier(**given["web_tier"]) if "web_tier" in given else None,
        pair=given.get("pair"),
        healer=given.get("healer"),
        **kinds,
    )


def _budget(given: Mapping[str, Any] | None) -> BudgetSettings | None:
    if given is None:
        return None
    return BudgetSettings(given["monthly_usd"], tuple(given.get("emails", ())), given.get("topic_arn"))


def _check_regions(regions: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
    if not 1 <= len(regions) <= MOST_REGIONS:
        fix = "make another Observability for the rest" if regions else "name a Region and its topic"
        problems.add("regions", list(regions), f"1 to {MOST_REGIONS} Regions", fix)
    for region, watched in regions.items():
        where = f"regions.{region}"
        if not REGION.accepts(region):
            problems.add(where, region, REGION.allowed, "name the Region")
            continue
        _check_topics(where, region, watched, problems)
        if not any(watched.get(kind) for kind in (*KINDS, "api", "web_tier", "pair", "healer")):
            allowed = "something to watch besides the topic"
            problems.add(where, None, allowed, "name the API, the servers or what else is there")
        for kind in KINDS:
            _check_watched(f"{where}.{kind}", watched.get(kind, {}), problems)


def _check_topics(where: str, region: str, watched: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a topic of another Region: an alarm cannot reach it."""
    for option in ("topic_arn", "ticket_topic_arn"):
        arn = watched.get(option)
        if isinstance(arn, str) and arn.split(":")[3] != region:
            fix = "give a topic of this Region: alarms reach no other"
            problems.add(f"{where}.{option}", arn, f"the ARN of an SNS topic in {region}", fix)


def _check_watched(where: str, watched: Mapping[str, Any], problems: Problems) -> None:
    if len(watched) > MOST_WATCHED:
        fix = "leave out those that matter less: a graph with so many lines shows nothing"
        problems.add(where, f"{len(watched)} of them", f"at most {MOST_WATCHED}", fix)
    for key in watched:
        if not _KEY.fullmatch(key):
            allowed = "1 to 30 lower-case letters, digits and inner hyphens"
            problems.add(f"{where}.{key}", key, allowed, "choose another name")


def _check_budget(budget: Mapping[str, Any], problems: Problems) -> None:
    emails = budget.get("emails", [])
    if problems.touches("budget"):
        return
    if not emails and "topic_arn" not in budget:
        problems.add("budget", None, "emails, topic_arn or both", "say who is told")
    if len(emails) > MOST_EMAILS:
        fix = "give a topic that they subscribe to"
        problems.add("budget.emails", f"{len(emails)} addresses", f"at most {MOST_EMAILS}", fix)
