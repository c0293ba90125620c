"""The tags of a component's children."""

from collections.abc import Mapping

import pulumi


def named(name: str, tags: Mapping[str, pulumi.Input[str]]) -> dict[str, pulumi.Input[str]]:
    """Return the caller's tags with the child's name added, which AWS's console shows; a caller's own `Name` wins."""
    return {"Name": name, **tags}
