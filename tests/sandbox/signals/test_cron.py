"""Schedules."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_sandbox.runtime.signals.cron import parse


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("expression", "now", "due"),
    [
        ("cron(0 8 * * ? *)", "2026-11-22 08:00", "2026-11-22 08:00"),
        ("cron(0 8 * * ? *)", "2026-11-22 09:30", "2026-11-22 08:00"),
        ("cron(0/15 * * * ? *)", "2026-11-22 09:44", "2026-11-22 09:30"),
        ("cron(30 6 ? * MON-FRI *)", "2026-11-22 09:00", "2026-11-20 06:30"),
        ("cron(0 0 L * ? *)", "2026-12-01 00:00", "2026-11-30 00:00"),
        ("cron(0 0 1W * ? *)", "2026-11-03 00:00", "2026-11-02 00:00"),
        ("cron(0 0 ? * 1L *)", "2026-11-30 00:00", "2026-11-29 00:00"),
        ("cron(0 0 ? * SUN#4 *)", "2026-11-23 00:00", "2026-11-22 00:00"),
        ("cron(0 22-1 * * ? *)", "2026-11-22 00:30", "2026-11-22 00:00"),
        ("cron(0 12 1,22 NOV ? 2026)", "2026-11-22 12:00", "2026-11-22 12:00"),
    ],
)
def test_a_cron_expression_is_due_when_its_fields_fit(expression: str, now: str, due: str) -> None:
    since = _at(now) - 6 * 86400
    assert parse(expression).last_due(since, _at(now)) == _at(due)


def test_a_cron_expression_is_not_due_twice() -> None:
    schedule = parse("cron(0 8 * * ? *)")
    due = schedule.last_due(_at("2026-11-22 07:59"), _at("2026-11-22 08:05"))
    assert due is not None
    assert schedule.last_due(due, _at("2026-11-22 08:06")) is None


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 90), st.floats(0, 1e6), st.floats(0, 1e5))
def test_a_rate_is_due_at_multiples_since_it_was_made(minutes: int, since: float, passed: float) -> None:
    due = parse(f"rate({minutes} minutes)").last_due(since, since + passed)
    times = int(passed // (minutes * 60))
    if times == 0:
        # Adding and taking away may lose what is nearest to a whole.
        assert due is None or due == pytest.approx(since + minutes * 60)
    else:
        assert due is not None
        assert since < due <= since + passed
        assert passed - (due - since) < minutes * 60 + 1e-3


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("rate(1 minutes)", "rate(1 minutes): a rate is at least 1, and its unit has an s unless it is 1"),
        ("rate(5 minute)", "rate(5 minute): a rate is at least 1, and its unit has an s unless it is 1"),
        ("rate(0 minutes)", "rate(0 minutes): a rate is at least 1, and its unit has an s unless it is 1"),
        ("each minute", "each minute: expected rate(N minutes) or cron with 6 fields"),
        ("cron(0 8 * * *)", "cron(0 8 * * *): expected rate(N minutes) or cron with 6 fields"),
        ("cron(0 8 * * * *)", "cron(0 8 * * * *): exactly one of day-of-month and day-of-week is ?"),
        ("cron(61 8 * * ? *)", "minutes: got 61; allowed: 0 to 59"),
        ("cron(0/x 8 * * ? *)", "minutes: got 0/x; a step is a number of at least 1"),
        ("cron(0 8 ? * MON#6 *)", "day-of-week: got MON#6; allowed after #: 1 to 5"),
    ],
)
def test_what_is_no_schedule_is_refused(expression: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refused:
        parse(expression)
    assert str(refused.value) == why
