"""What a caller of `WebTier` may ask for in each environment, part by part."""

from typing import NotRequired, TypedDict

import pulumi

from .choices import (
    BatchType,
    ConfigurationUpdateType,
    DeploymentPolicy,
    ProxyServer,
    ScalingMetric,
    UpdateLevel,
)


class PlatformArgs(TypedDict):
    """PHP on Amazon Linux 2023.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/platforms/platform-history-php.html
    """

    php: NotRequired[str]
    """The branch of PHP, such as 8.4. Its newest platform version is looked up when the environment is made, and stays:
    later ones come by managed updates. Another branch makes another environment. Defaults to 8.4."""
    solution_stack: NotRequired[str]
    """The platform version by its full name, instead of the newest of a branch. A change within a branch is made in
    place. Defaults to the newest when the environment is made."""
    document_root: NotRequired[str]
    """The folder of the bundle from which the web server serves, with a leading slash; its index.php is the entry
    point. Defaults to /public."""
    memory_limit_mib: NotRequired[int]
    """The most memory that one request may take in PHP, 8 to 8192 MiB. Defaults to 256."""
    max_execution_seconds: NotRequired[int]
    """Seconds after which PHP stops a request, 1 to 3600. Defaults to 30; API Gateway waits 29."""
    proxy: NotRequired[ProxyServer]
    """The web server of the instances. Defaults to nginx."""


class LoadBalancerArgs(TypedDict):
    """The environment's Application Load Balancer."""

    idle_timeout_seconds: NotRequired[int]
    """Seconds after which a silent connection is closed, 1 to 4000. Defaults to 60."""
    access_logs: NotRequired[bool]
    """Whether each request is recorded. Defaults to true."""
    access_logs_bucket: NotRequired[pulumi.Input[str]]
    """The bucket that takes the access logs; its policy must let Elastic Load Balancing write. Defaults to the web
    tier's own log bucket."""
    access_logs_prefix: NotRequired[str]
    """What the names of the logs start with. Defaults to the name of the web tier."""


class SpotArgs(TypedDict):
    """How many instances may be Spot instances, which AWS takes back when it needs them."""

    on_demand_base: NotRequired[int]
    """How many instances are On-Demand in any case, 0 to 10000. Defaults to 1."""
    on_demand_above_base_percent: NotRequired[int]
    """Of those above the base, how many in a hundred are On-Demand, 0 to 100. Defaults to 50."""
    max_price: NotRequired[str]
    """The most that is paid for a Spot instance and hour, in US dollars. Defaults to the On-Demand price."""


class InstanceArgs(TypedDict):
    """The instances and their number."""

    types: NotRequired[list[str]]
    """The instance types, the preferred first; all of one processor architecture. Defaults to t4g.small."""
    min: NotRequired[int]
    """The fewest instances, 1 to 10000, or 0 together with `max`. Defaults to 2."""
    max: NotRequired[int]
    """The most instances, 1 to 10000, or 0: the environment and its load balancer stand without instances, as after
    `eb scale 0`. Defaults to 4, or to `min` where that is more or 0."""
    zones: NotRequired[list[str]]
    """The Availability Zones of the instances by name. Defaults to all of the network's."""
    root_volume_gib: NotRequired[int]
    """The size of the root volume (gp3), 10 to 16384 GiB. Defaults to 10."""
    spot: NotRequired[SpotArgs]
    """A mix of On-Demand and Spot instances; needs two types or more. Defaults to On-Demand only."""


class ScalingArgs(TypedDict):
    """When instances are added and taken away.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-autoscaling-triggers.html
    """

    metric: NotRequired[ScalingMetric]
    """What is measured. Defaults to cpu."""
    upper: NotRequired[float]
    """Above this, instances are added: percent for cpu, requests per period for requests. Defaults to 70 for cpu; must
    be given for requests."""
    lower: NotRequired[float]
    """Below this, instances are taken away. Defaults to 25 for cpu; must be given for requests."""
    period_minutes: NotRequired[int]
    """Minutes over which is measured, 1 to 600. Defaults to 1."""
    breach_periods: NotRequired[int]
    """How many periods in a row a threshold is crossed before anything happens, 1 to 600; with `period_minutes` at most
    600 minutes. Defaults to 5."""
    add: NotRequired[int]
    """How many instances are added at a time, 1 to 100. Defaults to 1."""
    remove: NotRequired[int]
    """How many instances are taken away at a time, 1 to 100. Defaults to 1."""
    cooldown_seconds: NotRequired[int]
    """Seconds before the next change of the number, 0 to 10000. Defaults to 360."""


class DeploymentArgs(TypedDict):
    """How a new version reaches the instances.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rolling-version-deploy.html
    """

    policy: NotRequired[DeploymentPolicy]
    """The deployment policy. Defaults to RollingWithAdditionalBatch."""
    batch_type: NotRequired[BatchType]
    """What `batch_size` counts; only with the rolling policies. Defaults to Percentage."""
    batch_size: NotRequired[int]
    """The size of a batch: 1 to 100 percent, or 1 to the most instances; only with the rolling policies. Defaults to 30
    percent, or to 1 instance."""
    timeout_seconds: NotRequired[int]
    """Seconds that an instance may take, 1 to 3600. Defaults to 600."""
    ignore_health_check: NotRequired[bool]
    """Whether a deployment goes on over unhealthy instances. Defaults to false."""
    traffic_percent: NotRequired[int]
    """The share of requests that the new version gets at first, 1 to 99 percent; only with TrafficSplitting. Defaults
    to 10."""
    evaluation_minutes: NotRequired[int]
    """Minutes for which the new version is watched before it gets all, 3 to 600; only with TrafficSplitting. Defaults
    to 5."""


