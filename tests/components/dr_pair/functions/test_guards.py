"""What a run must not pass unasked, and what it needs before it begins."""

from types import SimpleNamespace
from typing import Any

import pytest
from components.dr_pair.functions.plans import STRATEGIES
from components.dr_pair.functions.simulated_aws import SimulatedAws
from components.dr_pair.functions.simulation import TICK, Simulation

from pulumi_aws_mobile.dr_pair.functions.recovery import runbook
from pulumi_aws_mobile.dr_pair.functions.recovery.clients import Stopwatch
from pulumi_aws_mobile.dr_pair.functions.recovery.effects import FailedError
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import Look, Seen
from pulumi_aws_mobile.dr_pair.functions.recovery.state import Run


def lost(strategy: str = "warm_standby", mode: str = "automatic", **guards: Any) -> Simulation:  # noqa: ANN401 - any guard
    """Return a pair whose primary Region is gone, at the moment of the alarm."""
    world = Simulation(strategy, mode, **guards)
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute(tick=False)
    return world


def last(world: Simulation) -> Run:
    """Return the run that was opened last."""
    run = world.memory.runs()[-1]
    assert run is not None
    return run


def asked(world: Simulation) -> str:
    """Return what waits for an approval."""
    ask = last(world).ask
    return "" if ask is None else ask["text"]


def test_an_alarm_s_event_alone_opens_nothing() -> None:
    world = Simulation()
    said = {"alarmName": "shop-unreachable", "state": {"value": "ALARM"}}
    world.invoke({"source": "aws.cloudwatch", "alarmArn": "arn", "alarmData": said})
    assert world.memory.runs() == []


def test_an_alarm_over_a_primary_that_answers_opens_nothing() -> None:
    world = Simulation()
    world.flapping = 1
    world.minute()
    assert world.alarms["shop-unreachable"] == "ALARM"
    assert world.memory.runs() == []


def test_a_lost_event_does_not_matter_for_the_tick_looks_at_the_alarm_itself() -> None:
    world = lost()
    world.invoke(TICK)
    assert last(world).trigger == "alarm"


def test_a_failover_waits_for_as_many_confirmations_as_were_asked_for() -> None:
    world = lost(confirmations=3)
    for expected in ("guard", "guard", "scale"):
        world.minute()
        assert last(world).step == expected


def test_a_primary_that_answers_before_the_last_confirmation_ends_the_run() -> None:
    world = lost(confirmations=2)
    world.minute()
    world.is_up["primary"] = True
    world.minute()
    assert (last(world).status, world.done) == ("rejected", [])


def test_no_alarm_starts_a_run_while_it_is_cool() -> None:
    world = lost(mode="approval", cooldown_minutes=30)
    world.invoke(TICK)
    world.invoke({"request": "reject", "run": last(world).id, "by": "ada"})
    for _ in range(29):
        world.minute()
    assert len(world.memory.runs()) == 1
    world.minute()
    world.minute()
    assert len(world.memory.runs()) == 2


def test_people_may_start_a_run_while_it_is_cool() -> None:
    world = lost(mode="approval")
    world.invoke(TICK)
    world.invoke({"request": "reject", "run": last(world).id, "by": "ada"})
    world.invoke({"request": "failover", "by": "ada"})
    world.minute()
    assert world.memory.pair().active == "recovery"


def test_automatic_mode_asks_where_the_replica_was_too_far_behind() -> None:
    world = Simulation("warm_standby", "automatic", lag_seconds=300)
    world.lag = 900
    world.minute()
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute()
    assert asked(world) == ("the primary site does not answer; the replica was 900 s behind, at most 300 s are allowed")
    assert world.done == []


def test_automatic_mode_asks_where_nobody_knows_the_lag_and_says_so() -> None:
    world = Simulation()
    world.lags.clear()
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute()
    assert asked(world) == "the primary site does not answer; how far the replica was behind is not known"


def test_whoever_approves_knowing_the_lag_is_not_asked_again() -> None:
    world = Simulation()
    world.lags.clear()
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute()
    world.invoke({"request": "approve", "run": last(world).id, "by": "ada"})
    world.minute()
    assert world.memory.pair().active == "recovery"
    assert "How many seconds of writes were lost is not known." in world.messages[-1][1]


def test_automatic_mode_asks_where_the_recovery_site_is_not_well_either() -> None:
    world = Simulation()
    world.app_is_well["recovery"] = False
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute()
    assert asked(world).endswith("; the recovery site does not answer either")


def test_a_person_who_starts_a_failover_is_asked_about_what_the_guard_finds() -> None:
    world = lost(mode="approval")
    world.app_is_well["recovery"] = False
    world.invoke({"request": "failover", "by": "ada"})
    assert last(world).status == "awaiting_approval"


