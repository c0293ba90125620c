"""fence: nothing writes to the old writer any more."""

from dataclasses import replace

from .effects import Reboot, SetSecurityGroups
from .looking import writer_looks
from .moves import Ask, Do, Done, Fail, Move, Sights, Step, View, Wait
from .sights import DatabaseSeen, Unreachable
from .state import Fence

WITHOUT_FENCE = "fence"
_LONGEST_MINUTES = 5
"""How long a failover waits for a Region that answers but gets nothing done."""


def _decide(view: View, seen: Sights) -> Move:
    planned = view.writer
    if planned is None or planned.fence_security_group_id is None:
        return Done("there is nothing to fence", is_skipped=True)
    fence = view.pair.fence
    if fence is None or fence.run != view.run.id:
        fence = Fence(
            view.source.name,
            planned.identifier,
            planned.fence_security_group_id,
            planned.security_group_ids,
            view.run.id,
            view.now,
            touched=view.pair.opening is not None,
        )
    move = next_move(fence, seen["writer"])
    if isinstance(move, Do):
        move = replace(move, pair={**move.pair, "opening": None})
    if not view.is_failover:
        return move
    slow = isinstance(move, Wait) and view.waited_seconds("fence") > _LONGEST_MINUTES * 60
    if not slow and not isinstance(seen["writer"], Unreachable):
        return move
    why = move.detail if isinstance(move, Fail | Wait) else "the Region does not answer"
    if view.plan.guards.failover_without_fence or view.run.approved(WITHOUT_FENCE):
        return Done(f"not confirmed, it is tried again: {why}", pair={"fence": fence, "opening": None})
    return Ask(WITHOUT_FENCE, f"the old writer cannot be fenced: {why}")


def next_move(fence: Fence, writer: DatabaseSeen | Unreachable | None) -> Move:
    """Decide what is next until a fence stands; also long after the run is over."""
    if isinstance(writer, Unreachable):
        return Fail(f"the database {fence.identifier} cannot be reached: {writer.why}")
    if writer is None:
        return Done(f"the database {fence.identifier} is gone", pair={"fence": replace(fence, confirmed=True)})
    if writer.security_group_ids != (fence.fence_security_group_id,):
        effect = SetSecurityGroups(fence.site, fence.identifier, (fence.fence_security_group_id,))
        return Do(effect, "closing the old writer", pair={"fence": replace(fence, touched=True)})
    if writer.status != "available" or not writer.is_settled:
        return Wait(f"the database {fence.identifier} is {writer.status}")
    if not fence.rebooted:
        effect = Reboot(fence.site, fence.identifier)
        rebooted = replace(fence, touched=True, rebooted=True)
        before = replace(fence, touched=True)
        return Do(effect, "ending open connections", pair={"fence": before}, then_pair={"fence": rebooted})
    return Done("nobody reaches the old writer", pair={"fence": replace(fence, confirmed=True)})


STEP = Step(writer_looks, _decide, patience_minutes=15)
