"""What the bench judges, and how it counts. No test here looks at how long anything took."""

from policy.compliant_stack import compliant
from policy.guard_stack import build
from policy.test_rules import STRICT, TODAY

from aws_mobile_guard.run import evaluate
from bench.judging import Judged, copied, growth, judge


def test_every_copy_is_judged_as_the_stack_is() -> None:
    resources = build(compliant(), known=False)
    alone, twice, four = judge(resources, 1, (1, 2, 4))
    assert (alone.resources, twice.resources, four.resources) == tuple(len(resources) * count for count in (1, 2, 4))
    assert alone.findings > 0
    assert (twice.findings, four.findings) == (2 * alone.findings, 4 * alone.findings)


def test_a_copy_refers_to_itself_alone() -> None:
    resources = build(compliant(), known=False)
    urns = {one.urn for one in copied(resources, 3)}
    assert urns.isdisjoint({one.urn for one in resources})
    for one in copied(resources, 3):
        assert all(urns.issuperset(sources) for sources in one.property_dependencies.values())
    said = {(one.rule, one.message) for one in evaluate(copied(resources, 3), STRICT, today=TODAY)}
    assert said == {(one.rule, one.message) for one in evaluate(resources, STRICT, today=TODAY)}


def test_growth_is_how_much_longer_a_resource_takes_among_many() -> None:
    assert growth([Judged(1, 100, 5, 1.0), Judged(8, 800, 40, 12.0)]) == 1.5
