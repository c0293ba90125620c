"""The rules of composite alarms."""

import pytest

from pulumi_aws_sandbox.runtime.signals.rules import parse

STATES = {"a": "ALARM", "b": "OK", "c": "INSUFFICIENT_DATA", "arn:aws:cloudwatch:x:1:alarm:d e": "ALARM"}


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("ALARM(a)", True),
        ("ALARM(b)", False),
        ("OK(\"b\") AND INSUFFICIENT_DATA('c')", True),
        ("NOT ALARM(a) OR OK(b)", True),
        ("NOT (ALARM(a) OR OK(b))", False),
        ("ALARM(b) AND ALARM(b) OR ALARM(a)", True),
        ("ALARM(a) OR ALARM(b) AND ALARM(b)", True),
        ('ALARM("arn:aws:cloudwatch:x:1:alarm:d e")', True),
        ("TRUE AND NOT FALSE", True),
    ],
)
def test_a_rule_holds_by_the_states_of_its_alarms(rule: str, holds: bool) -> None:
    assert parse(rule).holds(lambda name: STATES[name]) is holds


def test_a_rule_names_the_alarms_that_it_asks() -> None:
    assert parse("ALARM(a) OR NOT (OK(b) AND TRUE)").alarms == {"a", "b"}


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "expected a function such as ALARM(name), NOT, TRUE, FALSE or ( at the end"),
        ("ALARM(a", 'expected ")" at the end'),
        ("ALARM a", 'expected "(" at "a"'),
        ("RINGS(a)", 'expected a function such as ALARM(name), NOT, TRUE, FALSE or ( at "RINGS(a)"'),
        (
            "ALARM(a) ALARM(b)",
            'expected a function such as ALARM(name), NOT, TRUE, FALSE or ( at "ALARM(b)"',
        ),
    ],
)
def test_what_is_no_rule_is_refused(rule: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refused:
        parse(rule)
    assert str(refused.value) == why
