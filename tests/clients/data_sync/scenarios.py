"""All scenarios."""

from . import scenario_edits, scenario_lives, scenario_messages, scenario_refusals
from .scenario_book import LIMITS, SCENARIOS, SETTINGS

__all__ = [
    "LIMITS",
    "SCENARIOS",
    "SETTINGS",
    "scenario_edits",
    "scenario_lives",
    "scenario_messages",
    "scenario_refusals",
]
