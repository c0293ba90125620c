"""The `Network` component."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .args import NetworkArgs
from .endpoints import create_gateway_endpoints, create_interface_endpoints
from .flow_logs import create_flow_logs
from .gateways import create_internet_gateway, create_nat_gateways
from .settings import NetworkSettings, resolve
from .tiers import create_application_tier, create_data_tier, create_public_tier
from .zones import zones_of_account


class Network(pulumi.ComponentResource):
    """A VPC over two or three zones, each with a public, an application and a data subnet.

    Creates: the VPC, its default security group emptied of rules, an internet gateway, NAT gateways with their
    addresses, the subnets with their route tables, gateway and interface endpoints, and flow logs with their log group
    and role. It deliberately makes no network ACLs, no IPv6, no peering and no security groups for what runs inside.
    """

    vpc_id: pulumi.Output[str]
    """The id of the VPC."""
    vpc_cidr: pulumi.Output[str]
    """The VPC's addresses."""
    zones: pulumi.Output[list[str]]
    """The zones by name; every list of subnet ids is in this order."""
    public_subnet_ids: pulumi.Output[list[str]]
    """The subnets that the internet can reach, for load balancers; known once their routes exist."""
    application_subnet_ids: pulumi.Output[list[str]]
    """The subnets that reach the internet through NAT, for servers; known once their routes exist."""
    data_subnet_ids: pulumi.Output[list[str]]
    """The subnets without a route to the internet, for databases."""
    public_route_table_ids: pulumi.Output[list[str]]
    """The one route table of the public subnets."""
    application_route_table_ids: pulumi.Output[list[str]]
    """The route tables of the application subnets, one for each zone."""
    data_route_table_ids: pulumi.Output[list[str]]
    """The one route table of the data subnets."""
    nat_public_ips: pulumi.Output[list[str]]
    """The addresses from which the application tier calls the internet, by zone; empty without NAT."""
    default_security_group_id: pulumi.Output[str]
    """The VPC's default security group, which lets nothing in or out."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the network; when they are refused, nothing has been registered."""
        settings = resolve(name, args, lambda region: zones_of_account(region, opts))
        super().__init__("aws-mobile:index:Network", name, {}, opts)
        vpc = _create_vpc(self, name, settings)
        default_security_group = _create_default_security_group(self, name, settings, vpc.id)
        internet_gateway = create_internet_gateway(self, name, settings, vpc.id)
        public = create_public_tier(self, name, settings, vpc.id, internet_gateway.id)
        nat = create_nat_gateways(self, name, settings, public.subnet_ids, internet_gateway)
        application = create_application_tier(self, name, settings, vpc.id, nat.ids)
        data = create_data_tier(self, name, settings, vpc.id)
        route_table_ids = [*public.route_table_ids, *application.route_table_ids, *data.route_table_ids]
        create_gateway_endpoints(self, name, settings, vpc.id, route_table_ids)
        create_interface_endpoints(self, name, settings, vpc.id, list(application.subnet_ids.values()))
        create_flow_logs(self, name, settings, vpc)

        self.vpc_id = vpc.id
        self.vpc_cidr = vpc.cidr_block
        self.zones = pulumi.Output.from_input(list(settings.zones))
        self.public_subnet_ids = public.routed_subnet_ids
        self.application_subnet_ids = application.routed_subnet_ids
        self.data_subnet_ids = data.routed_subnet_ids
        self.public_route_table_ids = pulumi.Output.all(*public.route_table_ids)
        self.application_route_table_ids = pulumi.Output.all(*application.route_table_ids)
        self.data_route_table_ids = pulumi.Output.all(*data.route_table_ids)
        self.nat_public_ips = nat.public_ips
        self.default_security_group_id = default_security_group.id
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})


_OUTPUTS = tuple(Network.__annotations__)


def _create_vpc(network: pulumi.Resource, name: str, settings: NetworkSettings) -> "aws.ec2.Vpc":
    role = f"{name}-vpc"
    return aws.ec2.Vpc(
        role,
        cidr_block=settings.cidr,
        # Both are needed for the private names of interface endpoints and databases.
        enable_dns_support=True,
        enable_dns_hostnames=True,
        region=settings.region,
        tags=named(role, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )


def _create_default_security_group(
    network: pulumi.Resource, name: str, settings: NetworkSettings, vpc_id: pulumi.Output[str]
) -> "aws.ec2.DefaultSecurityGroup":
    """Take over the security group that AWS gives to what names none, and empty it."""
    role = f"{name}-default-security-group"
    return aws.ec2.DefaultSecurityGroup(
        role,
        vpc_id=vpc_id,
        ingress=[],
        egress=[],
        region=settings.region,
        tags=named(role, settings.tags),
        opts=pulumi.ResourceOptions(parent=network),
    )
