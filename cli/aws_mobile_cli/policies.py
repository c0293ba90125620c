"""Hands a recording to the policy pack."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict

from aws_mobile_guard import presets
from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import ConfigError, Finding, evaluate
from pulumi_aws_mobile.testing import Recording

from .exits import UsageError
from .project import Project


def judge(project: Project, recording: Recording, config: Mapping[str, Any]) -> list[Finding]:
    """Return what the rules say of a recording."""
    return evaluate(inputs_of(recording, project.region), config)


def inputs_of(recording: Recording, region: str) -> Iterator[ResourceInput]:
    """Go through the resources of a recording as the rules take them."""
    for resource in recording:
        if resource.custom:
            yield ResourceInput(
                urn=resource.urn,
                type=resource.type,
                name=resource.name,
                properties=MessageToDict(resource.request.object),
                outputs=MessageToDict(resource.reply) if resource.id else {},
                property_dependencies=resource.property_dependencies,
                protect=resource.protect,
                id=resource.id,
                provider=resource.request.provider,
                provider_region=region,
            )


def policy_config(project: Project, chosen: Path | None) -> Mapping[str, Any]:
    """Return the policies' configuration: of the chosen preset or file, or of the stack's own `policies`, or none."""
    tier = project.config.get(f"{project.name}:policies")
    if chosen is None and tier is None:
        return {}
    return read_configuration(_preset(f"{project.name}:policies", str(tier)) if chosen is None else chosen)


def read_configuration(path: Path) -> Mapping[str, Any]:
    """Return a policies' configuration, of a preset by its name or of a file; raise a `UsageError` if it is wrong."""
    if str(path) in presets.NAMES and not path.is_file():
        path = presets.path(str(path))
    try:
        config = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        message = f"{path}: not a policy configuration: {error}"
        raise UsageError(message) from error
    if not isinstance(config, dict):
        message = f"{path}: not a policy configuration: it must be an object"
        raise UsageError(message)
    try:
        evaluate((), config)  # reads the whole configuration, before anything is run for it
    except ConfigError as error:
        message = f"{path}: {error}"
        raise UsageError(message) from error
    return config


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice in an object: JSON would keep the last in silence."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            message = f'"{name}" stands there twice'
            raise ValueError(message)
        found[name] = value
    return found


def _preset(where: str, name: str) -> Path:
    if name in presets.NAMES:
        return presets.path(name)
    message = f'{where}: got "{name}"; allowed: {", ".join(presets.NAMES)}; name one of these'
    raise UsageError(message)
