"""Push notifications keep the rules, before and after a deployment."""

import pytest
from components.push.building import EVERYTHING, Account, Args
from judging import resource_inputs
from policy.test_rules import PRODUCTION

from aws_mobile_guard.run import Finding, Kind, evaluate
from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.testing import record


def judge(args: Args, config: dict, *, preview: bool) -> list[Finding]:
    recording = record(lambda: PushNotifications("push", args), mocks=Account(), preview=preview)
    return evaluate(resource_inputs(recording), config)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("args", [{}, EVERYTHING], ids=["nothing", "everything"])
def test_no_rule_of_production_stops_a_deployment(args: Args, preview: bool) -> None:
    assert [one for one in judge(args, PRODUCTION, preview=preview) if one.stops] == []


def test_once_deployed_every_rule_can_decide() -> None:
    assert [one for one in judge(EVERYTHING, {}, preview=False) if one.kind is not Kind.VIOLATION] == []


def test_no_finding_shows_a_credential() -> None:
    found = judge(EVERYTHING, {"all": "mandatory"}, preview=False)
    assert [one.message for one in found if "canary" in one.message] == []
