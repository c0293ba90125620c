from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.naming import fit
from pulumi_aws_mobile.tags import named

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,90}", fullmatch=True)


@given(NAMES, st.integers(12, 63))
def test_a_fitted_name_is_never_too_long(name: str, longest: int) -> None:
    assert len(fit(name, longest)) <= longest


@given(NAMES)
def test_a_short_name_stays_as_it_is(name: str) -> None:
    assert fit(name, len(name)) == name


@given(NAMES, NAMES)
def test_two_names_stay_apart(one: str, other: str) -> None:
    assert (fit(one, 24) == fit(other, 24)) == (one == other)


def test_a_long_name_keeps_its_front_and_ends_in_a_hash() -> None:
    assert fit("the-database-of-the-reporting-team", 20) == "the-database-8d44d0c"


def test_the_callers_name_tag_wins() -> None:
    assert named("child", {"team": "a"}) == {"Name": "child", "team": "a"}
    assert named("child", {"Name": "mine"}) == {"Name": "mine"}
