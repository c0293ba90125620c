"""The recovery function: called by the alarm, each minute, and by operators."""

import os
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .plan import read_plan
from .runbook import Runbook
from .store import Table
from .world import Aws

_WORK_SECONDS = 22
"""After this much nothing new is begun; one call may take another ten seconds, and the function's own limit is 40."""
_LAST_MILLISECONDS = 15_000


def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Answer an event with the state, the run, and the lines for the stack file."""
    plan = read_plan()
    began = time.monotonic()

    def has_time() -> bool:
        left = getattr(context, "get_remaining_time_in_millis", None)
        return time.monotonic() - began < _WORK_SECONDS and (left is None or left() > _LAST_MILLISECONDS)

    store = Table(os.environ["TABLE_NAME"], plan.home, plan.takeovers)
    return Runbook(plan, store, Aws(plan), clock=time.time, new_id=_new_id, has_time=has_time).handle(event)


def _new_id() -> str:
    """Return a name that tells when, and that CloudFormation takes for a token."""
    return f"r{datetime.fromtimestamp(time.time(), UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
