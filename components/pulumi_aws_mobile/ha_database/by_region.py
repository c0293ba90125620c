"""Outputs that are maps: by replica, or by Region."""

from collections.abc import Mapping

import pulumi

from .scope import Scope

_REGION_OF_ARN = 3


def gather(values: Mapping[str, pulumi.Input[str]]) -> pulumi.Output[dict[str, str]]:
    """Return the values by their keys as one output."""
    return pulumi.Output.all(*values.values()).apply(lambda found: dict(zip(values, found, strict=True)))


def by_region(scope: Scope, values: Mapping[str | None, pulumi.Input[str]]) -> pulumi.Output[dict[str, str]]:
    """Return the values by their Regions as one output; no Region is the database's own."""
    regions = [scope.region_name if region is None else region for region in values]
    halves = pulumi.Output.all(pulumi.Output.all(*regions), pulumi.Output.all(*values.values()))
    return halves.apply(lambda found: dict(zip(*found, strict=True)))


def secret_in(region: str, secret_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """Return the ARN of the secret's copy in a Region: it has the name of the secret, random part and all."""
    return secret_arn.apply(lambda arn: ":".join(_moved(arn.split(":"), region)))


def _moved(parts: list[str], region: str) -> list[str]:
    return [*parts[:_REGION_OF_ARN], region, *parts[_REGION_OF_ARN + 1 :]]
