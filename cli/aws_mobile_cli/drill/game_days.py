"""Game days: drills in which something else goes wrong as well, each with its own expectations."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy

from . import timeline, verdicts
from .records import Act
from .story import Stage, be_calm, come_home, lose_and_recover

_LAG_SECONDS = 900.0
_GAP_SECONDS = 90.0
_FLAPS = 5
_WATCHED_SECONDS = 2400.0


@dataclass(frozen=True, slots=True)
class Mischief:
    """What a game day can do besides losing a Region."""

    let_lag: Callable[[float], None]
    """Lets the replica be so many seconds behind."""
    crash_after: Callable[[str], AbstractContextManager[Callable[[], int]]]
    """Ends the recovery function right after a call to AWS of that name; tells how often it did."""
    degrade: Callable[[str], AbstractContextManager[None]]
    """Has a Region's API refuse everybody."""


@dataclass(frozen=True, slots=True)
class GameDay:
    """A game day."""

    about: str
    play: Callable[[Stage, Mischief], None]
    needs_replica: bool = False


def _replica_lagging(stage: Stage, mischief: Mischief) -> None:
    """Lose the primary Region while the replica is far behind: somebody has to say that this may be lost."""
    course, diary = stage.course, stage.course.diary
    mischief.let_lag(_LAG_SECONDS)
    course.run_for(_LAG_SECONDS)
    be_calm(stage)
    lose_and_recover(stage)
    run = course.run or {}
    asked = [step for step in diary.steps.values() if step.name == "approval"]
    told = [moment.text for moment in diary.moments if moment.what in {"run", "step", "request"}]
    approved = any(note.get("request") == "approve" and note.get("accepted") for note in run.get("approvals", ()))
    diary.expect(
        "nothing is promoted before somebody has approved the loss",
        "; ".join(told[:4]),
        passed=approved and bool(asked),
    )
    known = run.get("facts", {}).get("lag_seconds")
    diary.expect(
        "the runbook knows how much is missing",
        f"{known} s" if known is not None else "it does not",
        passed=known is not None and abs(known - _LAG_SECONDS) <= _LAG_SECONDS / 3,
    )
    diary.expect("the failover runs to its end", str(run.get("status")), passed=run.get("status") == "done")
    span = diary.span(Act.LOSS)
    if span is not None:
        verdicts.judge_loss(diary, span.began, _LAG_SECONDS * 1.2)
        lost = timeline.lost_in(diary, Act.LOSS)
        diary.expect("the loss is seen", f"{len(lost)} writes", passed=bool(lost))
    verdicts.judge_service(diary)


def _alarm_flapping(stage: Stage, _: Mischief) -> None:
    """Lose the primary Region for a moment, again and again: no reason to leave it."""
    course, diary = stage.course, stage.course.diary
    be_calm(stage)
    with course.act(Act.LOSS):
        for _flap in range(_FLAPS):
            course.cut(stage.primary)
            course.run_for(_GAP_SECONDS)
            course.restore(stage.primary)
            course.run_for(_GAP_SECONDS)
    course.note_lost(Act.LOSS)
    with course.act(Act.END):
        course.run_for(_GAP_SECONDS * 2)
    done = [run for run in diary.own_seconds if _status(diary, run) == "flip"]
    diary.expect("no Region takes over for a moment's loss", f"{len(done)} takeovers", passed=not done)
    lost = timeline.lost_in(diary, Act.LOSS)
    diary.expect("no acknowledged write is lost", f"{len(lost)} writes", passed=not lost)
    verdicts.judge_end(diary, course.state, serves=course.serves())
    verdicts.judge_service(diary)


def _status(diary: Any, run: str) -> str:  # noqa: ANN401 - a diary
    """Return `flip` if a run turned the traffic."""
    step = diary.steps.get((run, "flip"))
    return "flip" if step is not None and step.status == "done" else ""


def _crash_mid_way(stage: Stage, mischief: Mischief) -> None:
    """Have the recovery function end right after it began to make the new writer: the next tick goes on."""
    course, diary = stage.course, stage.course.diary
    call = "CreateStack" if stage.deployed.strategy is RecoveryStrategy.BACKUP_RESTORE else "PromoteReadReplica"
    be_calm(stage)
    with mischief.crash_after(call) as crashes:
        lose_and_recover(stage)
        count = crashes()
    diary.expect(f"the function ended right after {call}", f"{count} times", passed=count == 1)
    verdicts.judge_failover(diary, stage.deployed.objectives(), course.run)
    if course.state.get("active") == "recovery":
        come_home(stage)
    verdicts.judge_service(diary)


