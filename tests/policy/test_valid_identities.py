"""Any identity that can be built keeps the rules, but for those that its options give up by name."""

import pytest
from hypothesis import given, reject, settings
from policy.identities import Args, given_up, identities
from policy.test_components_pass import judge
from policy.test_rules import PRODUCTION

from aws_mobile_guard.run import Kind
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.identity.settings import resolve


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
@settings(deadline=None, max_examples=25)
@given(args=identities())
def test_only_what_is_given_up_stops_a_deployment(args: Args, preview: object) -> None:
    try:
        resolve("app", args)
    except ArgsError:
        reject()
    found = judge(lambda: Identity("app", args), PRODUCTION, preview=bool(preview))
    assert [one for one in found if one.kind is Kind.BROKEN] == []
    assert {one.rule for one in found if one.stops} - given_up(args) == set()


@settings(deadline=None, max_examples=10)
@given(args=identities())
def test_once_deployed_every_rule_can_decide(args: Args) -> None:
    try:
        resolve("app", args)
    except ArgsError:
        reject()
    found = judge(lambda: Identity("app", args), {}, preview=False)
    assert [one for one in found if one.kind is not Kind.VIOLATION] == []
