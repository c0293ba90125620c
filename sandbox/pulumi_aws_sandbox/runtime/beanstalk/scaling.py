"""The scaling trigger, fed by what the load balancer counts.

Requests are counted as they come, in periods that pass as quickly as all of AWS's time does here. What this machine
cannot know of an instance, such as its CPU utilization or network traffic, is not made up: such a trigger does nothing.
"""

import time
from collections.abc import Callable, Sequence

from pulumi_aws_sandbox.runtime.beanstalk.metrics import Metrics
from pulumi_aws_sandbox.runtime.beanstalk.options import Trigger
from pulumi_aws_sandbox.runtime.beanstalk.pace import scaled

_MEASURED = {"RequestCount", "Latency", "TargetResponseTime"}
_STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "Average": lambda samples: sum(samples) / len(samples),
    "Maximum": max,
    "Minimum": min,
    "SampleCount": len,
    "Sum": sum,
}


def is_measured(trigger: Trigger) -> bool:
    """Tell whether a trigger can work here."""
    return trigger.measure in _MEASURED and trigger.statistic in _STATISTICS


class Scaler:
    """Follows the trigger of one environment."""

    def __init__(self, metrics: Metrics) -> None:
        """Start with the first period."""
        self._metrics = metrics
        self._start = time.monotonic()
        self._above = self._below = 0
        self._rest_until = 0.0

    def increment(self, trigger: Trigger) -> int:
        """Return how many instances come or go now."""
        now, end = time.monotonic(), self._start + scaled(trigger.period_seconds)
        if now < end or not is_measured(trigger):
            return 0
        value = self._value(trigger, end)
        self._start = end if now - end < scaled(trigger.period_seconds) else now
        # Where there are no requests there is no metric, and an alarm without data does nothing.
        self._above = self._above + 1 if value is not None and value > trigger.upper else 0
        self._below = self._below + 1 if value is not None and value < trigger.lower else 0
        if now < self._rest_until:
            return 0
        wanted = trigger.upper_increment if self._above >= trigger.periods else 0
        wanted = trigger.lower_increment if self._below >= trigger.periods else wanted
        if wanted:
            self._rest_until = now + scaled(trigger.cooldown_seconds)
        return wanted

    def _value(self, trigger: Trigger, end: float) -> float | None:
        samples = self._metrics.between(self._start, end)
        if not samples:
            return None
        counted = trigger.measure == "RequestCount"
        return _STATISTICS[trigger.statistic]([1.0] * len(samples) if counted else samples)
