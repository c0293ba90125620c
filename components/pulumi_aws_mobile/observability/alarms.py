"""The alarms of one Region: looks that tell nobody, and above them those that tell somebody, once for each cause."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .looks import Look, bad_servers, burning, capacity, failing
from .names import physical_name
from .service_levels import BURNS, ServiceLevel
from .settings import Api, WatchedRegion

_WAIT_SECONDS = 120
"""How long an alarm waits for the one that would make it superfluous."""
_EXTENSION_SECONDS = 300
"""How long it stays quiet after that one has ended: what they look at ends at different times."""


@dataclass(frozen=True, slots=True)
class RegionScope:
    """Where alarms are made, and what for."""

    scope: Scope
    watched: WatchedRegion
    level: ServiceLevel

    def role(self, role: str) -> str:
        """Return the role of a child of this Region."""
        return f"{self.watched.region}-{role}"


def create_alarms(region: RegionScope) -> dict[str, pulumi.Output[str]]:
    """Create the alarms of a Region; return the ARNs of those that tell somebody, by role."""
    watched = region.watched
    told: dict[str, aws.cloudwatch.CompositeAlarm] = {}
    if watched.api is not None and watched.web_tier is not None:
        looks = [failing(watched.api, region.level), bad_servers(watched.web_tier)]
        says = "the service is down: most requests fail, and the servers are not well"
        told["down"] = _create_above(region, "down", says, looks, "AND", watched.topic_arn, None)
    down = told.get("down")
    if watched.api is not None:
        for kind in ("availability", "latency"):
            told |= _create_burns(region, watched.api, kind, down)
    looks = list(capacity(watched))
    if looks:
        says = "something runs out of room: a database, a function, a stream or the load balancer"
        told["capacity"] = _create_above(region, "capacity", says, looks, "OR", watched.ticket_topic_arn, down)
    return {role: alarm.arn for role, alarm in told.items()}


def _create_burns(
    region: RegionScope, api: Api, kind: str, down: "aws.cloudwatch.CompositeAlarm | None"
) -> "dict[str, aws.cloudwatch.CompositeAlarm]":
    """Create the alarms on a budget: each stays quiet while a louder one rings about the same."""
    made: dict[str, aws.cloudwatch.CompositeAlarm] = {}
    louder, watched = down, region.watched
    for burn in BURNS:
        role = f"{kind}-{burn.role}"
        says = f"the error budget of {kind} burns {burn.rate:g} times as fast as it may"
        topic = watched.topic_arn if burn.pages else watched.ticket_topic_arn
        louder = _create_above(region, role, says, burning(api, region.level, kind, burn), "AND", topic, louder)
        made[role] = louder
    return made


def _create_above(  # noqa: PLR0913, PLR0917 - what an alarm above others is made of
    region: RegionScope,
    role: str,
    says: str,
    looks: Sequence[Look],
    joined: str,
    topic: pulumi.Input[str],
    louder: "aws.cloudwatch.CompositeAlarm | None",
) -> "aws.cloudwatch.CompositeAlarm":
    """Create an alarm above its looks, suppressed by a louder one."""
    scope, own = region.scope, region.role(role)
    # Names are shorter than ARNs, and a rule has 10240 characters at most.
    below = [_create_look(region, look).name for look in looks]
    rule = pulumi.Output.all(*below).apply(lambda names: f" {joined} ".join(f'ALARM("{name}")' for name in names))
    child = scope.child(own)
    return aws.cloudwatch.CompositeAlarm(
        child,
        alarm_name=physical_name(child),
        alarm_description=f"{child}: {says}",
        alarm_rule=rule,
        alarm_actions=[topic],
        ok_actions=[topic],
        actions_suppressor=None if louder is None else _suppressed_by(louder),
        region=region.watched.region,
        tags=scope.tags(own),
        opts=scope.options(),
    )


def _suppressed_by(louder: "aws.cloudwatch.CompositeAlarm") -> "aws.cloudwatch.CompositeAlarmActionsSuppressorArgs":
    return aws.cloudwatch.CompositeAlarmActionsSuppressorArgs(
        alarm=louder.arn, wait_period=_WAIT_SECONDS, extension_period=_EXTENSION_SECONDS
    )


def _create_look(region: RegionScope, look: Look) -> "aws.cloudwatch.MetricAlarm":
    scope, own = region.scope, region.role(look.role)
    return aws.cloudwatch.MetricAlarm(
        scope.child(own),
        alarm_description=f"{scope.child(own)}: {look.says}",
        region=region.watched.region,
        tags=scope.tags(own),
        opts=scope.options(),
        **look.inputs,
    )
