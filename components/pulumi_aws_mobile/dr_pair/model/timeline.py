"""How long a change of Regions takes, step by step, as the runbook takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy

from . import figures
from .figures import Figure, Whose
from .situation import Situation

_ANSWERED_EARLY = 0.25
"""When to expect an approval, as a part of the time it may take: an assumption."""
_WAITED_FOR = frozenset({"create", "promote", "scale"})
"""The steps in which the runbook stops until AWS is done, and the next tick resumes it."""
_WAITED_FOR_AT_REST = frozenset({"fence", "lag"})
"""Those in which it does so only while the old writer can be reached."""
_NO_WAY_OUT = (RecoveryStrategy.BACKUP_RESTORE, RecoveryStrategy.PILOT_LIGHT)


class Event(str, Enum):
    """Why the Regions change their roles."""

    FAILOVER = "failover"
    """The primary Region is lost, from the first failed request on."""
    SWITCHOVER = "switchover"
    """Both Regions are well, from the operator's request on."""
    FAILBACK = "failback"
    """Back to the primary Region, where a replica of the writer has been made, from the operator's request on."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One step, and how many seconds it takes."""

    step: str
    """The runbook's name of it; besides those `detection`, `ticks` and `dns`."""
    low_seconds: float
    seconds: float
    high_seconds: float
    source: str
    whose: Whose

    @property
    def ours(self) -> bool:
        """Whether it is the runbook's own time."""
        return self.whose is Whose.OURS


def timeline(
    strategy: RecoveryStrategy, situation: Situation | None = None, event: str = Event.FAILOVER
) -> tuple[Phase, ...]:
    """Return the steps until everything works in the other Region, writing included.

    They follow each other, so their sum is the time it takes. Where both Regions answer (`multi_site`) traffic has
    turned before, see `traffic_timeline`.
    """
    change = _Change(RecoveryStrategy(strategy), situation or Situation(), Event(event))
    phases = [*change.phases()]
    waited_for = _WAITED_FOR if event == Event.FAILOVER else _WAITED_FOR | _WAITED_FOR_AT_REST
    waits = sum(phase.step in waited_for for phase in phases)
    ticks = _phase("ticks", figures.TICK, times=waits, reason=f"{figures.TICK.reason}; {waits} steps are waited for")
    at = next(index for index, phase in enumerate(phases) if phase.step == "verify")
    return (*phases[:at], ticks, *phases[at:]) if waits else tuple(phases)


def traffic_timeline(strategy: RecoveryStrategy, situation: Situation | None = None) -> tuple[Phase, ...]:
    """Return the steps until what needs no database answers again after the loss of the primary Region."""
    situation = situation or Situation()
    if RecoveryStrategy(strategy) is not RecoveryStrategy.MULTI_SITE:
        return timeline(strategy, situation)
    return _phase("detection", figures.ENDPOINT_CHECK), _dns(situation)


