"""Where Auto Scaling puts instances, and how it judges them, as far as AWS has been told."""

from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.zones import zones


def zones_of(release: Release) -> tuple[str, ...]:
    """Return the zones of an environment: those it names, or those of its subnets, or those of the Region."""
    options, region = release.options, release.deployment.region
    found = options.zones or _of_subnets(region, options.subnets) or tuple(sorted(zones()[region]))
    return found[: options.any_zones] if options.any_zones and not options.zones else found


def grace_seconds(release: Release) -> float | None:
    """Return how old an instance must be to be replaced because the load balancer finds it unhealthy.

    `None` means that Auto Scaling does not ask the load balancer.
    """
    from moto.autoscaling.models import autoscaling_backends  # noqa: PLC0415 - moto loads only when deploying

    backend: Any = autoscaling_backends[ACCOUNT][release.deployment.region]
    group = backend.autoscaling_groups.get(release.deployment.auto_scaling_group)
    kind = release.bundle.health_check.get("HealthCheckType") or getattr(group, "health_check_type", None)
    grace = (
        release.bundle.health_check.get("HealthCheckGracePeriod")
        or getattr(group, "health_check_grace_period", None)
        or 0
    )
    return float(grace) if kind == "ELB" else None


def _of_subnets(region: str, subnets: tuple[str, ...]) -> tuple[str, ...]:
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend: Any = ec2_backends[ACCOUNT][region]
    by_id = {subnet_id: subnet for group in backend.subnets.values() for subnet_id, subnet in group.items()}
    return tuple(sorted({by_id[each].availability_zone for each in subnets if each in by_id}))
