"""What a Region that did not answer left undone: an old writer without its fence, or the writer behind one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import fence, report, undo
from .effects import Effect, FailedError, NotNowError
from .held import Held
from .journal import Journal, detail_of, result_of
from .moves import Do, Done
from .plan import Plan
from .sights import DatabaseLook, Look, Seen
from .state import Run
from .steps import ORDER

_MOST_MOVES = 4


def repair(plan: Plan, held: Held, journal: Journal, see: Callable[[Look], Seen], do: Callable[[Effect], None]) -> None:
    """Try once more, as far as AWS lets it now."""
    if held.run is not None and held.run.is_open and not _is_past_fence(held.run):
        return
    for _ in range(_MOST_MOVES):
        pair = held.pair
        left = pair.fence if pair.fence_is_pending else pair.opening
        if left is None:
            return
        closes = left is pair.fence
        seen: Any = see(DatabaseLook(left.site, left.identifier))
        move = fence.next_move(left, seen) if closes else undo.next_move(left, seen)
        journal.write("fence-later" if closes else "open-later", result_of(move), detail_of(move), run=left.run)
        if isinstance(move, Done):
            held.pair = replace(pair, **(move.pair if closes else {"opening": None}))
            held.tell(*(report.fenced if closes else report.opened)(plan, left.identifier))
        elif not isinstance(move, Do) or not _carry_out(held, journal, move, do):
            return


def _carry_out(held: Held, journal: Journal, move: Do, do: Callable[[Effect], None]) -> bool:
    held.change(**move.pair)
    try:
        do(move.effect)
    except (FailedError, NotNowError) as error:
        journal.write("repair", "refused", str(error), effect=str(move.effect))
        return False
    held.change(**move.then_pair)
    return True


def _is_past_fence(run: Run) -> bool:
    return run.ending is None and ORDER.index(run.step) > ORDER.index("fence")
