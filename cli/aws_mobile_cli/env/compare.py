"""`aws-mobile env diff`: what two environments do differently, in the words of the documentation."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from aws_mobile_cli.render import short_type
from pulumi_aws_mobile.errors import show
from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.in_process import PreviewMocks

from .harm import owners
from .meaning import Meaning, Meanings
from .stacks import existing, stack_file

_NOT_GIVEN = object()
_SECRET = "[secret]"  # noqa: S105 - what is shown in place of one


@dataclass(frozen=True, slots=True)
class Difference:
    """One option that two environments set differently."""

    part: str
    """The component's key in the stack file."""
    option: str
    """The option's path inside it; empty for the key itself."""
    first: object
    second: object
    meaning: Meaning

    @property
    def sentence(self) -> str:
        """Say how the first differs from the second."""
        if self.first is _NOT_GIVEN:
            return f"{self._default} instead of {_shown(self.second)}"
        if self.second is _NOT_GIVEN:
            return f"{_shown(self.first)} instead of {self._default}"
        return f"{_shown(self.first)} instead of {_shown(self.second)}"

    @property
    def explained(self) -> str:
        """Say what the values mean, or the option where its values explain themselves."""
        known = [(value, self.meaning.of(value)) for value in (self.first, self.second) if value is not _NOT_GIVEN]
        said = [f"{value}: {meaning}" for value, meaning in known if meaning]
        return "; ".join(said) or self.meaning.what

    @property
    def _default(self) -> str:
        return f"the default ({self.meaning.default})" if self.meaning.default else "nothing"

    def document(self) -> dict[str, Any]:
        """Return it as JSON; a side where the option is not given has no value."""
        sides = {"first": self.first, "second": self.second}
        return {
            "part": self.part,
            "option": self.option,
            **{side: value for side, value in sides.items() if value is not _NOT_GIVEN},
            "default": self.meaning.default,
            "meaning": self.explained,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two environments do differently."""

    first: str
    second: str
    options: Sequence[Difference]
    only: Mapping[str, Sequence[tuple[str, Recorded]]]
    """By environment, the resources that the other does not have, each with the component that it belongs to."""

    @property
    def same(self) -> bool:
        """Whether nothing was found."""
        return not self.options and not any(self.only.values())

    def counts(self, stack: str) -> Mapping[tuple[str, str], int]:
        """Return how many resources only one environment has, by component and type."""
        return Counter((owner, short_type(resource.type)) for owner, resource in self.only[stack])

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "first": self.first,
            "second": self.second,
            "options": [difference.document() for difference in self.options],
            "resources": {
                stack: [
                    {"component": owner, "type": resource.type, "name": resource.name} for owner, resource in resources
                ]
                for stack, resources in self.only.items()
            },
        }


def compare(folder: Path, first: str, second: str) -> Comparison:
    """Return what two environments would do differently; both must build."""
    names = (first, second)
    projects = [existing(folder, stack) for stack in names]
    home = projects[0].folder
    options = [_options(stack_file(home, stack), projects[0].name) for stack in names]
    recordings = [project.run(PreviewMocks(project.region), preview=True) for project in projects]
    found = list(_differences(options[0], options[1], Meanings(home), projects[0].name))
    here, there = ({_identity(resource) for resource in recording} for recording in recordings)
    only = {first: _only(recordings[0], there), second: _only(recordings[1], here)}
    return Comparison(first, second, found, only)


def _options(file: Path, namespace: str) -> dict[tuple[str, ...], object]:
    """Return every option of a stack file by its path, lists as one value."""
    content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    found: dict[tuple[str, ...], object] = {}
    for key, value in (content.get("config") or {}).items():
        name = key if ":" in key else f"{namespace}:{key}"
        found.update(_leaves(value, (name,)))
    return found


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:  # noqa: ANN401 - whatever stands in the file
    if isinstance(value, dict) and set(value) == {"secure"}:
        yield path, _SECRET
    elif isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    else:
        yield path, value


def _differences(
    first: Mapping[tuple[str, ...], object],
    second: Mapping[tuple[str, ...], object],
    meanings: Meanings,
    namespace: str,
) -> Iterator[Difference]:
    for path in dict.fromkeys([*first, *second]):
        values = first.get(path, _NOT_GIVEN), second.get(path, _NOT_GIVEN)
        # Whether two secrets are the same cannot be seen, nor is it a difference of the environments.
        if values[0] != values[1] and not _said_elsewhere(path, values, first, second):
            part = path[0].removeprefix(f"{namespace}:")
            meaning = meanings.option(path)
            if [_shown(value) for value in values if value is not _NOT_GIVEN] != [meaning.default]:
                yield Difference(part, ".".join(path[1:]), *values, meaning)


def _said_elsewhere(
    path: tuple[str, ...],
    values: tuple[object, object],
    first: Mapping[tuple[str, ...], object],
    second: Mapping[tuple[str, ...], object],
) -> bool:
    """Tell whether this is an object that is empty on one side and whose options the other side lists."""
    for value, other in ((values[0], second), (values[1], first)):
        if value == {} and any(longer[: len(path)] == path for longer in other if len(longer) > len(path)):
            return True
    return False


def _only(recording: Recording, others: set[tuple[str, str]]) -> list[tuple[str, Recorded]]:
    owner = owners(recording)
    return [
        (owner[resource.urn], resource)
        for resource in recording
        if resource.custom and _identity(resource) not in others
    ]


def _identity(resource: Recorded) -> tuple[str, str]:
    """Return what a resource is in its environment; URNs differ by the stack's name."""
    return resource.type, resource.name


def _shown(value: object) -> str:
    if value == {}:
        return "on, as by itself"
    return (
        value if isinstance(value, str) else json.dumps(value, default=str) if isinstance(value, list) else show(value)
    )
