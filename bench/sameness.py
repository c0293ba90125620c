"""Tells whether two programs register the same: without that, to compare their times means nothing."""

from collections.abc import Mapping
from typing import Any

from aws_mobile_cli.project import Project
from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.in_process import PreviewMocks


def differences(one: Project, other: Project) -> list[str]:
    """Return what the previews of two programs register differently, a line each; empty if they are the same."""
    mine, theirs = (_facts(project.run(PreviewMocks(), preview=True)) for project in (one, other))
    found = [f"{_named(key)}: only in {one.folder}" for key in mine.keys() - theirs.keys()]
    found += [f"{_named(key)}: only in {other.folder}" for key in theirs.keys() - mine.keys()]
    for key in mine.keys() & theirs.keys():
        for fact, value in mine[key].items():
            if value != theirs[key][fact]:
                found.append(f"{_named(key)}: {fact}: {value!r} against {theirs[key][fact]!r}")
    return sorted(found)


def _named(key: tuple[str, str]) -> str:
    return " ".join(key)


def _facts(recording: Recording) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """Return what counts of each resource, by type and name; its parent does not."""
    names = {resource.urn: resource.name for resource in recording if resource.custom}
    return {(resource.type, resource.name): _fact(resource, names) for resource in recording if resource.custom}


def _fact(resource: Recorded, names: Mapping[str, str]) -> Mapping[str, Any]:
    def named(urns: list[str]) -> list[str]:
        return sorted(names[urn] for urn in urns if urn in names)

    return {
        "inputs": resource.inputs,
        "comes from": {name: named(urns) for name, urns in resource.property_dependencies.items() if named(urns)},
        "waits for": named(resource.dependencies),
        "protect": resource.protect,
        "retain_on_delete": resource.retain_on_delete,
        "ignore_changes": sorted(resource.ignore_changes),
    }
