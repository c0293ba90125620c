"""The option settings of what runs in an environment: instances, their number, deployments, health. Pure."""

import json
from typing import Any

from .choices import ConfigurationUpdateType, DeploymentPolicy, ScalingMetric
from .environment_parts import EnvironmentSettings
from .options_around import Ground, Options

APP_PORT = 80
"""The port on which the platform's web server listens on each instance."""

_ASG = "aws:autoscaling:asg"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_TRIGGER = "aws:autoscaling:trigger"
_ROLLING = "aws:autoscaling:updatepolicy:rollingupdate"
_INSTANCES = "aws:ec2:instances"
_COMMAND = "aws:elasticbeanstalk:command"
_PHP = "aws:elasticbeanstalk:container:php:phpini"
_PROCESS = "aws:elasticbeanstalk:environment:process:default"
_HEALTH = "aws:elasticbeanstalk:healthreporting:system"
_LOGS = "aws:elasticbeanstalk:cloudwatch:logs"
_LOGS_HEALTH = "aws:elasticbeanstalk:cloudwatch:logs:health"
_MANAGED = "aws:elasticbeanstalk:managedactions"
_SPLITTING = "aws:elasticbeanstalk:trafficsplitting"


def instances(environment: EnvironmentSettings) -> Options:
    """Yield the instances, their number, and what they are launched with."""
    instances, spot = environment.instances, environment.instances.spot
    yield (
        _ASG,
        {
            "Cooldown": environment.scaling.cooldown_seconds,
            "EnableCapacityRebalancing": spot is not None,
            "MaxSize": instances.max,
            "MinSize": instances.min,
        },
    )
    # The type of the root volume and the version of the metadata service make Elastic Beanstalk use a launch template;
    # launch configurations are not to be had in new accounts.
    yield (
        _LAUNCH,
        {"DisableIMDSv1": True, "RootVolumeSize": instances.root_volume_gib, "RootVolumeType": "gp3"},
    )
    yield (
        _INSTANCES,
        {
            "EnableSpot": spot is not None,
            "InstanceTypes": ",".join(instances.types),
            "SupportedArchitectures": instances.architecture,
        },
    )
    if spot is not None:
        yield (
            _INSTANCES,
            {
                "SpotFleetOnDemandAboveBasePercentage": spot.on_demand_above_base_percent,
                "SpotFleetOnDemandBase": spot.on_demand_base,
                "SpotMaxPrice": spot.max_price,
            },
        )


def scaling(environment: EnvironmentSettings) -> Options:
    """Yield the trigger that changes their number: measure, unit, statistic and both thresholds together."""
    scaling = environment.scaling
    measured = {
        ScalingMetric.CPU: {"MeasureName": "CPUUtilization", "Statistic": "Average", "Unit": "Percent"},
        ScalingMetric.REQUESTS: {"MeasureName": "RequestCount", "Statistic": "Sum", "Unit": "Count"},
    }
    yield (
        _TRIGGER,
        {
            **measured[scaling.metric],
            "BreachDuration": scaling.period_minutes * scaling.breach_periods,
            "EvaluationPeriods": scaling.breach_periods,
            "LowerBreachScaleIncrement": -scaling.remove,
            "LowerThreshold": scaling.lower,
            "Period": scaling.period_minutes,
            "UpperBreachScaleIncrement": scaling.add,
            "UpperThreshold": scaling.upper,
        },
    )


def deployment(environment: EnvironmentSettings) -> Options:
    """Yield the deployment policy, with the options that it knows."""
    deployment = environment.deployment
    yield (
        _COMMAND,
        {
            "BatchSize": deployment.batch_size,
            "BatchSizeType": deployment.batch_type and deployment.batch_type.value,
            "DeploymentPolicy": deployment.policy.value,
            "IgnoreHealthCheck": deployment.ignore_health_check,
            "Timeout": deployment.timeout_seconds,
        },
    )
    if deployment.policy is DeploymentPolicy.TRAFFIC_SPLITTING:
        yield (
            _SPLITTING,
            {"EvaluationTime": deployment.evaluation_minutes, "NewVersionPercent": deployment.traffic_percent},
        )


