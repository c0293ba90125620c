"""Codes that are e-mailed."""

from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers.codes import Code, new_code


@given(length=st.integers(6, 10), minutes=st.integers(1, 15), now=st.floats(0, 2**40))
def test_a_code_is_accepted_in_time_and_never_after(length: int, minutes: int, now: float) -> None:
    text, code = new_code(length, minutes, now)
    assert len(text) == length
    assert text.isdecimal()
    assert code.accepts(text, now)
    assert code.accepts(text, code.expires - 1)
    assert not code.accepts(text, code.expires)
    assert Code.from_text(code.text()) == code


@given(answer=st.text())
def test_nothing_but_the_code_is_accepted(answer: str) -> None:
    text, code = new_code(6, 5, 0)
    assert code.accepts(answer, 0) == ("".join(answer.split()) == text)


@given(text=st.text())
def test_what_is_no_code_is_read_as_none(text: str) -> None:
    read = Code.from_text(text)
    assert read is None or Code.from_text(read.text()) == read


def test_what_is_remembered_does_not_hold_the_code() -> None:
    text, code = new_code(10, 5, 0)
    assert text not in code.text()