@dataclass(frozen=True, slots=True)
class _Change:
    strategy: RecoveryStrategy
    situation: Situation
    event: Event

    def phases(self) -> Iterator[Phase]:
        if self.event is Event.FAILOVER:
            yield _detection(self.situation)
        yield _phase("guard", figures.GUARD)
        if self.event is Event.FAILOVER:
            yield from self._approval()
            yield _phase("fence", figures.UNREACHABLE)
        else:
            yield _phase("fence", figures.RESTART)
        yield from self._lag()
        yield from self._create()
        if not self._restores:
            yield _sized("promote", figures.PROMOTION, figures.PROMOTION_PER_GIB, self.situation)
        yield _phase("scale", figures.LAUNCH if self._launches else figures.RECONFIGURATION)
        yield _phase("verify", figures.VERIFICATION, figures.CALLS)
        yield _phase("flip", figures.FLIP)
        if self.strategy is not RecoveryStrategy.MULTI_SITE:
            yield _phase("confirm", figures.EVALUATION, figures.HEALTH_CHECK)
            yield _dns(self.situation)

    @property
    def _restores(self) -> bool:
        """Whether the new writer comes out of backups; the way back always has a replica."""
        return self.strategy is RecoveryStrategy.BACKUP_RESTORE and self.event is not Event.FAILBACK

    @property
    def _launches(self) -> bool:
        """Whether servers have to be started; the primary Region keeps its own."""
        if self.event is Event.FAILBACK or self.strategy is RecoveryStrategy.MULTI_SITE:
            return False
        if self.strategy is RecoveryStrategy.WARM_STANDBY:
            return self.situation.standby_instances < self.situation.full_instances
        return True

    def _approval(self) -> Iterator[Phase]:
        """Wait for a person, in a mode that asks, or when more would be lost than may be unasked."""
        situation = self.situation
        expected, high = (lag > situation.lag_limit_seconds for lag in self._lags)
        if situation.mode is not FailoverMode.AUTOMATIC:
            expected = high = True
            reason = "a person approves"
        else:
            reason = f"more than {situation.lag_limit_seconds:g} s of writes may be missing, which a person approves"
        if high:
            window = situation.approval_minutes * 60
            reason += "; to expect in a quarter of the time there is for it: an assumption"
            yield Phase("approval", 0, window * _ANSWERED_EARLY * expected, window, reason, Whose.PEOPLE)

    @property
    def _lags(self) -> tuple[float, float]:
        """How far the copy is behind: as a rule, and at most for a failover that asks nobody."""
        situation = self.situation
        if self._restores:
            return situation.backup_lag_seconds, situation.backup_lag_high_seconds
        return situation.replica_lag_seconds, max(situation.replica_lag_seconds, situation.lag_limit_seconds)

    def _lag(self) -> Iterator[Phase]:
        """Wait until the copy has everything; what a lost Region has not sent is lost."""
        if not self._restores:
            reason = "the replica applies what it has received; a failover with more lag than the limit asks first"
        elif self.event is Event.SWITCHOVER:
            reason = "until the last log has been copied: AWS's range for copied backups"
        else:
            return
        yield Phase("lag", 0, *self._lags, reason, Whose.AWS)

    def _create(self) -> Iterator[Phase]:
        if self.event is Event.FAILBACK or self.strategy not in _NO_WAY_OUT:
            return
        if self._restores:  # the way out is made meanwhile, and is always the quicker one
            parts = (figures.RESTORATION, figures.STACK)
            yield _sized("create", parts, figures.RESTORATION_PER_GIB, self.situation)
        else:
            yield _phase("create", figures.WAY_OUT, figures.STACK)


def _detection(situation: Situation) -> Phase:
    """Return the time from the loss until the alarm: the failing probes, and the alarm's evaluation."""
    again = (situation.confirmations - 1) * figures.TICK.high
    before_last = (situation.datapoints - 1) * situation.probe_seconds + again
    evaluation = figures.EVALUATION
    asked = f", asked again {situation.confirmations - 1} times" if again else ""
    return Phase(
        "detection",
        before_last + evaluation.low,
        before_last + situation.probe_seconds / 2 + evaluation.seconds,
        before_last + situation.probe_seconds + evaluation.high,
        f"{situation.datapoints} failing probes, {situation.probe_seconds} s apart{asked}; {evaluation.reason}",
        Whose.AWS,
    )


def _dns(situation: Situation) -> Phase:
    seconds = situation.record_seconds
    reason = "resolvers keep the answer for its TTL, which is 60 s for an alias"
    return Phase("dns", 0, seconds, seconds, reason, Whose.AWS)


def _phase(step: str, *parts: Figure, times: int = 1, reason: str | None = None) -> Phase:
    return Phase(
        step,
        sum(part.low for part in parts) * times,
        sum(part.seconds for part in parts) * times,
        sum(part.high for part in parts) * times,
        reason or "; ".join(part.reason for part in parts),
        parts[0].whose,
    )


def _sized(step: str, fixed: Figure | tuple[Figure, ...], per_gib: Figure, situation: Situation) -> Phase:
    """Return a step that takes longer with a larger database."""
    base = _phase(step, *(fixed if isinstance(fixed, tuple) else (fixed,)))
    gib = situation.database_gib
    return Phase(
        step,
        base.low_seconds + per_gib.low * gib,
        base.seconds + per_gib.seconds * gib,
        base.high_seconds + per_gib.high * gib,
        f"{base.source}; for {gib:g} GiB: {per_gib.reason}",
        base.whose,
    )
