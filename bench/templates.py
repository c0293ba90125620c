"""Counts what stands in synthesised templates, to be sure that both sides of a comparison have the same."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import BenchError

_OWN_TYPES = frozenset({"AWS::CDK::Metadata"})
"""What the CDK adds for itself."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the resources of one Pulumi type must be in the templates."""

    pulumi_type: str
    resources: int
    cloudformation: str
    """A resource type, a property or an expression."""
    kind: str
    """`resource`, `property` or `expression`."""
    companion: str | None = None


def check(expectations: Sequence[Expectation], assembly: Path) -> None:
    """Raise `BenchError` with every difference if the templates in `assembly` do not hold exactly what is expected."""
    resources = [
        resource
        for template in sorted(assembly.glob("*.template.json"))
        for resource in json.loads(template.read_text(encoding="utf-8")).get("Resources", {}).values()
        if resource["Type"] not in _OWN_TYPES
    ]
    expected: Counter[str] = Counter()
    for one in expectations:
        if one.kind != "expression":
            expected[one.cloudformation] += one.resources
        if one.companion:
            expected[one.companion] += one.resources
    folded = {one.cloudformation for one in expectations if one.kind == "property"}
    found = Counter(resource["Type"] for resource in resources)
    for path in folded:
        found[path] = sum(_count(resource.get("Properties", {}), path) for resource in resources)
    differing = [
        f"{name}: {found[name]} in the templates, {expected[name]} in the program"
        for name in sorted(found.keys() | expected.keys())
        if found[name] != expected[name]
    ]
    if differing:
        message = f"the CDK app in {assembly} is not the same as the program:\n  " + "\n  ".join(differing)
        raise BenchError(message)


def _count(properties: Mapping[str, object], name: str) -> int:
    value = properties.get(name)
    if value is None:
        return 0
    return len(value) if isinstance(value, list) else 1
