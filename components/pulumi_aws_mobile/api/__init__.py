"""The API in front of an app: signed requests, one OpenAPI document, and who may call what, said once."""

from .args import (
    ApiAlarmArgs,
    ApiArgs,
    ApiClientArgs,
    ApiDomainArgs,
    ApiFirewallArgs,
    ContributionArgs,
    ContributionTarget,
    CoreApiArgs,
    CorsArgs,
    ExecutionLogs,
    QuotaPeriod,
    ThrottleArgs,
)
from .component import Api

__all__ = [
    "Api",
    "ApiAlarmArgs",
    "ApiArgs",
    "ApiClientArgs",
    "ApiDomainArgs",
    "ApiFirewallArgs",
    "ContributionArgs",
    "ContributionTarget",
    "CoreApiArgs",
    "CorsArgs",
    "ExecutionLogs",
    "QuotaPeriod",
    "ThrottleArgs",
]
