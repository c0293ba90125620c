"""Every moment of a whole run: it crashes, hangs, is aborted, or the lost Region comes back, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from components.dr_pair.functions.memory import Process
from components.dr_pair.functions.plans import STRATEGIES
from components.dr_pair.functions.simulation import TICK, Simulation

from pulumi_aws_mobile.dr_pair.functions.recovery.effects import CreateStack, Promote, PutTraffic, Scale
from pulumi_aws_mobile.dr_pair.functions.recovery.state import ABORTED, DONE

LONGEST_MINUTES = 60
SWITCHOVER = {"request": "switchover", "by": "ada"}

Disturb = Callable[[Simulation], Process]


def lost(strategy: str, seconds: int, **guards: Any) -> Simulation:  # noqa: ANN401 - any guard
    """Return a pair whose primary Region is gone, at the last minute before the alarm."""
    world = Simulation(strategy, **guards)
    world.seconds = seconds
    world.watch = lambda: check(world)
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute(tick=False)
    return world


def well(strategy: str, seconds: int) -> Simulation:
    """Return a pair without trouble."""
    world = Simulation(strategy)
    world.seconds = seconds
    world.watch = lambda: check(world)
    return world


def check(world: Simulation) -> None:
    """See what has to hold at every moment."""
    assert len(world.reachable_writers()) <= 1
    assert sum(run.is_open for run in world.memory.runs()) <= 1


def finish(world: Simulation) -> None:
    """Let the ticks come until nothing is open."""
    for _ in range(LONGEST_MINUTES):
        world.minute()
        check(world)
        if not world.memory.pair().open_run:
            return
    message = f"still open: {world.memory.run(world.memory.pair().open_run)}"
    raise AssertionError(message)


def outcome(world: Simulation) -> dict[str, Any]:
    """Return what a run came to, without its times and names."""
    pair = world.memory.pair()
    (run,) = [each for each in world.memory.runs() if each.status == DONE]
    writer = next(iter(world.reachable_writers()))
    return {
        "active": pair.active,
        "traffic": pair.traffic,
        "takeovers": pair.takeovers,
        "fence": pair.fence and (pair.fence.site, pair.fence.identifier, pair.fence.confirmed),
        "steps": {name: record.status for name, record in run.steps.items()},
        "writer": writer.partition("-r")[0],
        "writes": len(next(each for each in world.databases.values() if each.identifier == writer).writes) > 0,
        "size": (world.environments["recovery"].min, world.environments["recovery"].max),
        "effects": sorted({type(each).__name__ for each in world.done}),
        "promotions": sum(isinstance(each, Promote) for each in world.done),
        "stacks": sum(isinstance(each, CreateStack) for each in world.done),
    }


def run_to_the_end(world: Simulation, begin: dict[str, Any], disturbed: Process) -> None:
    """Let one run go, in whose moments, over all its invocations, one is disturbed."""
    left = disturbed
    world.now += 60
    world.invoke(begin, left)
    for _ in range(LONGEST_MINUTES):
        if not world.memory.pair().open_run and world.memory.pair().takeovers:
            return
        if begin is not TICK and not world.memory.runs() and left.is_dead:
            world.now += 60
            world.invoke(begin)  # whoever asked has got no answer, and asks again
        passed = left.moments
        left = Process(
            None if left.dies_at is None or left.is_dead else left.dies_at - passed,
            None if left.hangs_at is None or left.is_dead else left.hangs_at - passed,
            left.during_hang,
        )
        world.minute(process=left)
        check(world)
    message = f"still open: {world.memory.run(world.memory.pair().open_run)}"
    raise AssertionError(message)


def undisturbed(make: Callable[[], Simulation], begin: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return what a run comes to by itself, and how many moments it has."""
    world = make()
    before = world.moments
    run_to_the_end(world, begin, Process())
    return outcome(world), world.moments - before


