"""Decides what is healed and how: defaults filled in, every problem found, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.function.settings import LONGEST_NAME as LONGEST_FUNCTION_NAME
from pulumi_aws_mobile.function.settings import check_name
from pulumi_aws_mobile.limits import KEY_ARN, QUEUE_ARN, REGION, TOPIC_ARN, Between, Limits, Matching

from .args import (
    BreakerArgs,
    HealedDatabaseArgs,
    HealedEnvironmentArgs,
    HealedQueueArgs,
    RetriesArgs,
    SelfHealingArgs,
)
from .rules import (
    ACTIONS,
    ATTEMPTS,
    FACTOR,
    FIRST_SECONDS,
    WINDOW_MINUTES,
    check_database,
    check_environment,
    check_pauses,
    check_queue,
    check_targets,
)

FUNCTION_SUFFIX = "-healer"
LONGEST_NAME = LONGEST_FUNCTION_NAME - len(FUNCTION_SUFFIX)
_QUEUE_URL = Matching(r"https?://\S+/\d{12}/[A-Za-z0-9_.-]+", "the URL of an SQS queue")
_BALANCER_ARN = Matching(
    r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/\S+",
    "the ARN of an Application Load Balancer",
)
_MINUTES = Between(1, 60, "minutes")

LIMITS: Limits = {
    HealedEnvironmentArgs: {
        "environment_name": Matching(r"[A-Za-z0-9-]{4,40}", "the name of an Elastic Beanstalk environment"),
        "load_balancer_arn": _BALANCER_ARN,
        "target_group_arn": Matching(
            r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup/\S+", "the ARN of a target group"
        ),
        "stuck_minutes": _MINUTES,
        "unhealthy_minutes": _MINUTES,
        "disk_percent": Between(50, 99, "%"),
    },
    HealedDatabaseArgs: {
        "arn": Matching(r"arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:db:[a-z0-9-]+", "the ARN of an RDS instance"),
        "load_balancer_arn": _BALANCER_ARN,
        "silent_minutes": _MINUTES,
        "free_gib": Between(1, 1024, "GiB"),
        "largest_gib": Between(20, 65536, "GiB"),
    },
    HealedQueueArgs: {
        "url": _QUEUE_URL,
        "arn": QUEUE_ARN,
        "dead_letter_url": _QUEUE_URL,
        "dead_letter_arn": QUEUE_ARN,
        "max_receives": Between(1, 1000, "receives"),
        "oldest_minutes": Between(1, 1440, "minutes"),
    },
    RetriesArgs: {
        "attempts": Between(1, 10, "actions"),
        "first_seconds": Between(30, 3600, "seconds"),
        "factor": Between(1, 10),
        "settle_seconds": Between(0, 3600, "seconds"),
    },
    BreakerArgs: {"actions": Between(1, 20, "actions"), "window_minutes": Between(10, 1440, "minutes")},
    SelfHealingArgs: {
        "page_topic_arn": TOPIC_ARN,
        "tick_minutes": Between(1, 5, "minutes"),
        "key_arns": KEY_ARN,
        "region": REGION,
    },
}


@dataclass(frozen=True, slots=True)
class EnvironmentTarget:
    """An environment that is healed."""

    application_name: pulumi.Input[str]
    environment_name: pulumi.Input[str]
    load_balancer_arn: pulumi.Input[str] | None
    target_group_arn: pulumi.Input[str] | None
    stuck_minutes: int
    unhealthy_minutes: int
    disk_percent: int | None
    rebuild: bool


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """A database that is healed."""

    identifier: pulumi.Input[str]
    arn: pulumi.Input[str]
    silent_minutes: int
    load_balancer_arn: pulumi.Input[str] | None
    free_gib: int
    largest_gib: int | None


@dataclass(frozen=True, slots=True)
class QueueTarget:
    """A queue that is healed."""

    url: pulumi.Input[str]
    arn: pulumi.Input[str]
    dead_letter_url: pulumi.Input[str]
    dead_letter_arn: pulumi.Input[str]
    max_receives: int
    oldest_minutes: int


@dataclass(frozen=True, slots=True)
class SelfHealingSettings:
    """What is healed, and how."""

    page_topic_arn: pulumi.Input[str]
    environments: Mapping[str, EnvironmentTarget]
    databases: Mapping[str, DatabaseTarget]
    queues: Mapping[str, QueueTarget]
    attempts: int
    first_seconds: int
    factor: float
    settle_seconds: int
    actions: int
    window_minutes: int
    tick_minutes: int
    key_arns: tuple[pulumi.Input[str], ...]
    protect: bool
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: SelfHealingArgs) -> SelfHealingSettings:
    """Return the settings of the self-healing `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(SelfHealingArgs, args, LIMITS, problems)
    check_name(name, LONGEST_NAME, problems)
    check_targets(given, problems)
    for key, environment in given.get("environments", {}).items():
        check_environment(f"environments.{key}", environment, problems)
    for key, queue in given.get("queues", {}).items():
        check_queue(f"queues.{key}", queue, problems)
    for key, database in given.get("databases", {}).items():
        check_database(f"databases.{key}", database, problems)
    retries, breaker = given.get("retries", {}), given.get("breaker", {})
    check_pauses(retries, breaker, problems)
    problems.raise_for(f'SelfHealing "{name}"')
    return SelfHealingSettings(
        page_topic_arn=given["page_topic_arn"],
        environments={key: _environment(each) for key, each in sorted(given.get("environments", {}).items())},
        databases={key: _database(each) for key, each in sorted(given.get("databases", {}).items())},
        queues={key: _queue(each) for key, each in sorted(given.get("queues", {}).items())},
        attempts=retries.get("attempts", ATTEMPTS),
        first_seconds=retries.get("first_seconds", FIRST_SECONDS),
        factor=retries.get("factor", FACTOR),
        settle_seconds=retries.get("settle_seconds", 120),
        actions=breaker.get("actions", ACTIONS),
        window_minutes=breaker.get("window_minutes", WINDOW_MINUTES),
        tick_minutes=given.get("tick_minutes", 1),
        key_arns=tuple(given.get("key_arns", ())),
        protect=given.get("protect", True),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _environment(given: Mapping[str, Any]) -> EnvironmentTarget:
    return EnvironmentTarget(
        application_name=given["application_name"],
        environment_name=given["environment_name"],
        load_balancer_arn=given.get("load_balancer_arn"),
        target_group_arn=given.get("target_group_arn"),
        stuck_minutes=given.get("stuck_minutes", 10),
        unhealthy_minutes=given.get("unhealthy_minutes", 5),
        disk_percent=given.get("disk_percent"),
        rebuild=given.get("rebuild", False),
    )


def _database(given: Mapping[str, Any]) -> DatabaseTarget:
    return DatabaseTarget(
        identifier=given["identifier"],
        arn=given["arn"],
        silent_minutes=given.get("silent_minutes", 5),
        load_balancer_arn=given.get("load_balancer_arn"),
        free_gib=given.get("free_gib", 2),
        largest_gib=given.get("largest_gib"),
    )


def _queue(given: Mapping[str, Any]) -> QueueTarget:
    return QueueTarget(
        url=given["url"],
        arn=given["arn"],
        dead_letter_url=given["dead_letter_url"],
        dead_letter_arn=given["dead_letter_arn"],
        max_receives=given.get("max_receives", 5),
        oldest_minutes=given.get("oldest_minutes", 15),
    )
