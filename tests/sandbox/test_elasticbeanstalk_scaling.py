"""Environments whose number of instances another program changes, seen through boto3."""

import pytest
from sandbox.beanstalk_world import ASG, Beanstalk, option, refusal

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, durations

_NONE = [option(ASG, "MinSize", "0"), option(ASG, "MaxSize", "0")]
_SOME = [option(ASG, "MinSize", "2"), option(ASG, "MaxSize", "4")]


@pytest.fixture
def shop(sandbox: Sandbox) -> Beanstalk:
    return Beanstalk(sandbox.clients)


def _sizes(shop: Beanstalk) -> tuple[int, int, int]:
    (group,) = shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    return group["MinSize"], group["MaxSize"], group["DesiredCapacity"]


def test_an_environment_may_stand_without_instances_and_get_some(shop: Beanstalk) -> None:
    made = shop.environment("live", *_NONE)
    assert (made["Status"], made["Health"], _sizes(shop)) == ("Ready", "Grey", (0, 0, 0))
    shop.eb.update_environment(EnvironmentName="live", OptionSettings=_SOME)
    assert (shop.described()["Status"], _sizes(shop)) == ("Ready", (2, 4, 2))


def test_an_update_lasts_as_long_as_is_said_and_refuses_another_one(shop: Beanstalk) -> None:
    shop.environment("live", *_NONE)
    with durations.lasting(scale=300):
        assert shop.eb.update_environment(EnvironmentName="live", OptionSettings=_SOME)["Status"] == "Updating"
        clock.move(290)
        assert shop.described()["Status"] == "Updating"
        assert refusal(lambda: shop.eb.update_environment(EnvironmentName="live", OptionSettings=_NONE)) == (
            "InvalidParameterValue",
            "Environment named live is in an invalid state for this operation. Must be Ready.",
        )
        clock.move(11)
        assert shop.described()["Status"] == "Ready"


def test_a_duration_that_there_is_not_is_refused() -> None:
    with pytest.raises(
        ValueError,
        match=r'^got "promotion"; allowed: create, modify, nat_gateway, promote, reboot, restore, scale$',
    ):
        durations.set({"promotion": 5})
    with pytest.raises(ValueError, match=r"^promote: got -1; allowed: 0 or more seconds$"):
        durations.set({"promote": -1})
