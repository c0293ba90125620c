"""Taking back what a run changed before it could not go back: the old writer's fence."""

from dataclasses import replace

from .effects import SetSecurityGroups
from .moves import Do, Done, Fail, Move, Sights, View, Wait
from .sights import DatabaseLook, DatabaseSeen, Look, Unreachable
from .state import Fence


def looks(view: View) -> dict[str, Look]:
    """Look at the old writer if it may have been fenced."""
    fence = view.pair.fence
    return {"writer": DatabaseLook(fence.site, fence.identifier)} if fence and view.own_fence and fence.touched else {}


def decide(view: View, seen: Sights) -> Move:
    """Give the old writer its security groups back; where its Region does not answer, later."""
    fence = view.pair.fence
    if fence is None or not view.own_fence:
        return Done("there is nothing to take back")
    if "writer" not in seen:
        return Done("the old writer was not fenced", pair={"fence": None})
    if isinstance(seen["writer"], Unreachable):
        left = {"fence": None, "opening": replace(fence, confirmed=False)}
        return Done("the old writer is opened again once its Region answers", pair=left)
    move = next_move(fence, seen["writer"])
    return Done(move.detail, pair={"fence": None}) if isinstance(move, Done) else move


def next_move(fence: Fence, writer: DatabaseSeen | Unreachable | None) -> Move:
    """Decide what is next until a database is open again; also after the run is over."""
    if isinstance(writer, Unreachable):
        return Wait(f"the database {fence.identifier} cannot be reached: {writer.why}")
    if writer is None:
        return Fail(f"there is no database {fence.identifier} any more", is_final=True)
    if writer.security_group_ids != tuple(sorted(fence.security_group_ids)):
        effect = SetSecurityGroups(fence.site, fence.identifier, fence.security_group_ids)
        return Do(effect, "opening the old writer again")
    if writer.status != "available" or not writer.is_settled:
        return Wait(f"the database {fence.identifier} is {writer.status}")
    return Done("the old writer is open again")
