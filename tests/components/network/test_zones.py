"""Networks that name no zones ask the account, with the provider that their children will have."""

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import PlainMocks, record

Asked = list[pulumi.runtime.MockCallArgs]

NETWORK = "urn:pulumi:stack::project::aws-mobile:index:Network::net"


@pytest.mark.parametrize("preview", [True, False])
def test_the_first_three_zones_of_the_account_are_used(account: PlainMocks, preview: bool) -> None:
    recording = record(lambda: Network("net", {}), mocks=account, preview=preview)
    assert recording.component_outputs[NETWORK]["zones"] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


def test_only_zones_that_need_no_opting_in_are_asked_for_in_the_networks_region(
    account: PlainMocks, asked: Asked
) -> None:
    record(lambda: Network("net", {"region": "eu-west-1"}), mocks=account)
    assert [question.args for question in asked] == [
        {
            "state": "available",
            "filters": [{"name": "opt-in-status", "values": ["opt-in-not-required"]}],
            "region": "eu-west-1",
        }
    ]


class Nowhere(PlainMocks):
    """An account that answers nothing."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:  # noqa: ARG002 - whatever it is asked
        return {}


def test_an_account_that_answers_with_no_zones_is_refused() -> None:
    with pytest.raises(ArgsError) as caught:
        record(lambda: Network("net", {}), mocks=Nowhere())
    assert str(caught.value) == (
        'Network "net": 1 problem\n'
        "  zones: got none, and the account has 0 to offer; allowed: 2 or 3 zones; name the zones or change region"
    )


def test_named_zones_are_not_asked_for(account: PlainMocks, asked: Asked) -> None:
    record(lambda: Network("net", {"zones": ["eu-west-1a", "eu-west-1b"]}), mocks=account)
    assert asked == []


def test_nobody_is_asked_when_an_option_is_wrong(account: PlainMocks, asked: Asked) -> None:
    with pytest.raises(ArgsError):
        record(lambda: Network("net", {"cidr": "10.0.0.0/30"}), mocks=account)
    assert asked == []


class Site(pulumi.ComponentResource):
    """A component around a network, with a provider for everything in it."""

    def __init__(self, opts: pulumi.ResourceOptions) -> None:
        super().__init__("test:index:Site", "site", {}, opts)
        Network("net", {}, pulumi.ResourceOptions(parent=self))


def given_alone(provider: aws.Provider) -> None:
    Network("net", {}, pulumi.ResourceOptions(provider=provider))


def given_in_a_list(provider: aws.Provider) -> None:
    Network("net", {}, pulumi.ResourceOptions(providers=[pulumi.ProviderResource("other", "other", {}), provider]))


def given_by_package(provider: aws.Provider) -> None:
    Network("net", {}, pulumi.ResourceOptions(providers={"aws": provider}))


def given_to_the_parent(provider: aws.Provider) -> None:
    Site(pulumi.ResourceOptions(providers=[provider]))


def given_with_a_parent(provider: aws.Provider) -> None:
    site = pulumi.ComponentResource("test:index:Site", "site")
    Network("net", {}, pulumi.ResourceOptions(parent=site, provider=provider))


@pytest.mark.parametrize(
    "program", [given_alone, given_in_a_list, given_by_package, given_to_the_parent, given_with_a_parent]
)
def test_the_account_is_asked_by_the_networks_own_provider(
    account: PlainMocks, asked: Asked, program: Callable[[aws.Provider], None]
) -> None:
    recording = record(lambda: program(aws.Provider("there", region="eu-west-1")), mocks=account)
    (question,) = asked
    vpc = recording.only("aws:ec2/vpc:Vpc")
    assert question.provider == vpc.request.provider
    assert question.provider.startswith("urn:pulumi:stack::project::pulumi:providers:aws::there::")


def test_without_a_provider_the_account_is_asked_by_the_default_one(account: PlainMocks, asked: Asked) -> None:
    record(lambda: Network("net", {}, pulumi.ResourceOptions(protect=False)), mocks=account)
    assert [question.provider for question in asked] == [""]
