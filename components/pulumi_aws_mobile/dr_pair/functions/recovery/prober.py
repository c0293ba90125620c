"""The prober: asks the primary site for its health each minute, and says again where clients are led to."""

import os
from collections.abc import Mapping
from typing import Any

from . import health, signals
from .journal import Journal
from .plan import PRIMARY, read_plan
from .store import Table


def handle(_event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Put what was seen and what is so as metrics."""
    plan = read_plan()
    is_reachable = health.answers(plan.sites[PRIMARY].health_url)
    signals.put_reachable(plan, is_reachable=is_reachable)
    traffic = Table(os.environ["TABLE_NAME"], plan.home, plan.takeovers).pair().traffic
    signals.put_traffic(plan, traffic)
    Journal(plan.name).write("probe", "answered" if is_reachable else "failed", traffic=traffic)
    return {"reachable": is_reachable, "traffic": traffic}
