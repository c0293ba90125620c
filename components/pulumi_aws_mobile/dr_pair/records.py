"""The records of the domain, which lead to both Regions and stay as they are in a failover."""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .choices import TrafficPolicy
from .health import Checks
from .settings import Domain, DRPairSettings
from .sites import Target

_ADDRESSES = ("A", "AAAA")
_FAILOVER = {"primary": "PRIMARY", "recovery": "SECONDARY"}


def create_records(scope: Scope, settings: DRPairSettings, checks: Checks) -> pulumi.Output[str] | None:
    """Create the records; return the name that they answer, none without a domain."""
    if settings.domain is None:
        return None
    sites = {"primary": settings.primary, "recovery": settings.recovery}
    health = {"primary": checks.primary, "recovery": checks.recovery}
    made: list[aws.route53.Record] = []
    for role, site in sites.items():
        assert site.target is not None  # noqa: S101 - the rules demand it
        kinds = _ADDRESSES if site.target.zone_id is not None else ("CNAME",)
        made += [
            _create_record(scope, settings, settings.domain, role, kind, site.target, health[role]) for kind in kinds
        ]
    return made[0].fqdn


def _create_record(  # noqa: PLR0913, PLR0917 - whose record, of which kind, to where
    scope: Scope,
    settings: DRPairSettings,
    domain: Domain,
    role: str,
    kind: str,
    target: Target,
    check: pulumi.Output[str] | None,
) -> "aws.route53.Record":
    return aws.route53.Record(
        scope.child(f"{role}-{kind.lower()}"),
        zone_id=domain.hosted_zone_id,
        name=domain.name,
        type=kind,
        set_identifier=role,
        health_check_id=check,
        **_policy(settings, role),
        **_answer(target, settings.traffic.ttl_seconds),
        opts=scope.options(),
    )


def _policy(settings: DRPairSettings, role: str) -> dict[str, Any]:
    traffic = settings.traffic
    if traffic.policy is None:
        return {"failover_routing_policies": [{"type": _FAILOVER[role]}]}
    if traffic.policy is TrafficPolicy.WEIGHTED:
        return {"weighted_routing_policies": [{"weight": traffic.weights[role]}]}
    region = settings.primary.region if role == "primary" else settings.recovery.region
    return {"latency_routing_policies": [{"region": region}]}


def _answer(target: Target, ttl_seconds: int) -> dict[str, Any]:
    if target.zone_id is None:
        return {"records": [target.name], "ttl": ttl_seconds}
    alias = {"name": target.name, "zone_id": target.zone_id, "evaluate_target_health": target.evaluate_health}
    return {"aliases": [alias]}
