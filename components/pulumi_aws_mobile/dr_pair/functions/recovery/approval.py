"""approval: whoever is to decide has decided."""

from .looking import told_lag
from .moves import Ask, Done, End, Move, Sights, Step, View
from .plan import AUTOMATIC
from .sights import OK, AlarmLook, HealthLook, Look
from .state import REJECTED

START = "start"


def _looks(view: View) -> dict[str, Look]:
    if not view.is_failover or not _is_needed(view):
        return {}
    return {"alarm": AlarmLook(view.plan.unreachable_alarm), "answers": HealthLook(view.source.name)}


def _decide(view: View, seen: Sights) -> Move:
    if not _is_needed(view):
        return Done(f"asked for by {view.run.by}" if view.run.by else "automatic")
    if view.is_failover and seen["alarm"] == OK and seen["answers"]:
        return End(REJECTED, f"the {view.source.name} site answers again", cools_down=False)
    if view.run.approved(START):
        return Done("approved")
    lag = told_lag(view, view.run.facts.get("lag_seconds"))
    concerns = [each for each in view.run.facts.get("concerns", ()) if each != lag]
    return Ask(START, "; ".join([f"the {view.source.name} site does not answer", lag, *concerns]))


def _is_needed(view: View) -> bool:
    """Tell whether somebody is still to decide: who starts a run has, but not about what the guard found then."""
    if view.run.facts.get("concerns"):
        return True
    return view.run.trigger != "operator" and view.plan.mode != AUTOMATIC


STEP = Step(_looks, _decide, patience_minutes=24 * 60)
