"""The names of what CloudWatch makes us name: dashboards, and alarms above others."""

import pulumi

from pulumi_aws_mobile.naming import fit

_LONGEST = 255


def physical_name(child: str) -> str:
    """Return a name for a child that other stacks in the account do not have, and that people find it by."""
    return fit(f"{pulumi.get_project()}-{pulumi.get_stack()}-{child}", _LONGEST)
