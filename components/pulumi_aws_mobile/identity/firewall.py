"""The web ACL before the user pool, and the record of its requests."""

import pulumi

from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.web_acl import create_web_acl

from .firewall_rules import firewall_rules
from .pool.user_pool import Pool
from .settings import Firewall


def create_firewall(scope: Scope, firewall: Firewall, pool: Pool) -> pulumi.Output[str]:
    """Create the web ACL, put it before the pool and record what it decides; return its ARN."""
    return create_web_acl(
        scope.parent,
        scope.child("firewall"),
        description=f"Before the user pool of {scope.name}",
        resource_arn=pool.arn,
        rules=firewall_rules(firewall),
        log_name=scope.name,
        log_retention_days=firewall.log_retention_days,
        region=scope.region,
        tags=scope.common_tags,
    )
