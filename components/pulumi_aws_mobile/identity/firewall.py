"""The web ACL before the user pool, and the record of its requests."""

from typing import Any

import pulumi
import pulumi_aws as aws

from .firewall_rules import firewall_rules, visibility
from .pool.user_pool import Pool
from .scope import Scope
from .settings import Firewall

_PREFIX = "aws-waf-logs-"
"""What the name of every log group of WAF begins with."""


def create_firewall(scope: Scope, firewall: Firewall, pool: Pool) -> pulumi.Output[str]:
    """Create the web ACL, put it before the pool and record what it decides; return its ARN."""
    child = scope.child("firewall")
    what: dict[str, Any] = {"rules": firewall_rules(child, firewall), "visibility_config": visibility(child)}
    acl = aws.wafv2.WebAcl(
        child,
        scope="REGIONAL",
        description=f"Before the user pool of {scope.name}",
        default_action={"allow": {}},
        region=scope.region,
        tags=scope.tags("firewall"),
        opts=scope.options(),
        **what,
    )
    aws.wafv2.WebAclAssociation(
        f"{child}-association", resource_arn=pool.arn, web_acl_arn=acl.arn, region=scope.region, opts=scope.options()
    )
    group = aws.cloudwatch.LogGroup(
        f"{child}-logs",
        name=f"{_PREFIX}{pulumi.get_project()}-{pulumi.get_stack()}-{scope.name}",
        retention_in_days=firewall.log_retention_days,
        region=scope.region,
        tags=scope.tags("firewall-logs"),
        # The record outlives the firewall: it is what an investigation reads, and it expires by itself.
        opts=scope.options(retain=True),
    )
    aws.wafv2.WebAclLoggingConfiguration(
        f"{child}-logging",
        resource_arn=acl.arn,
        log_destination_configs=[group.arn],
        redacted_fields=[{"single_header": {"name": header}} for header in ("authorization", "cookie")],
        region=scope.region,
        opts=scope.options(),
    )
    return acl.arn
