"""Decides what one environment is made of: defaults filled in, what does not fit together found."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems

from . import environment_rules as rules
from .choices import BatchType, ConfigurationUpdateType, DeploymentPolicy, ProxyServer, ScalingMetric, UpdateLevel
from .environment_parts import (
    ConfigurationUpdates,
    Deployment,
    EnvironmentSettings,
    Health,
    Instances,
    LoadBalancer,
    Logs,
    ManagedUpdates,
    Platform,
    Scaling,
    Spot,
)
from .layers import Layers
from .properties import check_properties

PHP_BRANCH = "8.4"


ROLLING = frozenset({DeploymentPolicy.ROLLING, DeploymentPolicy.ROLLING_WITH_ADDITIONAL_BATCH})
"""The deployment policies that go batch by batch."""


_TYPES = ("t4g.small",)
_PERCENT = 30


def resolve_environment(layers: Layers, given: Mapping[str, Any], problems: Problems) -> EnvironmentSettings:
    """Return the settings of one environment; note what does not fit together."""
    platform = _platform(layers, problems)
    instances = _instances(layers, problems)
    scaling = _scaling(layers, problems)
    deployment = _deployment(layers, instances, problems)
    updates = _configuration_updates(layers, instances, problems)
    health = _health(layers, problems)
    rules.check_zones(layers, given.get("region"), given.get("network", {}).get("zones"), problems)
    rules.check_access_logs(layers, problems)
    check_properties(layers, problems)
    balancer, logs = layers.part("load_balancer"), layers.part("logs")
    return EnvironmentSettings(
        version_label=layers.values.get("version_label"),
        platform=platform,
        load_balancer=LoadBalancer(
            idle_timeout_seconds=balancer.get("idle_timeout_seconds", 60),
            access_logs=balancer.get("access_logs", True),
            access_logs_bucket=balancer.get("access_logs_bucket"),
            access_logs_prefix=balancer.get("access_logs_prefix"),
        ),
        instances=instances,
        scaling=scaling,
        deployment=deployment,
        configuration_updates=updates,
        health=health,
        draining_seconds=layers.values.get("draining_seconds", 20),
        environment=layers.part("environment"),
        secrets=layers.part("secrets"),
        managed_updates=_managed_updates(layers, problems),
        logs=Logs(
            retention_days=logs.get("retention_days", 90),
            delete_on_terminate=logs.get("delete_on_terminate", False),
            rotated_to_s3=logs.get("rotated_to_s3", True),
        ),
    )


def _platform(layers: Layers, problems: Problems) -> Platform:
    values = layers.part("platform")
    stack = values.get("solution_stack")
    rules.check_platform(layers, problems)
    return Platform(
        branch=stack.rpartition(" ")[2] if stack else values.get("php", PHP_BRANCH),
        solution_stack=stack,
        document_root=values.get("document_root", "/public"),
        memory_limit_mib=values.get("memory_limit_mib", 256),
        max_execution_seconds=values.get("max_execution_seconds", 30),
        proxy=values.get("proxy", ProxyServer.NGINX),
    )


def _instances(layers: Layers, problems: Problems) -> Instances:
    values = layers.part("instances")
    types = tuple(values.get("types", _TYPES))
    rules.check_instance_types(layers, types, problems)
    fewest = values.get("min", min(2, values.get("max", 2)))
    most = values.get("max", max(4, fewest) if fewest else 0)
    rules.check_numbers(layers, fewest, most, problems)
    spot = values.get("spot")
    return Instances(
        types=types,
        architecture=rules.architecture(types[0]) if types else "",
        min=fewest,
        max=most,
        zones=tuple(sorted(set(values.get("zones", ())))),
        root_volume_gib=values.get("root_volume_gib", 10),
        spot=None if spot is None else _spot(spot),
    )


def _spot(spot: Mapping[str, Any]) -> Spot:
    return Spot(
        on_demand_base=spot.get("on_demand_base", 1),
        on_demand_above_base_percent=spot.get("on_demand_above_base_percent", 50),
        max_price=spot.get("max_price"),
    )


def _scaling(layers: Layers, problems: Problems) -> Scaling:
    values = layers.part("scaling")
    metric = values.get("metric", ScalingMetric.CPU)
    cpu = metric is ScalingMetric.CPU
    rules.check_thresholds_given(layers, metric, problems)
    upper, lower = (values.get("upper", 70 if cpu else 0), values.get("lower", 25 if cpu else 0))
    period, periods = values.get("period_minutes", 1), values.get("breach_periods", 5)
    rules.check_scaling(layers, metric, (lower, upper), (period, periods), problems)
    return Scaling(
        metric=metric,
        upper=upper,
        lower=lower,
        period_minutes=period,
        breach_periods=periods,
        add=values.get("add", 1),
        remove=values.get("remove", 1),
        cooldown_seconds=values.get("cooldown_seconds", 360),
    )


def _deployment(layers: Layers, instances: Instances, problems: Problems) -> Deployment:
    values = layers.part("deployment")
    policy = values.get("policy", DeploymentPolicy.ROLLING_WITH_ADDITIONAL_BATCH)
    rules.check_deployment(layers, policy, instances.max, rolling=policy in ROLLING, problems=problems)
    splits = policy is DeploymentPolicy.TRAFFIC_SPLITTING
    batch_type = values.get("batch_type", BatchType.PERCENTAGE) if policy in ROLLING else None
    size = values.get("batch_size", _PERCENT if batch_type is BatchType.PERCENTAGE else 1)
    if instances.none and batch_type is BatchType.FIXED:
        # Of no instances a fixed number cannot be taken, but a share can.
        batch_type, size = BatchType.PERCENTAGE, _PERCENT
    return Deployment(
        policy=policy,
        batch_type=batch_type,
        batch_size=size if policy in ROLLING else None,
        timeout_seconds=values.get("timeout_seconds", 600),
        ignore_health_check=values.get("ignore_health_check", False),
        traffic_percent=values.get("traffic_percent", 10) if splits else None,
        evaluation_minutes=values.get("evaluation_minutes", 5) if splits else None,
    )


def _configuration_updates(layers: Layers, instances: Instances, problems: Problems) -> ConfigurationUpdates:
    values = layers.part("configuration_updates")
    type_ = values.get("type", ConfigurationUpdateType.HEALTH)
    batches = type_ is not ConfigurationUpdateType.IMMUTABLE
    pauses = type_ is ConfigurationUpdateType.TIME
    rules.check_configuration_updates(layers, instances.max, batches=batches, pauses=pauses, problems=problems)
    # Without instances there are no batches of them: Elastic Beanstalk works them out once there are some.
    batches = batches and not instances.none
    return ConfigurationUpdates(
        type=type_,
        max_batch_size=values.get("max_batch_size", 1) if batches else None,
        min_in_service=values.get("min_in_service", min(instances.min, instances.max - 1)) if batches else None,
        pause_seconds=values.get("pause_seconds", 300) if pauses else None,
        timeout_minutes=values.get("timeout_minutes", 30),
    )


def _health(layers: Layers, problems: Problems) -> Health:
    values = layers.part("health")
    interval, timeout = values.get("interval_seconds", 10), values.get("timeout_seconds", 5)
    rules.check_health(layers, interval, timeout, problems)
    return Health(
        path=values.get("path", "/"),
        interval_seconds=interval,
        timeout_seconds=timeout,
        healthy_threshold=values.get("healthy_threshold", 3),
        unhealthy_threshold=values.get("unhealthy_threshold", 3),
        success_codes=values.get("success_codes", "200"),
        ignore_client_errors=values.get("ignore_client_errors", True),
        metrics=tuple(sorted(set(values.get("metrics", ())))),
    )


def _managed_updates(layers: Layers, problems: Problems) -> ManagedUpdates | None:
    values = layers.part("managed_updates")
    if not values.get("enabled", True):
        rules.check_disabled_updates(layers, problems)
        return None
    return ManagedUpdates(
        window=values.get("window", "Sun:02:00"),
        level=values.get("level", UpdateLevel.MINOR),
        refresh_instances=values.get("refresh_instances", False),
    )
