"""The story of a drill, in a world of a few lines: that what is broken there is found, and what is well is not.

What AWS and the runbook make of the loss of a Region is not tested here.
"""

import pytest
from cli.drill.fake_world import PRIMARY, FakeWorld, stage

from aws_mobile_cli.drill import timeline
from aws_mobile_cli.drill.game_days import GAME_DAYS, Mischief
from aws_mobile_cli.drill.records import Act, Diary
from aws_mobile_cli.drill.story import lose_primary, lose_recovery
from aws_mobile_cli.exits import UsageError


def broken(diary: Diary) -> list[str]:
    """Return the claims that did not hold."""
    return [each.claim for each in diary.expectations if not each.passed]


def played(world: FakeWorld) -> Diary:
    """Play the loss of the primary Region."""
    there = stage(world)
    lose_primary(there)
    return there.course.diary


def test_a_drill_in_which_everything_holds_breaks_nothing() -> None:
    """It goes there and back again."""
    world = FakeWorld()
    diary = played(world)
    assert broken(diary) == []
    assert [span.act for span in diary.spans] == [Act.CALM, Act.LOSS, Act.RETURN, Act.WAY_BACK, Act.END]
    assert world.active == "primary"
    assert world.updates == [1, 2]


def test_lost_writes_are_those_that_the_replica_had_not_got_yet() -> None:
    """Ten seconds of lag, a write each five seconds: two are lost."""
    diary = played(FakeWorld(lag_seconds=10))
    assert len(diary.lost[Act.LOSS]) == 2
    assert diary.lost[Act.WAY_BACK] == []


def test_the_operator_approves_after_the_stated_time() -> None:
    """Neither at once nor never."""
    diary = played(FakeWorld())
    asked = next(moment.at for moment in diary.moments if moment.what == "run")
    approved = next(moment.at for moment in diary.moments if moment.text.startswith("approve"))
    assert 120 <= approved - asked <= 130


def test_the_rto_is_what_clients_saw() -> None:
    """From the last good answer to the first good write: probes, approval, promotion, and the rest of two minutes."""
    there = stage(FakeWorld())
    lose_primary(there)
    span = there.course.diary.span(Act.LOSS)
    assert span is not None
    outage = timeline.outage(there.course.diary.calls, span)
    assert outage.over
    assert 3 * 60 + 120 + 300 - 60 <= outage.seconds <= 3 * 60 + 120 + 300 + 180


@pytest.mark.parametrize(
    ("world", "claim"),
    [
        (FakeWorld(fences=False), "the old writer is fenced within 180 s of its Region's return"),
        (FakeWorld(has_records=False), "a record answers whenever a Region is healthy"),
        (FakeWorld(keeps_planned_writes=False), "no acknowledged write is lost on the planned way back"),
        (FakeWorld(finishes=False), "the failover runs to its end"),
        (FakeWorld(finishes=False), "clients write again within what the model says to plan for"),
        (FakeWorld(lag_seconds=400), "no more is lost than the model says to plan for"),
    ],
)
def test_what_does_not_hold_is_found(world: FakeWorld, claim: str) -> None:
    """Each way in which the world is broken breaks its own expectation."""
    there = stage(world)
    there.course.run_for(400)
    lose_primary(there)
    assert claim in broken(there.course.diary)


def test_the_loss_of_the_recovery_region_leaves_the_service_alone() -> None:
    """No request fails, and nothing is opened when it answers again."""
    there = stage(FakeWorld())
    lose_recovery(there)
    diary = there.course.diary
    assert broken(diary) == []
    assert [call for call in diary.calls if not call.good] == []


NO_MISCHIEF = Mischief(lambda _: None, lambda _: pytest.fail("not here"), lambda _: pytest.fail("not here"))


@pytest.mark.parametrize("name", ["alarm-flapping", "wrong-approval"])
def test_a_game_day_in_a_world_that_is_well_breaks_nothing(name: str) -> None:
    """Those that need nothing of the sandbox."""
    there = stage(FakeWorld())
    GAME_DAYS[name].play(there, NO_MISCHIEF)
    assert broken(there.course.diary) == []


def test_an_approval_that_nobody_asked_for_and_that_is_taken_is_found() -> None:
    """The world says yes to it."""
    there = stage(FakeWorld(refuses_approvals=False))
    GAME_DAYS["wrong-approval"].play(there, NO_MISCHIEF)
    assert "an approval without a run is refused" in broken(there.course.diary)


def test_a_stack_that_is_not_well_is_not_rehearsed_with() -> None:
    """A drill would tell nothing."""
    with pytest.raises(UsageError) as refused:
        lose_primary(stage(FakeWorld(cut_regions={PRIMARY})))
    assert str(refused.value) == (
        "the stack is not well before anything is lost, so a drill would tell nothing; the last failed request: "
        "ConnectionResetError; active: recovery; open run: none"
    )
