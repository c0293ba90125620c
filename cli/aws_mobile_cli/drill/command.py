"""`aws-mobile drill`: deploy a stack in both Regions, lose one while clients call, and see what becomes of it."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered
from aws_mobile_cli.owner import hold_what_is_named, verify_senders
from aws_mobile_cli.pages import refuse_unwritable
from aws_mobile_cli.progress import Progress
from aws_mobile_cli.project import open_project
from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.belongings import hold_zone
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks
from pulumi_aws_sandbox.runtime import beanstalk
from pulumi_aws_sandbox.update import UpdateMocks

from .clients import Device, Session, sign_in
from .course import Course, Operator
from .game_days import GAME_DAYS
from .mischief import let_replica_lag, mischief_in
from .outcome import Outcome
from .records import Moment
from .rehearsal import Rehearsal, rehearse
from .report_html import write_html
from .report_text import show_moment, show_outcome, show_start
from .situation import Deployed, read_deployed
from .story import Stage, lose_primary, lose_recovery
from .world import SandboxWorld

_LONGEST_TICK = 15.0


@dataclass(frozen=True, slots=True)
class Options:
    """What a drill was asked to be."""

    lose: str
    strategy: str | None = None
    game_day: str | None = None
    approve_after_minutes: float | None = None
    tick_seconds: float = 5.0
    html: Path | None = None

    def check(self) -> None:
        """Raise `UsageError` for what no drill can be."""
        if not 1 <= self.tick_seconds <= _LONGEST_TICK:
            message = f"--tick: got {self.tick_seconds:g}; allowed: 1 to {_LONGEST_TICK:g} seconds"
            raise UsageError(message)
        if self.approve_after_minutes is not None and self.approve_after_minutes < 0:
            message = f"--approve-after: got {self.approve_after_minutes:g}; allowed: 0 or more minutes"
            raise UsageError(message)
        if self.html is not None:
            refuse_unwritable(self.html)


@answered
def drill(folder: Path, stack: str, options: Options, *, as_json: bool) -> Exit:
    """Rehearse the loss of a Region and print what came out of it; nothing is left of it afterwards."""
    options.check()
    if beanstalk.missing():
        raise UsageError(beanstalk.hint())
    project = open_project(folder, stack)
    rehearsal = rehearse(project, options.lose, options.strategy)
    if options.game_day is not None and not rehearsal.primary_is_lost:
        message = f"--game-day {options.game_day} needs the loss of the primary Region: --lose {rehearsal.primary}"
        raise UsageError(message)
    planned = rehearsal.project.run(PreviewMocks(project.region), preview=True)
    outcome = _play(rehearsal, planned, options, quiet=as_json)
    if options.html is not None:
        write_html(outcome, options.html)
    if as_json:
        json.dump(outcome.document(), sys.stdout)
        sys.stdout.write("\n")
    else:
        show_outcome(outcome)
    return Exit.OK if outcome.passed else Exit.FOUND


def _play(rehearsal: Rehearsal, planned: Recording, options: Options, *, quiet: bool) -> Outcome:
    """Deploy the stack, play the drill and return what came out of it."""
    with in_process(rehearsal.primary) as clients:
        # Before the rest: of the zone's other records the names are not known yet.
        hold_zone(rehearsal.domain["hosted_zone_id"], ".".join(rehearsal.domain["name"].rsplit(".", 2)[-2:]))
        hold_what_is_named(planned)
        program = _Program(rehearsal, Sandbox(clients), clients)
        program.deploy(planned, quiet=quiet)
        deployed = read_deployed(program.recording)
        _refuse_unfit(deployed, options)
        about = _about(rehearsal, deployed, options)
        if not quiet:
            show_start(about, rehearsal.changes)
        started = time.monotonic()
        stage = _stage(program, rehearsal, deployed, options, (lambda _: None) if quiet else show_moment)
        if options.game_day is not None:
            GAME_DAYS[options.game_day].play(stage, mischief_in(program.recording, clients, deployed))
        elif rehearsal.primary_is_lost:
            lose_primary(stage)
        else:
            lose_recovery(stage)
        return Outcome(
            project=rehearsal.project.name,
            stack=rehearsal.project.stack,
            strategy=deployed.strategy.value,
            primary=rehearsal.primary,
            recovery=rehearsal.recovery,
            lost=rehearsal.lost,
            game_day=options.game_day,
            about=about,
            changes=rehearsal.changes,
            tick_seconds=options.tick_seconds,
            approval_seconds=_approval_seconds(deployed, options),
            objectives=deployed.objectives(),
            failover=deployed.phases("failover"),
            failback=deployed.phases("failback"),
            diary=stage.course.diary,
            real_seconds=time.monotonic() - started,
        )


class _Program:
    """The stack's program, and what it has made so far."""

    def __init__(self, rehearsal: Rehearsal, sandbox: Sandbox, clients: Connection) -> None:
        self._rehearsal = rehearsal
        self._sandbox = sandbox
        self.clients = clients
        self._made: Recording | None = None
        self._known: dict[str, str] | None = None

    @property
    def recording(self) -> Recording:
        """What it registered last."""
        assert self._made is not None  # noqa: S101 - asked for once it is deployed
        return self._made

    def deploy(self, planned: Recording, *, quiet: bool) -> None:
        """Create everything."""
        with Progress(planned, quiet=quiet) as progress:
            try:
                mocks = DeployMocks(self._sandbox)
                self._made = self._rehearsal.project.run(mocks, preview=False, on_resource=progress.created)
            except Exception as error:
                error.add_note(progress.so_far())
                raise
        verify_senders(self.recording, self.clients)

    def update(self, takeovers: int, writer: Any) -> None:  # noqa: ANN401 - as the recovery function tells it
        """Bring it up to date, as an operator does who follows the report of the runbook."""
        restored = None
        if writer is not None and read_deployed(self.recording).strategy is RecoveryStrategy.BACKUP_RESTORE:
            restored = self._restored(takeovers, writer)
        project = self._rehearsal.after(takeovers, successor=True, restored=restored)
        mocks = UpdateMocks(self._sandbox, self.recording)
        self._made = project.run(mocks, preview=False)
        mocks.delete_the_rest()

    def _restored(self, takeovers: int, writer: Any) -> dict[str, str] | None:  # noqa: ANN401 - as above
        """Return the database that a failover restored; a later update names the same."""
        if takeovers == 1:
            rds = self.clients("rds", self._rehearsal.recovery)
            found = rds.describe_db_instances(DBInstanceIdentifier=writer["identifier"])["DBInstances"][0]
            self._known = {
                "arn": str(found["DBInstanceArn"]),
                "host": str(found["Endpoint"]["Address"]),
                "security_group_id": str(found["VpcSecurityGroups"][0]["VpcSecurityGroupId"]),
            }
        return self._known


