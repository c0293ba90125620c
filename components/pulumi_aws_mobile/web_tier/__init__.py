"""The web tier: a PHP application on Elastic Beanstalk, behind a load balancer that callers cannot go around."""

from .args import WebTierArgs
from .choices import (
    AutoScalingHealthCheck,
    BatchType,
    ConfigurationUpdateType,
    DeploymentPolicy,
    ProxyServer,
    ScalingMetric,
    UpdateLevel,
)
from .component import WebTier
from .environment_args import (
    ConfigurationUpdateArgs,
    DeploymentArgs,
    HealthArgs,
    InstanceArgs,
    LoadBalancerArgs,
    ManagedUpdateArgs,
    PlatformArgs,
    ScalingArgs,
    SpotArgs,
    WebTierEnvironmentArgs,
    WebTierLogArgs,
)
from .nested_args import AutoScalingHealthArgs, HttpsArgs, VersionArgs, WebTierDatabaseArgs, WebTierNetworkArgs

__all__ = [
    "AutoScalingHealthArgs",
    "AutoScalingHealthCheck",
    "BatchType",
    "ConfigurationUpdateArgs",
    "ConfigurationUpdateType",
    "DeploymentArgs",
    "DeploymentPolicy",
    "HealthArgs",
    "HttpsArgs",
    "InstanceArgs",
    "LoadBalancerArgs",
    "ManagedUpdateArgs",
    "PlatformArgs",
    "ProxyServer",
    "ScalingArgs",
    "ScalingMetric",
    "SpotArgs",
    "UpdateLevel",
    "VersionArgs",
    "WebTier",
    "WebTierArgs",
    "WebTierDatabaseArgs",
    "WebTierEnvironmentArgs",
    "WebTierLogArgs",
    "WebTierNetworkArgs",
]
