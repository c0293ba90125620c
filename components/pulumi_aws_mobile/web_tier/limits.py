"""What each option of a web tier may hold by itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi_aws_mobile.limits as shared
from pulumi_aws_mobile.limits import Between, Confidential, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS
from pulumi_aws_mobile.statements import LIMITS as STATEMENT_LIMITS

from .args import WebTierArgs
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

_MOST = 10_000
_METRICS = (
    "ApplicationLatencyP10",
    "ApplicationLatencyP50",
    "ApplicationLatencyP75",
    "ApplicationLatencyP85",
    "ApplicationLatencyP90",
    "ApplicationLatencyP95",
    "ApplicationLatencyP99",
    "ApplicationLatencyP99.9",
    "ApplicationRequests2xx",
    "ApplicationRequests3xx",
    "ApplicationRequests4xx",
    "ApplicationRequests5xx",
    "ApplicationRequestsTotal",
    "InstancesDegraded",
    "InstancesInfo",
    "InstancesNoData",
    "InstancesOk",
    "InstancesPending",
    "InstancesSevere",
    "InstancesUnknown",
    "InstancesWarning",
)
"""The environment's metrics that enhanced health can publish.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""

_VPC = Matching(r"vpc-[0-9a-f]+", "the id of a VPC")
_SUBNET = Matching(r"subnet-[0-9a-f]+", "the id of a subnet")
_CIDR = Matching(r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}", "IPv4 addresses, for example 10.0.0.0/16")
_GROUP = Matching(r"sg-[0-9a-f]+", "the id of a security group")
_REFERENCE = r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^:\s]+(:[^:\s]+)?"
_DRAINING = Between(0, 3600, "seconds")


@dataclass(frozen=True, slots=True)
class PropertyValue(Confidential):
    """A text that no message repeats: what stands in the wrong place may be a password."""

    allowed: str = "a text"

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether it is a text, empty or not."""
        return isinstance(value, str)

    def schema(self) -> Mapping[str, object]:
        """Return nothing more than that it is a text, which the type says."""
        return {}


@dataclass(frozen=True, slots=True)
class SecretReference(Confidential):
    """The ARN of a secret, with or without a key of its JSON; what is none may be the secret itself."""

    allowed: str = "the ARN of a secret in Secrets Manager, with or without a colon and a key of its JSON"

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether it refers to a secret."""
        return re.fullmatch(_REFERENCE, value) is not None

    def schema(self) -> Mapping[str, object]:
        """Return the pattern in JSON Schema's terms."""
        return {"pattern": f"^(?:{_REFERENCE})$"}


CERTIFICATE_ARN = Matching(
    r"arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[A-Za-z0-9-]+", "the ARN of a certificate in ACM"
)