@pytest.mark.parametrize("seconds", [0, 90])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_failover_that_crashes_at_any_moment_ends_as_if_it_had_not(strategy: str, seconds: int) -> None:
    expected, moments = undisturbed(lambda: lost(strategy, seconds), TICK)
    assert moments > 40
    for moment in range(moments):
        world = lost(strategy, seconds)
        run_to_the_end(world, TICK, Process(dies_at=moment))
        assert outcome(world) == expected, moment


@pytest.mark.parametrize("seconds", [0, 90])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_switchover_that_crashes_at_any_moment_ends_as_if_it_had_not(strategy: str, seconds: int) -> None:
    expected, moments = undisturbed(lambda: well(strategy, seconds), SWITCHOVER)
    for moment in range(moments):
        world = well(strategy, seconds)
        run_to_the_end(world, SWITCHOVER, Process(dies_at=moment))
        assert outcome(world) == expected, moment


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_failover_that_hangs_at_any_moment_until_another_takes_over_ends_as_if_it_had_not(strategy: str) -> None:
    expected, moments = undisturbed(lambda: lost(strategy, 90), TICK)
    for moment in range(moments):
        world = lost(strategy, 90)
        run_to_the_end(world, TICK, Process(hangs_at=moment, during_hang=world.minute))
        assert outcome(world) == expected, moment


@pytest.mark.parametrize("seconds", [0, 90])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_switchover_that_crashes_at_any_moment_is_taken_back_whole_or_not_at_all(strategy: str, seconds: int) -> None:
    _, moments = undisturbed(lambda: well(strategy, seconds), SWITCHOVER)
    ends = set()
    for moment in range(moments):
        world = well(strategy, seconds)
        left = Process(dies_at=moment)
        world.invoke(SWITCHOVER, left)
        while not left.is_dead and world.memory.pair().open_run:
            left = Process(dies_at=(left.dies_at or 0) - left.moments)
            world.minute(process=left)
        world.now += 60
        open_run = world.memory.pair().open_run
        world.invoke({"request": "abort", "run": open_run, "by": "ada"})
        finish(world)
        for run in world.memory.runs():
            ends.add(run.status)
        takeovers = world.memory.pair().takeovers
        expected = ("shop-primary", "primary") if takeovers == 0 else (None, "recovery")
        writer = next(iter(world.reachable_writers()))
        assert world.memory.pair().active == expected[1], moment
        assert expected[0] in {None, writer}, moment
        assert len([each for each in world.databases.values() if each.source is None and not each.is_fenced]) == 1
    assert ends == {ABORTED, DONE}


@pytest.mark.parametrize("seconds", [0, 90])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_lost_region_may_come_back_at_any_moment_of_a_failover(strategy: str, seconds: int) -> None:
    _, moments = undisturbed(lambda: lost(strategy, seconds), TICK)
    for moment in range(moments):
        world = lost(strategy, seconds)

        def come_back(world: Simulation = world) -> None:
            world.is_up["primary"] = True
            check(world)

        process = Process(hangs_at=moment, during_hang=come_back)
        for _ in range(LONGEST_MINUTES):
            world.minute(process=process)
            check(world)
            process = Process(
                hangs_at=None if process.hangs_at is None else process.hangs_at - process.moments,
                during_hang=come_back,
            )
            pair = world.memory.pair()
            if world.is_up["primary"] and not pair.open_run and not pair.fence_is_pending:
                break
        world.minute()
        assert len(world.reachable_writers()) == 1, moment
        assert world.memory.pair().active in world.records(), moment


def test_nobody_is_led_to_an_unfenced_writer_once_another_is_being_made() -> None:
    world = lost("multi_site", 90)
    world.minute()
    effects = [type(each) for each in world.done]
    assert effects == [PutTraffic, Promote]
    world.is_up["primary"] = True
    finish(world)
    assert [type(each) for each in world.done if isinstance(each, Scale)] == [Scale]
    assert world.records() == ("recovery",)
