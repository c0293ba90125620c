"""The options of an environment that matter to what runs here, with Beanstalk's defaults.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from pulumi_aws_sandbox.runtime.beanstalk.deployment import Settings

ENVIRONMENT = "aws:elasticbeanstalk:application:environment"
SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
PHP_INI = "aws:elasticbeanstalk:container:php:phpini"
PROXY = "aws:elasticbeanstalk:environment:proxy"
_ASG = "aws:autoscaling:asg"
_COMMAND = "aws:elasticbeanstalk:command"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_LOGS = "aws:elasticbeanstalk:cloudwatch:logs"
_PROCESS = "aws:elasticbeanstalk:environment:process:default"
_ROLLING = "aws:autoscaling:updatepolicy:rollingupdate"
_SPLIT = "aws:elasticbeanstalk:trafficsplitting"
_TRIGGER = "aws:autoscaling:trigger"
_VPC = "aws:ec2:vpc"

APPLICATION = frozenset({ENVIRONMENT, SECRETS, PHP_INI, PROXY})
"""Namespaces whose changes are deployed to the instances."""
INSTANCES = frozenset({_LAUNCH, "aws:ec2:instances"})
"""Namespaces whose changes replace the instances."""
NEW_PLACES = frozenset(
    {
        (_ASG, "Availability Zones"),
        (_ASG, "Custom Availability Zones"),
        (_VPC, "AssociatePublicIpAddress"),
        (_VPC, "Subnets"),
        (_VPC, "VPCId"),
    }
)
"""Single options whose changes replace them too."""

_ANY_ZONES = {"Any 1": 1, "Any 2": 2, "Any 3": 3}


@dataclass(frozen=True, slots=True)
class Check:
    """How the load balancer checks a target."""

    path: str
    interval_seconds: float
    timeout_seconds: float
    healthy_count: int
    unhealthy_count: int
    codes: str
    """One code, several with commas, ranges with dashes."""

    def accepts(self, status: int) -> bool:
        """Tell whether an answer is that of a healthy target."""
        for part in self.codes.split(","):
            low, _, high = part.strip().partition("-")
            if int(low) <= status <= int(high or low):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Trigger:
    """When to add and remove instances."""

    measure: str
    statistic: str
    period_seconds: float
    periods: int
    upper: float
    lower: float
    upper_increment: int
    lower_increment: int
    cooldown_seconds: float


@dataclass(frozen=True, slots=True)
class Batches:
    """How many instances change at a time."""

    size: int
    percentage: bool

    def of(self, instances: int) -> int:
        """Return the size of a batch, at least one instance.

        AWS does not say how it rounds a percentage; rounding down leaves more of them in service.
        """
        size = floor(Fraction(self.size, 100) * instances) if self.percentage else self.size
        return max(1, min(size, instances))


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an environment."""

    settings: Settings
    least: int
    most: int
    zones: tuple[str, ...]
    any_zones: int | None
    subnets: tuple[str, ...]
    check: Check
    draining_seconds: float
    idle_seconds: float
    https_only: bool
    trigger: Trigger
    policy: str
    batches: Batches
    timeout_seconds: float
    ignore_health: bool
    split_percent: int
    split_minutes: float
    rolling_updates: bool
    immutable_updates: bool
    update_batch: int | None
    update_in_service: int | None
    instance_profile: str
    stream_logs: bool

    def of(self, namespace: str) -> dict[str, str]:
        """Return the options of a namespace that are set; an empty value is none, as for Beanstalk itself."""
        return {name: value for (space, name), value in sorted(self.settings.items()) if space == namespace and value}