LIMITS: Limits = {
    **STATEMENT_LIMITS,
    WebTierArgs: {
        "region": shared.REGION,
        "draining_seconds": _DRAINING,
        "environment": PropertyValue(),
        "secrets": SecretReference(),
        "secret_kms_key_arns": shared.KEY_ARN,
        "alarm_topic_arn": shared.TOPIC_ARN,
    },
    WebTierNetworkArgs: {
        "vpc_id": _VPC,
        "instance_subnet_ids": _SUBNET,
        "load_balancer_subnet_ids": _SUBNET,
        "zones": shared.ZONE,
    },
    PlatformArgs: {
        "php": Matching(r"8\.\d{1,2}", "a branch of PHP 8, for example 8.4"),
        "solution_stack": Matching(
            r"64bit Amazon Linux 2023 v\d+\.\d+\.\d+ running PHP 8\.\d{1,2}",
            "a PHP platform on Amazon Linux 2023, for example 64bit Amazon Linux 2023 v4.7.5 running PHP 8.4",
        ),
        "document_root": Matching(
            r"/|(/(?!\.{1,2}(/|$))[A-Za-z0-9_.-]+)+",
            "a folder with a leading slash and none at its end, such as /public",
        ),
        "memory_limit_mib": Between(8, 8192, "MiB"),
        "max_execution_seconds": Between(1, 3600, "seconds"),
    },
    HttpsArgs: {
        "certificate_arn": CERTIFICATE_ARN,
        "host_name": Matching(
            r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
            "a host name in lower case, for example core.example.com",
        ),
        "tls_policy": Matching(
            r"ELBSecurityPolicy-(TLS13-1-[23](-Res)?(-FIPS|-PQ)*|FS-1-2-Res)-\d{4}-\d{2}",
            "a security policy with TLS 1.2 or newer only, for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        ),
    },
    LoadBalancerArgs: {
        "idle_timeout_seconds": Between(1, 4000, "seconds"),
        "access_logs_prefix": Matching(r"(?!.*AWSLogs)[A-Za-z0-9_./-]{1,128}", "a prefix without AWSLogs in it"),
    },
    InstanceArgs: {
        "types": Matching(r"[a-z0-9-]+\.[a-z0-9-]+", "an instance type, for example t4g.small"),
        "min": Between(0, _MOST, "instances"),
        "max": Between(0, _MOST, "instances"),
        "zones": shared.ZONE,
        "root_volume_gib": Between(10, 16_384, "GiB"),
    },
    SpotArgs: {
        "on_demand_base": Between(0, _MOST, "instances"),
        "on_demand_above_base_percent": Between(0, 100, "percent"),
        "max_price": Matching(r"\d{1,3}(\.\d{1,5})?", "a price in US dollars, for example 0.05"),
    },
    ScalingArgs: {
        "upper": Between(0, 20_000_000),
        "lower": Between(0, 20_000_000),
        "period_minutes": Between(1, 600, "minutes"),
        "breach_periods": Between(1, 600, "periods"),
        "add": Between(1, 100, "instances"),
        "remove": Between(1, 100, "instances"),
        "cooldown_seconds": Between(0, _MOST, "seconds"),
    },
    DeploymentArgs: {
        "batch_size": Between(1, _MOST),
        "timeout_seconds": Between(1, 3600, "seconds"),
        "traffic_percent": Between(1, 99, "percent"),
        "evaluation_minutes": Between(3, 600, "minutes"),
    },
    ConfigurationUpdateArgs: {
        "max_batch_size": Between(1, _MOST, "instances"),
        "min_in_service": Between(0, 9999, "instances"),
        "pause_seconds": Between(0, 3600, "seconds"),
        "timeout_minutes": Between(5, 60, "minutes"),
    },
    HealthArgs: {
        "path": Matching(r"/[^\s\\\"'<>?#]{0,1023}", "a path that starts with a slash, without a query"),
        "interval_seconds": Between(5, 300, "seconds"),
        "timeout_seconds": Between(2, 60, "seconds"),
        "healthy_threshold": Between(2, 10, "checks"),
        "unhealthy_threshold": Between(2, 10, "checks"),
        "success_codes": Matching(
            r"[2-4]\d\d([,-][2-4]\d\d)*", "HTTP status codes from 200 to 499, for example 200, 200,204 or 200-299"
        ),
        "metrics": OneOf(_METRICS),
    },
    AutoScalingHealthArgs: {"grace_seconds": Between(0, 7200, "seconds")},
    ManagedUpdateArgs: {
        "window": Matching(
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01]\d|2[0-3]):[0-5]\d", "a day and a time in UTC, for example Sun:02:00"
        ),
    },
    WebTierLogArgs: {"retention_days": OneOf(RETENTION_DAYS)},
    VersionArgs: {"keep_count": Between(1, 1000, "versions"), "keep_days": Between(1, 3650, "days")},
    WebTierDatabaseArgs: {"security_group_id": _GROUP, "cidr": _CIDR, "port": Between(1, 65_535)},
    WebTierEnvironmentArgs: {
        "version_label": Matching(r"[^/\s].{0,99}", "1 to 100 characters"),
        "draining_seconds": _DRAINING,
        "environment": PropertyValue(),
        "secrets": SecretReference(),
    },
}
