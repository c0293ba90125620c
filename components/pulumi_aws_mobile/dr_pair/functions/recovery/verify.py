"""verify: the site answers, and its database takes writes as far as AWS can tell."""

from .moves import Done, Move, Sights, Step, View, Wait
from .sights import DatabaseLook, DatabaseSeen, HealthLook, Look

_TIMES = 3


def _looks(view: View) -> dict[str, Look]:
    identifier = view.run.facts.get("writer_identifier")
    database: dict[str, Look] = {"database": DatabaseLook(view.target.name, identifier)} if identifier else {}
    return {"answers": HealthLook(view.target.name, _TIMES)} | database


def _decide(view: View, seen: Sights) -> Move:
    wrong = [] if "database" not in seen else _wrong(view, seen["database"])
    if not seen["answers"]:
        wrong.append(f"the {view.target.name} site does not answer {_TIMES} times in a row")
    if wrong:
        return Wait("; ".join(wrong))
    return Done(f"the {view.target.name} site answers, and its database takes writes")


def _wrong(view: View, database: DatabaseSeen | None) -> list[str]:
    if database is None:
        return ["the database is gone"]
    wrong = []
    if database.status != "available":
        wrong.append(f"the database is {database.status}")
    if database.source is not None:
        wrong.append("the database is a replica")
    planned = view.target.database
    if planned is not None and planned.fence_security_group_id in database.security_group_ids:
        wrong.append("the database is fenced")
    return wrong


STEP = Step(_looks, _decide, patience_minutes=30)
