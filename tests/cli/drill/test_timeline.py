"""The figures of a drill, on records made up for it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aws_mobile_cli.drill import timeline
from aws_mobile_cli.drill.records import Act, Call, Kind, Look, Span, StepSeen, Write
from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import timeline as model_of

LOSS = Span(Act.LOSS, 100, 1000)
TIMES = st.floats(0, 1200, allow_nan=False)
CALLS = st.lists(
    st.builds(
        Call,
        at=TIMES,
        device=st.sampled_from(["one", "other"]),
        kind=st.sampled_from(Kind),
        region=st.sampled_from(["eu-west-1", None]),
        good=st.booleans(),
        said=st.just(""),
    ),
    max_size=60,
).map(lambda calls: sorted(calls, key=lambda call: call.at))


def call(at: float, *, good: bool, kind: Kind = Kind.WRITE, device: str = "one") -> Call:
    """Return a request."""
    return Call(at, device, kind, "eu-west-1", good, "")


def test_an_outage_lasts_from_the_last_good_answer_to_the_first_good_write() -> None:
    """A good read in between is not the end of it."""
    calls = [
        call(95, good=True),
        call(105, good=False),
        call(400, good=True, kind=Kind.READ),
        call(405, good=False),
        call(410, good=True),
        call(415, good=True),
    ]
    found = timeline.outage(calls, LOSS)
    assert found == timeline.Outage(5, 2, 105, 405, 410 - 95, over=True)
    assert timeline.recovered_at(calls, LOSS) == 410


def test_the_worst_device_counts() -> None:
    """One was without service for longer."""
    calls = [
        call(99, good=True),
        call(99, good=True, device="other"),
        call(105, good=False),
        call(105, good=False, device="other"),
        call(110, good=True),
        call(300, good=True, device="other"),
    ]
    assert timeline.outage(calls, LOSS).seconds == 201
    assert timeline.recovered_at(calls, LOSS) == 300


def test_an_outage_that_does_not_end_is_not_over() -> None:
    """Nothing but failures to the end."""
    found = timeline.outage([call(99, good=True), call(105, good=False)], LOSS)
    assert not found.over
    assert timeline.recovered_at([call(105, good=False)], LOSS) is None


def test_without_a_failure_there_is_no_outage() -> None:
    """The service went on."""
    assert timeline.outage([call(at, good=True) for at in (99, 105, 110)], LOSS).seconds == 0


@settings(deadline=None, max_examples=100)
@given(CALLS, st.integers(1, 50))
def test_each_request_is_in_one_slice(calls: list[Call], count: int) -> None:
    """Slices of a strip lose nothing and count nothing twice."""
    slices = timeline.buckets(calls, 100, 1000, count)
    within = [each for each in calls if 100 <= each.at <= 1000]
    assert len(slices) == count
    assert sum(each.good for each in slices) == sum(each.good for each in within)
    assert sum(each.failed for each in slices) == sum(not each.good for each in within)


@settings(deadline=None, max_examples=100)
@given(CALLS)
def test_an_outage_is_never_negative_and_counts_what_failed(calls: list[Call]) -> None:
    """Whatever was called when."""
    found = timeline.outage(calls, LOSS)
    assert found.seconds >= 0
    assert found.failed == sum(not each.good for each in calls if 100 <= each.at <= 1000)
    assert (found.first_failed is None) == (found.failed == 0)


@settings(deadline=None, max_examples=100)
@given(st.lists(TIMES, unique=True, max_size=30), st.data())
def test_what_is_missing_is_what_is_not_kept(times: list[float], data: st.DataObject) -> None:
    """Every write is either kept or missing."""
    writes = [Write(at, str(at), "eu-west-1") for at in times]
    kept = data.draw(st.sets(st.sampled_from([write.title for write in writes]))) if writes else set()
    lost = timeline.missing(writes, kept)
    assert {write.title for write in lost} == {write.title for write in writes} - kept


def test_the_loss_reaches_back_to_the_oldest_lost_write() -> None:
    """Of those before the Region was lost."""
    lost = [Write(at, str(at), "eu-west-1") for at in (80, 95, 120)]
    assert timeline.lost_seconds(lost, 100) == 20
    assert timeline.lost_seconds([], 100) == 0


def look(at: float, led_to: tuple[str | None, ...], *writers: tuple[str, str], healthy: tuple[str, ...] = ()) -> Look:
    """Return what was seen at a moment."""
    return Look(at, led_to, writers, healthy)


def test_two_writers_count_where_the_name_leads_to_both() -> None:
    """Another open one that nobody is led to is told apart."""
    both = (("eu-west-1", "a"), ("eu-central-1", "b"))
    split = look(2, ("eu-west-1", "eu-central-1"), *both)
    looks = [look(0, ("eu-central-1",), *both), look(1, ("eu-west-1", "eu-central-1"), both[0]), split]
    assert timeline.two_writers(looks) == [split]


def test_an_old_writer_counts_for_as_long_as_it_is_open() -> None:
    """From one look to the next."""
    both = (("eu-west-1", "a"), ("eu-central-1", "b"))
    looks = [
        look(0, (), both[0]),
        look(10, (), *both),
        look(25, (), *both),
        look(30, (), both[1]),
        look(90, (), both[1]),
    ]
    assert timeline.old_writer_open_seconds(looks) == 20


def test_no_answer_counts_while_a_region_is_healthy() -> None:
    """With none healthy there is nothing to lead to."""
    wrong = look(0, (None,), healthy=("eu-west-1",))
    assert timeline.unanswered([wrong, look(1, (None,)), look(2, ("eu-west-1",), healthy=("eu-west-1",))]) == [wrong]


def test_steps_stand_beside_the_model_in_its_order() -> None:
    """Detection is what went before the first one, DNS what came after the last."""
    steps = [
        StepSeen("r1", "failover", "flip", "done", 500, 500, "turned"),
        StepSeen("r1", "failover", "guard", "done", 280, 280, "looked"),
        StepSeen("r1", "failover", "undo", "done", 290, 290, "nothing"),
    ]
    phases = model_of(RecoveryStrategy.PILOT_LIGHT)
    rows = timeline.beside(steps, phases, 100, 560)
    assert [row.step for row in rows] == [*(phase.step for phase in phases), "undo"]
    found = {row.step: (row.began, row.ended, row.seen_seconds) for row in rows}
    assert found["detection"] == (100, 280, 180)
    assert found["dns"] == (500, 560, 60)
    assert found["promote"] == (None, None, None)
