"""What options mean, without anything that runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox.beanstalk.stage import PROCESS

from pulumi_aws_sandbox.runtime.beanstalk.options import Batches, read


@given(size=st.integers(1, 100), instances=st.integers(1, 50))
def test_a_batch_is_never_empty_and_never_more_than_there_is(size: int, instances: int) -> None:
    for percentage in (True, False):
        assert 1 <= Batches(size, percentage).of(instances) <= instances


@pytest.mark.parametrize(
    ("size", "percentage", "instances", "batch"),
    [(30, True, 4, 1), (50, True, 4, 2), (100, True, 3, 3), (34, True, 3, 1), (2, False, 3, 2), (9, False, 3, 3)],
)
def test_batches_are_rounded_down_and_hold_one_instance_at_least(
    size: int, percentage: bool, instances: int, batch: int
) -> None:
    assert Batches(size, percentage).of(instances) == batch


@pytest.mark.parametrize(
    ("codes", "accepted", "refused"),
    [
        ("200", (200,), (201, 199, 500)),
        ("200,204", (200, 204), (201,)),
        ("200-299, 401", (200, 250, 299, 401), (300, 400)),
    ],
)
def test_a_health_check_takes_the_codes_of_its_matcher(
    codes: str, accepted: tuple[int, ...], refused: tuple[int, ...]
) -> None:
    check = read({(PROCESS, "MatcherHTTPCode"): codes}).check
    assert all(map(check.accepts, accepted))
    assert not any(map(check.accepts, refused))


def test_defaults_are_those_of_beanstalk() -> None:
    options = read({})
    assert (options.least, options.most, options.policy, options.batches) == (
        1,
        4,
        "AllAtOnce",
        Batches(size=100, percentage=True),
    )
    assert (options.check.path, options.check.interval_seconds, options.check.codes) == ("/", 15, "200")
    assert (options.draining_seconds, options.timeout_seconds, options.idle_seconds) == (20, 600, 60)
    assert (options.trigger.measure, options.trigger.statistic) == ("NetworkOut", "Average")


def test_the_process_has_the_last_word_on_the_health_check_path() -> None:
    older = {("aws:elasticbeanstalk:application", "Application Healthcheck URL"): "/old"}
    assert read(older).check.path == "/old"
    assert read(older | {(PROCESS, "HealthCheckPath"): "/health"}).check.path == "/health"


def test_a_single_instance_is_one() -> None:
    single = {
        ("aws:elasticbeanstalk:environment", "EnvironmentType"): "SingleInstance",
        ("aws:autoscaling:asg", "MinSize"): "2",
    }
    assert (read(single).least, read(single).most) == (1, 1)