def read(settings: Settings) -> Options:
    """Read the options; raise `ValueError` for a number that is none."""
    text, number, flag = _Reader(settings).text, _Reader(settings).number, _Reader(settings).flag
    period, evaluations = 60 * number(_TRIGGER, "Period", 5), int(number(_TRIGGER, "EvaluationPeriods", 1))
    breach = 60 * number(_TRIGGER, "BreachDuration", 0)
    # The process's own path wins over the older option.
    path = text(_PROCESS, "HealthCheckPath", "/") or "/"
    older = text("aws:elasticbeanstalk:application", "Application Healthcheck URL", "").partition("/")
    kept = int(number(_ROLLING, "MinInstancesInService", -1))
    least, most = int(number(_ASG, "MinSize", 1)), int(number(_ASG, "MaxSize", 4))
    single = text("aws:elasticbeanstalk:environment", "EnvironmentType", "LoadBalanced") == "SingleInstance"
    https = text("aws:elbv2:listener:443", "Protocol", "HTTP") == "HTTPS"
    return Options(
        settings=settings,
        least=1 if single else least,
        most=1 if single else max(least, most),
        zones=_list(text(_ASG, "Custom Availability Zones", "")),
        any_zones=_ANY_ZONES.get(text(_ASG, "Availability Zones", "Any")),
        subnets=_list(text(_VPC, "Subnets", "")),
        check=Check(
            path=f"/{older[2]}" if path == "/" else path,
            interval_seconds=number(_PROCESS, "HealthCheckInterval", 15),
            timeout_seconds=number(_PROCESS, "HealthCheckTimeout", 5),
            healthy_count=int(number(_PROCESS, "HealthyThresholdCount", 3)),
            unhealthy_count=int(number(_PROCESS, "UnhealthyThresholdCount", 5)),
            codes=text(_PROCESS, "MatcherHTTPCode", "200") or "200",
        ),
        draining_seconds=number(_PROCESS, "DeregistrationDelay", 20),
        idle_seconds=number("aws:elbv2:loadbalancer", "IdleTimeout", 60),
        https_only=https and not flag("aws:elbv2:listener:default", "ListenerEnabled", default=True),
        trigger=Trigger(
            measure=text(_TRIGGER, "MeasureName", "NetworkOut"),
            statistic=text(_TRIGGER, "Statistic", "Average"),
            period_seconds=period,
            # Either says how long it takes until the trigger fires.
            periods=max(1, evaluations, round(breach / period)),
            upper=number(_TRIGGER, "UpperThreshold", 6_000_000),
            lower=number(_TRIGGER, "LowerThreshold", 2_000_000),
            upper_increment=int(number(_TRIGGER, "UpperBreachScaleIncrement", 1)),
            lower_increment=int(number(_TRIGGER, "LowerBreachScaleIncrement", -1)),
            cooldown_seconds=number(_ASG, "Cooldown", 360),
        ),
        policy=text(_COMMAND, "DeploymentPolicy", "AllAtOnce"),
        batches=Batches(
            size=int(number(_COMMAND, "BatchSize", 100)),
            percentage=text(_COMMAND, "BatchSizeType", "Percentage") == "Percentage",
        ),
        timeout_seconds=number(_COMMAND, "Timeout", 600),
        ignore_health=flag(_COMMAND, "IgnoreHealthCheck", default=False),
        split_percent=int(number(_SPLIT, "NewVersionPercent", 10)),
        split_minutes=number(_SPLIT, "EvaluationTime", 5),
        rolling_updates=flag(_ROLLING, "RollingUpdateEnabled", default=False),
        immutable_updates=text(_ROLLING, "RollingUpdateType", "Time") == "Immutable",
        update_batch=int(number(_ROLLING, "MaxBatchSize", 0)) or None,
        update_in_service=kept if kept >= 0 else None,
        instance_profile=text(_LAUNCH, "IamInstanceProfile", ""),
        stream_logs=flag(_LOGS, "StreamLogs", default=False),
    )


class _Reader:
    """Reads options that are texts on the wire."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def text(self, namespace: str, name: str, default: str) -> str:
        return self._settings.get((namespace, name), default).strip()

    def number(self, namespace: str, name: str, default: float) -> float:
        value = self._settings.get((namespace, name), "").strip()
        try:
            return float(value) if value else default
        except ValueError as error:
            message = f'{namespace} {name}: got "{value}"; allowed: a number'
            raise ValueError(message) from error

    def flag(self, namespace: str, name: str, *, default: bool) -> bool:
        value = self._settings.get((namespace, name), "").strip().lower()
        return value == "true" if value else default


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
