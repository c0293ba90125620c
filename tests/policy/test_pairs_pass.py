"""A pair of Regions keeps the rules of production, by every strategy, before and after a deployment."""

from typing import Any

import pytest
from components.dr_pair import building as pairs
from judging import resource_inputs
from policy.test_rules import PRODUCTION

from aws_mobile_guard.run import Finding, Kind, evaluate

both_ways = pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
every_strategy = pytest.mark.parametrize("strategy", pairs.STRATEGIES)


def judge(args: dict[str, Any], *, preview: object) -> list[Finding]:
    return evaluate(resource_inputs(pairs.build(args, preview=bool(preview))), PRODUCTION)


@every_strategy
@both_ways
def test_a_pair_may_be_deployed_in_production(strategy: str, preview: object) -> None:
    assert [one for one in judge(pairs.everything(strategy), preview=preview) if one.stops] == []


@every_strategy
def test_once_deployed_every_rule_about_recovery_can_decide(strategy: str) -> None:
    found = judge(pairs.args_of(strategy), preview=False)
    assert [one for one in found if one.rule.startswith("dr-") and one.kind is not Kind.VIOLATION] == []


def test_a_pair_within_one_region_would_be_found() -> None:
    args = pairs.args_of("warm_standby")
    there = args["primary"]["api_domain_name"]
    found = judge({**args, "recovery": {**args["recovery"], "api_domain_name": there}}, preview=True)
    assert {(one.rule, one.urn.rsplit("::", 1)[-1]) for one in found if one.stops} == {
        ("dr-region-split", "pair-recovery-a"),
        ("dr-region-split", "pair-recovery-aaaa"),
    }


def test_a_pair_without_protection_is_found() -> None:
    found = judge({**pairs.everything("pilot_light"), "protect": False}, preview=True)
    assert {one.rule for one in found if one.stops} == {
        "ddb-delete-protect",
        "guard-protect",
        "s3-no-force-destroy",
    }
