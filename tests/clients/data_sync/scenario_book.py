"""The book of scenarios that every client goes through, in any language; each is one conformance vector."""

from collections.abc import Callable
from typing import Any

from .recording import Fault, Recorder

Scenario = Callable[[Recorder], None]
SCENARIOS: dict[str, Scenario] = {}
SETTINGS: dict[str, dict[str, Any]] = {}
"""What a scenario's recorder is given."""
LIMITS: dict[str, dict[str, Any]] = {}
"""What a scenario's server is given."""
LATER = 1_700_000_500_000
"""A clock that is ahead of the recording device's."""
LOST_REQUEST, LOST_ANSWER = Fault(lost="request"), Fault(lost="answer")


def scenario(*, server: dict[str, Any] | None = None, **settings: Any) -> Callable[[Scenario], Scenario]:  # noqa: ANN401 - settings
    """Add a scenario; its docstring is what it shows."""

    def add(function: Scenario) -> Scenario:
        name = function.__name__.replace("_", "-")
        SCENARIOS[name], SETTINGS[name], LIMITS[name] = function, settings, server or {}
        return function

    return add
