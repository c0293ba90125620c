"""What a caller of `WebTier` may ask for around the environments, part by part."""

from typing import NotRequired, TypedDict

import pulumi

from .choices import AutoScalingHealthCheck


class WebTierNetworkArgs(TypedDict):
    """Where the web tier stands: a network that exists, or a new one."""

    vpc_id: NotRequired[pulumi.Input[str]]
    """The VPC. Defaults to a new network of the web tier's own."""
    instance_subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The subnets of the instances, which must reach AWS's services by NAT or endpoints; in two zones or more. Give it
    together with `vpc_id`."""
    load_balancer_subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The subnets of the load balancer, in two zones or more; with `public` they have a route to an internet gateway.
    Defaults to the instances' subnets; give it with `vpc_id` where the web tier is public."""
    zones: NotRequired[list[str]]
    """The Availability Zones by name: of the subnets that exist, or two or three for a new network. Defaults, for a new
    network, to those that the instances name, else to the first three of the account."""
    cidr: NotRequired[str]
    """The addresses of a new network. Defaults to 10.0.0.0/16. Not together with `vpc_id`."""


class HttpsArgs(TypedDict):
    """HTTPS at the load balancer."""

    certificate_arn: pulumi.Input[str]
    """The ARN of the ACM certificate, in the Region of the web tier. Give it; there is no default."""
    host_name: str
    """The name, covered by the certificate, under which the load balancer is called; API Gateway checks the
    certificate against it. It need not resolve. Give it; there is no default."""
    tls_policy: NotRequired[str]
    """The ELB security policy; TLS 1.2 or newer only. Defaults to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"""
    redirect_http: NotRequired[bool]
    """Whether port 80 answers with a redirect to HTTPS; otherwise it is closed. Defaults to true."""


class AutoScalingHealthArgs(TypedDict):
    """What makes the Auto Scaling group replace an instance. It stands in the bundle, so all environments share it.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environmentconfig-autoscaling-healthchecktype.html
    """

    check: NotRequired[AutoScalingHealthCheck]
    """The check. Defaults to ELB: an instance whose application does not answer is replaced."""
    grace_seconds: NotRequired[int]
    """Seconds after its start in which an instance is not replaced, 0 to 7200. Defaults to 300."""


class VersionArgs(TypedDict):
    """How long versions of the application are kept, with their bundles; those in use always are."""

    keep_count: NotRequired[int]
    """How many versions are kept, 1 to 1000. Defaults to 50. Not together with `keep_days`."""
    keep_days: NotRequired[int]
    """Days for which versions are kept, 1 to 3650. Defaults to a limit by number."""


class WebTierDatabaseArgs(TypedDict):
    """A database that the instances may connect to."""

    security_group_id: NotRequired[pulumi.Input[str]]
    """The database's security group, which is told to let the instances in. Give it, or `cidr`; it has no default."""
    cidr: NotRequired[pulumi.Input[str]]
    """The addresses of a network with a database whose security group cannot be named here, as it is in another Region
    or not made yet: the instances may connect to its port there. Defaults to none."""
    port: NotRequired[pulumi.Input[int]]
    """The TCP port. Defaults to 3306."""
