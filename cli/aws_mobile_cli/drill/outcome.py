"""What came out of a drill, for every report. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

from pulumi_aws_mobile.dr_pair.model import Objectives, Phase

from . import timeline
from .records import Act, Diary, Span

_SLICES = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """A drill that is over."""

    project: str
    stack: str
    strategy: str
    primary: str
    recovery: str
    lost: str
    game_day: str | None
    about: str
    """What it rehearsed, in one sentence."""
    changes: tuple[str, ...]
    """What was otherwise than in the stack file."""
    tick_seconds: float
    approval_seconds: float | None
    """After how long the operator approves; `None` where nobody is asked."""
    objectives: Objectives
    failover: tuple[Phase, ...]
    failback: tuple[Phase, ...]
    diary: Diary
    real_seconds: float
    """How long the drill took on this machine."""

    @property
    def passed(self) -> bool:
        """Whether everything held."""
        return bool(self.diary.expectations) and all(each.passed for each in self.diary.expectations)

    @property
    def ended(self) -> float:
        """When it ended, by its own clock."""
        return max((span.ended for span in self.diary.spans), default=0.0)

    @property
    def loss(self) -> Span | None:
        """When the Region was lost."""
        return self.diary.span(Act.LOSS)

    @property
    def rto_seconds(self) -> float | None:
        """From the last good answer before the loss to the first good write after it; `None` without one."""
        if self.loss is None:
            return None
        outage = timeline.outage(self.diary.calls, self.loss)
        return outage.seconds if outage.over else None

    @property
    def rpo_seconds(self) -> float:
        """The age of the oldest lost write when the Region was lost."""
        return 0.0 if self.loss is None else timeline.lost_seconds(self.lost_writes, self.loss.began)

    @property
    def lost_writes(self) -> list[Any]:
        """The acknowledged writes that the new writer lacks."""
        return timeline.lost_in(self.diary, Act.LOSS)

    def own_seconds(self) -> float:
        """Return the runbook's own seconds, over all runs."""
        return sum(self.diary.own_seconds.values())

    def steps(self, act: Act) -> list[timeline.Beside]:
        """Return the steps that were taken in an act, beside the model's."""
        span = self.diary.span(act)
        if span is None:
            return []
        taken = [step for step in self.diary.steps.values() if span.began <= step.began <= span.ended]
        if not taken:
            return []
        last = max(taken, key=lambda step: step.began).run
        phases = self.failover if act is Act.LOSS else self.failback
        recovered = timeline.recovered_at(self.diary.calls, span)
        return timeline.beside([step for step in taken if step.run == last], phases, span.began, recovered)

    def slices(self, span: Span | None = None, count: int = _SLICES) -> list[timeline.Bucket]:
        """Return clients' requests in slices of time."""
        began, ended = (0.0, self.ended) if span is None else (span.began, span.ended)
        return timeline.buckets(self.diary.calls, began, ended, count)

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "project": self.project,
            "stack": self.stack,
            "strategy": self.strategy,
            "primary": self.primary,
            "recovery": self.recovery,
            "lost": self.lost,
            "game_day": self.game_day,
            "changes": list(self.changes),
            "tick_seconds": self.tick_seconds,
            "approval_seconds": self.approval_seconds,
            "passed": self.passed,
            "rto_seconds": self.rto_seconds,
            "rpo_seconds": self.rpo_seconds,
            "lost_writes": len(self.lost_writes),
            "model": asdict(self.objectives),
            "own_seconds": dict(self.diary.own_seconds),
            "real_seconds": round(self.real_seconds, 1),
            "acts": [
                {"act": span.act.value, "began": span.began, "ended": span.ended, **_clients(self.diary, span)}
                for span in self.diary.spans
            ],
            "steps": {act.value: [asdict(row) for row in self.steps(act)] for act in (Act.LOSS, Act.WAY_BACK)},
            "moments": [asdict(moment) for moment in self.diary.moments],
            "expectations": [asdict(each) for each in self.diary.expectations],
        }


def _clients(diary: Diary, span: Span) -> dict[str, Any]:
    return {"clients": asdict(timeline.outage(diary.calls, span))}


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds, with hours where there are any."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
