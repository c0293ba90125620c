"""The tables of the page about the model, written from the model.

`python tests/components/dr_pair/model/page.py` writes them anew into docs/disaster-recovery-model.md.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import FIGURES, Event, Phase, Situation, objectives, prices, timeline

PAGE = Path(__file__).parents[4] / "docs" / "disaster-recovery-model.md"
EXAMPLE = Situation(mode=FailoverMode.AUTOMATIC, database_gib=100, instance_class="db.m7g.large", full_instances=3)
BLOCK = re.compile(r"(<!-- model: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def render(text: str) -> str:
    """Return the page with the tables that the model gives now."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]()}\n\n{found[3]}", text)


def _table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _strategies() -> str:
    rows = [("strategy", "RTO", "plan for", "without the database", "RPO", "plan for", "extra cost")]
    for strategy in RecoveryStrategy:
        found = objectives(strategy, EXAMPLE)
        rows.append(
            (
                f"`{strategy.value}`",
                duration(found.rto_seconds),
                duration(found.rto_high_seconds),
                duration(found.traffic_rto_seconds),
                duration(found.rpo_seconds),
                duration(found.rpo_high_seconds),
                f"{found.cost_share:.0%}",
            )
        )
    return _table(*rows)


def _timelines(event: Event) -> str:
    return "\n\n".join(
        f"### {strategy.value}\n\n{_timeline(timeline(strategy, EXAMPLE, event))}" for strategy in RecoveryStrategy
    )


def _timeline(phases: tuple[Phase, ...]) -> str:
    rows = [("step", "at least, s", "expect, s", "plan for, s", "whose", "because")]
    rows += [(phase.step, *_three(phase), phase.whose.value, phase.source) for phase in phases]
    for name, counted in (("ours", [phase for phase in phases if phase.ours]), ("all", phases)):
        sums = (
            sum(phase.low_seconds for phase in counted),
            sum(phase.seconds for phase in counted),
            sum(phase.high_seconds for phase in counted),
        )
        rows.append((f"**{name}**", *(f"**{figure:g}**" for figure in sums), "", ""))
    return _table(*rows)


def _three(phase: Phase) -> tuple[str, str, str]:
    return f"{phase.low_seconds:g}", f"{phase.seconds:g}", f"{phase.high_seconds:g}"


def _planned() -> str:
    rows = [("strategy", "switchover", "plan for", "fail-back", "plan for")]
    for strategy in RecoveryStrategy:
        cells = []
        for event in (Event.SWITCHOVER, Event.FAILBACK):
            phases = timeline(strategy, EXAMPLE, event)
            cells += [
                duration(sum(phase.seconds for phase in phases)),
                duration(sum(phase.high_seconds for phase in phases)),
            ]
        rows.append((f"`{strategy.value}`", *cells))
    return _table(*rows)


def _figures() -> str:
    rows = [("figure", "at least, s", "expect, s", "plan for, s", "basis", "why")]
    for figure in FIGURES:
        reason = f"{figure.reason} ([source]({figure.url}))" if figure.url else figure.reason
        values = (f"{figure.low:g}", f"{figure.seconds:g}", f"{figure.high:g}")
        rows.append((figure.name, *values, figure.basis.value, reason))
    return _table(*rows)


def _prices() -> str:
    rows = [
        ("what", "USD"),
        ("NAT gateway, an hour", f"{prices.NAT_GATEWAY_HOUR:g}"),
        ("load balancer, an hour, without what it carries", f"{prices.LOAD_BALANCER_HOUR:g}"),
        ("database storage (gp3), a GiB in one zone, a month", f"{prices.STORAGE_GIB_MONTH:g}"),
        ("copied backups, a GiB, a month", f"{prices.BACKUP_GIB_MONTH:g}"),
        ("transfer between Regions, a GiB", f"{prices.TRANSFER_GIB:g}"),
        ("KMS key, a month", f"{prices.KEY_MONTH:g}"),
        ("health check, a month", f"{prices.HEALTH_CHECK_MONTH:g}"),
        ("its HTTPS, and its asking every 10 s, each a month", f"{prices.HEALTH_CHECK_OPTION_MONTH:g}"),
        ("alarm, a month", f"{prices.ALARM_MONTH:g}"),
        ("metric of one's own, a month", f"{prices.METRIC_MONTH:g}"),
        ("`db.t4g.large`, `db.m7g.large`, `db.r7g.large`, an hour", _of(prices.DATABASE_HOUR, "t4g", "m7g", "r7g")),
        ("`t4g.large`, `m7g.large`, `c7g.large`, an hour", _of(prices.SERVER_HOUR, "t4g", "m7g", "c7g")),
    ]
    return _table(*rows)


def _of(table: Mapping[str, float], *families: str) -> str:
    return ", ".join(f"{table[family]:g}" for family in families)


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


BLOCKS: Mapping[str, Callable[[], str]] = {
    "strategies": _strategies,
    "failovers": lambda: _timelines(Event.FAILOVER),
    "planned": _planned,
    "figures": _figures,
    "prices": _prices,
}


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
