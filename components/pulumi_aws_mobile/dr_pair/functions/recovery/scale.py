"""scale: the environment has its full size, and the new writer's name."""

from .effects import Scale
from .looking import environment_looks
from .moves import Do, Done, Fail, Move, Sights, Step, View, Wait
from .sights import ALARM, AlarmLook, EnvironmentSeen, Look

_GONE = frozenset({"Terminating", "Terminated"})
_UNWELL = frozenset({"Red", "Grey"})


def _looks(view: View) -> dict[str, Look]:
    away: dict[str, Look] = {"traffic": AlarmLook(view.plan.traffic_alarm)} if view.run.facts.get("diverted") else {}
    return environment_looks(view) | away


def _decide(view: View, seen: Sights) -> Move:  # noqa: PLR0911 - one for each state that AWS tells
    tier = view.target.web_tier
    if tier is None or "environment" not in seen:
        return Done("there is no environment", is_skipped=True)
    if "traffic" in seen and seen["traffic"] != ALARM and not view.fence_is_confirmed:
        return Wait("clients are not led away from the old writer yet")
    environment: EnvironmentSeen | None = seen["environment"]
    if environment is None or environment.status in _GONE:
        return Fail(f"there is no environment {tier.environment_name} in {view.target.region}")
    if environment.status != "Ready":
        return Wait(f"the environment is {environment.status}")
    hostname = view.run.facts.get("writer_endpoint")
    is_named = hostname is None or environment.hostname == hostname
    if (environment.min, environment.max) != (tier.min, tier.max) or not is_named:
        effect = Scale(view.target.name, tier.environment_name, tier.min, tier.max, hostname)
        return Do(effect, f"updating {tier.environment_name}")
    if environment.instances < tier.min or environment.health in _UNWELL:
        return Wait(f"{environment.instances} of {tier.min} instances, health {environment.health}")
    return Done(f"{environment.instances} instances, health {environment.health}")


STEP = Step(_looks, _decide, patience_minutes=45)
