"""What the children of a component share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from . import tags


@dataclass(frozen=True, slots=True)
class Scope:
    """The component that a child belongs to, with the name, the Region and the tags that it takes from it."""

    parent: pulumi.Resource
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
            parent=self.parent, depends_on=list(depends_on) or None, retain_on_delete=retain or None
        )

    @property
    def invoke(self) -> pulumi.InvokeOutputOptions:
        """The options of a question to AWS."""
        return pulumi.InvokeOutputOptions(parent=self.parent)
