"""The `WebTier` component."""

from collections.abc import Mapping

import pulumi

from .access_logs import create_log_bucket
from .alarms import create_alarms
from .args import WebTierArgs
from .environments import Environment, Surroundings, create_environment
from .ground import find_or_create_site
from .roles import create_instance_role, create_service_role, find_facts
from .scope import Scope
from .security_groups import create_groups
from .settings import WebTierSettings, resolve
from .versions import create_application, create_store, create_version, pack


class WebTier(pulumi.ComponentResource):
    """A PHP application on Elastic Beanstalk: instances over several zones, reached through their load balancer only.

    Creates: a network unless it is given one; the bucket of the bundles with its key, and one for access logs; the
    roles of Elastic Beanstalk and of the instances, with the instance profile; the application and the version made of
    the source; the security groups of callers, load balancers and instances, and the database's rule; each environment
    with its own load balancer, and with HTTPS a redirect on it; where asked, alarms. It deliberately makes no database,
    no DNS records, no certificates and no shared load balancer, and never swaps CNAMEs: `live` says which environment
    is called.
    """

    application_name: pulumi.Output[str]
    """The name of the application."""
    environment_names: pulumi.Output[dict[str, str]]
    """The name of each environment by its key."""
    version_label: pulumi.Output[str]
    """The label of the version made of the source."""
    live_environment_name: pulumi.Output[str]
    """The name of the environment that callers are sent to."""
    cname: pulumi.Output[str]
    """The host name that Elastic Beanstalk gave to the live environment."""
    load_balancer_arn: pulumi.Output[str]
    """The ARN of the live environment's load balancer."""
    load_balancer_arns: pulumi.Output[dict[str, str]]
    """The ARN of each environment's load balancer by its key."""
    url: pulumi.Output[str]
    """Where the live environment is called: https and the name of the certificate, or http and its own name."""
    link_security_group_id: pulumi.Output[str]
    """The security group from which the load balancers take connections; callers inside the VPC wear it."""
    link_subnet_ids: pulumi.Output[list[str]]
    """Subnets from which the load balancers can be reached, for a VPC link."""
    instance_security_group_id: pulumi.Output[str]
    """The security group of the instances."""
    instance_role_name: pulumi.Output[str]
    """The name of the instances' role."""
    instance_role_arn: pulumi.Output[str]
    """The ARN of the instances' role."""
    service_role_arn: pulumi.Output[str]
    """The ARN of the role by which Elastic Beanstalk works."""
    live_environment_id: pulumi.Output[str]
    """The id of the live environment, `e-` and ten characters."""

    def __init__(self, name: str, args: WebTierArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the web tier; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        zip_path = pack(name, settings.bundle)
        super().__init__("aws-mobile:index:WebTier", name, {}, opts)
        scope = Scope(self, name, settings)
        site = find_or_create_site(scope)
        store = create_store(scope)
        facts = find_facts(scope, store)
        service_role = create_service_role(scope, facts)
        application = create_application(scope, service_role.arn)
        instance_role = create_instance_role(scope, facts, application)
        groups = create_groups(scope, site.vpc_id)
        version = create_version(scope, store, application, zip_path)
        log_bucket = create_log_bucket(scope, store, facts)
        around = Surroundings(application, version, site, groups, service_role, instance_role, log_bucket)
        environments = {key: create_environment(scope, key, around) for key in settings.environments}
        for environment in environments.values():
            create_alarms(scope, environment)

        live = environments[settings.live]
        self.application_name = application
        self.environment_names = _gather({key: each.name for key, each in environments.items()})
        self.version_label = version
        self.live_environment_name = live.name
        self.cname = live.cname
        self.load_balancer_arn = live.load_balancer_arn
        self.load_balancer_arns = _gather({key: each.load_balancer_arn for key, each in environments.items()})
        self.url = _url(settings, live)
        self.link_security_group_id = groups.link
        self.link_subnet_ids = site.instance_subnet_ids
        self.instance_security_group_id = groups.instances
        self.instance_role_name = instance_role.name
        self.instance_role_arn = instance_role.arn
        self.service_role_arn = service_role.arn
        self.live_environment_id = live.id
        self.register_outputs({output: getattr(self, output) for output in WebTier.__annotations__})


def _url(settings: WebTierSettings, live: Environment) -> pulumi.Output[str]:
    if settings.https is not None:
        return pulumi.Output.from_input(f"https://{settings.https.host_name}")
    return pulumi.Output.concat("http://", live.cname)


def _gather(values: Mapping[str, pulumi.Output[str]]) -> pulumi.Output[dict[str, str]]:
    return pulumi.Output.all(*values.values()).apply(lambda found: dict(zip(values, found, strict=True)))
