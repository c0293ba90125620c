"""How an alarm's state follows from its latest data points, M of N, with some of them missing. Pure.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime.signals.rules import ALARM, NO_DATA, OK

EXTRA_PERIODS = 2
"""How many periods more than it needs an alarm looks back for data: AWS's own examples have five for three."""

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le,
    "LessThanThreshold": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """When an alarm is on."""

    comparison: str
    threshold: float
    periods: int
    """N."""
    to_alarm: int
    """M."""
    missing: str = "missing"
    """`breaching`, `notBreaching`, `ignore` or `missing`."""

    @property
    def range_periods(self) -> int:
        """How many periods the evaluation looks at."""
        return self.periods + EXTRA_PERIODS

    def is_breached(self, value: float) -> bool:
        """Tell whether a data point is beyond the threshold."""
        return COMPARISONS[self.comparison](value, self.threshold)


def state(condition: Condition, points: Sequence[float | None]) -> str | None:
    """Return the state for the points of the evaluation range, oldest first; `None` where it stays as it is."""
    breaches = [None if each is None else condition.is_breached(each) for each in points]
    real = [each for each in breaches if each is not None]
    if len(real) >= condition.periods:
        latest = real[-condition.periods :]
        return ALARM if sum(latest) >= condition.to_alarm else OK
    if condition.missing in {"breaching", "notBreaching"}:
        filled = condition.periods - len(real) if condition.missing == "breaching" else 0
        return ALARM if sum(real) + filled >= condition.to_alarm else OK
    if not real:
        return NO_DATA if condition.missing == "missing" else None
    if sum(real) >= condition.to_alarm:
        return ALARM
    if not all(real):
        return OK
    # Only breaching points, and too few: they count once the oldest is as old as a whole alarm would have been.
    oldest = len(breaches) - breaches.index(True)
    return ALARM if condition.missing == "missing" and oldest >= condition.to_alarm else None
