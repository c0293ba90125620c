"""What is to run in an environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Settings = Mapping[tuple[str, str], str]
"""Option values by namespace and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One environment with the version and the settings that it is to have."""

    id: str
    name: str
    application: str
    version_label: str
    bundle: bytes = field(repr=False)
    settings: Settings = field(repr=False)
    region: str
    load_balancer_arn: str
    auto_scaling_group: str
    cname: str
