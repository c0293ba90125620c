"""What is decided about a self-healing, and what is said of options that cannot work."""

import pytest
from components.self_healing.building import (
    BALANCER,
    DATABASE,
    ENVIRONMENT,
    EVERYTHING,
    LEAST,
    QUEUE,
    TOPIC,
    Args,
)
from components.self_healing.strategies import self_healing_args
from hypothesis import given

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.self_healing.settings import SelfHealingSettings, resolve


def settings_of(args: Args) -> SelfHealingSettings:
    return resolve("healing", args)


def problems_of(args: Args, name: str = "healing") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_by_default_three_attempts_are_made_within_an_hour() -> None:
    found = settings_of(LEAST)
    assert (found.attempts, found.first_seconds, found.factor, found.settle_seconds) == (3, 180, 2.0, 120)
    assert (found.actions, found.window_minutes, found.tick_minutes) == (5, 60, 1)


def test_everything_together_works() -> None:
    assert settings_of(EVERYTHING).environments["web"].rebuild is True


def test_whole_numbers_may_arrive_as_floats() -> None:
    assert settings_of({**LEAST, "tick_minutes": 2.0}).tick_minutes == 2


@given(self_healing_args())
def test_pauses_fit_into_the_window_whatever_is_given(args: Args) -> None:
    found = settings_of(args)
    pauses = sum(found.first_seconds * found.factor**tried for tried in range(found.attempts))
    assert pauses <= found.window_minutes * 60
    assert found.attempts <= found.actions


def queue(**changes: object) -> Args:
    return {"databases": {}, "queues": {"jobs": {**QUEUE, **changes}}}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"databases": {}},
            "args: got nothing; allowed: at least one of environments, databases, queues; name what is to be healed",
        ),
        (
            {"databases": {f"d{number}": DATABASE for number in range(13)}},
            ('args: got "13 targets"; allowed: at most 12 targets together; make another SelfHealing for the rest'),
        ),
        (
            {"databases": {"Orders": DATABASE}},
            (
                'databases.Orders: got "Orders"; allowed: 1 to 30 lower-case letters, digits and inner hyphens; '
                "choose another name"
            ),
        ),
        (
            {"environments": {"web": {**ENVIRONMENT, "load_balancer_arn": BALANCER}}},
            (
                "environments.web.target_group_arn: got nothing; allowed: an ARN, as load_balancer_arn is given; "
                "give it, or leave load_balancer_arn out"
            ),
        ),
        (
            queue(dead_letter_arn=QUEUE["arn"]),
            (
                f'queues.jobs.dead_letter_arn: got "{QUEUE["arn"]}"; allowed: another queue than the one that is '
                "healed; make a queue for poisoned messages"
            ),
        ),
        (
            queue(arn=QUEUE["arn"] + ".fifo"),
            (
                f'queues.jobs.dead_letter_arn: got "{QUEUE["dead_letter_arn"]}"; allowed: a FIFO queue, as the one '
                "that is healed; give one of the same type"
            ),
        ),
        (
            {"databases": {"orders": {**DATABASE, "identifier": "other"}}},
            (
                f'databases.orders.arn: got "{DATABASE["arn"]}"; allowed: the ARN of other, as identifier says; '
                "give both of the same instance"
            ),
        ),
        (
            {"databases": {"orders": {**DATABASE, "free_gib": 5}}},
            (
                "databases.orders.free_gib: got 5; allowed: nothing without largest_gib; "
                "give largest_gib too, or leave free_gib out"
            ),
        ),
        (
            {"retries": {"attempts": 4}, "breaker": {"actions": 3, "window_minutes": 1440}},
            (
                "retries.attempts: got 4; allowed: at most the 3 of breaker.actions; "
                "raise breaker.actions or lower the attempts"
            ),
        ),
        (
            {"retries": {"first_seconds": 3600}},
            (
                'retries: got "up to 37800 seconds"; allowed: pauses that take at most the 3600 seconds of '
                "breaker.window_minutes together; lower first_seconds, factor or attempts, or raise the window"
            ),
        ),
        (
            {"retries": {"attempt": 2}},
            (
                "retries.attempt: got 2; allowed: attempts, factor, first_seconds, settle_seconds; "
                'did you mean "attempts"?'
            ),
        ),
        (
            {"page_topic_arn": "pages"},
            'page_topic_arn: got "pages"; allowed: the ARN of an SNS topic; choose an allowed value',
        ),
        ({"tick_minutes": 6}, "tick_minutes: got 6; allowed: 1 to 5 minutes; choose an allowed value"),
        ({"breaker": {"actions": 0}}, "breaker.actions: got 0; allowed: 1 to 20 actions; choose an allowed value"),
    ],
)
def test_what_cannot_work_is_said_in_full(args: Args, said: str) -> None:
    assert said in problems_of({**LEAST, **args})


def test_all_problems_are_reported_at_once() -> None:
    assert len(problems_of({"databases": {"orders": {}}, "tick_minutes": 0})) == 4


def test_a_name_that_leaves_no_room_for_the_functions_is_refused() -> None:
    (said,) = problems_of(LEAST, "x" * 41)
    assert said == (
        f'name: got "{"x" * 41}"; allowed: 1 to 40 letters, digits, hyphens and underscores; '
        "rename the component: its function is named after it"
    )


def test_the_page_topic_must_be_given() -> None:
    assert problems_of({"databases": LEAST["databases"]}) == [
        "page_topic_arn: got nothing; allowed: a text; give it; it has no default"
    ]
    assert TOPIC.startswith("arn:")
