"""What events ask for, and which requests are refused. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .machine import step_name
from .plan import DRY_RUN, PRIMARY, Plan
from .state import (
    ABORTED,
    AWAITING,
    ENDING,
    FAILOVER,
    NEEDS_HELP,
    REJECTED,
    RUNNING,
    SWITCHOVER,
    TO_PRIMARY,
    TO_RECOVERY,
    Pair,
    Run,
    StepRecord,
)

STATUS = "status"
TICK = "tick"
DRY = "dry_run"
APPROVE, REJECT, ABORT, RETRY = "approve", "reject", "abort", "retry"
OPENING = frozenset({FAILOVER, SWITCHOVER, DRY})
DECIDING = frozenset({APPROVE, REJECT, ABORT, RETRY})
_KNOWN = OPENING | DECIDING | {STATUS}
_DIRECTIONS = frozenset({"", TO_RECOVERY, TO_PRIMARY})
_KINDS = frozenset({"", FAILOVER, SWITCHOVER})
_LONGEST_TEXT = 200


class RefusedError(Exception):
    """The request is refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an event asks for."""

    name: str
    run: str = ""
    by: str = ""
    reason: str = ""
    direction: str = ""
    of: str = ""
    """What a dry run tries: failover or switchover."""
    problem: str = ""
    """What is wrong with it, whatever the state is."""


def read_request(event: Mapping[str, Any]) -> Request:
    """Read an event; an alarm's is one more tick, for what it says of the alarm is not taken on trust."""
    if "request" not in event:
        return Request(TICK)
    told = {key: event.get(key) for key in ("request", "run", "by", "reason", "direction", "of")}
    texts = {
        key: value.strip() for key, value in told.items() if isinstance(value, str) and len(value) <= _LONGEST_TEXT
    }
    wrong = [key for key, value in told.items() if value is not None and key not in texts]
    request = Request(texts.pop("request", ""), **texts)
    problem = f"{wrong[0]}: not a text of at most {_LONGEST_TEXT} characters" if wrong else _problem(request)
    return replace(request, problem=problem)


def _problem(request: Request) -> str:
    """Say what is wrong with a request, whatever the state is."""
    for key, value, allowed in (
        ("request", request.name, _KNOWN),
        ("direction", request.direction, _DIRECTIONS),
        ("of", request.of, _KINDS),
    ):
        if value not in allowed:
            return f'{key}: got "{value}"; allowed: {", ".join(sorted(allowed - {""}))}'
    if request.name != STATUS and not request.by:
        return f"by: missing; say who asks for the {request.name}"
    return ""


def opened(plan: Plan, pair: Pair, request: Request, run_id: str, now: int) -> Run:
    """Return the run that an operator opens; raise `RefusedError` where there must be none."""
    default = TO_RECOVERY if pair.active == PRIMARY else TO_PRIMARY
    direction = request.direction or (TO_RECOVERY if request.name == FAILOVER else default)
    kind = request.name
    if request.name == DRY:
        kind = request.of or (FAILOVER if direction == TO_RECOVERY else SWITCHOVER)
    refuse_opening(pair, kind, direction)
    return Run(
        id=run_id,
        kind=kind,
        direction=direction,
        trigger="operator",
        started_at=now,
        step="guard",
        dry=request.name == DRY or plan.mode == DRY_RUN,
        by=request.by,
        reason=request.reason,
    )


def refuse_opening(pair: Pair, kind: str, direction: str) -> None:
    """Raise `RefusedError` where no run may be opened."""
    if pair.open_run:
        message = f"the run {pair.open_run} is open; one at a time"
        raise RefusedError(message)
    if pair.fence is not None and not pair.fence.confirmed:
        message = f"the old writer {pair.fence.identifier} is not fenced yet; nothing else before that"
        raise RefusedError(message)
    target = "recovery" if direction == TO_RECOVERY else "primary"
    if kind == FAILOVER and direction == TO_PRIMARY:
        message = "a failover leads to the recovery site only, for what acts stands there; use a switchover"
        raise RefusedError(message)
    if pair.active == target:
        message = f"the {target} site is the active one already"
        raise RefusedError(message)


def decided(request: Request, run: Run | None, open_run: str, now: int) -> Run:
    """Return the run after what a person decided about it; raise `RefusedError` for what nobody may decide."""
    if run is None or not request.run:
        message = f'run: got "{request.run}"; there is no such run'
        raise RefusedError(message)
    if run.id != open_run:
        message = f"the run {run.id} is {run.status}; it is over"
        raise RefusedError(message)
    return {APPROVE: _approve, REJECT: _reject, ABORT: _abort, RETRY: _retry}[request.name](request, run, now)


def noted(request: Request, now: int, refusal: str = "") -> dict[str, Any]:
    """Return a request as the table keeps it."""
    told = {"request": request.name, "run": request.run, "by": request.by, "reason": request.reason, "at": now}
    return {**told, "accepted": not refusal, **({"refusal": refusal} if refusal else {})}


def _approve(_request: Request, run: Run, now: int) -> Run:
    asked = run.ask
    if run.status != AWAITING or asked is None:
        message = f"the run {run.id} is {run.status} at {step_name(run)}; nothing waits for an approval"
        raise RefusedError(message)
    if now >= asked["expires"]:
        message = f"the run {run.id} waited for an approval until {asked['expires']}; it is too late"
        raise RefusedError(message)
    approved = [*run.facts.get("approved", ()), asked["about"]]
    return replace(_anew(run, now), status=RUNNING, ask=None).knowing(approved=approved)


def _reject(request: Request, run: Run, now: int) -> Run:
    if run.status != AWAITING:
        message = f"the run {run.id} is {run.status} at {step_name(run)}; nothing waits for an approval"
        raise RefusedError(message)
    return _ending(request, run, REJECTED, now)


def _abort(request: Request, run: Run, now: int) -> Run:
    if run.cannot_go_back:
        message = f"the run {run.id} is at {step_name(run)} and can only go forward; use retry where it needs help"
        raise RefusedError(message)
    if run.status == ENDING:
        message = f"the run {run.id} is ending already"
        raise RefusedError(message)
    return _ending(request, run, ABORTED, now)


def _retry(_request: Request, run: Run, now: int) -> Run:
    if run.status != NEEDS_HELP:
        message = f"the run {run.id} is {run.status} at {step_name(run)}; it goes on by itself"
        raise RefusedError(message)
    status = ENDING if run.ending is not None else RUNNING
    return _anew(replace(run, status=status).knowing(stacks=0), now)


def _ending(request: Request, run: Run, status: str, now: int) -> Run:
    reason = f"{request.name} by {request.by}" + (f": {request.reason}" if request.reason else "")
    ending = {"as": status, "reason": reason, "cools_down": True}
    steps = {name: record for name, record in run.steps.items() if name != "undo"}
    record = steps.get(run.step)
    steps[run.step] = StepRecord("failed", record.since if record else now, now, reason)
    return replace(run, status=ENDING, ask=None, ending=ending, steps=steps)


def _anew(run: Run, now: int) -> Run:
    """Let the step count its time and its attempts from now on."""
    name = step_name(run)
    record = run.steps.get(name)
    if record is None:
        return run
    fresh = replace(record, since=now, at=now, attempts=0, retry_at=0, status="waiting")
    return replace(run, steps={**run.steps, name: fresh})


def _text(event: Mapping[str, Any], key: str) -> str:
    value = event.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        message = f"{key}: not a text of at most {_LONGEST_TEXT} characters"
        raise RefusedError(message)
    return value.strip()
