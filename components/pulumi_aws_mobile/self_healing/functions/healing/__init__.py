"""Heals what alarms complain about: a few bounded attempts, then a human."""
