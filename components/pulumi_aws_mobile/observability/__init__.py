"""What shows and tells how a service is: dashboards, alarms on what users notice, and a budget."""

from .args import (
    BudgetArgs,
    ObservabilityArgs,
    ServiceLevelArgs,
    WatchedApiArgs,
    WatchedRegionArgs,
    WatchedWebTierArgs,
)
from .component import Observability

__all__ = [
    "BudgetArgs",
    "Observability",
    "ObservabilityArgs",
    "ServiceLevelArgs",
    "WatchedApiArgs",
    "WatchedRegionArgs",
    "WatchedWebTierArgs",
]
