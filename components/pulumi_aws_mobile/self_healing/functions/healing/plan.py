"""What this function looks after, as it was deployed."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .decisions import Rules

GROWTH_GAP_SECONDS = 6 * 3600
"""RDS takes one change of an instance's storage in 6 hours.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html"""

AILMENTS: Mapping[str, tuple[str, ...]] = {
    "environment": ("stuck", "unhealthy", "disk"),
    "database": ("silent", "refused", "full"),
    "queue": ("old",),
}
"""What may be wrong with each kind of target, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is looked after."""

    kind: str
    """environment, database or queue."""
    key: str
    """What the deployment calls it."""
    ailments: tuple[str, ...]
    """What is watched, the most urgent first."""
    told: Mapping[str, Any]
    """Its names in AWS, and its own limits."""

    @property
    def name(self) -> str:
        """Its name in logs, metrics and the table."""
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that this function was told."""

    healer: str
    """The name of the component."""
    function: str
    """The name of this function, which the alarms' names begin with."""
    table: str
    topic_arn: str
    rules: Rules
    targets: tuple[Target, ...]

    def alarm_of(self, target: Target, ailment: str) -> str:
        """Return the name of the alarm that tells of an ailment."""
        return f"{self.function}-{target.name}-{ailment}"

    def target_of(self, alarm: str) -> Target | None:
        """Return the target that an alarm is about."""
        return next(
            (each for each in self.targets for ailment in each.ailments if self.alarm_of(each, ailment) == alarm), None
        )


def read_plan() -> Plan:
    """Read the environment."""
    told = json.loads(os.environ["PLAN"])
    rules = told["rules"]
    return Plan(
        healer=told["healer"],
        function=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        table=os.environ["TABLE_NAME"],
        topic_arn=os.environ["TOPIC_ARN"],
        rules=Rules(
            attempts=int(rules["attempts"]),
            first_seconds=float(rules["first_seconds"]),
            factor=float(rules["factor"]),
            most_actions=int(rules["actions"]),
            window_seconds=float(rules["window_seconds"]),
            settle_seconds=float(rules["settle_seconds"]),
            gap_seconds={"full": GROWTH_GAP_SECONDS},
        ),
        targets=tuple(
            Target(kind, key, tuple(each for each in AILMENTS[kind] if each in entry["ailments"].split()), entry)
            for kind in AILMENTS
            for key, entry in sorted(told.get(kind, {}).items())
        ),
    )
