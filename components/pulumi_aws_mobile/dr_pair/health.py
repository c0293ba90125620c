"""The health checks by which Route 53 decides, and which stay as they are in a failover."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import DRPairSettings

_HTTPS_PORT = 443
_INTERVAL_SECONDS = 10
_FAILURES = 3
"""Three in a row, ten seconds apart: half a minute until Route 53 says so.
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html"""


@dataclass(frozen=True, slots=True)
class Checks:
    """The health checks of the records."""

    primary: pulumi.Output[str]
    recovery: pulumi.Output[str] | None
    """`None` where the recovery Region's record has none: it answers whenever the primary one's does not."""

    @property
    def ids(self) -> pulumi.Output[dict[str, str]]:
        """Their ids by site."""
        there = {"primary": self.primary} | ({"recovery": self.recovery} if self.recovery is not None else {})
        return pulumi.Output.all(**there)


def create_checks(scope: Scope, settings: DRPairSettings, traffic_alarm_name: pulumi.Input[str]) -> Checks:
    """Create the switch, which follows the alarm in the recovery Region, and where both answer a check of each."""
    switch = _create_switch(scope, settings.recovery.region, traffic_alarm_name)
    if not settings.both_answer:
        return Checks(primary=switch.id, recovery=None)
    answers = _create_endpoint(scope, "primary-endpoint", settings.primary.health_url)
    both = aws.route53.HealthCheck(
        scope.child("primary-check"),
        type="CALCULATED",
        child_healthchecks=[answers, switch.id],
        child_health_threshold=2,
        tags=scope.tags("primary-check"),
        opts=scope.options(),
    )
    return Checks(primary=both.id, recovery=_create_endpoint(scope, "recovery-endpoint", settings.recovery.health_url))


def _create_switch(scope: Scope, region: str, alarm_name: pulumi.Input[str]) -> "aws.route53.HealthCheck":
    """Create the check that is healthy while clients belong to the primary Region.

    It holds what it knew when the alarm tells nothing: with the recovery Region lost, the primary one goes on.
    """
    return aws.route53.HealthCheck(
        scope.child("switch"),
        type="CLOUDWATCH_METRIC",
        cloudwatch_alarm_name=alarm_name,
        cloudwatch_alarm_region=region,
        insufficient_data_health_status="LastKnownStatus",
        tags=scope.tags("switch"),
        opts=scope.options(),
    )


def _create_endpoint(scope: Scope, role: str, url: pulumi.Input[str]) -> pulumi.Output[str]:
    parts = pulumi.Output.from_input(url).apply(urlsplit)
    return aws.route53.HealthCheck(
        scope.child(role),
        type="HTTPS",
        fqdn=parts.apply(lambda found: found.hostname),
        port=parts.apply(lambda found: found.port or _HTTPS_PORT),
        resource_path=parts.apply(lambda found: f"{found.path or '/'}{f'?{found.query}' if found.query else ''}"),
        enable_sni=True,
        request_interval=_INTERVAL_SECONDS,
        failure_threshold=_FAILURES,
        tags=scope.tags(role),
        opts=scope.options(),
    ).id
