"""An account in eu-west-1 for networks that name no zones."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from pulumi_aws_mobile.network import Network
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

ZONES_OF = "aws:index/getAvailabilityZones:getAvailabilityZones"


class Account(PlainMocks):
    """Answers with four zones and its number, and gives addresses out."""

    def __init__(self, asked: list[pulumi.runtime.MockCallArgs]) -> None:
        super().__init__()
        self._asked = asked

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        if args.token != ZONES_OF:
            return {"accountId": "123456789012"}
        self._asked.append(args)
        return {"names": ["eu-west-1c", "eu-west-1a", "eu-west-1d", "eu-west-1b"]}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        if args.typ == "aws:ec2/eip:Eip":
            outputs["publicIp"] = f"ip of {args.name}"
        return id_, outputs


@pytest.fixture
def asked() -> list[pulumi.runtime.MockCallArgs]:
    """What the account was asked about its zones."""
    return []


@pytest.fixture
def account(asked: list[pulumi.runtime.MockCallArgs]) -> PlainMocks:
    return Account(asked)


@pytest.fixture
def build() -> Callable[..., Recording]:
    """Record the network `net` in three zones, with the given options."""

    def build_it(args: dict[str, Any], *, preview: bool = False, mocks: PlainMocks | None = None) -> Recording:
        named: Any = {"zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"], **args}
        return record(lambda: Network("net", named), preview=preview, mocks=mocks)

    return build_it
