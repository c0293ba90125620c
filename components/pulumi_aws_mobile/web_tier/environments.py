"""The environments, each with a load balancer that Elastic Beanstalk makes and looks after."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .environment_parts import EnvironmentSettings
from .failover_safety import WISH_TAG, Wish, keeps_its_failover
from .ground import Site, joined
from .options import option_settings
from .options_around import Ground
from .platforms import find_stack
from .properties import checked
from .roles import InstanceRole, ServiceRole
from .scope import Scope
from .security_groups import Groups
from .settings import environment_child

_NAME_TAG = "Name"
"""Elastic Beanstalk gives this tag itself and refuses it from others."""
_READY_TIMEOUT = "60m"
"""A rolling or immutable update of many instances takes its time; the provider's 20 minutes would give up on it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment."""

    child: str
    """Its name in the program."""
    name: pulumi.Output[str]
    id: pulumi.Output[str]
    cname: pulumi.Output[str]
    load_balancer_arn: pulumi.Output[str]
    empty: bool
    """Whether it stands without instances."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all environments share."""

    application: pulumi.Output[str]
    version: pulumi.Output[str]
    site: Site
    groups: Groups
    service_role: ServiceRole
    instance_role: InstanceRole
    log_bucket: pulumi.Output[str]


def create_environment(scope: Scope, key: str, around: Surroundings) -> Environment:
    """Create an environment and, with HTTPS, the redirect on its load balancer."""
    environment = scope.settings.environments[key]
    child = environment_child(scope.name, key, environment)
    subject = f'WebTier "{scope.name}"'
    properties = checked(subject, _properties_path(scope, key), environment.environment)
    settings = option_settings(environment, _ground(scope, environment, around), properties)
    looked_up = environment.platform.solution_stack is None
    wish = Wish.of(settings) if scope.settings.standby else None
    resource = aws.elasticbeanstalk.Environment(
        child,
        application=around.application,
        description=f"The environment {key} of {scope.name}",
        version=around.version if environment.version_label is None else environment.version_label,
        solution_stack_name=find_stack(scope, environment.platform),
        settings=[{"namespace": each.namespace, "name": each.name, "value": each.value} for each in settings],
        wait_for_ready_timeout=_READY_TIMEOUT,
        region=scope.region,
        tags={
            **{name: value for name, value in scope.settings.tags.items() if name != _NAME_TAG},
            **({WISH_TAG: wish.tag} if wish else {}),
        },
        opts=pulumi.ResourceOptions(
            parent=scope.parent,
            depends_on=list(around.groups.rules),
            # A newer platform version is no change of the program: it comes by a managed update.
            ignore_changes=["solutionStackName"] if looked_up else [],
            hooks=keeps_its_failover(child, subject) if wish else None,
        ),
    )
    found = Environment(
        child=child,
        name=resource.name,
        id=resource.id,
        cname=resource.cname,
        load_balancer_arn=resource.load_balancers.apply(lambda arns: arns[0]),
        empty=environment.instances.none,
    )
    _create_redirect(scope, found)
    return found


def _properties_path(scope: Scope, key: str) -> str:
    return "environment" if len(scope.settings.environments) == 1 else f"environments.{key}.environment"


def _ground(scope: Scope, environment: EnvironmentSettings, around: Surroundings) -> Ground:
    site, zones = around.site, environment.instances.zones
    return Ground(
        vpc_id=site.vpc_id,
        instance_subnet_ids=joined(site.subnets_in(zones)),
        load_balancer_subnet_ids=joined(site.load_balancer_subnet_ids),
        zones=",".join(zones) if zones else site.zones_joined,
        public=scope.settings.public,
        https=scope.settings.https,
        instance_security_group_id=around.groups.instances,
        load_balancer_security_group_id=around.groups.balancer,
        service_role=around.service_role.arn,
        instance_profile=around.instance_role.profile_name,
        log_bucket=around.log_bucket,
        log_prefix=scope.name,
    )


def _create_redirect(scope: Scope, environment: Environment) -> None:
    """Send callers of port 80 to HTTPS: Elastic Beanstalk's own listeners only forward."""
    https = scope.settings.https
    if https is None or not https.redirect_http:
        return
    child = f"{environment.child}-redirect"
    aws.lb.Listener(
        child,
        load_balancer_arn=environment.load_balancer_arn,
        port=80,
        protocol="HTTP",
        default_actions=[
            {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
        ],
        region=scope.region,
        tags=scope.tags(child),
        opts=scope.owned,
    )
