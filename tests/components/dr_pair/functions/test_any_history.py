"""Over any history of failures, repairs, crashes and people: never two writers, always an answer, always an end.

What it does not prove: that AWS behaves as the simulation does; `simulation.py` says what that leaves out.
"""

import os
from typing import Any

from components.dr_pair.functions.memory import Process
from components.dr_pair.functions.plans import STRATEGIES
from components.dr_pair.functions.simulation import SITES, TICK, Simulation
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pulumi_aws_mobile.dr_pair.functions.recovery.effects import FailedError, NotNowError
from pulumi_aws_mobile.dr_pair.functions.recovery.state import AWAITING, DONE, FINISHED, NEEDS_HELP, SWITCHOVER

# The search can be made longer by hand; what it finds belongs here as a test of its own.
_EXAMPLES = int(os.environ.get("ANY_HISTORY_EXAMPLES", "200"))
_STEPS = 40
_LONGEST_MOMENTS = 40
_MINUTES_TO_END = 200
_HELPS = 4

moments = st.none() | st.integers(0, _LONGEST_MOMENTS)


class AnyHistory(RuleBasedStateMachine):
    """One pair's life."""

    def __init__(self) -> None:
        super().__init__()
        self.world = Simulation()
        self.takeovers = 0
        self.promoted: set[str] = set()

    @initialize(
        strategy=st.sampled_from(STRATEGIES),
        mode=st.sampled_from(["automatic", "automatic", "approval", "approval", "dry_run"]),
        confirmations=st.integers(1, 2),
        failover_without_fence=st.booleans(),
        seconds=st.sampled_from([0, 0, 90, 400]),
        begins_away=st.booleans(),
    )
    def begin(  # noqa: PLR0913 - what a pair may be
        self,
        strategy: str,
        mode: str,
        confirmations: int,
        *,
        failover_without_fence: bool,
        seconds: int,
        begins_away: bool,
    ) -> None:
        self.world = Simulation(
            strategy, mode, confirmations=confirmations, failover_without_fence=failover_without_fence
        )
        if begins_away and mode != "dry_run":
            self._switch_over()
        self.world.seconds = seconds
        self.world.watch = self.never_two_writers_that_clients_can_reach
        event(f"strategy {strategy}, {mode}")

    # Time

    @rule(dies_at=moments, minutes=st.integers(1, 4))
    def time_passes(self, dies_at: int | None, minutes: int) -> None:
        self.world.minute(process=Process(dies_at=dies_at))
        for _ in range(minutes - 1):
            self.world.minute()

    @rule(dies_at=moments)
    def the_alarm_calls_again(self, dies_at: int | None) -> None:
        said = {"state": {"value": "ALARM"}, "alarmName": "shop-unreachable"}
        self._invoke({"source": "aws.cloudwatch", "alarmData": said}, Process(dies_at=dies_at))

    @rule(hangs_at=st.integers(1, _LONGEST_MOMENTS), dies_at=moments)
    def an_invocation_hangs_until_another_takes_over(self, hangs_at: int, dies_at: int | None) -> None:
        def another() -> None:
            event("took over from one that hangs")
            self.world.minute(process=Process(dies_at=dies_at))

        self._invoke(TICK, Process(hangs_at=hangs_at, during_hang=another))

    @rule(hangs_at=st.integers(1, _LONGEST_MOMENTS))
    def two_invocations_come_at_once(self, hangs_at: int) -> None:
        self._invoke(TICK, Process(hangs_at=hangs_at, during_hang=lambda: self._invoke(TICK)))

    # Failures and repairs

    @rule(site=st.sampled_from(["primary", "primary", "recovery"]), dies_at=moments)
    def a_region_is_lost(self, site: str, dies_at: int | None) -> None:
        self.world.is_up[site] = False
        for _ in range(3):
            self.world.minute(tick=False)
        self.world.minute(process=Process(dies_at=dies_at))

    @rule(site=st.sampled_from(SITES))
    def a_region_comes_back(self, site: str) -> None:
        self.world.is_up[site] = True

    @rule(site=st.sampled_from(SITES), is_well=st.booleans())
    def a_site_s_servers_fail_or_recover(self, site: str, *, is_well: bool) -> None:
        self.world.app_is_well[site] = is_well

    @rule()
    def the_alarm_flaps(self) -> None:
        self.world.flapping = 1

    @rule(lag=st.sampled_from([None, 0, 0, 120, 900]))
    def replicas_fall_behind_or_catch_up(self, lag: int | None) -> None:
        self.world.lag = lag

    @rule(kinds=st.lists(st.sampled_from([FailedError, NotNowError]), max_size=6))
    def aws_refuses(self, kinds: list[type[FailedError | NotNowError]]) -> None:
        self.world.refusals = list(kinds)

    @rule(times=st.integers(1, 4))
    def stacks_fail(self, times: int) -> None:
        self.world.stack_failures = times

    # People

    @rule(request=st.sampled_from(["failover", "switchover", "dry_run"]), dies_at=moments)
    def a_run_is_asked_for(self, request: str, dies_at: int | None) -> None:
        self._invoke({"request": request, "by": "ada"}, Process(dies_at=dies_at))

    @rule(request=st.sampled_from(["approve", "approve", "reject", "abort", "retry"]), dies_at=moments)
    def somebody_decides(self, request: str, dies_at: int | None) -> None:
        run = self.world.memory.pair().open_run
        self._invoke({"request": request, "run": run, "by": "ada"}, Process(dies_at=dies_at))

    @rule(
        request=st.sampled_from(["approve", "reject", "abort", "retry"]),
        wrong=st.sampled_from(["unknown", "old", "nobody"]),
    )
    def a_wrong_decision_changes_nothing(self, request: str, wrong: str) -> None:
        pair = self.world.memory.pair()
        run = {"unknown": "r0", "old": pair.last_run, "nobody": pair.open_run}[wrong]
        by = {} if wrong == "nobody" else {"by": "ada"}
        before = self.world.memory.run(pair.open_run) if pair.open_run else None
        answer = self._invoke({"request": request, "run": run, **by})
        if answer is not None:
            assert answer["refused"]
            after = self.world.memory.run(pair.open_run) if pair.open_run else None
            assert (before is None) == (after is None)

    @rule()
    def the_takeover_is_deployed(self) -> None:
        if self._may_deploy():
            event("deployed the takeover")
            self.world.deploy()

    # What always holds

    @invariant()
    def never_two_writers_that_clients_can_reach(self) -> None:
        assert len(self.world.reachable_writers()) <= 1

    @invariant()
    def records_always_lead_somewhere(self) -> None:
        assert self.world.records()

    @invariant()
    def at_most_one_run_is_open(self) -> None:
        open_runs = [run.id for run in self.world.memory.runs() if run.is_open]
        assert open_runs == [self.world.memory.pair().open_run][: len(open_runs)]

    @invariant()
    def a_takeover_is_never_undone(self) -> None:
        pair = self.world.memory.pair()
        assert pair.takeovers - self.takeovers in {0, 1}
        assert pair.active == ("recovery" if pair.takeovers % 2 else "primary")
        self.takeovers = pair.takeovers
        writers = {each.identifier for each in self.world.databases.values() if each.source is None}
        assert writers >= self.promoted
        self.promoted = writers

    @invariant()
    def clients_are_led_to_a_healthy_active_site_when_nothing_is_under_way(self) -> None:
        world, pair = self.world, self.world.memory.pair()
        switched = world.alarms["shop-traffic"] == "ALARM"
        if pair.open_run or pair.opening or switched != (pair.traffic == "recovery"):
            return
        assert pair.traffic == pair.active
        if world.answers(pair.active):
            assert pair.active in world.records()

    def _switch_over(self) -> None:
        """Begin in the recovery Region, with a replica in the primary one."""
        self.world.invoke({"request": "switchover", "by": "ada"})
        while self.world.memory.pair().open_run:
            self.world.minute()
        self.takeovers = self.world.memory.pair().takeovers
        assert self.takeovers == 1
        self.world.deploy()
        event("began after a takeover")

    # What holds at the end

    def teardown(self) -> None:
        """Let every failure end: the runs come to an end too, and clients write to the one writer."""
        self._mend()
        for _ in range(_HELPS):
            for _ in range(_MINUTES_TO_END):
                self.world.minute()
                if self._is_quiet():
                    break
            self._check_always()
            run = self.world.memory.run(self.world.memory.pair().open_run)
            if run is None or run.status != NEEDS_HELP:
                break
            event("was helped by people")
            self._invoke({"request": "retry", "run": run.id, "by": "ada"})
        for _ in range(3):
            self.world.minute()
        self._check_always()
        self._check_end()
        self._check_writes()
        for each in self.world.memory.runs():
            event(f"{'dry run' if each.dry else each.kind} {each.direction} {each.status}")

    def _mend(self) -> None:
        for site in SITES:
            self.world.is_up[site] = self.world.app_is_well[site] = True
        self.world.lag, self.world.refusals, self.world.stack_failures = 0, [], 0

    def _is_quiet(self) -> bool:
        pair = self.world.memory.pair()
        run = self.world.memory.run(pair.open_run)
        if run is not None and run.status == NEEDS_HELP:
            return True
        return run is None and not pair.fence_is_pending and pair.opening is None

    def _check_always(self) -> None:
        self.never_two_writers_that_clients_can_reach()
        self.records_always_lead_somewhere()
        self.at_most_one_run_is_open()
        self.a_takeover_is_never_undone()

    def _check_end(self) -> None:
        world, pair = self.world, self.world.memory.pair()
        assert not pair.open_run
        assert not pair.outbox
        assert {run.status for run in world.memory.runs()} <= FINISHED
        self.clients_are_led_to_a_healthy_active_site_when_nothing_is_under_way()
        identifier = pair.writer["identifier"] if pair.writer else "shop-primary"
        assert world.reachable_writers() == {identifier}
        fenced = {each.identifier for each in world.databases.values() if each.is_fenced}
        assert identifier not in fenced
        if pair.takeovers:
            old = [each for each in world.databases.values() if each.source is None and each.identifier != identifier]
            assert {each.identifier for each in old} == fenced

    def _check_writes(self) -> None:
        """See that a planned change of roles, in either direction, lost no write."""
        databases = {each.identifier: each for each in self.world.databases.values()}
        before = databases["shop-primary"]
        for run in self.world.memory.runs():
            if run.status != DONE or run.dry:
                continue
            after = databases[run.facts["writer_identifier"]]
            if run.kind == SWITCHOVER:
                assert set(before.writes) <= set(after.writes)
            before = after

    def _may_deploy(self) -> bool:
        pair = self.world.memory.pair()
        return pair.takeovers > 0 and not pair.open_run and self._is_quiet() and all(self.world.is_up.values())

    def _invoke(self, asked: dict[str, Any], process: Process | None = None) -> dict[str, Any] | None:
        if not self.world.is_up["recovery"]:
            return None
        answer = self.world.invoke(asked, process)
        if process is not None and process.is_dead:
            event("crashed")
        run = self.world.memory.run(self.world.memory.pair().open_run)
        if run is not None and run.status == AWAITING:
            event("asked for an approval")
        return answer


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=_EXAMPLES, stateful_step_count=_STEPS, deadline=None)
