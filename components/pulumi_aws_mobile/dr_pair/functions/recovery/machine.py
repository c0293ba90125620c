"""How a run goes from state to state. Pure: nothing here looks at AWS, the table or the clock."""

from collections.abc import Mapping
from dataclasses import replace

from . import report, undo
from .moves import Ask, Do, Done, End, Fail, Look, Move, Sights, View, Wait
from .sights import Unreachable
from .state import (
    ABORTED,
    AWAITING,
    DONE,
    ENDING,
    FAILED,
    FINISHED,
    NEEDS_HELP,
    RUNNING,
    WAITING,
    Pair,
    Run,
    StepRecord,
)
from .steps import ORDER, STEPS

MOST_ATTEMPTS = 5
_FIRST_RETRY_SECONDS = 60
_LONGEST_RETRY_SECONDS = 15 * 60
_UNDO = "undo"
_UNDO_PATIENCE_MINUTES = 30
_MAY_BE_GONE = "writer"
"""What may lie in a lost Region; steps that look at it decide themselves what that means."""


def step_name(run: Run) -> str:
    """Return the step that a run is at."""
    return run.step if run.ending is None else _UNDO


def looks(view: View) -> Mapping[str, Look]:
    """Say what has to be looked at before the next move."""
    return undo.looks(view) if view.run.status == ENDING else STEPS[view.run.step].looks(view)


def decide(view: View, seen: Sights) -> Move:
    """Decide the next move by what was seen."""
    for name, sight in seen.items():
        if isinstance(sight, Unreachable) and name != _MAY_BE_GONE:
            return Fail(f"{name}: {sight.why}")
    if view.run.status == ENDING:
        return undo.decide(view, seen)
    return STEPS[view.run.step].decide(view, seen)


def rests(run: Run, now: int) -> bool:
    """Tell whether a run has nothing to do now."""
    if run.status in FINISHED or run.status == NEEDS_HELP:
        return True
    record = run.steps.get(step_name(run))
    return record is not None and record.status == FAILED and record.retry_at > now


def begin(view: View, move: Do) -> tuple[Pair, Run]:
    """Return what has to be kept before something is done, so that a crash forgets nothing."""
    run = _recorded(view, WAITING, move.detail).knowing(**move.facts)
    run = replace(run, status=run.status if run.status == ENDING else RUNNING, ask=None)
    if move.page:
        run = run.saying(*report.trouble(view.plan, run, move.page))
    return replace(view.pair, **move.pair), run


def finish(view: View, move: Do) -> tuple[Pair, Run]:
    """Return what is true once it is done."""
    return replace(view.pair, **move.then_pair), view.run.knowing(**move.then_facts)


def settle(view: View, move: Move) -> tuple[Pair, Run]:
    """Return what is true after a move that does nothing to AWS."""
    match move:
        case Done():
            return _pass(view, move)
        case Wait():
            return _wait(view, move)
        case Fail():
            return view.pair, _fail(view, move)
        case Ask():
            return _ask(view, move)
        case End():
            return view.pair, _end(view, move)
        case Do():
            return view.pair, view.run


def _pass(view: View, move: Done) -> tuple[Pair, Run]:
    pair = replace(view.pair, **move.pair)
    run = _recorded(view, "skipped" if move.is_skipped else DONE, move.detail).knowing(**move.facts)
    if run.status == ENDING:
        return _close(replace(view, pair=pair, run=run))
    run = replace(run, status=RUNNING, ask=None)
    if run.step == "approval":
        run = run.saying(*report.started(view.plan, run))
    following = ORDER.index(run.step) + 1
    if following < len(ORDER):
        return pair, replace(run, step=ORDER[following])
    return _close(replace(view, pair=pair, run=replace(run, status=DONE)))


def _wait(view: View, move: Wait) -> tuple[Pair, Run]:
    run = _recorded(view, WAITING, move.detail).knowing(**move.facts)
    if run.status == ENDING:
        patience = _UNDO_PATIENCE_MINUTES
    else:
        # What was approved, or answered meanwhile, waits for nobody any more.
        run, patience = replace(run, status=RUNNING, ask=None), STEPS[run.step].patience_minutes
    if view.waited_seconds(step_name(run)) <= patience * 60:
        return view.pair, run
    why = f"{move.detail}, for more than {patience} minutes"
    return view.pair, _give_up(view, run, why)


def _fail(view: View, move: Fail) -> Run:
    name = step_name(view.run)
    before = view.run.steps.get(name)
    attempts = (before.attempts if before else 0) + 1
    wait = min(_FIRST_RETRY_SECONDS * 2 ** (attempts - 1), _LONGEST_RETRY_SECONDS)
    run = _recorded(view, FAILED, move.detail, attempts=attempts, retry_at=view.now + wait)
    if move.is_final or attempts >= MOST_ATTEMPTS:
        return _give_up(view, run, move.detail)
    return run if attempts > 1 else run.saying(*report.trouble(view.plan, run, move.detail))


def _ask(view: View, move: Ask) -> tuple[Pair, Run]:
    asked = view.run.ask
    if asked is not None and asked["about"] == move.about:
        if view.now < asked["expires"]:
            return view.pair, view.run
        return view.pair, _end(view, End("rejected", f"nobody approved in {view.plan.guards.approval_minutes} minutes"))
    expires = view.now + view.plan.guards.approval_minutes * 60
    run = _recorded(view, WAITING, f"to be approved: {move.text}")
    ask = {"about": move.about, "text": move.text, "expires": expires}
    run = replace(run, status=AWAITING, ask=ask)
    return view.pair, run.saying(*report.asked(view.plan, run))


def _end(view: View, move: End) -> Run:
    run = _recorded(view, FAILED, move.reason)
    ending = {"as": move.status, "reason": move.reason, "cools_down": move.cools_down}
    return replace(run, status=ENDING, ask=None, ending=ending)


def _close(view: View) -> tuple[Pair, Run]:
    """Close a run: it is done, or everything is taken back."""
    pair, run, ending = view.pair, view.run, view.run.ending
    status = DONE if ending is None else str(ending["as"])
    cools = ending is None or bool(ending["cools_down"])
    run = replace(run, status=status, ended_at=view.now, ending=ending)
    until = view.now + view.plan.guards.cooldown_minutes * 60 if cools else pair.cooldown_until
    pair = replace(pair, open_run="", last_run=run.id, cooldown_until=until)
    if cools or run.trigger == "operator":
        run = run.saying(*report.ended(view.plan, pair, run))
    return pair, run


def _give_up(view: View, run: Run, why: str) -> Run:
    """Take a switchover back as long as that is possible, for nobody can write meanwhile; otherwise call for help."""
    if not view.is_failover and not run.cannot_go_back and run.status != ENDING:
        return _end(replace(view, run=run), End(ABORTED, why, cools_down=False))
    run = replace(run, status=NEEDS_HELP, ask=None)
    return run.saying(*report.helpless(view.plan, run, why))


def _recorded(view: View, status: str, detail: str, *, attempts: int | None = None, retry_at: int = 0) -> Run:
    name = step_name(view.run)
    before = view.run.steps.get(name)
    kept = before.attempts if before else 0
    record = StepRecord(
        status,
        before.since if before else view.now,
        view.now,
        detail,
        kept if attempts is None else attempts,
        retry_at,
    )
    return replace(view.run, steps={**view.run.steps, name: record})
