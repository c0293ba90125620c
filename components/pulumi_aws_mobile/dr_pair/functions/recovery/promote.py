"""promote: the replica becomes a database of its own. There is no way back from here."""

from .create import divert
from .effects import Promote
from .moves import Do, Done, Fail, Move, Sights, Step, View, Wait
from .sights import DatabaseLook, DatabaseSeen, Look

_BROKEN = frozenset({"failed", "inaccessible-encryption-credentials", "incompatible-restore", "deleting"})


def _looks(view: View) -> dict[str, Look]:
    target = view.target
    return {"replica": DatabaseLook(target.name, target.database.identifier)} if target.database else {}


def _decide(view: View, seen: Sights) -> Move:  # noqa: PLR0911 - one for each state that AWS tells
    if "replica" not in seen or view.target.database is None:
        return Done("the restored database is no replica", is_skipped=True)
    replica: DatabaseSeen | None = seen["replica"]
    name = view.target.database.identifier
    if replica is None:
        return Fail(f"there is no database {name} in {view.target.region}")
    if replica.status in _BROKEN:
        return Fail(f"the database {name} is {replica.status}")
    if replica.source is not None:
        if replica.status != "available":
            return Wait(f"the replica {name} is {replica.status}")
        return divert(view) or Do(Promote(view.target.name, name), f"promoting {name}", {"no_return": True})
    if replica.status != "available" or replica.endpoint is None:
        return Wait(f"the database {name} is {replica.status}")
    if not view.run.cannot_go_back:
        # Somebody promoted it by hand, and whoever approved knew.
        away = divert(view)
        if away is not None:
            return away
    facts = {"no_return": True, "writer_identifier": name, "writer_endpoint": replica.endpoint}
    return Done(f"{name} is a database of its own", facts)


STEP = Step(_looks, _decide, patience_minutes=60)
