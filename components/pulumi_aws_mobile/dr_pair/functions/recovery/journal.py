"""What the runbook did: one line of JSON for each thing, and the counts of an invocation."""

import json
import logging
from collections import Counter

from .moves import Ask, Do, Done, End, Fail, Move, Wait

_LOG = logging.getLogger(__name__)
_LOG.setLevel(logging.INFO)


class Journal:
    """The lines and counts of one invocation."""

    def __init__(self, pair: str) -> None:
        """Write of this pair."""
        self._pair = pair
        self.counts: Counter[tuple[str, str]] = Counter()

    def write(self, step: str, result: str, detail: str = "", **more: str | int | bool) -> None:
        """Write what a step came to, and count it."""
        self.counts[step, result] += 1
        line = {"pair": self._pair, "step": step, "result": result, "detail": detail, **more}
        _LOG.info("%s", json.dumps(line, ensure_ascii=False))


def result_of(move: Move) -> str:
    """Return the word by which a move is counted."""
    match move:
        case Done():
            return "skipped" if move.is_skipped else "done"
        case Wait():
            return "waiting"
        case Fail():
            return "failed"
        case Ask():
            return "asked"
        case End():
            return "ended"
        case Do():
            return "doing"


def detail_of(move: Move) -> str:
    """Return what a move says of itself."""
    match move:
        case Ask():
            return move.text
        case End():
            return move.reason
        case _:
            return move.detail
