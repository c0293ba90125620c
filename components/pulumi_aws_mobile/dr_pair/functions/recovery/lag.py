"""lag: the copy is as new as it must be."""

from .looking import copy_looks, lost_seconds, told_lag
from .moves import Ask, Done, Move, Sights, Step, View, Wait
from .sights import LagPoint

TOO_FAR = "lag"


def _decide(view: View, seen: Sights) -> Move:
    if "lag" not in seen and "backups" not in seen:
        return Done("there is no copy to wait for", is_skipped=True)
    if not view.is_failover:
        return _decide_switchover(view, seen)
    lag = lost_seconds(view, points=seen.get("lag", ()), backups_until=seen.get("backups"))
    if lag is None:
        lag = view.run.facts.get("lag_seconds")
    text, facts = told_lag(view, lag), {"lag_seconds": lag}
    accepted = view.run.approved(TOO_FAR) or text in view.run.facts.get("concerns", ())
    if accepted or (lag is not None and lag <= view.plan.guards.lag_seconds):
        return Done(text, facts)
    return Ask(TOO_FAR, text)


def _decide_switchover(view: View, seen: Sights) -> Move:
    """Wait until the copy holds everything that was written before the fence stood."""
    record = view.run.steps["fence"]
    if "backups" in seen:
        until = seen["backups"]
        if until is not None and until >= record.at:
            return Done("the copied backups hold everything", {"lag_seconds": 0})
        return Wait("the copied backups do not reach the moment of the fence yet")
    # A point stands for the minute that begins with it: only one that begins after the fence says nothing of before.
    after: list[LagPoint] = [point for point in seen["lag"] if point.at >= record.at]
    last = after[-1] if after else None
    if last is None or last.seconds < 0:
        return Wait("how far the replica is behind is not known yet")
    if last.seconds > 0:
        return Wait(f"the replica is {last.seconds} s behind")
    return Done("the replica holds everything", {"lag_seconds": 0})


STEP = Step(copy_looks, _decide, patience_minutes=15)
