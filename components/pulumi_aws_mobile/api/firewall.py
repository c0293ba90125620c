"""The web ACL before the stage."""

from typing import Any

import pulumi

from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.web_acl import MANAGED_GROUPS, create_web_acl, managed_rule, rate_rule

from .settings import Firewall

_LARGE_BODIES = "SizeRestrictions_BODY"
"""Blocks bodies above 8 KiB; API Gateway takes 10 MB, and whoever answers knows what is too much.
https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"""
_COUNTED = {"common-attacks": (_LARGE_BODIES,)}


def create_firewall(scope: Scope, firewall: Firewall, stage_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """Create the web ACL, put it before the stage and record what it decides; return its ARN."""
    return create_web_acl(
        scope.parent,
        scope.child("firewall"),
        description=f"Before the API {scope.name}",
        resource_arn=stage_arn,
        rules=firewall_rules(firewall),
        log_name=f"{scope.name}-api",
        log_retention_days=firewall.log_retention_days,
        region=scope.region,
        tags=scope.common_tags,
    )


def firewall_rules(firewall: Firewall) -> list[dict[str, Any]]:
    """Return the rules in the order in which they are asked."""
    counts = firewall.count_only
    managed = [managed_rule(name, count_only=counts, counted=_COUNTED.get(name, ())) for name in MANAGED_GROUPS]
    return [
        *(managed if firewall.managed_rules else []),
        rate_rule(firewall.requests_per_five_minutes, count_only=counts),
    ]
