"""What people may ask of the runbook, and what it refuses, whole messages compared."""

from typing import Any

import pytest
from components.dr_pair.functions.simulation import TICK, Simulation
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.functions.recovery.requests import read_request


def lost(mode: str = "approval", **guards: Any) -> Simulation:  # noqa: ANN401 - any guard
    """Return a pair whose primary Region is gone, and the alarm has called once."""
    world = Simulation("warm_standby", mode, **guards)
    world.is_up["primary"] = False
    for _ in range(3):
        world.minute(tick=False)
    world.invoke(TICK)
    return world


def ask(world: Simulation, **event: Any) -> dict[str, Any]:  # noqa: ANN401 - any event
    """Invoke with an operator's request."""
    answer = world.invoke(event)
    assert answer is not None
    return answer


def refusal(world: Simulation, **event: Any) -> str:  # noqa: ANN401 - any event
    """Return why a request is refused, once it is seen that it is kept and changes nothing else."""
    before = world.memory.pair()
    effects = list(world.done)
    answer = ask(world, **event)
    kept = world.memory.pair().refusals[-1]
    assert (kept["request"], kept["accepted"], kept["refusal"]) == (event["request"], False, answer["refused"])
    assert (world.memory.pair().open_run, world.done) == (before.open_run, effects)
    return answer["refused"]


def test_an_alarm_asks_for_an_approval_with_the_exact_request_to_send() -> None:
    world = lost()
    run = world.memory.pair().open_run
    assert world.done == []
    assert world.messages == [
        (
            "[shop] approve the failover?",
            (
                f"The failover {run} needs an approval: the primary site does not answer; the replica was 0 s behind, "
                "at most 300 s are allowed.\n\n"
                "To approve, invoke the recovery function in eu-central-1 with\n"
                f'{{"request": "approve", "run": "{run}", "by": "YOUR NAME"}}\n'
                "or, to let it be, with\n"
                f'{{"request": "reject", "run": "{run}", "by": "YOUR NAME"}}\n\n'
                "Without an answer it is rejected in 60 minutes."
            ),
        )
    ]


def test_an_approval_lets_the_run_go_and_is_kept_with_it() -> None:
    world = lost()
    run = world.memory.pair().open_run
    answer = ask(world, request="approve", run=run, by="ada", reason="seen it")
    assert "refused" not in answer
    (kept,) = answer["run"]["approvals"]
    kept.pop("at")
    assert kept == {"request": "approve", "run": run, "by": "ada", "reason": "seen it", "accepted": True}
    world.minute()
    assert world.memory.pair().active == "recovery"


def test_an_approval_of_an_unknown_run_is_refused() -> None:
    world = lost()
    assert refusal(world, request="approve", run="r999", by="ada") == 'run: got "r999"; there is no such run'


def test_an_approval_without_a_run_is_refused() -> None:
    assert refusal(lost(), request="approve", by="ada") == 'run: got ""; there is no such run'


def test_an_approval_without_an_approver_is_refused() -> None:
    world = lost()
    run = world.memory.pair().open_run
    assert refusal(world, request="approve", run=run) == "by: missing; say who asks for the approve"
    assert refusal(world, request="approve", run=run, by="  ") == "by: missing; say who asks for the approve"


def test_an_approval_of_a_run_that_is_over_is_refused_and_kept_with_that_run() -> None:
    world = lost()
    run = world.memory.pair().open_run
    ask(world, request="reject", run=run, by="ada")
    assert refusal(world, request="approve", run=run, by="eve") == f"the run {run} is rejected; it is over"
    told = world.memory.run(run)
    assert told is not None
    assert [(each["by"], each["accepted"]) for each in told.approvals] == [("ada", True), ("eve", False)]


def test_an_approval_that_nobody_waits_for_is_refused() -> None:
    world = lost(mode="automatic")
    run = world.memory.pair().open_run
    answer = refusal(world, request="approve", run=run, by="ada")
    assert answer == f"the run {run} is running at scale; nothing waits for an approval"


def test_an_approval_that_comes_too_late_is_refused() -> None:
    world = lost(approval_minutes=5)
    run = world.memory.run(world.memory.pair().open_run)
    assert run is not None
    assert run.ask is not None
    world.now = run.ask["expires"]
    told = ask(world, request="approve", run=run.id, by="ada")
    assert told["refused"] == f"the run {run.id} waited for an approval until {run.ask['expires']}; it is too late"
    assert told["run"]["status"] == "rejected"


def test_a_run_that_nobody_approves_is_rejected() -> None:
    world = lost(approval_minutes=5)
    run = world.memory.pair().open_run
    for _ in range(6):
        world.minute()
    told = world.memory.run(run)
    assert told is not None
    assert (told.status, told.ending and told.ending["reason"]) == ("rejected", "nobody approved in 5 minutes")
    assert world.done == []


