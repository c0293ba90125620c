"""Which strategy is enough, and what is missing where none is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy

from .objectives import objectives
from .situation import Situation

_OPTIONS = ("rto_minutes", "rpo_minutes", "monthly_budget")
_LEAST_PATIENCE_MINUTES = 5
"""Less than this is no time to decide in."""
_QUICK = 2
"""The fewest failing probes that an automatic failover may be founded on."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a recovery has to reach; a strategy does if what to plan for with it is within these."""

    rto_minutes: float
    """After how many minutes everything works again."""
    rpo_minutes: float
    """How many minutes of writes may be lost."""
    monthly_budget: float | None = None
    """What the recovery Region may cost in a month, in the currency of `primary_monthly_cost`; any, if not given."""

    def __str__(self) -> str:
        """Return it as options."""
        budget = "" if self.monthly_budget is None else f", monthly_budget {self.monthly_budget:g}"
        return f"rto_minutes {self.rto_minutes:g}, rpo_minutes {self.rpo_minutes:g}{budget}"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that a strategy does not reach."""

    strategy: RecoveryStrategy
    option: str
    """`rto_minutes`, `rpo_minutes` or `monthly_budget`."""
    needed: float
    reached: float
    """In the option's unit, rounded up so that asking for it would do."""

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.option} {self.reached:g} instead of {self.needed:g}"


class UnmetNeedError(ValueError):
    """No strategy does what is needed."""

    def __init__(self, need: Need, misses: tuple[Miss, ...], helps: tuple[str, ...]) -> None:
        """Say what each strategy misses by how much, and what would help."""
        self.need = need
        self.misses = misses
        self.helps = helps
        lines = [f"no recovery strategy reaches {need}; to plan for are"]
        for strategy in RecoveryStrategy:
            missed = ", ".join(str(miss) for miss in misses if miss.strategy is strategy)
            lines.append(f"  with {strategy.value}: {missed}")
        lines += [f"one of these would do: {helps[0]}", *(f"  or {text}" for text in helps[1:])] if helps else []
        super().__init__("\n".join(lines))


def choose(need: Need, situation: Situation | None = None) -> RecoveryStrategy:
    """Return the cheapest strategy that does what is needed."""
    situation = situation or Situation()
    found = _cheapest(need, situation)
    if found is None:
        misses = tuple(miss for strategy in RecoveryStrategy for miss in misses_of(strategy, need, situation))
        raise UnmetNeedError(need, misses, tuple(_helps(need, situation)))
    return found


def misses_of(strategy: RecoveryStrategy, need: Need, situation: Situation | None = None) -> tuple[Miss, ...]:
    """Return what a strategy does not reach of what is needed."""
    reached = _reached(strategy, situation or Situation())
    return tuple(
        Miss(strategy, option, needed, math.ceil(reached[option]))
        for option in _OPTIONS
        if (needed := getattr(need, option)) is not None and reached[option] > needed
    )


def _reached(strategy: RecoveryStrategy, situation: Situation) -> dict[str, float]:
    found = objectives(strategy, situation)
    figures = (found.rto_high_seconds / 60, found.rpo_high_seconds / 60, found.extra_monthly_cost)
    return dict(zip(_OPTIONS, figures, strict=True))


def _cheapest(need: Need, situation: Situation) -> RecoveryStrategy | None:
    enough = [strategy for strategy in RecoveryStrategy if not misses_of(strategy, need, situation)]
    return min(enough, key=lambda strategy: objectives(strategy, situation).extra_monthly_cost, default=None)


def _helps(need: Need, situation: Situation) -> Iterator[str]:
    """Yield what would do, each by itself: another situation, or a smaller need."""
    found = [*_single_helps(need, situation)]
    yield from found
    if not found:
        options = tuple(option for option in _OPTIONS if getattr(need, option) is not None)
        least = _smallest(Need(math.inf, math.inf), situation, options)
        if least is not None:
            yield least


def _single_helps(need: Need, situation: Situation) -> Iterator[str]:
    quicker = replace(situation, mode=FailoverMode.AUTOMATIC)
    yield from _other_guards(need, situation, "")
    if situation.mode is not FailoverMode.AUTOMATIC:
        found = _cheapest(need, quicker)
        if found is not None:
            yield f"mode automatic (then {found.value})"
        else:
            yield from _other_guards(need, quicker, "mode automatic and ")
            least = _smallest(replace(need, rto_minutes=math.inf), quicker, ("rto_minutes",))
            if least is not None:
                yield f"mode automatic and {least}"
    for option in _OPTIONS:
        least = _smallest(replace(need, **{option: math.inf}), situation, (option,))
        if least is not None:
            yield least


def _other_guards(need: Need, situation: Situation, before: str) -> Iterator[str]:
    """Yield guards that would make it quick enough, or lose little enough."""
    changes: list[tuple[str, dict[str, Any]]] = []
    if situation.datapoints > _QUICK:
        changes.append((f"guards.datapoints {_QUICK}", {"datapoints": _QUICK}))
    limit = need.rpo_minutes * 60
    if situation.lag_limit_seconds > limit >= situation.replica_lag_seconds:
        changes.append((f"guards.lag_seconds {limit:g}", {"lag_limit_seconds": limit}))
    backups = situation.backup_lag_high_seconds
    if situation.lag_limit_seconds < backups:
        changes.append((f"guards.lag_seconds {backups:g}", {"lag_limit_seconds": backups}))
    changes += [
        (f"guards.approval_minutes {minutes}", {"approval_minutes": minutes}) for minutes in _patience(need, situation)
    ]
    for text, change in changes:
        found = _cheapest(need, replace(situation, **change))
        if found is not None:
            yield f"{before}{text} (then {found.value})"


def _patience(need: Need, situation: Situation) -> Iterator[int]:
    """Yield how long people may take to approve, with the cheapest strategy that leaves them any time."""
    if situation.mode is FailoverMode.AUTOMATIC:
        return
    for strategy in RecoveryStrategy:
        misses = misses_of(strategy, need, situation)
        if [miss.option for miss in misses] == ["rto_minutes"]:
            late = _reached(strategy, situation)["rto_minutes"] - need.rto_minutes
            left = math.floor(situation.approval_minutes - late)
            if left >= _LEAST_PATIENCE_MINUTES:
                yield left
                return


def _smallest(open_need: Need, situation: Situation, options: tuple[str, ...]) -> str | None:
    """Return the least of these options that some strategy reaches with the rest of the need as it is."""
    found = [
        ([math.ceil(_reached(strategy, situation)[option]) for option in options], strategy)
        for strategy in RecoveryStrategy
        if not misses_of(strategy, open_need, situation)
    ]
    if not found:
        return None
    least, strategy = min(found, key=lambda pair: pair[0])
    figures = " and ".join(f"{option} {figure}" for option, figure in zip(options, least, strict=True))
    return f"{figures} (then {strategy.value})"
