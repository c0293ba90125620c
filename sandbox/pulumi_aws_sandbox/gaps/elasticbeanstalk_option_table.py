"""The configuration options of an environment: their names, defaults and allowed values, as data.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-specific.html
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option and what its value may be; a value is always text."""

    default: str | None = None
    low: float | None = None
    high: float | None = None
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    longest: int | None = None
    several: bool = False
    """Whether the value is a list, separated by commas."""


def _number(low: float, high: float, default: str | None = None) -> Option:
    return Option(low=low, high=high, default=default)


def _one_of(*allowed: str, default: str | None = None) -> Option:
    return Option(allowed=allowed, default=default)


def _switch(default: str | None = "false") -> Option:
    return Option(allowed=("true", "false"), default=default)


def _text(default: str | None = None, pattern: str = "", longest: int | None = None) -> Option:
    return Option(default=default, pattern=pattern, longest=longest)


def _list(pattern: str = "") -> Option:
    return Option(several=True, pattern=pattern)


_HOUR = r"PT(\d+H)?(\d+M)?(\d+S)?"
_WINDOW = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01]\d|2[0-3]):[0-5]\d"
_DAYS = tuple(str(days) for days in (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653))
_METRICS = (
    "CPUUtilization",
    "DiskReadBytes",
    "DiskReadOps",
    "DiskWriteBytes",
    "DiskWriteOps",
    "HealthyHostCount",
    "Latency",
    "NetworkIn",
    "NetworkOut",
    "RequestCount",
    "TargetResponseTime",
    "UnhealthyHostCount",
)
_UNITS = ("Seconds", "Percent", "Bytes", "Bits", "Count", "Bytes/Second", "Bits/Second", "Count/Second", "None")
_ON_OFF = ("On", "Off")

PROCESS_OPTIONS = {
    "DeregistrationDelay": _number(0, 3600, "20"),
    "HealthCheckInterval": _number(5, 300, "15"),
    "HealthCheckPath": _text("/", r"/.*"),
    "HealthCheckTimeout": _number(1, 60, "5"),
    "HealthyThresholdCount": _number(2, 10, "3"),
    "MatcherHTTPCode": _text("200", r"[2-4]\d\d([,-][2-4]\d\d)*"),
    "Port": _number(1, 65535, "80"),
    "Protocol": _one_of("HTTP", "HTTPS", default="HTTP"),
    "StickinessEnabled": _switch(),
    "StickinessLBCookieDuration": _number(1, 604800, "86400"),
    "StickinessType": _one_of("lb_cookie", default="lb_cookie"),
    "UnhealthyThresholdCount": _number(2, 10, "5"),
}
"""Those of a process."""
LISTENER_OPTIONS = {
    "DefaultProcess": _text("default"),
    "ListenerEnabled": _switch("true"),
    "Protocol": _one_of("HTTP", "HTTPS", default="HTTP"),
    "Rules": _list(),
    "SSLCertificateArns": _list(r"arn:[\w-]+:(acm|iam):.+"),
    "SSLPolicy": _text(),
}
"""Those of a port's listener."""
RULE_OPTIONS = {
    "HostHeaders": _list(),
    "PathPatterns": _list(),
    "Priority": _number(1, 1000, "1"),
    "Process": _text("default"),
}
"""Those of a listener's rule."""
_LOG = {"DeleteOnTerminate": _switch(), "RetentionInDays": _one_of(*_DAYS, default="7")}

