"""confirm: the switch of the records has turned."""

from .moves import Done, Move, Sights, Step, View, Wait
from .plan import RECOVERY
from .sights import ALARM, OK, AlarmLook, Look


def _looks(view: View) -> dict[str, Look]:
    return {"traffic": AlarmLook(view.plan.traffic_alarm)}


def _decide(view: View, seen: Sights) -> Move:
    wanted = ALARM if view.target.name == RECOVERY else OK
    if seen["traffic"] != wanted:
        return Wait(f"the alarm of the switch is {seen['traffic']}, not {wanted} yet")
    return Done(f"clients are led to the {view.target.name} site")


STEP = Step(_looks, _decide, patience_minutes=15)