def test_without_leave_a_failover_does_not_go_on_without_a_fence() -> None:
    world = lost(failover_without_fence=False)
    world.invoke(TICK)
    assert asked(world) == (
        "the old writer cannot be fenced: the database shop-primary cannot be reached: primary: EndpointConnectionError"
    )
    world.invoke({"request": "approve", "run": last(world).id, "by": "ada"})
    world.minute()
    assert world.memory.pair().active == "recovery"


def test_an_old_writer_that_comes_back_is_fenced_and_people_are_told() -> None:
    world = lost()
    for _ in range(3):
        world.minute()
    assert world.memory.pair().fence_is_pending
    world.is_up["primary"] = True
    world.minute()
    world.minute()
    assert world.databases["primary", "shop-primary"].is_fenced
    assert world.messages[-1] == (
        "[shop] old writer fenced",
        "The old writer shop-primary is fenced: nobody reaches it any more.",
    )


def test_a_planned_switchover_waits_until_the_replica_holds_everything() -> None:
    world = Simulation()
    world.lag = 120
    world.invoke({"request": "switchover", "by": "ada"})
    world.minute()
    assert (last(world).step, last(world).steps["lag"].detail) == ("lag", "the replica is 120 s behind")
    world.lag = 0
    world.minute()
    world.minute()
    assert world.memory.pair().active == "recovery"


def test_a_switchover_that_waits_too_long_gives_the_old_writer_back() -> None:
    world = Simulation()
    world.lag = 120
    world.invoke({"request": "switchover", "by": "ada"})
    for _ in range(20):
        world.minute()
    assert last(world).status == "aborted"
    assert world.reachable_writers() == {"shop-primary"}
    assert world.memory.pair().cooldown_until == 0


def test_an_aborted_switchover_whose_region_is_gone_is_opened_once_it_answers() -> None:
    world = Simulation()
    world.lag = 120
    world.invoke({"request": "switchover", "by": "ada"})
    world.is_up["primary"] = False
    world.invoke({"request": "abort", "run": last(world).id, "by": "ada"})
    assert last(world).status == "aborted"
    assert world.memory.pair().opening is not None
    world.is_up["primary"] = True
    world.minute()
    assert world.reachable_writers() == {"shop-primary"}
    assert world.messages[-1] == (
        "[shop] writer open again",
        "The writer shop-primary is open again: servers reach it.",
    )


def test_a_switchover_names_everything_that_is_missing_at_once() -> None:
    world = Simulation("pilot_light")
    replica = world.databases["recovery", "shop-recovery"]
    replica.source, replica.retention = "another", 0
    world.databases["primary", "shop-primary"].status = "modifying"
    world.databases["primary", "shop-primary"].busy_until = world.now + 600
    world.environments["recovery"].status = "Updating"
    world.invoke({"request": "switchover", "by": "ada"})
    ending = last(world).ending
    assert ending is not None
    assert ending["reason"] == (
        "the database shop-primary is modifying; the database shop-recovery is no replica of shop-primary; the "
        "database shop-recovery keeps no backups; the environment of the recovery site is Updating"
    )


def test_a_fail_back_without_a_replica_says_what_to_deploy() -> None:
    world = lost()
    for _ in range(3):
        world.minute()
    world.is_up["primary"] = True
    world.minute()
    world.minute()
    world.invoke({"request": "switchover", "direction": "to_primary", "by": "ada"})
    ending = last(world).ending
    assert ending is not None
    assert ending["reason"] == "the database shop-primary is no replica of shop-recovery"


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_failover_and_a_fail_back_lose_nothing_that_was_copied(strategy: str) -> None:
    world = lost(strategy)
    for _ in range(5):
        world.minute()
    world.is_up["primary"] = True
    for _ in range(3):
        world.minute()
    assert world.memory.pair().takeovers == 1
    world.deploy()
    world.invoke({"request": "switchover", "by": "ada"})
    for _ in range(8):
        world.minute()
    pair = world.memory.pair()
    assert (pair.active, pair.takeovers, world.reachable_writers()) == ("primary", 2, {"shop-2"})
    first = world.memory.pair().writer
    assert first is not None
    writes = {name: set(each.writes) for (_, name), each in world.databases.items()}
    between = next(name for name in writes if name not in {"shop-primary", "shop-2"})
    assert writes[between] <= writes["shop-2"]


def test_a_database_restored_in_an_earlier_run_is_never_taken_for_today_s() -> None:
    world = lost("backup_restore")
    for _ in range(5):
        world.minute()
    assert world.stack is not None
    fresh = lost("backup_restore")
    fresh.stack = world.stack
    fresh.invoke(TICK)
    ending = last(fresh).ending
    assert ending is not None
    assert ending["reason"] == (
        "the stack of an earlier run stands (CREATE_COMPLETE), and its database is no copy of today's data"
    )


