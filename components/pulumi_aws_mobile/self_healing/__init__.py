"""Heals what alarms complain about: bounded retries, a circuit breaker, and a human at the end."""

from .args import (
    BreakerArgs,
    HealedDatabaseArgs,
    HealedEnvironmentArgs,
    HealedQueueArgs,
    RetriesArgs,
    SelfHealingArgs,
)
from .component import SelfHealing

__all__ = [
    "BreakerArgs",
    "HealedDatabaseArgs",
    "HealedEnvironmentArgs",
    "HealedQueueArgs",
    "RetriesArgs",
    "SelfHealing",
    "SelfHealingArgs",
]
