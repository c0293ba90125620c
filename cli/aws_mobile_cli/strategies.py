"""What each recovery strategy would reach for a stack and what it would cost, as the stack's pairs tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pulumi_aws_mobile.dr_pair.model import Objectives
from pulumi_aws_mobile.testing import Recorded, Recording

_PAIR = "aws-mobile:index:DRPair"
_MINUTES_FROM_SECONDS = 90
_HOURS_FROM_SECONDS = 5400


@dataclass(frozen=True, slots=True)
class PairStrategies:
    """A pair of the stack, and what each strategy would reach for it."""

    pair: Recorded
    chosen: str
    reached: Mapping[str, Objectives]
    """By strategy, cheapest first."""

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        strategies = [
            {"strategy": name, "chosen": name == self.chosen, **asdict(found)} for name, found in self.reached.items()
        ]
        return {"urn": self.pair.urn, "strategies": strategies}

    def rows(self) -> Sequence[tuple[str, ...]]:
        """Return it as a table: the strategy, RTO and RPO each with the worst, and the cost on top."""
        return [
            (
                name,
                duration(found.rto_seconds),
                duration(found.rto_high_seconds),
                duration(found.rpo_seconds),
                duration(found.rpo_high_seconds),
                f"+{found.cost_share:.0%}",
            )
            for name, found in self.reached.items()
        ]

    def sooner(self) -> Mapping[str, str]:
        """Return the strategies with which some of it answers before the rest, and after what time."""
        return {
            name: duration(found.traffic_rto_seconds)
            for name, found in self.reached.items()
            if found.traffic_rto_seconds < found.rto_seconds
        }


def pair_strategies(recording: Recording) -> list[PairStrategies]:
    """Return the pairs of a stack, most often one or none."""
    return [_read(pair, recording.component_outputs[pair.urn]) for pair in recording.of_type(_PAIR)]


def _read(pair: Recorded, outputs: Mapping[str, Any]) -> PairStrategies:
    found = sorted(outputs["strategies"].items(), key=lambda item: item[1]["cost_share"])
    return PairStrategies(pair, outputs["strategy"], {name: Objectives(**figures) for name, figures in found})


def duration(seconds: float) -> str:
    """Return a time in the largest unit that still tells something."""
    if seconds < _MINUTES_FROM_SECONDS:
        return f"{seconds:.0f} s"
    if seconds < _HOURS_FROM_SECONDS:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
