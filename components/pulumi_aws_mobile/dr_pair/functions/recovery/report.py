"""What people are told: on the topic, and as lines for the stack file. Pure."""

import json

from .plan import Plan
from .state import DONE, FAILOVER, TO_PRIMARY, Pair, Run

Message = tuple[str, str]

_LONGEST_SUBJECT = 100


def advice(pair: Pair) -> list[str]:
    """Return the lines that belong into the stack file now, in the order in which they are deployed."""
    lines = [f"recovery.takeovers: {pair.takeovers}"]
    restored = (pair.writer or {}).get("restored")
    if restored:
        lines.append(f"recovery.restored.arn: {restored['arn']}")
        lines.append(f"recovery.restored.host: {(pair.writer or {}).get('endpoint')}")
        lines.append(f"recovery.restored.security_group_id: {restored['security_group_id']}")
    if pair.takeovers % 2:
        lines.append("recovery.successor: true # once the primary Region is well: makes the replica for the fail-back")
    return lines


def started(plan: Plan, run: Run) -> Message:
    """Tell that a run begins to change things."""
    reason = f" Reason: {run.reason}." if run.reason else ""
    who = f"asked for by {run.by}" if run.by else "started by the alarm"
    text = f"The {_what(run)} {run.id} begins, {who}.{reason}"
    return _subject(plan, f"{run.kind} begins"), text


def asked(plan: Plan, run: Run) -> Message:
    """Ask for an approval, with the exact request to send."""
    ask = run.ask or {}
    approve = json.dumps({"request": "approve", "run": run.id, "by": "YOUR NAME"})
    reject = json.dumps({"request": "reject", "run": run.id, "by": "YOUR NAME"})
    text = (
        f"The {_what(run)} {run.id} needs an approval: {ask.get('text', '')}.\n\n"
        f"To approve, invoke the recovery function in {plan.home} with\n{approve}\nor, to let it be, with\n{reject}\n\n"
        f"Without an answer it is rejected in {plan.guards.approval_minutes} minutes."
    )
    return _subject(plan, f"approve the {run.kind}?"), text


def trouble(plan: Plan, run: Run, why: str) -> Message:
    """Tell of trouble that the runbook still deals with itself."""
    return _subject(plan, f"trouble at {run.step}"), f"The {_what(run)} {run.id} has trouble at {run.step}: {why}."


def helpless(plan: Plan, run: Run, why: str) -> Message:
    """Call for help."""
    retry = json.dumps({"request": "retry", "run": run.id, "by": "YOUR NAME"})
    abort = json.dumps({"request": "abort", "run": run.id, "by": "YOUR NAME"})
    ways = f"Mend it, and let the step be tried again with\n{retry}"
    if not run.cannot_go_back and run.ending is None:
        ways += f"\nor take everything back with\n{abort}"
    text = f"The {_what(run)} {run.id} cannot go on at {run.step}: {why}.\n\n{ways}"
    return _subject(plan, f"help needed at {run.step}"), text


def ended(plan: Plan, pair: Pair, run: Run) -> Message:
    """Tell how a run ended, and what belongs into the stack file."""
    if run.status != DONE:
        reason = (run.ending or {}).get("reason", "")
        text = f"The {_what(run)} {run.id} is {run.status}: {reason}. The {pair.active} site is the active one."
        if pair.opening is not None:
            text += f"\nIts database {pair.opening.identifier} is still fenced; it is opened once its Region answers."
        return _subject(plan, f"{run.kind} {run.status}"), text
    minutes = (run.ended_at - run.started_at + 59) // 60
    lines = "\n".join(advice(pair))
    pending = "\nThe old writer is not fenced yet; it is tried every minute." if pair.fence_is_pending else ""
    text = (
        f"The {_what(run)} {run.id} is done after {minutes} min; the {pair.active} site is the active one."
        f"{_lost(run)}{pending}\n\nPut into the stack file and deploy:\n{lines}"
    )
    return _subject(plan, f"{run.kind} done"), text


def fenced(plan: Plan, identifier: str) -> Message:
    """Tell that an old writer is fenced at last."""
    return _subject(plan, "old writer fenced"), f"The old writer {identifier} is fenced: nobody reaches it any more."


def opened(plan: Plan, identifier: str) -> Message:
    """Tell that the writer is open again at last."""
    return _subject(plan, "writer open again"), f"The writer {identifier} is open again: servers reach it."


def rehearsed(plan: Plan, run: Run) -> Message:
    """Tell what a dry run found."""
    lines = "\n".join(f"{name}: {record.detail}" for name, record in run.steps.items())
    text = f"The dry run {run.id} of a {_what(run)} changed nothing. It found:\n{lines}"
    return _subject(plan, f"dry run of a {run.kind}"), text


def _what(run: Run) -> str:
    if run.kind == FAILOVER:
        return "failover"
    return "fail-back" if run.direction == TO_PRIMARY else "switchover"


def _lost(run: Run) -> str:
    if run.kind != FAILOVER:
        return " No write was lost."
    lag = run.facts.get("lag_seconds")
    if lag is None:
        return " How many seconds of writes were lost is not known."
    return f" Writes of the last {lag} s before the loss may be missing."


def _subject(plan: Plan, text: str) -> str:
    """Return a subject as SNS takes it: ASCII, at most 100 characters.

    https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    """
    return f"[{plan.name}] {text}".encode("ascii", "replace").decode()[:_LONGEST_SUBJECT]
