"""flip: the site is the active one, and clients are led to it."""

from .effects import PutTraffic
from .moves import Do, Done, Move, Sights, Step, View
from .sights import Look


def _looks(_view: View) -> dict[str, Look]:
    return {}


def _decide(view: View, _seen: Sights) -> Move:
    target, pair, facts = view.target.name, view.pair, view.run.facts
    if pair.active == target and facts.get("flipped"):
        return Done(f"the {target} site is the active one")
    changes = {"active": target, "traffic": target} if pair.active == target else _role_change(view)
    told = f"making the {target} site the active one"
    return Do(PutTraffic(target), told, pair=changes, then_facts={"flipped": True})


def _role_change(view: View) -> dict[str, object]:
    """Return what is true of the pair from now on."""
    target, facts = view.target.name, view.run.facts
    writer = {
        "site": target,
        "identifier": facts.get("writer_identifier", ""),
        "endpoint": facts.get("writer_endpoint", ""),
        **({"restored": facts["restored"]} if "restored" in facts else {}),
    }
    return {"active": target, "traffic": target, "takeovers": view.pair.takeovers + 1, "writer": writer}


STEP = Step(_looks, _decide, patience_minutes=15)
