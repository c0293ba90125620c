"""What every child of an API shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile import tags


@dataclass(frozen=True, slots=True)
class Scope:
    """The API that a child belongs to, with the name, the Region and the tags that it takes from it."""

    api: pulumi.Resource
    name: str
    region: str | None
    common_tags: Mapping[str, pulumi.Input[str]]

    def child(self, role: str) -> str:
        """Return the name of the child with that role."""
        return f"{self.name}-{role}"

    def tags(self, role: str) -> dict[str, pulumi.Input[str]]:
        """Return the tags of the child with that role."""
        return tags.named(self.child(role), self.common_tags)

    def options(self, *, depends_on: Sequence[pulumi.Resource] = (), retain: bool = False) -> pulumi.ResourceOptions:
        """Return the options of a child."""
        return pulumi.ResourceOptions(
            parent=self.api, depends_on=list(depends_on) or None, retain_on_delete=retain or None
        )
