"""What several steps look at, and how they read it."""

from .moves import View
from .sights import BackupsLook, DatabaseLook, DatabaseSeen, EnvironmentLook, LagLook, LagPoint, Look, StackLook


def writer_looks(view: View) -> dict[str, Look]:
    """Look at the old writer, in the Region that may be lost."""
    return {"writer": DatabaseLook(view.source.name, view.writer.identifier)} if view.writer else {}


def copy_looks(view: View) -> dict[str, Look]:
    """Look at what the new writer is made of, and how old that is: a replica, or copied backups."""
    if view.target.database is not None:
        replica = view.target.name, view.target.database.identifier
        return {"replica": DatabaseLook(*replica), "lag": LagLook(*replica)}
    if view.creates_database and view.writer is not None:
        return {"backups": BackupsLook(view.target.name, view.writer.identifier)}
    return {}


def stack_looks(view: View) -> dict[str, Look]:
    """Look at the stack that creates what does not stand yet."""
    return {"stack": StackLook(view.target.name, view.target.create)} if view.target.create else {}


def environment_looks(view: View) -> dict[str, Look]:
    """Look at the environment that is to serve."""
    tier = view.target.web_tier
    return {"environment": EnvironmentLook(view.target.name, tier.environment_name)} if tier else {}


def lost_seconds(view: View, *, points: tuple[LagPoint, ...] = (), backups_until: int | None = None) -> int | None:
    """Return how many seconds of writes the copy lacked when the run began; `None` if nobody can tell.

    A replica whose source is gone reports no lag, a negative one, or one that only says how long the source has been
    gone: what counts is the last figure from before the run.
    """
    if backups_until is not None:
        return max(view.run.started_at - backups_until, 0)
    known = [point for point in points if point.seconds >= 0 and point.at <= view.run.started_at]
    return max(known, key=lambda point: point.at).seconds if known else None


def is_replica_of(replica: DatabaseSeen, identifier: str) -> bool:
    """Tell whether a database is a replica of another, which RDS names by identifier or by ARN."""
    return replica.source is not None and replica.source.rpartition(":")[2] == identifier


def told_lag(view: View, seconds: int | None) -> str:
    """Say to people how much would be lost."""
    copy = "the copied backups were" if view.creates_database else "the replica was"
    if seconds is None:
        return f"how far {copy} behind is not known"
    return f"{copy} {seconds} s behind, at most {view.plan.guards.lag_seconds} s are allowed"
