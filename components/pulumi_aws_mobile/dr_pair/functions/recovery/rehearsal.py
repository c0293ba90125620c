"""A dry run: every step looks and decides, and nothing is done."""

from collections.abc import Callable
from dataclasses import replace

from . import machine, report
from .effects import Effect
from .moves import Ask, Do, Done, End, Fail, Move, View, Wait
from .plan import Plan
from .sights import Look, Seen
from .state import DONE, RUNNING, Pair, Run
from .steps import ORDER, STEPS


def rehearse(plan: Plan, pair: Pair, run: Run, now: int, see: Callable[[Look], Seen]) -> Run:
    """Go through every step and say what it would come to, as things are now."""
    for name in ORDER:
        view = View(plan, pair, replace(run, step=name), now)
        seen = {key: see(look) for key, look in STEPS[name].looks(view).items()}
        effects: list[Effect] = []
        move = machine.decide(view, seen)
        while isinstance(move, Do) and move.effect not in effects:
            effects.append(move.effect)
            view = replace(view, pair=replace(view.pair, **move.pair), run=view.run.knowing(**move.facts))
            move = machine.decide(view, seen)
        would = f"would {', then '.join(str(each) for each in effects)}" if effects else _told(move)
        run = machine.settle(view, Done(would))[1].knowing(**_facts(view, move))
        run, pair = replace(run, status=RUNNING, outbox=()), _assumed(view, name, effects)
    run = replace(run, status=DONE, step=ORDER[-1], ended_at=now)
    return run.saying(*report.rehearsed(plan, run))


def _assumed(view: View, step: str, effects: list[Effect]) -> Pair:
    """Return the pair as later steps find it if what would be done works."""
    if step == "fence" and effects and view.pair.fence is not None:
        return replace(view.pair, fence=replace(view.pair.fence, confirmed=True))
    return view.pair


def _facts(view: View, move: Move) -> dict[str, object]:
    """Return what later steps go by."""
    facts: dict[str, object] = dict(move.facts) if isinstance(move, Done) else {}
    facts["diverted"] = False  # nobody was led away, so that nothing has to wait for it
    if view.run.step == "promote" and view.target.database is not None:
        facts["writer_identifier"] = view.target.database.identifier
    return facts


def _told(move: Move) -> str:
    match move:
        case Wait():
            return f"would wait: {move.detail}"
        case Fail():
            return f"would fail: {move.detail}"
        case Ask():
            return f"would ask for an approval: {move.text}"
        case End():
            return f"would end as {move.status}: {move.reason}"
        case Done() | Do():
            return move.detail
