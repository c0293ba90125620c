"""The questions that are asked of the lake again and again, in Athena's SQL. Pure.

Each takes the first and the last day, in this order, as its two arguments. An event that came twice counts once: its
id decides.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent / "queries"

# The types and metrics come from the program's own settings, which take letters, digits and `_.-` only.
_FUNNEL = Template("""\
-- Devices that took each step after the one before it, from the first day to the last: two arguments, as 'YYYY-MM-DD'.
WITH taken AS (
  SELECT device_id, event_type, occurred_at
  FROM events
  WHERE day BETWEEN ? AND ? AND event_type IN ($types)
),
step_1 AS (
  SELECT device_id, min(occurred_at) AS reached_at
  FROM taken
  WHERE event_type = $first
  GROUP BY device_id
)$steps
$counts
ORDER BY step
""")
_STEP = Template("""\
,
$step AS (
  SELECT taken.device_id, min(taken.occurred_at) AS reached_at
  FROM $before
  JOIN taken ON taken.device_id = $before.device_id AND taken.occurred_at > $before.reached_at
  WHERE taken.event_type = $type
  GROUP BY taken.device_id
)""")
_COUNT = Template("SELECT $position AS step, $type AS event_type, count(*) AS devices FROM step_$position")
_METRICS = Template("""\
-- Sum and average of each metric of each day, from the first day to the last: two arguments, as 'YYYY-MM-DD'.
WITH taken AS (
  SELECT day, event_type, event_id, metrics
  FROM events
  WHERE day BETWEEN ? AND ?
)
$sums
ORDER BY day, event_type, metric
""")
_SUM = Template("""\
SELECT
  day, $type AS event_type, $metric AS metric, count(value) AS events, sum(value) AS total, avg(value) AS average
FROM (
  SELECT day, event_id, max(element_at(metrics, $metric)) AS value
  FROM taken
  WHERE event_type = $type AND element_at(metrics, $metric) IS NOT NULL
  GROUP BY day, event_id
) AS once
GROUP BY day""")
_AND = "\nUNION ALL\n"


def fixed_queries() -> dict[str, str]:
    """Return the queries that every app has, by name."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob("*.sql"))}


def funnel_query(steps: Sequence[str]) -> str:
    """Return how many devices took each step, in this order, in the span."""
    later = [
        _STEP.substitute(step=f"step_{position}", before=f"step_{position - 1}", type=_text(step))
        for position, step in enumerate(steps[1:], start=2)
    ]
    counts = [_COUNT.substitute(position=position, type=_text(step)) for position, step in enumerate(steps, start=1)]
    return _FUNNEL.substitute(
        types=", ".join(_text(step) for step in dict.fromkeys(steps)),
        first=_text(steps[0]),
        steps="".join(later),
        counts=_AND.join(counts),
    )


def metrics_query(custom: Mapping[str, Sequence[str]]) -> str:
    """Return sum and average of each metric of custom events by day; `custom` names the metrics by type."""
    sums = [
        _SUM.substitute(type=_text(event_type), metric=_text(metric))
        for event_type, metrics in custom.items()
        for metric in metrics
    ]
    return _METRICS.substitute(sums=_AND.join(sums))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
