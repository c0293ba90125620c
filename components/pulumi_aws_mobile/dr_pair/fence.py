"""The fences: security groups that let nobody in."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import DRPairSettings
from .sites import Site


def create_fence(scope: Scope, role: str, site: Site) -> pulumi.Output[str] | None:
    """Create the fence of a site's database, in its VPC; none where no database ever stands.

    A database that has this group alone answers nobody. It is made beforehand, so that a failover only has to set it.
    """
    vpc_id = _vpc_id(site)
    if vpc_id is None:
        return None
    child = f"{role}-fence"
    return aws.ec2.SecurityGroup(
        scope.child(child),
        description=f"{scope.name}: fences a writer off, since nothing may connect through this group",
        vpc_id=vpc_id,
        region=site.region,
        tags=scope.tags(child),
        opts=scope.options(),
    ).id


def fence_ids(settings: DRPairSettings, fences: dict[str, pulumi.Output[str] | None]) -> pulumi.Output[dict[str, str]]:
    """Return the ids of the fences by Region."""
    regions = {"primary": settings.primary.region, "recovery": settings.recovery.region}
    there = {regions[role]: fence for role, fence in fences.items() if fence is not None}
    return pulumi.Output.all(*there.values()).apply(lambda ids: dict(zip(there, ids, strict=True)))


def _vpc_id(site: Site) -> pulumi.Input[str] | None:
    if site.database is not None:
        return site.database.vpc_id
    return site.network.vpc_id if site.network is not None else None
