"""Answers alarms and the tick: looks, decides, acts, and tells.

For each target: take its lease, look, decide, write down what will be done, do it, write down what came of it. Whoever
dies in between leaves an attempt that counts, and a lease that ends by itself.
"""

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .acting import NothingToDoError, act
from .decisions import OPEN, PAGE_DUE, PAGE_SENT, WELL, Memory, Verdict, decide
from .plan import Plan, Target, read_plan
from .remembering import Lease
from .seeing import alarm_states, look
from .telling import Counts, log, page


class HealingFailedError(Exception):
    """Some targets could not be looked after; the message names them."""


def handle(event: Mapping[str, Any], context: Any) -> dict[str, str]:  # noqa: ANN401 - Lambda's own type
    """Look after the target of an alarm, or after all at the tick; return the state of each.

    What fails for one target does not keep others from being healed; the invocation fails at the end, so that the
    alarm on this function knows.
    """
    plan = read_plan()
    targets, counts = _wanted(plan, event), Counts()
    states, kept, failed = alarm_states(plan), {}, {}
    for target in targets:
        try:
            memory = _look_after(plan, target, states, counts, context.aws_request_id)
        except Exception as error:  # noqa: BLE001 - the others need healing all the same
            log("failed", target, error=f"{type(error).__name__}: {error}")
            failed[target.name] = type(error).__name__
        else:
            if memory is not None:
                kept[target.name] = memory
    if "tick" in event:
        counts.set("Incidents", sum(each.state != WELL for each in kept.values()))
        counts.set("OpenBreakers", sum(each.state == OPEN for each in kept.values()))
    counts.publish(plan.healer)
    if failed:
        message = ", ".join(f"{name}: {error}" for name, error in failed.items())
        raise HealingFailedError(message)
    return {name: memory.state for name, memory in kept.items()}


def _wanted(plan: Plan, event: Mapping[str, Any]) -> tuple[Target, ...]:
    if event.get("tick"):
        return plan.targets
    if event.get("source") == "aws.cloudwatch":
        target = plan.target_of(event["alarmData"]["alarmName"])
        if target is not None:
            return (target,)
    message = "the event is neither the tick nor one of the alarms that this function looks after"
    raise ValueError(message)


def _look_after(plan: Plan, target: Target, states: Mapping[str, str], counts: Counts, holder: str) -> Memory | None:
    now, lease = time.time(), Lease(plan.table, target.name, holder)
    before = lease.take(now)
    if before is None:
        log("busy", target, why="another invocation looks after it")
        return None
    memory = before
    try:
        sight = look(plan, target, states, now, idle=before.state == WELL)
        verdict = decide(before, sight, plan.rules, random.random())  # noqa: S311 - a pause, no secret
        memory = verdict.memory
        _tell(target, sight.sick, verdict, counts)
        if verdict.act is not None and lease.keep(memory, now):
            memory = _act(target, verdict, before, counts)
        if memory.page == PAGE_DUE and lease.keep(memory, now):
            page(plan, target, sight.sick or "well again", memory)
            memory = replace(memory, page=PAGE_SENT)
            counts.add("Pages", target)
            log("page", target, incident=memory.incident, why=memory.why, tried=memory.tried)
    finally:
        lease.give_back(memory, now)
    return memory


def _tell(target: Target, sick: str | None, verdict: Verdict, counts: Counts) -> None:
    if verdict.began:
        counts.add("Began", target)
        log("began", target, ailment=sick, incident=verdict.memory.incident)
    if verdict.opened:
        counts.add("BreakerOpened", target)
        log("opened", target, ailment=sick, incident=verdict.memory.incident, why=verdict.memory.why)
    if verdict.recovered:
        counts.add("Recovered", target)
        log("recovered", target)


def _act(target: Target, verdict: Verdict, before: Memory, counts: Counts) -> Memory:
    """Use the remedy and return what to remember of it; a remedy that fails counts as an attempt too."""
    memory, ailment = verdict.memory, str(verdict.act)
    told = {"ailment": ailment, "incident": memory.incident, "attempt": memory.attempts}
    try:
        done = act(target, ailment, verdict.step)
    except NothingToDoError as reason:
        counts.add("Failures", target)
        log("nothing to do", target, **told, why=str(reason))
        # AWS was asked for nothing, so that it asks for no gap.
        return replace(memory, tried=(*memory.tried, f"nothing: {reason}"), last=before.last)
    except (BotoCoreError, ClientError) as error:
        counts.add("Failures", target)
        log("refused", target, **told, error=str(error))
        return replace(memory, tried=(*memory.tried, f"failed: {error}"), last=before.last)
    counts.add("Actions", target)
    log("acted", target, **told, did=done, next_at=memory.next_at)
    return replace(memory, tried=(*memory.tried, done))
