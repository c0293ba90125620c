"""How quickly time passes for load balancers and Auto Scaling here.

What AWS measures in its own time - intervals of health checks, periods of alarms, cooldowns, the evaluation time of a
traffic split, how long a deployment waits for health - passes `FACTOR` times as quickly. What measures the application
does not: the timeout of a health check, the limits of commands, how long a request may still take while its instance
is drained, the idle timeout.
"""

FACTOR = 50.0
_LEAST_WAIT_SECONDS = 5.0


def scaled(seconds: float) -> float:
    """Return how long a time of AWS's takes here."""
    return seconds / FACTOR


def patience(seconds: float) -> float:
    """Return how long to wait for health here: processes do not start 50 times as quickly."""
    return max(scaled(seconds), _LEAST_WAIT_SECONDS)
