"""Health checks of Route 53: what they say now, by their endpoints, their alarms or one another.

Checkers look each interval of `runtime.clock`, and a check changes its mind after as many equal looks as its failure
threshold says. A look happens when somebody asks; it stands for all looks that were due since the last time.
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
"""

from dataclasses import dataclass
from typing import Any, Literal

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.signals import judgement, probes, watching
from pulumi_aws_sandbox.runtime.signals.datapoints import Metrics
from pulumi_aws_sandbox.runtime.signals.rules import ALARM, NO_DATA

Scripted = Literal["healthy", "unhealthy"]

_ENDPOINTS = {"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"}


@dataclass(slots=True)
class _Memory:
    """What is remembered of a check."""

    healthy: bool = True
    """A new check is healthy until it has seen otherwise."""
    looked_at: float | None = None
    against: int = 0
    """How many looks in a row differ from what the check says."""
    report: str = "Success: not checked yet"
    scripted: Scripted | None = None
    last: bool = True
    """What the check said when it was asked last, whatever it does with what it saw."""


def statuses() -> dict[str, bool]:
    """Return whether each check is healthy, by its id."""
    found: dict[str, bool] = {}
    metrics: dict[str, Metrics] = {}
    for check_id in list(_checks()):
        _status(check_id, found, metrics, set())
    return found


def known() -> dict[str, bool]:
    """Return what each check said last, without looking."""
    return {check_id: _memory(check).last for check_id, check in _checks().items()}


def script(check_id: str, status: Scripted | None) -> None:
    """Let a check say this from now on, whatever it sees; `None` lets it look again."""
    if status not in {None, "healthy", "unhealthy"}:
        message = f'got "{status}"; allowed: "healthy", "unhealthy" or None'
        raise ValueError(message)
    _memory(_checks()[check_id]).scripted = status


def report(check_id: str) -> str:
    """Return what the checkers of an endpoint report."""
    statuses()
    return _memory(_checks()[check_id]).report


def _checks() -> dict[str, Any]:
    from moto.route53.models import route53_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return route53_backends[ACCOUNT][PARTITION].health_checks


def _memory(check: Any) -> _Memory:  # noqa: ANN401 - moto's own type
    if "sandbox_memory" not in vars(check):
        check.sandbox_memory = _Memory()
    return check.sandbox_memory


def _status(check_id: str, found: dict[str, bool], metrics: dict[str, Metrics], above: set[str]) -> bool:
    """Return whether a check is healthy, and write it down; one that is gone, or asks itself, is not."""
    from pulumi_aws_sandbox.gaps.route53_health import settings_of  # noqa: PLC0415 - needs moto

    if check_id in found:
        return found[check_id]
    check = _checks().get(check_id)
    if check is None or check_id in above:
        return False
    config, memory = settings_of(check), _memory(check)
    if memory.scripted is not None:
        healthy = memory.scripted == "healthy"
        memory.report = f"{'Success' if healthy else 'Failure'}: scripted"
    elif config.get("Disabled"):
        # Route 53 stops looking, and takes it for healthy.
        healthy = not config.get("Inverted")
    elif config["Type"] in _ENDPOINTS:
        healthy = _endpoint(config, memory)
    elif config["Type"] == "CLOUDWATCH_METRIC":
        healthy = _alarm(check, config, memory, metrics)
    else:
        children = config.get("ChildHealthChecks") or []
        well = [_status(each, found, metrics, above | {check_id}) for each in children]
        healthy = sum(well) >= config.get("HealthThreshold", len(children))
    if config.get("Inverted"):
        healthy = not healthy
    found[check_id] = memory.last = healthy
    return healthy


def _endpoint(config: dict[str, Any], memory: _Memory) -> bool:
    interval, now = float(config["RequestInterval"]), clock.now()
    looks = 1 if memory.looked_at is None else int((now - memory.looked_at) // interval)
    if looks < 1:
        return memory.healthy
    seen = probes.look(config)
    memory.looked_at = now if memory.looked_at is None else memory.looked_at + looks * interval
    memory.report = seen.report
    memory.against = 0 if seen.healthy == memory.healthy else memory.against + looks
    if memory.against >= int(config["FailureThreshold"]):
        memory.healthy, memory.against = seen.healthy, 0
    return memory.healthy


def _alarm(check: Any, config: dict[str, Any], memory: _Memory, metrics: dict[str, Metrics]) -> bool:  # noqa: ANN401 - moto's own type
    """Return what the data of an alarm say; its state does not count, nor what it does with data that are missing.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
    """
    alarm, region = vars(check).get("sandbox_alarm"), config["AlarmIdentifier"]["Region"]
    state = NO_DATA if alarm is None or regions.is_cut(region) else _state(alarm, region, metrics)
    if state == NO_DATA:
        wanted = config.get("InsufficientDataHealthStatus", "LastKnownStatus")
        memory.healthy = memory.healthy if wanted == "LastKnownStatus" else wanted == "Healthy"
    else:
        memory.healthy = state != ALARM
    return memory.healthy


def _state(alarm: Any, region: str, metrics: dict[str, Metrics]) -> str:  # noqa: ANN401 - moto's own type
    if region not in metrics:
        metrics[region] = Metrics(region)
    points = watching.points_of(alarm, metrics[region])
    if not any(each is not None for each in points):
        return NO_DATA
    return judgement.state(watching.condition_of(alarm), points) or NO_DATA
