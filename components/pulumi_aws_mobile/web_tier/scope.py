"""Where children are made: their owner, what their names start with, and what is asked for."""

from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.tags import named

from .settings import WebTierSettings


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of the children."""

    parent: pulumi.Resource
    name: str
    """The name of the component."""
    settings: WebTierSettings

    @property
    def region(self) -> str | None:
        """The Region of every child; none is the provider's."""
        return self.settings.region

    @property
    def owned(self) -> pulumi.ResourceOptions:
        """The options of an ordinary child."""
        return pulumi.ResourceOptions(parent=self.parent)

    def child(self, role: str) -> str:
        """Return the name of the child with that role."""
        return f"{self.name}-{role}"

    def tags(self, child: str) -> dict[str, pulumi.Input[str]]:
        """Return the tags of a child."""
        return named(child, self.settings.tags)
