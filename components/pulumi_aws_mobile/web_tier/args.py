"""What a caller of `WebTier` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

from .environment_args import (
    ConfigurationUpdateArgs,
    DeploymentArgs,
    HealthArgs,
    InstanceArgs,
    LoadBalancerArgs,
    ManagedUpdateArgs,
    PlatformArgs,
    ScalingArgs,
    WebTierEnvironmentArgs,
    WebTierLogArgs,
)
from .nested_args import AutoScalingHealthArgs, HttpsArgs, VersionArgs, WebTierDatabaseArgs, WebTierNetworkArgs


class WebTierArgs(TypedDict):
    """What a `WebTier` can be told."""

    source: str
    """The folder or .zip file with the PHP application; at most 500 MB. A relative path starts at the program's
    folder. Give it; it has no default."""
    region: NotRequired[str]
    """The Region of the web tier. Defaults to the provider's."""
    network: NotRequired[WebTierNetworkArgs]
    """Where it stands. Defaults to a network of its own, over the first three zones of the account."""
    public: NotRequired[bool]
    """Whether the internet reaches the load balancer. Defaults to false: it is internal, and answers only who wears
    the link security group, such as API Gateway's VPC link. Never with an application that believes what API Gateway
    says of the caller: everyone could say it."""
    https: NotRequired[HttpsArgs]
    """HTTPS at the load balancer. Defaults to HTTP on port 80."""
    platform: NotRequired[PlatformArgs]
    """PHP and its settings. Defaults to the newest platform version of PHP 8.4."""
    load_balancer: NotRequired[LoadBalancerArgs]
    """The load balancer. Defaults to connections that live 60 idle seconds, and access logs."""
    instances: NotRequired[InstanceArgs]
    """The instances and their number. Defaults to 2 to 4 of type t4g.small, over all zones."""
    scaling: NotRequired[ScalingArgs]
    """When instances are added and taken away. Defaults to above 70 and below 25 percent of CPU for 5 minutes."""
    deployment: NotRequired[DeploymentArgs]
    """How a new version reaches the instances. Defaults to rolling with an additional batch of 30 percent."""
    configuration_updates: NotRequired[ConfigurationUpdateArgs]
    """How instances are replaced for a change of configuration. Defaults to one at a time, by their health."""
    health: NotRequired[HealthArgs]
    """How the load balancer and Elastic Beanstalk tell whether an instance is well. Defaults to enhanced health and a
    call of / every 10 seconds."""
    auto_scaling_health: NotRequired[AutoScalingHealthArgs]
    """What makes the Auto Scaling group replace an instance. Defaults to the load balancer's health checks."""
    draining_seconds: NotRequired[int]
    """Seconds that requests in flight get when an instance leaves (connection draining), 0 to 3600. Defaults to 20."""
    environment: NotRequired[dict[str, pulumi.Input[str]]]
    """Environment properties, such as those of an external database; all together at most 4096 bytes. Never secrets:
    whoever may look at the environment reads them; secret outputs and names that sound secret are refused. Defaults to
    none."""
    secrets: NotRequired[dict[str, pulumi.Input[str]]]
    """Properties whose values the instances fetch when they start: the ARN of a secret in Secrets Manager, alone or
    with a colon and the key of a JSON secret behind it. The instances may read these secrets and no others. Defaults
    to none. https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html"""
    secret_kms_key_arns: NotRequired[list[pulumi.Input[str]]]
    """The ARNs of the KMS keys that encrypt the secrets, where they are not Secrets Manager's own. Defaults to none."""
    statements: NotRequired[list[StatementArgs]]
    """What the servers may do in AWS besides, such as the `send_statements` of a `PushNotifications`. Defaults to
    nothing."""
    database: NotRequired[WebTierDatabaseArgs]
    """A database that the instances may connect to. Defaults to none."""
    managed_updates: NotRequired[ManagedUpdateArgs]
    """The updates of the platform. Defaults to minor ones, on Sundays at 02:00 UTC."""
    logs: NotRequired[WebTierLogArgs]
    """The logs of the instances. Defaults to CloudWatch Logs for 90 days, and rotated files to S3."""
    versions: NotRequired[VersionArgs]
    """How long versions of the application are kept. Defaults to the 50 newest."""
    environments: NotRequired[dict[str, WebTierEnvironmentArgs]]
    """The environments by a key of yours, with what differs. Defaults to one, `main`."""
    live: NotRequired[str]
    """The key of the environment that callers are sent to. Defaults to the only one; give it where there are
    several."""
    standby: NotRequired[bool]
    """Whether somebody besides the program scales the environments and sends them to another database, as a `DRPair`
    does in a failover: an update that would take that back is then refused until the program says it too. Defaults to
    false."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when an environment is not well. Defaults to no alarms."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete the bucket of bundles and its key, and leaves them in AWS when they go from the
    program. Defaults to true."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes them, besides a `Name` of its own. Defaults to none."""
