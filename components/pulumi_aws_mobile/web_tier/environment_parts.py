"""What one environment is made of, once decided."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .choices import BatchType, ConfigurationUpdateType, DeploymentPolicy, ProxyServer, ScalingMetric, UpdateLevel


@dataclass(frozen=True, slots=True)
class Platform:
    """PHP on Amazon Linux 2023; the newest of the branch if `solution_stack` is `None`."""

    branch: str
    solution_stack: str | None
    document_root: str
    memory_limit_mib: int
    max_execution_seconds: int
    proxy: ProxyServer


@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """The load balancer; access logs go to the web tier's own bucket if none is named."""

    idle_timeout_seconds: int
    access_logs: bool
    access_logs_bucket: pulumi.Input[str] | None
    access_logs_prefix: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """The mix of On-Demand and Spot instances."""

    on_demand_base: int
    on_demand_above_base_percent: int
    max_price: str | None


@dataclass(frozen=True, slots=True)
class Instances:
    """The instances and their number; all zones of the network if none are named."""

    types: tuple[str, ...]
    architecture: str
    min: int
    max: int
    zones: tuple[str, ...]
    root_volume_gib: int
    spot: Spot | None

    @property
    def none(self) -> bool:
        """Whether there are no instances, until somebody scales the environment."""
        return self.max == 0


@dataclass(frozen=True, slots=True)
class Scaling:
    """When instances are added and taken away."""

    metric: ScalingMetric
    upper: float
    lower: float
    period_minutes: int
    breach_periods: int
    add: int
    remove: int
    cooldown_seconds: int


@dataclass(frozen=True, slots=True)
class Deployment:
    """How a new version reaches the instances; batch and share are `None` where the policy knows none."""

    policy: DeploymentPolicy
    batch_type: BatchType | None
    batch_size: int | None
    timeout_seconds: int
    ignore_health_check: bool
    traffic_percent: int | None
    evaluation_minutes: int | None


@dataclass(frozen=True, slots=True)
class ConfigurationUpdates:
    """How instances are replaced for a change of configuration; what the type does not know is `None`."""

    type: ConfigurationUpdateType
    max_batch_size: int | None
    min_in_service: int | None
    pause_seconds: int | None
    timeout_minutes: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the load balancer and Elastic Beanstalk tell whether an instance is well."""

    path: str
    interval_seconds: int
    timeout_seconds: int
    healthy_threshold: int
    unhealthy_threshold: int
    success_codes: str
    ignore_client_errors: bool
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagedUpdates:
    """When the platform is updated, and how far."""

    window: str
    level: UpdateLevel
    refresh_instances: bool


@dataclass(frozen=True, slots=True)
class Logs:
    """Where logs are kept, and how long."""

    retention_days: int
    delete_on_terminate: bool
    rotated_to_s3: bool


@dataclass(frozen=True, slots=True)
class EnvironmentSettings:
    """Everything about one environment that is decided before anything is registered."""

    version_label: str | None
    """An earlier version; the one of the source if `None`."""
    platform: Platform
    load_balancer: LoadBalancer
    instances: Instances
    scaling: Scaling
    deployment: Deployment
    configuration_updates: ConfigurationUpdates
    health: Health
    draining_seconds: int
    environment: Mapping[str, pulumi.Input[str]]
    secrets: Mapping[str, pulumi.Input[str]]
    managed_updates: ManagedUpdates | None
    logs: Logs