def configuration_updates(environment: EnvironmentSettings) -> Options:
    """Yield how instances are replaced, with the options that the way knows."""
    updates = environment.configuration_updates
    pauses = updates.type is ConfigurationUpdateType.TIME
    yield (
        _ROLLING,
        {
            "MaxBatchSize": updates.max_batch_size,
            "MinInstancesInService": updates.min_in_service,
            "PauseTime": f"PT{updates.pause_seconds}S" if pauses else None,
            "RollingUpdateEnabled": True,
            "RollingUpdateType": updates.type.value,
            "Timeout": f"PT{updates.timeout_minutes}M",
        },
    )


def health(environment: EnvironmentSettings) -> Options:
    """Yield the checks of the load balancer and the enhanced health of the environment."""
    health = environment.health
    yield (
        _PROCESS,
        {
            "DeregistrationDelay": environment.draining_seconds,
            "HealthCheckInterval": health.interval_seconds,
            "HealthCheckPath": health.path,
            "HealthCheckTimeout": health.timeout_seconds,
            "HealthyThresholdCount": health.healthy_threshold,
            "MatcherHTTPCode": health.success_codes,
            "Port": APP_PORT,
            "Protocol": "HTTP",
            "StickinessEnabled": False,
            "UnhealthyThresholdCount": health.unhealthy_threshold,
        },
    )
    yield "aws:elasticbeanstalk:application", {"Application Healthcheck URL": health.path}
    yield (
        _HEALTH,
        {
            "ConfigDocument": _health_document(health.metrics, ignore_client_errors=health.ignore_client_errors),
            "HealthCheckSuccessThreshold": "Ok",
            "SystemType": "enhanced",
        },
    )


def _health_document(metrics: tuple[str, ...], *, ignore_client_errors: bool) -> str:
    """Return the configuration of enhanced health, as Elastic Beanstalk reads it.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-rules.html
    """
    document: dict[str, Any] = {
        "CloudWatchMetrics": {"Environment": dict.fromkeys(metrics, 60), "Instance": {}},
        "Version": 1,
    }
    if ignore_client_errors:
        off = {"Enabled": False}
        rules = {"Application": {"ApplicationRequests4xx": off}, "ELB": {"ELBRequests4xx": off}}
        document["Rules"] = {"Environment": rules}
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def platform(environment: EnvironmentSettings) -> Options:
    """Yield PHP's settings and the web server."""
    platform = environment.platform
    yield (
        _PHP,
        {
            "allow_url_fopen": "On",
            "display_errors": "Off",
            "document_root": platform.document_root,
            "max_execution_time": platform.max_execution_seconds,
            "memory_limit": f"{platform.memory_limit_mib}M",
            "zlib.output_compression": "Off",
        },
    )
    yield "aws:elasticbeanstalk:environment:proxy", {"ProxyServer": platform.proxy.value}


def managed_updates(environment: EnvironmentSettings, ground: Ground) -> Options:
    """Yield the window and level of platform updates, or that there are none."""
    updates = environment.managed_updates
    if updates is None:
        yield _MANAGED, {"ManagedActionsEnabled": False}
        return
    yield (
        _MANAGED,
        {
            "ManagedActionsEnabled": True,
            "PreferredStartTime": updates.window,
            "ServiceRoleForManagedUpdates": ground.service_role,
        },
    )
    yield (
        f"{_MANAGED}:platformupdate",
        {"InstanceRefreshEnabled": updates.refresh_instances, "UpdateLevel": updates.level.value},
    )


def logs(environment: EnvironmentSettings) -> Options:
    """Yield where logs go and how long they stay."""
    logs = environment.logs
    kept = {"DeleteOnTerminate": logs.delete_on_terminate, "RetentionInDays": logs.retention_days}
    yield _LOGS, {"StreamLogs": True, **kept}
    yield _LOGS_HEALTH, {"HealthStreamingEnabled": True, **kept}
    yield "aws:elasticbeanstalk:hostmanager", {"LogPublicationControl": logs.rotated_to_s3}
