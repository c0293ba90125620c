"""The words that the options of a `WebTier` may be, by the names of Elastic Beanstalk's own options."""

from enum import Enum


class DeploymentPolicy(str, Enum):
    """How a new version reaches the instances."""

    ALL_AT_ONCE = "AllAtOnce"
    """All instances at the same time: the quickest, and nobody is served meanwhile."""
    ROLLING = "Rolling"
    """Batch by batch: the batch that is being changed serves nobody."""
    ROLLING_WITH_ADDITIONAL_BATCH = "RollingWithAdditionalBatch"
    """Batch by batch, after one more batch was started: as many serve as ever."""
    IMMUTABLE = "Immutable"
    """A second set of instances, which replaces the first once all of it is healthy."""
    TRAFFIC_SPLITTING = "TrafficSplitting"
    """A second set of instances, which gets a share of the requests for a while before it replaces the first."""


class BatchType(str, Enum):
    """What the size of a batch counts."""

    PERCENTAGE = "Percentage"
    """Parts of a hundred of the instances."""
    FIXED = "Fixed"
    """Instances."""


class ConfigurationUpdateType(str, Enum):
    """How instances are replaced when a change of configuration asks for it."""

    HEALTH = "Health"
    """Batch by batch, the next when the last is healthy."""
    TIME = "Time"
    """Batch by batch, with a pause in between."""
    IMMUTABLE = "Immutable"
    """A second set of instances, which replaces the first once all of it is healthy."""


class ScalingMetric(str, Enum):
    """What is measured to decide on the number of instances."""

    CPU = "cpu"
    """The average load of the instances' processors, in percent."""
    REQUESTS = "requests"
    """The requests that the load balancer completes in each period, in all."""


class UpdateLevel(str, Enum):
    """Which platform updates are applied."""

    PATCH = "patch"
    """Patch versions only."""
    MINOR = "minor"
    """Minor and patch versions."""


class ProxyServer(str, Enum):
    """What stands in front of PHP on each instance."""

    NGINX = "nginx"
    """nginx."""
    APACHE = "apache"
    """Apache HTTP Server, which reads .htaccess files."""


class AutoScalingHealthCheck(str, Enum):
    """What makes the Auto Scaling group replace an instance."""

    EC2 = "EC2"
    """Its machine fails."""
    ELB = "ELB"
    """Its machine fails, or the load balancer's health checks do."""