def test_a_stack_that_fails_is_deleted_and_created_again_and_people_are_told() -> None:
    world = lost("pilot_light")
    world.stack_failures = 2
    for _ in range(8):
        world.minute()
    assert world.memory.pair().active == "recovery"
    tokens = [each.token for each in world.done if type(each).__name__ == "CreateStack"]
    run = last(world).id
    assert tokens == [run, f"{run}-2", f"{run}-3"]
    assert [subject for subject, _ in world.messages].count("[shop] trouble at create") == 2


def test_a_stack_that_keeps_failing_calls_for_help_and_is_tried_again_on_request() -> None:
    world = lost("backup_restore")
    world.stack_failures = 3
    for _ in range(12):
        world.minute()
    run = last(world)
    assert (run.status, run.step) == ("needs_help", "create")
    assert world.messages[-1] == (
        "[shop] help needed at create",
        (
            f"The failover {run.id} cannot go on at create: the stack shop-recovery failed 3 times: it failed.\n\n"
            "Mend it, and let the step be tried again with\n"
            f'{{"request": "retry", "run": "{run.id}", "by": "YOUR NAME"}}'
        ),
    )
    world.invoke({"request": "retry", "run": run.id, "by": "ada"})
    for _ in range(6):
        world.minute()
    assert world.memory.pair().active == "recovery"


def test_what_aws_refuses_is_tried_again_after_longer_and_longer() -> None:
    world = lost()
    world.refusals = [FailedError] * 20
    waits = []
    for _ in range(40):
        world.minute()
        record = last(world).steps.get("promote")
        if record and record.status == "failed" and record.retry_at - record.at not in waits:
            waits.append(record.retry_at - record.at)
    assert waits == [60, 120, 240, 480, 900]
    assert last(world).status == "needs_help"


def test_a_dry_run_says_what_it_would_do_and_does_nothing() -> None:
    world = lost("pilot_light", "dry_run")
    world.invoke(TICK)
    run = last(world)
    assert (run.status, run.dry, world.done, world.memory.pair().open_run) == ("done", True, [], "")
    details = {name: record.detail for name, record in run.steps.items()}
    assert details == {
        "guard": "the primary site does not answer",
        "approval": "would ask for an approval: the primary site does not answer; the replica was 0 s behind, at most "
        "300 s are allowed",
        "fence": "not confirmed, it is tried again: the database shop-primary cannot be reached: primary: "
        "EndpointConnectionError",
        "lag": "the replica was 0 s behind, at most 300 s are allowed",
        "create": "would create the stack shop-recovery",
        "promote": "would lead clients to the recovery site, then promote the replica shop-recovery",
        "scale": "would update the environment shop-recovery to 2 to 4 instances with its own database",
        "verify": "would wait: the database is a replica; the recovery site does not answer 3 times in a row",
        "flip": "would lead clients to the recovery site",
        "confirm": "would wait: the alarm of the switch is OK, not ALARM yet",
    }
    assert world.messages[-1][0] == "[shop] dry run of a failover"


def test_a_dry_run_of_a_switchover_looks_at_the_writer_too() -> None:
    world = Simulation()
    answer = world.invoke({"request": "dry_run", "of": "switchover", "by": "ada"})
    assert answer is not None
    steps = {name: record["detail"] for name, record in answer["run"]["steps"].items()}
    assert steps["guard"] == "both sites are well"
    assert steps["fence"] == "would give the database shop-primary the security groups sg-fence-primary"
    assert steps["promote"] == "would promote the replica shop-recovery"
    assert world.done == []


def test_a_finished_run_tells_what_belongs_into_the_stack_file() -> None:
    world = lost()
    for _ in range(3):
        world.minute()
    run = last(world)
    assert world.messages[-1] == (
        "[shop] failover done",
        (
            f"The failover {run.id} is done after 1 min; the recovery site is the active one. Writes of the last 0 s "
            "before the loss may be missing.\nThe old writer is not fenced yet; it is tried every minute.\n\n"
            "Put into the stack file and deploy:\nrecovery.takeovers: 1\n"
            "recovery.successor: true # once the primary Region is well: makes the replica for the fail-back"
        ),
    )


@pytest.mark.parametrize(("waited", "own"), [(1.0, 0), (0.75, 250)])
def test_what_is_waited_for_others_is_not_the_runbook_s_own_time(
    monkeypatch: pytest.MonkeyPatch, waited: float, own: int
) -> None:
    clock = SimpleNamespace(seconds=0.0)
    world = lost(mode="approval")
    see = SimulatedAws.see
    looks: list[Look] = []

    def slow(self: SimulatedAws, look: Look, now: int) -> Seen:
        looks.append(look)
        clock.seconds += 1.0
        Stopwatch.seconds += waited
        return see(self, look, now)

    monkeypatch.setattr(runbook, "time", SimpleNamespace(perf_counter=lambda: clock.seconds))
    monkeypatch.setattr(Stopwatch, "seconds", 0.0)
    monkeypatch.setattr(SimulatedAws, "see", slow)
    world.invoke(TICK)
    assert last(world).own_milliseconds == own * len(looks)
