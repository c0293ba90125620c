"""Where children are made: their owner, Region and what their names start with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.tags import named

from .settings import HAdatabaseSettings


@dataclass(frozen=True, slots=True)
class Account:
    """The AWS account that everything is made in."""

    account_id: pulumi.Output[str]
    partition: pulumi.Output[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a group of children."""

    parent: pulumi.Resource
    name: str
    """The name of the component."""
    prefix: str
    """What the names of these children start with."""
    region: str | None
    """Their Region; none is the provider's."""
    account: Account
    settings: HAdatabaseSettings

    def elsewhere(self, region: str) -> "Scope":
        """Return the scope of what stands in another Region."""
        return replace(self, prefix=f"{self.name}-{region}", region=region)

    def narrowed(self, prefix: str) -> "Scope":
        """Return the scope of children in the same Region whose names start with `prefix`."""
        return replace(self, prefix=prefix)

    def child(self, role: str) -> str:
        """Return the name of the child with that role."""
        return f"{self.prefix}-{role}"

    def tags(self, child: str) -> Mapping[str, pulumi.Input[str]]:
        """Return the tags of a child."""
        return named(child, self.settings.tags)

    @property
    def owned(self) -> pulumi.ResourceOptions:
        """The options of a child that holds no data."""
        return pulumi.ResourceOptions(parent=self.parent)

    @property
    def region_name(self) -> pulumi.Input[str]:
        """The name of the Region, asked from the provider where it was not given."""
        return self.region or aws.get_region_output(opts=pulumi.InvokeOptions(parent=self.parent)).region


def find_account(parent: pulumi.Resource) -> Account:
    """Return the account and partition that AWS says the caller is in."""
    opts = pulumi.InvokeOptions(parent=parent)
    return Account(
        account_id=aws.get_caller_identity_output(opts=opts).account_id,
        partition=aws.get_partition_output(opts=opts).partition,
    )