def _both_degraded(stage: Stage, mischief: Mischief) -> None:
    """Lose the primary Region while the recovery Region's API refuses everybody: it is not made the active one."""
    course, diary = stage.course, stage.course.diary
    be_calm(stage)
    with course.act(Act.LOSS):
        with mischief.degrade(stage.recovery):
            course.happened("degraded", f"the API in {stage.recovery} refuses everybody")
            course.cut(stage.primary)
            course.run_until(course.is_helpless, stage.deployed.objectives().rto_seconds + _WATCHED_SECONDS)
            diary.expect(
                "a Region that does not answer is not made the active one",
                f"active: {course.state.get('active')}, traffic: {course.state.get('traffic')}",
                passed=course.state.get("active") == "primary",
            )
        course.happened("well", f"the API in {stage.recovery} answers again")
        if course.is_helpless() and course.run is not None:
            course.ask(request="retry", run=str(course.run["id"]), by=course.operator.name)
        course.run_until(lambda: course.is_over() and course.serves(), stage.most_seconds)
        course.run_for(_GAP_SECONDS)
    diary.expect(
        "it takes over once it answers",
        f"active: {course.state.get('active')}",
        passed=course.state.get("active") == "recovery",
    )
    diary.expect("clients write again", "they do" if course.serves() else "they do not", passed=course.serves())
    verdicts.judge_service(diary)


def _wrong_approval(stage: Stage, _: Mischief) -> None:
    """Send approvals that nobody asked for: none of them moves anything."""
    course, diary = stage.course, stage.course.diary
    be_calm(stage)

    def refused(claim: str, **request: str) -> None:
        before = (course.state.get("active"), course.state.get("takeovers"))
        answer = course.ask(**request)
        why = str(answer.get("refused", ""))
        same = before == (course.state.get("active"), course.state.get("takeovers"))
        diary.expect(f"{claim} is refused", why or "it was taken", passed=bool(why) and same)

    refused("an approval without a run", request="approve", run="no-such-run", by="somebody")
    patience, course.operator.delay_seconds = course.operator.delay_seconds, float("inf")
    with course.act(Act.LOSS):
        course.cut(stage.primary)
        waits = course.run_until(lambda: _awaits(course.run), _WATCHED_SECONDS)
        is_asking = stage.deployed.situation.mode is FailoverMode.APPROVAL
        diary.expect("the failover waits for an approval", str(waits), passed=waits == is_asking)
        run = str((course.run or {}).get("id", ""))
        refused("an approval by nobody", request="approve", run=run)
        refused("an approval of another run", request="approve", run=f"{run}-other", by="somebody")
        course.run_for(_GAP_SECONDS)
        diary.expect(
            "nothing was promoted by that",
            f"active: {course.state.get('active')}",
            passed=not is_asking or (course.state.get("active") == "primary" and _awaits(course.run)),
        )
        course.operator.delay_seconds = patience
        course.run_until(lambda: course.is_over() and course.serves(), stage.most_seconds)
        refused("an approval of a run that is over", request="approve", run=run, by="somebody")
        course.run_for(_GAP_SECONDS)
    if course.serves():
        course.note_lost(Act.LOSS)
    verdicts.judge_failover(diary, stage.deployed.objectives(), course.run)
    verdicts.judge_service(diary)


def _awaits(run: Mapping[str, Any] | None) -> bool:
    return run is not None and run["status"] == "awaiting_approval"


GAME_DAYS: Mapping[str, GameDay] = {
    "alarm-flapping": GameDay("the primary Region is away for a moment, again and again", _alarm_flapping),
    "both-degraded": GameDay("the recovery Region's API refuses everybody when the primary is lost", _both_degraded),
    "crash-mid-way": GameDay("the recovery function ends right after it began to make the new writer", _crash_mid_way),
    "replica-lagging": GameDay(
        "the replica is far behind when the primary is lost", _replica_lagging, needs_replica=True
    ),
    "wrong-approval": GameDay("approvals are sent that nobody asked for", _wrong_approval),
}
