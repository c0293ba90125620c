"""guard: there is a reason to act, and everything is there that the other steps need."""

from collections.abc import Iterator

from .looking import (
    copy_looks,
    environment_looks,
    is_replica_of,
    lost_seconds,
    stack_looks,
    told_lag,
    writer_looks,
)
from .moves import Done, End, Move, Sights, Step, View, Wait
from .sights import ALARM, AlarmLook, HealthLook, Look, Unreachable
from .state import REJECTED

_WELL = frozenset({"available", "backing-up"})
_FAILED_CREATION = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"})


def _looks(view: View) -> dict[str, Look]:
    target = view.target
    stands = target.web_tier is None or target.web_tier.standby_min > 0
    reason: dict[str, Look] = (
        {"alarm": AlarmLook(view.plan.unreachable_alarm), "answers": HealthLook(view.source.name)}
        if view.is_failover
        else writer_looks(view)
    )
    serves: dict[str, Look] = {"serves": HealthLook(target.name)} if stands else {}
    return reason | serves | copy_looks(view) | stack_looks(view) | environment_looks(view)


def _decide(view: View, seen: Sights) -> Move:
    if view.is_failover:
        return _decide_failover(view, seen)
    wrong = [*_wrong_with_writer(view, seen), *_missing(view, seen), *_unfit(view, seen)]
    return End(REJECTED, "; ".join(wrong)) if wrong else Done("both sites are well")


def _decide_failover(view: View, seen: Sights) -> Move:
    name = view.source.name
    if seen["answers"]:
        return End(REJECTED, f"the {name} site answers: use a switchover", cools_down=False)
    if view.run.trigger == "alarm" and seen["alarm"] != ALARM:
        return End(REJECTED, f"the alarm is {seen['alarm']}: one event is no reason", cools_down=False)
    confirmations = int(view.run.facts.get("confirmations", 0)) + 1
    needed = view.plan.guards.confirmations
    if confirmations < needed:
        detail = f"the {name} site did not answer {confirmations} of {needed} times"
        return Wait(detail, {"confirmations": confirmations})
    missing = list(_missing(view, seen))
    if missing:
        return End(REJECTED, "; ".join(missing))
    lag = lost_seconds(view, points=seen.get("lag", ()), backups_until=seen.get("backups"))
    concerns = list(_unfit(view, seen))
    if lag is None or lag > view.plan.guards.lag_seconds:
        concerns.append(told_lag(view, lag))
    facts = {"confirmations": confirmations, "concerns": concerns, "lag_seconds": lag}
    return Done(f"the {name} site does not answer", facts)


def _wrong_with_writer(view: View, seen: Sights) -> Iterator[str]:
    """Say why the writer cannot be handed over."""
    planned, writer = view.writer, seen.get("writer")
    if planned is None or planned.fence_security_group_id is None:
        yield f"the {view.source.name} site's database is not in the plan with a fence: deploy with recovery.takeovers"
    elif isinstance(writer, Unreachable):
        yield f"the database {planned.identifier} cannot be reached: {writer.why}"
    elif writer is None:
        yield f"there is no database {planned.identifier} in {view.source.region}"
    else:
        if writer.status not in _WELL:
            yield f"the database {planned.identifier} is {writer.status}"
        if writer.source is not None:
            yield f"the database {planned.identifier} is a replica itself"
        if writer.security_group_ids == (planned.fence_security_group_id,):
            yield f"the database {planned.identifier} is fenced"


def _missing(view: View, seen: Sights) -> Iterator[str]:
    """Say what is not there, without which there is nothing to take over with."""
    target = view.target
    if target.database is not None and seen["replica"] is None:
        yield f"there is no database {target.database.identifier} in {target.region}"
    if target.database is None and target.create is None:
        yield f"the {target.name} site has no database: deploy with recovery.successor: true"
    if view.creates_database:
        if seen.get("backups") is None:
            yield f"there are no copied backups in {target.region}"
        stack = seen.get("stack")
        if stack is not None and stack.status not in _FAILED_CREATION:
            yield f"the stack of an earlier run stands ({stack.status}), and its database is no copy of today's data"
    if target.web_tier is not None and seen["environment"] is None:
        yield f"there is no environment {target.web_tier.environment_name} in {target.region}"


def _unfit(view: View, seen: Sights) -> Iterator[str]:
    """Say what is there, but not as it should be."""
    target, replica, environment = view.target, seen.get("replica"), seen.get("environment")
    if target.database is not None and replica is not None:
        name = target.database.identifier
        if view.writer is not None and not is_replica_of(replica, view.writer.identifier):
            yield f"the database {name} is no replica of {view.writer.identifier}"
        if replica.status not in _WELL:
            yield f"the database {name} is {replica.status}"
        if replica.backup_retention_days == 0:
            yield f"the database {name} keeps no backups"
    if environment is not None and environment.status != "Ready":
        yield f"the environment of the {target.name} site is {environment.status}"
    if seen.get("serves") is False:
        yield f"the {target.name} site does not answer either"


STEP = Step(_looks, _decide, patience_minutes=60)
