"""What a program would create, as plain data: the tree, what is unknown, what is secret, what the policies say."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_mobile_guard.run import Finding
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Recording, Secret
from pulumi_aws_sandbox.catalog import TYPES

from .findings.said import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer of a preview."""

    project: str
    stack: str
    recording: Recording
    findings: Sequence[Finding]

    @property
    def mandatory(self) -> list[Finding]:
        """The findings that stop a deployment."""
        return [finding for finding in self.findings if finding.stops]

    def document(self) -> dict[str, Any]:
        """Return the plan as JSON."""
        return {
            "project": self.project,
            "stack": self.stack,
            "resources": [_resource(resource) for resource in self.recording],
            "outputs": plain(self.recording.stack_outputs),
            "policies": [_finding(finding) for finding in self.findings],
            "unsupported": self.unsupported,
            "summary": self.summary(),
        }

    @property
    def unsupported(self) -> dict[str, int]:
        """How many resources there are of each type that the sandbox cannot create."""
        types = Counter(resource.type for resource in self.recording if resource.custom)
        return {
            type_: count for type_, count in sorted(types.items()) if type_ not in TYPES and not _is_provider(type_)
        }

    def summary(self) -> dict[str, int]:
        """Return the plan in figures."""
        custom = [resource for resource in self.recording if resource.custom]
        standings = Counter(standing_of(finding) for finding in self.findings)
        return {
            "create": len(custom),
            "components": len(self.recording.resources) - len(custom),
            "protected": sum(resource.protect for resource in custom),
            "unknown": sum(1 for resource in custom for _ in unknown_paths(resource.inputs)),
            **{standing.value: standings[standing] for standing in Standing},
        }


def _is_provider(type_: str) -> bool:
    return type_.startswith("pulumi:")


def unknown_paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every value that is only known once AWS has answered."""
    if isinstance(value, Secret):
        value = value.value
    if value == UNKNOWN:
        yield path
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from unknown_paths(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unknown_paths(item, f"{path}[{index}]")


def _resource(resource: Recorded) -> dict[str, Any]:
    return {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "parent": resource.parent,
        "custom": resource.custom,
        "protect": resource.protect,
        "inputs": plain(resource.inputs) if resource.custom else {},
        "unknown": list(unknown_paths(resource.inputs)),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "kind": finding.kind.value,
        "mandatory": finding.stops,
        "severity": finding.severity.value,
        "urn": finding.urn,
        "message": finding.message,
        "acknowledged": finding.reason or None,
        "remediation": finding.remediation,
        "url": finding.url,
    }


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return a recorded value as JSON, with secrets and unknown values replaced by a word."""
    if isinstance(value, Secret):
        return "[secret]"
    if value == UNKNOWN:
        return "[unknown]"
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
