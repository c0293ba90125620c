"""What happens in a drill, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import ProgramError
from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import traffic_timeline
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_sandbox.errors import SandboxError

from . import verdicts
from .course import Course
from .records import Act
from .situation import Deployed, durations_of

CALM_SECONDS = 180.0
_AFTER_SECONDS = 120.0
"""How long clients are watched after a change: the record's TTL, and as long again."""
_ABSENT_SECONDS = 600.0
_PATIENCE_SECONDS = 900.0
"""How much longer than planned a run is waited for."""
_FENCE_SECONDS = 900.0
_SETTLING_SECONDS = 900.0
_COPYING_SECONDS = 900.0
"""What copied backups need to hold what was written at first: RDS sends them every five minutes, and a while later."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a drill takes place."""

    course: Course
    deployed: Deployed
    primary: str
    recovery: str
    redeploy: Callable[[int], None]
    """Brings the stack up to date for so many takeovers, as an operator does with `pulumi up`."""

    def waits(self) -> None:
        """Let what AWS does take the time that the model says."""
        self.course.world.let_take(durations_of(self.deployed))

    @property
    def most_seconds(self) -> float:
        """How long a failover is waited for."""
        return self.deployed.objectives().rto_high_seconds + _PATIENCE_SECONDS


def lose_primary(stage: Stage) -> None:
    """Lose the primary Region, recover, get it back, and go home."""
    be_calm(stage)
    lose_and_recover(stage)
    verdicts.judge_failover(stage.course.diary, stage.deployed.objectives(), stage.course.run)
    if stage.course.state.get("active") == "recovery":
        come_home(stage)
    verdicts.judge_service(stage.course.diary)


def settle(stage: Stage) -> None:
    """Let servers start and alarms get their first data, before the drill begins; raise `UsageError` if they do not."""
    course = stage.course
    course.is_settling = True
    well = course.run_until(lambda: course.serves() and course.is_watched(), _SETTLING_SECONDS)
    if stage.deployed.strategy is RecoveryStrategy.BACKUP_RESTORE:
        course.run_for(_COPYING_SECONDS)
    course.is_settling = False
    if not well:
        failed = next((call.said for call in reversed(course.diary.calls) if not call.good), "none failed")
        active, open_run = course.state.get("active", "unknown"), course.state.get("open_run") or "none"
        message = (
            "the stack is not well before anything is lost, so a drill would tell nothing; the last failed request: "
            f"{failed}; active: {active}; open run: {open_run}"
        )
        raise UsageError(message)
    for device in course.devices:
        device.session.forget()
    course.begin()


def be_calm(stage: Stage) -> None:
    """Let everything be well for a while."""
    settle(stage)
    stage.waits()
    with stage.course.act(Act.CALM):
        stage.course.run_for(CALM_SECONDS)


def lose_and_recover(stage: Stage) -> None:
    """Lose the primary Region, and watch until clients write again or it is clear that they will not."""
    course = stage.course
    with course.act(Act.LOSS):
        course.cut(stage.primary)
        course.run_until(lambda: course.is_helpless() or (course.is_over() and course.serves()), stage.most_seconds)
        course.run_for(_AFTER_SECONDS)
    if course.serves():
        course.note_lost(Act.LOSS)


def come_home(stage: Stage) -> None:
    """Get the Region back, bring the stack up to date, and change back as planned."""
    course = stage.course
    course.forget_run()
    with course.act(Act.RETURN):
        course.restore(stage.primary)
        fenced = course.run_until(course.fence_holds, _FENCE_SECONDS)
        update(stage, 1)
        course.run_for(_AFTER_SECONDS)
    verdicts.judge_return(course.diary, fenced=fenced)
    with course.act(Act.WAY_BACK):
        course.ask(request="switchover", direction="to_primary", by=course.operator.name, reason="a drill")
        course.run_until(lambda: course.is_helpless() or (course.is_over() and course.serves()), stage.most_seconds)
        course.run_for(_AFTER_SECONDS)
    if course.serves():
        course.note_lost(Act.WAY_BACK)
    verdicts.judge_way_back(course.diary, course.run)
    with course.act(Act.END):
        if course.state.get("active") == "primary":
            update(stage, 2)
        course.run_for(CALM_SECONDS)
    verdicts.judge_end(course.diary, course.state, serves=course.serves())


def lose_recovery(stage: Stage) -> None:
    """Lose the Region that stands by: the service goes on."""
    course, both_answer = stage.course, stage.deployed.strategy is RecoveryStrategy.MULTI_SITE
    be_calm(stage)
    with course.act(Act.LOSS):
        course.cut(stage.recovery)
        course.run_for(_ABSENT_SECONDS)
    course.note_lost(Act.LOSS)
    with course.act(Act.RETURN):
        course.restore(stage.recovery)
        course.run_for(_ABSENT_SECONDS)
    with course.act(Act.END):
        course.run_for(_AFTER_SECONDS)
    course.note_lost(Act.END)
    most = sum(phase.high_seconds for phase in traffic_timeline(stage.deployed.strategy, stage.deployed.situation))
    verdicts.judge_untouched(course.diary, both_answer=both_answer, most_seconds=most)
    verdicts.judge_end(course.diary, course.state, serves=course.serves())
    verdicts.judge_service(course.diary)


def update(stage: Stage, takeovers: int) -> None:
    """Bring the stack up to date; what AWS makes for it stands at once, for nobody waits for it."""
    course = stage.course
    course.world.let_take({})
    claim = f"the stack is brought up to date with takeovers: {takeovers}"
    try:
        stage.redeploy(takeovers)
    except (ArgsError, ProgramError, SandboxError, ValueError) as error:
        course.diary.expect(claim, str(error).strip().splitlines()[-1], passed=False)
    else:
        course.diary.expect(claim, "nothing that serves was replaced", passed=True)
        course.happened("update", f"the stack file says takeovers: {takeovers}, and the stack is up to date")
    stage.waits()
