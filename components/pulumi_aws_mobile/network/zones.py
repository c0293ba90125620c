"""The zones that an account can use, asked from AWS where a network names none."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

_PACKAGE = "aws"


def zones_of_account(region: str | None, opts: pulumi.ResourceOptions | None) -> Sequence[str]:
    """Return the Availability Zones of a Region that the account can use, without Local and Wavelength Zones.

    The component does not exist yet, so the call uses the provider that its children will have.
    """
    found = aws.get_availability_zones(
        state="available",
        filters=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}],
        region=region,
        opts=pulumi.InvokeOptions(parent=opts.parent, provider=_provider(opts)) if opts else None,
    )
    return found.names or []


def _provider(opts: pulumi.ResourceOptions) -> pulumi.ProviderResource | None:
    given = opts.providers or ()
    several = given.values() if isinstance(given, Mapping) else given
    for provider in (opts.provider, *several):
        if isinstance(provider, pulumi.ProviderResource) and provider.package == _PACKAGE:
            return provider
    return None