OPTIONS: dict[str, dict[str, Option]] = {
    "aws:autoscaling:asg": {
        "Availability Zones": _one_of("Any", "Any 1", "Any 2", "Any 3", default="Any"),
        "Cooldown": _number(0, 10000, "360"),
        "Custom Availability Zones": _list(),
        "EnableCapacityRebalancing": _switch(),
        "MaxSize": _number(0, 10000, "4"),
        "MinSize": _number(0, 10000, "1"),
    },
    "aws:autoscaling:launchconfiguration": {
        "BlockDeviceMappings": _text(),
        "DisableDefaultEC2SecurityGroup": _switch(),
        "DisableIMDSv1": _switch("true"),
        "EC2KeyName": _text(),
        "IamInstanceProfile": _text(),
        "ImageId": _text(pattern=r"ami-[0-9a-f]+"),
        "InstanceType": _text(),
        "LaunchTemplateTagPropagationEnabled": _switch(),
        "MonitoringInterval": _one_of("1 minute", "5 minute", default="5 minute"),
        "RootVolumeIOPS": _number(100, 20000),
        "RootVolumeSize": _number(8, 16384),
        "RootVolumeThroughput": _number(125, 1000),
        "RootVolumeType": _one_of("standard", "gp2", "gp3", "io1"),
        "SSHSourceRestriction": _text(),
        "SecurityGroups": _list(),
    },
    "aws:autoscaling:scheduledaction": {
        "DesiredCapacity": _number(0, 10000),
        "EndTime": _text(),
        "MaxSize": _number(0, 10000),
        "MinSize": _number(0, 10000),
        "Recurrence": _text(),
        "StartTime": _text(),
        "Suspend": _switch(),
    },
    "aws:autoscaling:trigger": {
        "BreachDuration": _number(1, 600, "5"),
        "EvaluationPeriods": _number(1, 600, "1"),
        "LowerBreachScaleIncrement": _text("-1", r"-?\d+"),
        "LowerThreshold": _number(0, 20_000_000, "2000000"),
        "MeasureName": _one_of(*_METRICS, default="NetworkOut"),
        "Period": _number(1, 600, "5"),
        "Statistic": _one_of("Minimum", "Maximum", "Sum", "Average", default="Average"),
        "Unit": _one_of(*_UNITS, default="Bytes"),
        "UpperBreachScaleIncrement": _text("1", r"-?\d+"),
        "UpperThreshold": _number(0, 20_000_000, "6000000"),
    },
    "aws:autoscaling:updatepolicy:rollingupdate": {
        "MaxBatchSize": _number(1, 10000),
        "MinInstancesInService": _number(0, 9999),
        "PauseTime": _text(pattern=_HOUR),
        "RollingUpdateEnabled": _switch(),
        "RollingUpdateType": _one_of("Time", "Health", "Immutable", default="Time"),
        "Timeout": _text("PT30M", _HOUR),
    },
    "aws:ec2:instances": {
        "EnableSpot": _switch(),
        "InstanceTypes": Option(several=True, pattern=r"[a-z0-9-]+\.[a-z0-9-]+", default="t3.micro, t3.small"),
        "SpotAllocationStrategy": _one_of(
            "capacity-optimized",
            "capacity-optimized-prioritized",
            "lowest-price",
            "price-capacity-optimized",
            default="capacity-optimized",
        ),
        "SpotFleetOnDemandAboveBasePercentage": _number(0, 100, "70"),
        "SpotFleetOnDemandBase": _number(0, 10000, "0"),
        "SpotMaxPrice": _number(0.001, 20),
        "SupportedArchitectures": Option(several=True, pattern="x86_64|arm64|i386", default="x86_64"),
    },
    "aws:ec2:vpc": {
        "AssociatePublicIpAddress": _switch(None),
        "DBSubnets": _list(),
        "ELBScheme": _one_of("public", "internal", default="public"),
        "ELBSubnets": _list(),
        "Subnets": _list(),
        "VPCId": _text(),
    },
    "aws:elasticbeanstalk:application": {"Application Healthcheck URL": _text()},
    "aws:elasticbeanstalk:cloudwatch:logs": {"StreamLogs": _switch(), **_LOG},
    "aws:elasticbeanstalk:cloudwatch:logs:health": {"HealthStreamingEnabled": _switch(), **_LOG},
    "aws:elasticbeanstalk:command": {
        "BatchSize": _number(1, 10000, "100"),
        "BatchSizeType": _one_of("Percentage", "Fixed", default="Percentage"),
        "DeploymentPolicy": _one_of(
            "AllAtOnce",
            "Rolling",
            "RollingWithAdditionalBatch",
            "Immutable",
            "TrafficSplitting",
            default="AllAtOnce",
        ),
        "IgnoreHealthCheck": _switch(),
        "Timeout": _number(1, 3600, "600"),
    },
    "aws:elasticbeanstalk:container:php:phpini": {
        "allow_url_fopen": _one_of(*_ON_OFF, default="On"),
        "composer_options": _text(),
        "display_errors": _one_of(*_ON_OFF, default="Off"),
        "document_root": _text("/", r"(/.*)?"),
        "max_execution_time": _number(0, 9223372036854775807, "60"),
        "memory_limit": _text("256M", r"-1|\d+[KMG]?"),
        "zlib.output_compression": _one_of(*_ON_OFF, default="Off"),
    },
    "aws:elasticbeanstalk:control": {
        "DefaultSSHPort": _number(1, 65535, "22"),
        "LaunchTimeout": _number(0, 3600, "0"),
        "LaunchType": _one_of("Migration", default="Migration"),
        "RollbackLaunchOnFailure": _switch(),
    },
    "aws:elasticbeanstalk:environment": {
        "EnvironmentType": _one_of("LoadBalanced", "SingleInstance", default="LoadBalanced"),
        "LoadBalancerIsShared": _switch(),
        "LoadBalancerType": _one_of("classic", "application", "network", default="classic"),
        "ServiceRole": _text(),
    },
    "aws:elasticbeanstalk:environment:process:default": PROCESS_OPTIONS,
    "aws:elasticbeanstalk:environment:proxy": {"ProxyServer": _one_of("nginx", "apache", "none", default="nginx")},
    "aws:elasticbeanstalk:healthreporting:system": {
        "ConfigDocument": _text(),
        "EnhancedHealthAuthEnabled": _switch("true"),
        "HealthCheckSuccessThreshold": _one_of("Ok", "Warning", "Degraded", "Severe", default="Ok"),
        "SystemType": _one_of("basic", "enhanced", default="basic"),
    },
    "aws:elasticbeanstalk:hostmanager": {"LogPublicationControl": _switch()},
    "aws:elasticbeanstalk:managedactions": {
        "ManagedActionsEnabled": _switch(),
        "PreferredStartTime": _text(pattern=_WINDOW),
        "ServiceRoleForManagedUpdates": _text(),
    },
    "aws:elasticbeanstalk:managedactions:platformupdate": {
        "InstanceRefreshEnabled": _switch(),
        "UpdateLevel": _one_of("patch", "minor"),
    },
    "aws:elasticbeanstalk:monitoring": {"Automatically Terminate Unhealthy Instances": _switch("true")},
    "aws:elasticbeanstalk:sns:topics": {
        "Notification Endpoint": _text(),
        "Notification Protocol": _one_of("http", "https", "email", "email-json", "sqs", default="email"),
        "Notification Topic ARN": _text(),
        "Notification Topic Name": _text(),
    },
    "aws:elasticbeanstalk:trafficsplitting": {
        "EvaluationTime": _number(3, 600, "5"),
        "NewVersionPercent": _number(1, 100, "10"),
    },
    "aws:elasticbeanstalk:xray": {"XRayEnabled": _switch()},
    "aws:elbv2:listener:default": LISTENER_OPTIONS,
    "aws:elbv2:loadbalancer": {
        "AccessLogsS3Bucket": _text(),
        "AccessLogsS3Enabled": _switch(),
        "AccessLogsS3Prefix": _text(),
        "IdleTimeout": _number(1, 3600),
        "IpAddressType": _one_of("ipv4", "dualstack"),
        "ManagedSecurityGroup": _text(),
        "SecurityGroups": _list(),
        "SharedLoadBalancer": _text(),
    },
}
"""By namespace and name."""

OWN_NAMES = {
    "aws:elasticbeanstalk:application:environment": _text(longest=4096),
    "aws:elasticbeanstalk:application:environmentsecrets": _text(pattern=r"arn:[\w-]+:(secretsmanager|ssm):.+"),
    "aws:elasticbeanstalk:customoption": _text(),
    "aws:elasticbeanstalk:environment:proxy:staticfiles": _text(),
}
"""By namespace, where an option's name is the user's own: what each value may be."""
