"""Decides what is done about a target. Pure: what is remembered and seen goes in, what to remember and do comes out.

An incident begins when something is wrong and ends when nothing has been wrong for a while. Within it there are at
most `attempts` actions, each after a longer pause than the one before. Then the breaker opens and a human is paged,
once. While it is open there is one trial in each window; only recovery closes it. Across incidents too, no window
has more than `most_actions` actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

WELL, HEALING, OPEN = "well", "healing", "open"
NO_PAGE, PAGE_DUE, PAGE_SENT = "", "due", "sent"


@dataclass(frozen=True, slots=True)
class Rules:
    """How much is tried."""

    attempts: int
    """Actions within one incident before a human is paged."""
    first_seconds: float
    """The pause after the first action."""
    factor: float
    """How much longer each pause is than the one before, 1 or more."""
    most_actions: int
    """Actions on one target within a window; more would be part of the trouble."""
    window_seconds: float
    settle_seconds: float
    """How long nothing may be wrong before an incident is over."""
    gap_seconds: Mapping[str, float] = field(default_factory=dict)
    """By ailment: how long AWS refuses the same action again."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a target."""

    state: str = WELL
    incident: str = ""
    """What the incident is called; empty without one."""
    since: float = 0
    """When the incident began."""
    attempts: int = 0
    """Actions within the incident."""
    steps: Mapping[str, int] = field(default_factory=dict)
    """Actions within the incident by ailment: the next rung of each one's ladder."""
    next_at: float = 0
    """Nothing is done before."""
    actions: tuple[float, ...] = ()
    """When there were actions, those of the last window, across incidents."""
    last: Mapping[str, float] = field(default_factory=dict)
    """When the last action against each ailment was, across incidents; only where AWS asks for a gap."""
    tried: tuple[str, ...] = ()
    """What was done in the incident, in words."""
    page: str = NO_PAGE
    why: str = ""
    """Why a human is asked."""
    well_since: float | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a target."""

    at: float
    sick: str | None
    """The most urgent ailment; `None` if nothing is wrong."""
    known: bool = True
    """Whether anything is known: without data nothing changes."""
    busy: bool = False
    """Whether AWS is changing the target at the moment."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to remember and do."""

    memory: Memory
    act: str | None = None
    """The ailment to act against."""
    step: int = 0
    """Which rung of its ladder, from 0."""
    began: bool = False
    recovered: bool = False
    opened: bool = False


def pause_seconds(rules: Rules, attempts: int, chance: float) -> float:
    """Return the pause after so many actions; `chance`, from 0 to 1, spreads those who fail together.

    The spread stays below the next pause, so that pauses never get shorter.
    """
    return rules.first_seconds * rules.factor ** (attempts - 1) * (1 + chance * (rules.factor - 1) / 2)


def decide(before: Memory, sight: Sight, rules: Rules, chance: float) -> Verdict:
    """Return what to remember of a target, and what to do now."""
    kept = tuple(at for at in before.actions if at > sight.at - rules.window_seconds)
    memory = replace(before, actions=kept)
    if not sight.known:
        return Verdict(memory)
    if sight.sick is None:
        return _well(memory, sight, rules)
    began = memory.state == WELL
    if began:
        memory = replace(
            memory,
            state=HEALING,
            incident=f"{int(sight.at)}",
            since=sight.at,
            attempts=0,
            steps={},
            next_at=sight.at,
            tried=(),
            page=NO_PAGE,
            why="",
        )
    verdict = _sick(replace(memory, well_since=None), sight.sick, sight, rules, chance)
    return replace(verdict, began=began)


def _well(memory: Memory, sight: Sight, rules: Rules) -> Verdict:
    if memory.state == WELL or sight.busy:
        return Verdict(memory)
    if memory.well_since is None:
        return Verdict(replace(memory, well_since=sight.at))
    if sight.at - memory.well_since < rules.settle_seconds or memory.page == PAGE_DUE:
        return Verdict(memory)
    # What was done, and when, outlives the incident: a target that keeps failing is not healed for ever.
    return Verdict(Memory(actions=memory.actions, last=memory.last), recovered=True)


def _sick(memory: Memory, ailment: str, sight: Sight, rules: Rules, chance: float) -> Verdict:
    now = sight.at
    if sight.busy:
        return Verdict(_patient(memory, now, rules))
    if now < memory.next_at:
        return Verdict(memory)
    full = len(memory.actions) >= rules.most_actions
    if memory.state == HEALING and (full or memory.attempts >= rules.attempts):
        why = "too many actions within the window" if full else f"{rules.attempts} attempts did not help"
        opened = replace(_paged(memory, why), state=OPEN, next_at=now + rules.window_seconds)
        return Verdict(opened, opened=True)
    if full:
        return Verdict(memory)
    free_at = memory.last.get(ailment, -rules.gap_seconds.get(ailment, 0)) + rules.gap_seconds.get(ailment, 0)
    if now < free_at:
        return Verdict(replace(_paged(memory, "AWS does not take this change again yet"), next_at=free_at))
    return _act(memory, ailment, now, rules, chance)


def _patient(memory: Memory, now: float, rules: Rules) -> Memory:
    """Wait while AWS is changing a target, but not for ever."""
    quiet_since = max([memory.since, *memory.actions])
    if now - quiet_since < rules.window_seconds:
        return memory
    return _paged(memory, "AWS has been changing it for a whole window")


def _act(memory: Memory, ailment: str, now: float, rules: Rules, chance: float) -> Verdict:
    attempts, step = memory.attempts + 1, memory.steps.get(ailment, 0)
    pause = pause_seconds(rules, attempts, chance)
    changed = replace(
        memory,
        attempts=attempts,
        steps={**memory.steps, ailment: step + 1},
        actions=(*memory.actions, now),
        last={**memory.last, ailment: now} if ailment in rules.gap_seconds else memory.last,
        # An open breaker lets one trial through in each window.
        next_at=now + (pause if memory.state == HEALING else max(pause, rules.window_seconds)),
    )
    return Verdict(changed, act=ailment, step=step)


def _paged(memory: Memory, why: str) -> Memory:
    return memory if memory.page else replace(memory, page=PAGE_DUE, why=why)
