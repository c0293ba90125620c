"""Route 53 notices within minutes, and knows what to believe when it is told nothing."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import HEALTH_CHECK
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_ENCRYPTED = ("HTTPS", "HTTPS_STR_MATCH")
_ENDPOINTS = (*_ENCRYPTED, "HTTP", "HTTP_STR_MATCH", "TCP")
_ALARM = "CLOUDWATCH_METRIC"
_MOST = {"requestInterval": (30, "seconds"), "failureThreshold": (3, "failures")}


def _check(check: Resource, _: Options) -> Iterator[Answer]:
    kind = check.text("type")
    if kind is UNKNOWN:
        yield Undecided("type")
    elif kind == _ALARM:
        fix = "choose it; left out, what holds without data is nobody's decision"
        yield from expect.given(check, "insufficientDataHealthStatus", "Healthy, Unhealthy or LastKnownStatus", fix)
    elif kind in _ENDPOINTS:
        if kind not in _ENCRYPTED:
            fix = "ask by HTTPS, as clients do; a port that is open says little"
            yield Problem("type", kind, " or ".join(_ENCRYPTED), fix)
        for name, (most, unit) in _MOST.items():
            value = check.number(name)
            if value is UNKNOWN:
                yield Undecided(name)
            elif value is not None and value > most:
                yield Problem(name, value, f"{most} {unit} or less", "lower it, or leave it out for that")


RULE = Rule(
    id="dr-health-check",
    pack=Pack.RESILIENCE,
    description="A health check asks by HTTPS and soon notices, or says what holds without data.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    types=(HEALTH_CHECK,),
    frameworks=(),
    remediation="Check by HTTPS every 10 or 30 seconds with 3 failures; on an alarm set insufficientDataHealthStatus.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
    check=_check,
)
