"""An environment that a failover scales: an update that would take that back is refused.

That the engine calls the hook, in a preview and in an update, is proved with the engine.
"""

from typing import Any

import pytest
from components.web_tier.building import ENVIRONMENT, Args, build
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.testing import UNKNOWN
from pulumi_aws_mobile.web_tier.failover_safety import WISH_TAG, taken_back

STANDBY: Args = {"standby": True, "instances": {"max": 0}, "environment": {"RDS_HOSTNAME": "old.rds"}}
FIX = (
    "a failover changed it: tell the program (with a DRPair, raise `takeovers` by one) before the next update, or set "
    "`standby` to false to take it back all the same"
)


def environment(least: object, most: object, host: object, wish: object = None) -> dict[str, Any]:
    """Return an environment with these values, and the tag where there is one."""
    asg, properties = "aws:autoscaling:asg", "aws:elasticbeanstalk:application:environment"
    named = [(asg, "MinSize", least), (asg, "MaxSize", most), (properties, "RDS_HOSTNAME", host)]
    found = [{"namespace": space, "name": name, "value": value} for space, name, value in named if value is not None]
    return {"settings": found, "tags": {"Name": "web"} if wish is None else {WISH_TAG: wish}}


def lines(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in taken_back(before, after)]


def test_a_standby_says_in_a_tag_what_it_was_to_be(source: str) -> None:
    made = build({"source": source, **STANDBY, "tags": {"team": "core"}}).only(ENVIRONMENT)
    assert made.inputs["tags"] == {"team": "core", WISH_TAG: "0 0 old.rds"}


def test_without_a_database_the_tag_says_so(source: str) -> None:
    assert build({"source": source, "standby": True}).only(ENVIRONMENT).inputs["tags"] == {WISH_TAG: "2 4 -"}


def test_others_have_no_such_tag(source: str) -> None:
    assert WISH_TAG not in build({"source": source}).only(ENVIRONMENT).inputs.get("tags", {})


def test_each_environment_has_its_own(source: str) -> None:
    environments = {"blue": {}, "green": {"instances": {"min": 1, "max": 1}}}
    args = {"source": source, "standby": True, "environments": environments, "live": "blue"}
    tags = {made.name: made.inputs["tags"][WISH_TAG] for made in build(args).of_type(ENVIRONMENT)}
    assert tags == {"web-blue-php84": "2 4 -", "web-green-php84": "1 1 -"}


def test_taking_back_a_failover_is_refused() -> None:
    before, after = environment("2", "4", "new.rds", "0 0 old.rds"), environment("0", "0", "old.rds")
    assert lines(before, after) == [
        f'instances.min: got "0"; allowed: 2, as it is; {FIX}',
        f'instances.max: got "0"; allowed: 4, as it is; {FIX}',
        f'environment.RDS_HOSTNAME: got "old.rds"; allowed: new.rds, as it is; {FIX}',
    ]


def test_a_new_number_does_not_excuse_the_old_database() -> None:
    before, after = environment("2", "4", "new.rds", "1 1 old.rds"), environment("2", "3", "old.rds")
    assert lines(before, after) == [f'environment.RDS_HOSTNAME: got "old.rds"; allowed: new.rds, as it is; {FIX}']


def test_adopting_a_failover_is_welcome() -> None:
    before = environment("2", "4", "new.rds", "0 0 old.rds")
    assert not lines(before, environment("2", "4", "new.rds"))


def test_any_other_change_of_the_program_is_welcome() -> None:
    before = environment("0", "0", "old.rds", "0 0 old.rds")
    assert not lines(before, environment("1", "2", "other.rds"))


def test_what_the_program_changes_itself_is_its_own_affair_after_a_failover_too() -> None:
    before = environment("2", "4", "new.rds", "0 0 old.rds")
    assert not lines(before, environment("3", "6", "third.rds"))


def test_the_first_update_with_the_option_knows_no_failover() -> None:
    assert not lines(environment("2", "4", "new.rds"), environment("0", "0", "old.rds"))


def test_a_tag_that_is_not_ours_says_nothing() -> None:
    assert not lines(environment("2", "4", "new.rds", "hello"), environment("0", "0", "old.rds"))


def test_a_value_that_is_not_known_yet_is_left_to_the_update() -> None:
    before = environment("0", "0", "new.rds", "0 0 old.rds")
    assert not lines(before, environment("0", "0", UNKNOWN))
    assert not lines(before, {"settings": UNKNOWN, "tags": UNKNOWN})


def test_a_database_that_went_is_not_put_back_by_a_failover() -> None:
    assert not lines(environment("0", "0", None, "0 0 old.rds"), environment("0", "0", "old.rds"))


sizes = st.integers(0, 9).map(str)
hosts = st.sampled_from(["a.rds", "b.rds", "c.rds"])


@settings(deadline=None, max_examples=100)
@given(sizes, sizes, hosts)
def test_without_a_failover_nothing_is_refused(least: str, most: str, host: str) -> None:
    left = environment(least, most, host, f"{least} {most} {host}")
    for wished in ("0", "3"):
        assert not lines(left, environment(wished, wished, "d.rds"))
        assert not lines(left, environment(least, most, host))


@pytest.mark.parametrize("preview", [True, False])
def test_the_option_makes_no_other_child(source: str, preview: bool) -> None:
    with_it, without = ({"source": source, **STANDBY, "standby": standby} for standby in (True, False))
    assert build(with_it, preview=preview).urns == build(without, preview=preview).urns