class ConfigurationUpdateArgs(TypedDict):
    """How instances are replaced when a change of configuration, such as another instance type, asks for it.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rollingupdates.html
    """

    type: NotRequired[ConfigurationUpdateType]
    """The way of replacing. Defaults to Health."""
    max_batch_size: NotRequired[int]
    """How many instances are replaced at a time, 1 to the most instances; not with Immutable. Defaults to 1."""
    min_in_service: NotRequired[int]
    """How many instances serve meanwhile, 0 to one fewer than the most; not with Immutable. Defaults to the fewest
    instances, or to one fewer than the most where that is less."""
    pause_seconds: NotRequired[int]
    """Seconds between batches, 0 to 3600; only with Time. Defaults to 300."""
    timeout_minutes: NotRequired[int]
    """Minutes that instances of a batch may take to become healthy, 5 to 60. Defaults to 30."""


class HealthArgs(TypedDict):
    """How the load balancer and Elastic Beanstalk tell whether an instance is well."""

    path: NotRequired[str]
    """The path that the load balancer calls; one that does not touch the database, whose loss would otherwise take all
    instances away. Defaults to /."""
    interval_seconds: NotRequired[int]
    """Seconds between checks, 5 to 300. Defaults to 10."""
    timeout_seconds: NotRequired[int]
    """Seconds that an answer may take, 2 to 60, and less than the interval. Defaults to 5."""
    healthy_threshold: NotRequired[int]
    """Checks that have to succeed in a row, 2 to 10. Defaults to 3."""
    unhealthy_threshold: NotRequired[int]
    """Checks that have to fail in a row, 2 to 10. Defaults to 3."""
    success_codes: NotRequired[str]
    """The HTTP status codes of success: one, a list or a range. Defaults to 200."""
    ignore_client_errors: NotRequired[bool]
    """Whether answers 400 to 499, which are the callers' mistakes, are left out of the health. Defaults to true."""
    metrics: NotRequired[list[str]]
    """Metrics of the environment that CloudWatch gets every minute, billed as custom ones, for example
    ApplicationRequests5xx. Defaults to none but the health itself.
    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""


class ManagedUpdateArgs(TypedDict):
    """The updates of the platform, made by Elastic Beanstalk without lowering capacity.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environment-platform-update-managed.html
    """

    enabled: NotRequired[bool]
    """Whether updates are made. Defaults to true."""
    window: NotRequired[str]
    """The day and time, in UTC, at which they start: Mon to Sun, a colon, hours and minutes. Defaults to Sun:02:00."""
    level: NotRequired[UpdateLevel]
    """Which updates are made. Defaults to minor: minor and patch versions."""
    refresh_instances: NotRequired[bool]
    """Whether all instances are replaced every week, update or not. Defaults to false."""


class WebTierLogArgs(TypedDict):
    """The logs of the instances, in CloudWatch Logs and S3."""

    retention_days: NotRequired[int]
    """Days for which CloudWatch Logs keeps them; one of the periods that it knows. Defaults to 90."""
    delete_on_terminate: NotRequired[bool]
    """Whether they go when the environment goes. Defaults to false."""
    rotated_to_s3: NotRequired[bool]
    """Whether rotated files also go to Elastic Beanstalk's bucket in S3, every hour. Defaults to true."""


class WebTierEnvironmentArgs(TypedDict):
    """One environment: what differs from the options of the web tier, or of the environment that it clones."""

    clone_of: NotRequired[str]
    """The key of the environment whose options it has. Defaults to the web tier's own options."""
    version_label: NotRequired[str]
    """The label of an earlier version of the application, to go back to. Defaults to the version made from `source`."""
    platform: NotRequired[PlatformArgs]
    """PHP and its settings."""
    load_balancer: NotRequired[LoadBalancerArgs]
    """The load balancer."""
    instances: NotRequired[InstanceArgs]
    """The instances and their number."""
    scaling: NotRequired[ScalingArgs]
    """When instances are added and taken away."""
    deployment: NotRequired[DeploymentArgs]
    """How a new version reaches the instances."""
    configuration_updates: NotRequired[ConfigurationUpdateArgs]
    """How instances are replaced for a change of configuration."""
    health: NotRequired[HealthArgs]
    """How the load balancer and Elastic Beanstalk tell whether an instance is well."""
    draining_seconds: NotRequired[int]
    """Seconds that requests in flight get when an instance leaves, 0 to 3600."""
    environment: NotRequired[dict[str, pulumi.Input[str]]]
    """Environment properties, added to those of the web tier or in their place."""
    secrets: NotRequired[dict[str, pulumi.Input[str]]]
    """Properties from Secrets Manager, added to those of the web tier or in their place."""
    managed_updates: NotRequired[ManagedUpdateArgs]
    """The updates of the platform."""
    logs: NotRequired[WebTierLogArgs]
    """The logs of the instances."""