def _stage(
    program: _Program, rehearsal: Rehearsal, deployed: Deployed, options: Options, say: Callable[[Moment], None]
) -> Stage:
    world = SandboxWorld(program.clients, deployed)
    session = Session(sign_in(program.recording, program.clients))
    near = [rehearsal.primary]
    if deployed.strategy is RecoveryStrategy.MULTI_SITE:
        near.append(rehearsal.recovery)
    devices = [Device(f"client near {region}", region, session) for region in near]
    let_replica_lag(deployed, deployed.situation.replica_lag_seconds)
    operator = Operator(_approval_seconds(deployed, options) or 0.0)
    course = Course(world, devices, operator, options.tick_seconds, say)

    def redeploy(takeovers: int) -> None:
        program.update(takeovers, course.state.get("writer"))

    return Stage(course, deployed, rehearsal.primary, rehearsal.recovery, redeploy)


def _approval_seconds(deployed: Deployed, options: Options) -> float | None:
    """Return after how long the operator approves: as asked for, or as the model expects it."""
    if deployed.situation.mode is not FailoverMode.APPROVAL:
        return None if options.approve_after_minutes is None else options.approve_after_minutes * 60
    if options.approve_after_minutes is not None:
        return options.approve_after_minutes * 60
    return next((phase.seconds for phase in deployed.phases("failover") if phase.step == "approval"), 0.0)


def _refuse_unfit(deployed: Deployed, options: Options) -> None:
    """Raise `UsageError` where a drill would tell nothing."""
    if deployed.situation.mode is FailoverMode.DRY_RUN:
        message = "recovery.mode is dry_run, so nothing ever takes over; a drill needs approval or automatic"
        raise UsageError(message)
    window = deployed.situation.approval_minutes
    asked = options.approve_after_minutes
    if asked is not None and asked >= window and deployed.situation.mode is FailoverMode.APPROVAL:
        message = (
            f"--approve-after: got {asked:g}; allowed: less than the stack's {window:g} minutes, then it is rejected"
        )
        raise UsageError(message)
    if options.game_day is None:
        return
    if GAME_DAYS[options.game_day].needs_replica and deployed.strategy is RecoveryStrategy.BACKUP_RESTORE:
        message = f"--game-day {options.game_day} needs a replica, and backup_restore has none; name another --strategy"
        raise UsageError(message)


def _about(rehearsal: Rehearsal, deployed: Deployed, options: Options) -> str:
    """Say in one sentence what is rehearsed."""
    role = "primary" if rehearsal.primary_is_lost else "recovery"
    text = (
        f"the loss of {rehearsal.lost}, the {role} Region of {rehearsal.project.stack}, with {deployed.strategy.value}"
    )
    return f"{text}: {GAME_DAYS[options.game_day].about}" if options.game_day else text