def test_a_run_that_waits_ends_when_the_primary_answers_again() -> None:
    world = lost()
    run = world.memory.pair().open_run
    world.is_up["primary"] = True
    world.minute()
    world.minute()
    told = world.memory.run(run)
    assert told is not None
    assert (told.status, told.ending and told.ending["reason"]) == ("rejected", "the primary site answers again")
    assert world.memory.pair().cooldown_until == 0


def test_a_second_run_is_refused_while_one_is_open() -> None:
    world = lost()
    run = world.memory.pair().open_run
    for request in ("failover", "switchover", "dry_run"):
        assert refusal(world, request=request, by="ada") == f"the run {run} is open; one at a time"


def test_nothing_else_is_begun_before_the_old_writer_is_fenced() -> None:
    world = lost(mode="automatic")
    world.minute()
    assert world.memory.pair().active == "recovery"
    expected = "the old writer shop-primary is not fenced yet; nothing else before that"
    assert refusal(world, request="switchover", direction="to_primary", by="ada") == expected


def test_a_failover_leads_to_the_recovery_site_only() -> None:
    expected = "a failover leads to the recovery site only, for what acts stands there; use a switchover"
    assert refusal(Simulation(), request="failover", direction="to_primary", by="ada") == expected


def test_a_switchover_to_the_active_site_is_refused() -> None:
    expected = "the primary site is the active one already"
    assert refusal(Simulation(), request="switchover", direction="to_primary", by="ada") == expected


def test_a_failover_of_a_primary_that_answers_is_rejected_with_what_to_do_instead() -> None:
    world = Simulation()
    answer = ask(world, request="failover", by="ada")
    assert answer["run"]["status"] == "rejected"
    assert answer["run"]["ending"]["reason"] == "the primary site answers: use a switchover"
    assert world.done == []


def test_an_abort_is_refused_once_there_is_no_way_back() -> None:
    world = lost(mode="automatic")
    run = world.memory.pair().open_run
    answer = refusal(world, request="abort", run=run, by="ada")
    assert answer == f"the run {run} is at scale and can only go forward; use retry where it needs help"


def test_a_retry_of_a_run_that_goes_on_by_itself_is_refused() -> None:
    world = lost()
    run = world.memory.pair().open_run
    answer = refusal(world, request="retry", run=run, by="ada")
    assert answer == f"the run {run} is awaiting_approval at approval; it goes on by itself"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            {"request": "explode", "by": "ada"},
            'request: got "explode"; allowed: abort, approve, dry_run, failover, reject, retry, status, switchover',
        ),
        (
            {"request": "switchover", "by": "ada", "direction": "home"},
            'direction: got "home"; allowed: to_primary, to_recovery',
        ),
        ({"request": "dry_run", "by": "ada", "of": "x"}, 'of: got "x"; allowed: failover, switchover'),
        ({"request": "failover"}, "by: missing; say who asks for the failover"),
        ({"request": "approve", "run": ["r1"], "by": "ada"}, "run: not a text of at most 200 characters"),
        ({"request": "approve", "run": "r1", "by": "a" * 201}, "by: not a text of at most 200 characters"),
    ],
)
def test_a_malformed_request_is_refused(event: dict[str, Any], message: str) -> None:
    world = Simulation()
    assert ask(world, **event)["refused"] == message
    assert world.memory.pair().refusals[-1]["refusal"] == message


@given(st.dictionaries(st.text(max_size=9), st.none() | st.booleans() | st.integers() | st.text(max_size=9)))
def test_an_event_without_a_request_is_a_tick_whatever_it_says(event: dict[str, Any]) -> None:
    event.pop("request", None)
    assert read_request(event).name == "tick"


def test_a_status_is_answered_without_writing() -> None:
    world = lost()
    before = world.memory.version
    answer = ask(world, request="status")
    assert (answer["run"]["status"], answer["advice"]) == ("awaiting_approval", ["recovery.takeovers: 0"])
    assert world.memory.version == before


def test_only_the_last_twenty_refusals_are_kept() -> None:
    world = Simulation()
    for number in range(25):
        ask(world, request="approve", run=f"r{number}", by="ada")
    assert [each["run"] for each in world.memory.pair().refusals] == [f"r{number}" for number in range(5, 25)]


def test_who_asks_while_another_invocation_works_is_told_to_ask_again() -> None:
    world = Simulation()
    world.memory.lease("another", world.now)
    assert ask(world, request="switchover", by="ada")["refused"] == (
        "another invocation is at work; send it again in a minute"
    )
    assert ask(world, tick=True)["busy"] == "another invocation is at work"
