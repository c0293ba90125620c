"""Service levels and how quickly they are used up. Pure arithmetic.

A service level of 99.9 % leaves an error budget of 0.1 % of the requests. A burn rate of 1 uses up exactly that budget
in the window of the promise; 14.4 uses up a fiftieth of a 30-day budget in an hour. Each alarm looks at a long window,
so that a blip does not page, and at a short one, so that it ends soon after the trouble does.
https://sre.google/workbook/alerting-on-slos/
"""

from dataclasses import dataclass

_HOUR = 3600
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Burn:
    """A burn rate that somebody should hear of."""

    role: str
    rate: float
    long_seconds: int
    short_seconds: int
    pages: bool
    """Whether somebody is woken; else it is a ticket."""

    def threshold_percent(self, target_percent: float) -> float:
        """Return the share of bad requests from which on the budget burns at this rate."""
        return round(self.rate * (100 - target_percent), 6)

    def budget_percent(self, window_days: int) -> float:
        """Return how much of the budget is gone when the long window is full of such burning."""
        return 100 * self.rate * self.long_seconds / (window_days * 24 * _HOUR)


BURNS = (
    Burn("fast", 14.4, _HOUR, 5 * _MINUTE, pages=True),
    Burn("slow", 6, 6 * _HOUR, 30 * _MINUTE, pages=True),
    Burn("ticket", 1, 72 * _HOUR, 6 * _HOUR, pages=False),
)


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What users are promised."""

    availability_percent: float
    latency_ms: int
    latency_percent: float
    window_days: int
    minimum_requests: int


def failed_percent(minimum_requests: int) -> str:
    """Return the metric math for the share of failed requests, in percent; 0 while there are too few to tell."""
    return f"IF(requests >= {minimum_requests}, 100 * FILL(failures, 0) / requests, 0)"


def slow_percent(minimum_requests: int) -> str:
    """Return the metric math for the share of slow requests, in percent; 0 while there are too few to tell."""
    return f"IF(requests >= {minimum_requests}, 100 - within, 0)"


def within(latency_ms: int) -> str:
    """Return the statistic that tells the percentage of requests within a time, CloudWatch's percentile rank.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
    """
    return f"PR(:{latency_ms})"


def budget_left(bad_percent: str, target_percent: float) -> str:
    """Return the metric math for what is left of a budget, in percent; negative when the promise is broken."""
    return f"100 - 100 * ({bad_percent}) / {round(100 - target_percent, 6):g}"
