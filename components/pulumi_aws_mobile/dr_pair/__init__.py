"""A disaster-recovery pair: a primary and a recovery Region joined by one strategy."""

from .args import DRPairArgs
from .choices import FailoverMode, RecoveryStrategy, TrafficPolicy
from .component import DRPair

__all__ = ["DRPair", "DRPairArgs", "FailoverMode", "RecoveryStrategy", "TrafficPolicy"]
