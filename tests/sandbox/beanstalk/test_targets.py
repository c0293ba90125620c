"""Who gets a request, and when a target counts as healthy; no instance runs."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from sandbox.beanstalk.stage import PROCESS

from pulumi_aws_sandbox.runtime.beanstalk.options import read
from pulumi_aws_sandbox.runtime.beanstalk.targets import Target, Targets, TargetState

_CHECK = read({(PROCESS, "HealthyThresholdCount"): "3", (PROCESS, "UnhealthyThresholdCount"): "2"}).check


def _targets(states: list[TargetState], *, new_versions: int = 0) -> tuple[Targets, list[Target]]:
    """Make targets of these states; the last ones are of the new version."""
    targets, made = Targets(), []
    for number, state in enumerate(states):
        target = Target(f"i-{number}", new_version=number >= len(states) - new_versions)
        targets.register(target)
        target.state = state
        made.append(target)
    return targets, made


def _send(targets: Targets, count: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for _ in range(count):
        with targets.chosen() as target:
            seen[target.id if target else "nobody"] += 1
    return seen


@given(st.lists(st.sampled_from([TargetState.INITIAL, TargetState.HEALTHY, TargetState.UNHEALTHY]), max_size=6))
def test_only_healthy_targets_get_requests_unless_there_is_none(states: list[TargetState]) -> None:
    targets, made = _targets(states)
    healthy = {each.id for each in made if each.state is TargetState.HEALTHY}
    assert set(_send(targets, 20)) == (healthy or {each.id for each in made} or {"nobody"})


@given(st.integers(1, 6), st.integers(1, 10))
def test_healthy_targets_take_turns(count: int, rounds: int) -> None:
    targets, made = _targets([TargetState.HEALTHY] * count)
    assert _send(targets, count * rounds) == {each.id: rounds for each in made}


@given(st.integers(0, 100))
def test_a_split_gives_the_new_version_exactly_its_share(percent: int) -> None:
    targets, _ = _targets([TargetState.HEALTHY] * 2, new_versions=1)
    targets.split(percent)
    seen = _send(targets, 100)
    assert (seen["i-0"], seen["i-1"]) == (100 - percent, percent)


@given(st.lists(st.booleans(), max_size=30))
def test_health_follows_the_thresholds(results: list[bool]) -> None:
    targets, (target,) = _targets([TargetState.INITIAL])
    expected, row = TargetState.INITIAL, 0
    for number, passed in enumerate(results):
        row = row + 1 if number and results[number - 1] is passed else 1
        if passed and (expected is TargetState.INITIAL or row >= 3):
            expected = TargetState.HEALTHY
        elif not passed and row >= 2:
            expected = TargetState.UNHEALTHY
        targets.checked(target, _CHECK, passed=passed, said="")
        assert target.state is expected


def test_a_target_that_is_taken_out_gets_no_more_and_is_told_to_be_drained() -> None:
    targets, (first, second) = _targets([TargetState.HEALTHY] * 2)
    assert targets.deregister(first, 0) is True
    assert set(_send(targets, 5)) == {second.id}
    with targets.chosen():
        assert targets.deregister(second, 0) is False
    assert targets.deregister(second, 0) is True
