"""What has to hold in a drill, and whether it did. Pure."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.dr_pair.model import Objectives

from . import timeline
from .records import Act, Diary

OWN_SECONDS = 5.0
"""How much time a run may take itself, without what it waits for AWS."""
FENCE_SECONDS = 180.0
"""How long an old writer may be open once its Region answers again: a tick, the restart, and a tick."""


def judge_service(diary: Diary) -> None:
    """Judge what must hold in every drill."""
    calm = diary.span(Act.CALM)
    if calm is not None:
        before = timeline.outage(diary.calls, calm)
        told = f"{before.failed} of {before.total} requests failed"
        diary.expect("no request fails before anything is lost", told, passed=not before.failed)
    double = timeline.two_writers(diary.looks)
    diary.expect(
        "the name never leads to two writers",
        f"{len(double)} of {len(diary.looks)} looks found two",
        passed=not double,
    )
    nowhere = timeline.unanswered(diary.looks)
    diary.expect(
        "a record answers whenever a Region is healthy",
        f"{len(nowhere)} of {len(diary.looks)} looks found none",
        passed=not nowhere,
    )
    slow = {run: seconds for run, seconds in diary.own_seconds.items() if seconds > OWN_SECONDS}
    most = max(diary.own_seconds.values(), default=0.0)
    if diary.own_seconds:
        diary.expect(f"the runbook itself takes less than {OWN_SECONDS:g} s", f"{most:.1f} s at most", passed=not slow)


def judge_failover(diary: Diary, objectives: Objectives, run: Mapping[str, Any] | None) -> None:
    """Judge the loss of the primary Region."""
    status = "no run was opened" if run is None else f"{run['id']} is {run['status']}"
    diary.expect("the failover runs to its end", status, passed=run is not None and run["status"] == "done")
    span = diary.span(Act.LOSS)
    assert span is not None  # noqa: S101 - judged after it
    outage = timeline.outage(diary.calls, span)
    diary.expect(
        "clients write again within what the model says to plan for",
        f"after {outage.seconds:.0f} s; planned for {objectives.rto_high_seconds:.0f} s"
        if outage.over
        else "they do not",
        passed=outage.over and outage.seconds <= objectives.rto_high_seconds,
    )
    judge_loss(diary, span.began, objectives.rpo_high_seconds)


def judge_loss(diary: Diary, at: float, most_seconds: float) -> None:
    """Judge how much the loss of the Region cost."""
    lost = timeline.lost_in(diary, Act.LOSS)
    reach = timeline.lost_seconds(lost, at)
    late = [write for write in lost if write.at > at]
    diary.expect(
        "no more is lost than the model says to plan for",
        f"{len(lost)} writes of the last {reach:.0f} s; planned for {most_seconds:.0f} s",
        passed=reach <= most_seconds,
    )
    diary.expect("nothing is lost that was acknowledged after the Region was", f"{len(late)} writes", passed=not late)


def judge_return(diary: Diary, *, fenced: bool) -> None:
    """Judge what happens when the lost Region answers again."""
    seconds = timeline.old_writer_open_seconds(diary.looks)
    diary.expect(
        f"the old writer is fenced within {FENCE_SECONDS:.0f} s of its Region's return",
        f"open for {seconds:.0f} s" if fenced else "it is not fenced",
        passed=fenced and seconds <= FENCE_SECONDS,
    )


def judge_way_back(diary: Diary, run: Mapping[str, Any] | None) -> None:
    """Judge the planned change."""
    status = "no run was opened" if run is None else f"{run['id']} is {run['status']}"
    diary.expect("the way back runs to its end", status, passed=run is not None and run["status"] == "done")
    lost = timeline.lost_in(diary, Act.WAY_BACK)
    diary.expect("no acknowledged write is lost on the planned way back", f"{len(lost)} writes", passed=not lost)


def judge_end(diary: Diary, state: Mapping[str, Any], *, serves: bool) -> None:
    """Judge that everything is stable again, with the primary Region active."""
    stable = (
        state.get("active") == "primary" and state.get("traffic") == "primary" and not state.get("open_run") and serves
    )
    seen = (
        f"active: {state.get('active')}, traffic: {state.get('traffic')}, open run: {state.get('open_run') or 'none'}"
    )
    diary.expect("it ends as it began: clients are served by the primary Region, no run is open", seen, passed=stable)


def judge_untouched(diary: Diary, *, both_answer: bool, most_seconds: float) -> None:
    """Judge the loss of the recovery Region."""
    span = diary.span(Act.LOSS)
    assert span is not None  # noqa: S101 - judged after it
    outage = timeline.outage(diary.calls, span)
    if both_answer:
        diary.expect(
            "clients near the lost Region are led to the other one in time",
            f"{outage.failed} of {outage.total} requests failed, for {outage.seconds:.0f} s; "
            f"planned for {most_seconds:.0f} s",
            passed=outage.over and outage.seconds <= most_seconds,
        )
    else:
        diary.expect(
            "the service goes on untouched",
            f"{outage.failed} of {outage.total} requests failed",
            passed=not outage.failed,
        )
    runs = len(diary.own_seconds)
    diary.expect("no run is opened, not even when the Region answers again", f"{runs} runs", passed=runs == 0)
    lost = [write for writes in diary.lost.values() for write in writes]
    diary.expect("no acknowledged write is lost", f"{len(lost)} writes", passed=not lost)
