"""What a program registers, as data from which the same can be written in another way: literals and references.

The program runs once with answers that can be told apart. Where such an answer turns up among the inputs of a later
resource, that input is a reference. References are written into the values as text, `@@<index>.<output>@@`, also in the
middle of a string such as a policy document; `@@<index>.arn|tail@@` is the last part of an ARN.

It runs a second time as a preview, which tells what is unknown there although no reference is left in it: a digest of a
document, or what was made of a function's answer.
"""

import inspect
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, get_args, get_origin

from pulumi import _types
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

from aws_mobile_cli.project import Project
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Secret
from pulumi_aws_sandbox.in_process import PreviewMocks

from .lack import lack
from .reference import REFERENCE, TAIL, references

_ARN = re.compile(r"arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{12}:(?=@@)")
_FIRST_NUMBER = 7_000_001
"""Numbers that stand for references begin here, above ports, sizes and days."""


@dataclass(frozen=True, slots=True)
class Part:
    """One resource: its inputs with references in them."""

    index: int
    type: str
    name: str
    inputs: Mapping[str, Any]
    """By their names on the wire."""
    secret: frozenset[str]
    """The inputs that are secret, or a value inside one, as in `providerDetails.client_secret`."""
    waits: Mapping[str, tuple[int, ...]]
    """By path of a value, as in `triggers.document`: the resources that it comes from besides those it refers to."""
    asks: Mapping[str, tuple[int, ...]]
    """By path of a value: the calls of functions that it comes from, by their place in the blueprint."""
    depends_on: tuple[int, ...]
    protect: bool
    retain_on_delete: bool
    ignore_changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a function whose arguments refer to resources."""

    token: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A whole program."""

    project: str
    stack: str
    config: Mapping[str, str]
    parts: tuple[Part, ...]
    exports: Mapping[str, Any] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()


def trace(project: Project) -> Blueprint:
    """Return what the project's program registers."""
    mocks = _Tracer(project.config.get("aws:region", "eu-west-1"))
    recording = project.run(mocks, preview=False)
    custom = [resource for resource in recording if resource.custom]
    index = {resource.urn: mocks.index[resource.type, resource.name] for resource in custom}
    calls = tuple(Call(call.token, mocks.read(call.arguments)) for call in mocks.calls)
    preview = {resource.urn: resource for resource in project.run(PreviewMocks(), preview=True)}
    known = {
        (index[urn], name)
        for urn, resource in preview.items()
        if resource.custom
        for name, value in resource.inputs.items()
        if value != UNKNOWN
    }
    two_runs = _TwoRuns(preview, index, mocks, calls, known)
    parts = sorted((_part(resource, two_runs) for resource in custom), key=lambda part: part.index)
    exports = {name: mocks.read(_bare(value)) for name, value in recording.stack_outputs.items()}
    return Blueprint(project.name, project.stack, project.config, tuple(parts), exports, calls)


def sdk_class(token: str) -> type:
    """Return the class of a resource type: `aws:rds/instance:Instance` is `pulumi_aws.rds.Instance`."""
    package, module, name = token.split(":")
    service = module.split("/")[0]
    service += "_" if keyword.iskeyword(service) else ""
    path = f"pulumi_{package}" if service == "index" else f"pulumi_{package}.{service}"
    return getattr(import_module(path), name)


class _Tracer(Mocks):
    """Answers every output that a resource class declares with a value that occurs nowhere else."""

    def __init__(self, region: str) -> None:
        self.index: dict[tuple[str, str], int] = {}
        self.calls: list[Call] = []
        self._functions = PreviewMocks(region)
        self._region = region
        self._numbers: dict[int, str] = {}
        """The references that numbers stand for."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Return an id and the outputs; of what was given as input, only text and whole numbers are replaced."""
        index = self.index[args.typ, args.name] = len(self.index)
        region = args.inputs.get("region", self._region)
        service = args.typ.split(":")[1].split("/")[0]
        outputs: dict[str, Any] = dict(args.inputs)
        for name, type_ in _types.resource_types(sdk_class(args.typ)).items():
            if name in ("id", "urn"):
                continue
            given = args.inputs.get(name)
            prefix = f"arn:aws:{service}:{region}:123456789012:"
            if isinstance(given, list):
                outputs[name] = [
                    self._completed(index, f"{name}.{at}", type_, one, prefix) for at, one in enumerate(given)
                ]
                continue
            answer = self._answer(index, name, type_, prefix)
            if answer is not None:
                outputs[name] = answer
        return f"@@{index}.id@@", outputs

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """Answer a function as in a preview."""
        if any(references(args.args)):
            self.calls.append(Call(args.token, dict(args.args)))
        return self._functions.call(args)

    def _answer(self, index: int, path: str, type_: Any, arn: str) -> Any:  # noqa: ANN401 - any annotation, any JSON value
        type_ = _types.unwrap_type(type_)
        marker = f"@@{index}.{path}@@"
        if type_ is str:
            return arn + marker if path.rsplit(".", 1)[-1].lower().endswith("arn") else marker
        if type_ is int:
            number = _FIRST_NUMBER + len(self._numbers)
            self._numbers[number] = marker
            return number
        if get_origin(type_) is Sequence:
            (item,) = get_args(type_)
            if item is str:
                return [f"@@{index}.{path}.0@@"]
            if inspect.isclass(item) and _types.is_output_type(item):
                fields = _types.output_type_types(item).items()
                answers = {name: self._answer(index, f"{path}.0.{name}", inner, arn) for name, inner in fields}
                return [{name: answer for name, answer in answers.items() if answer is not None}]
        return None  # an input of another kind comes back as it is, another output not at all

    def _completed(self, index: int, path: str, list_type: Any, given: Any, arn: str) -> Any:  # noqa: ANN401 - as above
        """Return an element of a list that was given, with what AWS adds to it."""
        (item,) = get_args(_types.unwrap_type(list_type)) or (None,)
        if not isinstance(given, Mapping) or not inspect.isclass(item) or not _types.is_output_type(item):
            return given
        fields = _types.output_type_types(item).items()
        texts = [name for name, inner in fields if name not in given and _types.unwrap_type(inner) is str]
        return {**given, **{name: self._answer(index, f"{path}.{name}", str, arn) for name in texts}}

    def read(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Return a value in which every answer has become a reference."""
        if isinstance(value, Mapping):
            return {key: self.read(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.read(item) for item in value]
        if isinstance(value, int) and not isinstance(value, bool):
            return self._numbers.get(value, value)
        if isinstance(value, str):
            for number, marker in self._numbers.items():
                if str(number) in value:
                    value = value.replace(str(number), marker)
            return _whole_arns(value)
        return value


def _whole_arns(text: str) -> str:
    """Mark which references are whole ARNs and which are only the last part of one."""
    marked = REFERENCE.sub(
        lambda found: f"@@{found[1]}.{found[2]}{TAIL}@@" if found[2].lower().endswith("arn") else found[0], text
    )
    pieces = _ARN.split(marked)
    return pieces[0] + "".join(piece.replace(f"{TAIL}@@", "@@", 1) for piece in pieces[1:])


@dataclass(frozen=True, slots=True)
class _TwoRuns:
    """What both runs told about all resources."""

    preview: Mapping[str, Recorded]
    index: Mapping[str, int]
    mocks: _Tracer
    calls: Sequence[Call]
    known: AbstractSet[tuple[int, str]]
    """The outputs that the preview knows: they were inputs."""


def _part(resource: Recorded, two_runs: _TwoRuns) -> Part:
    index, mocks = two_runs.index, two_runs.mocks
    previewed = two_runs.preview[resource.urn]
    inputs: dict[str, Any] = {}
    waits: dict[str, tuple[int, ...]] = {}
    asks: dict[str, tuple[int, ...]] = {}
    implied: set[int] = set()
    for name, given in resource.inputs.items():
        value = mocks.read(_bare(given))
        sources = _sources(resource, name, index)
        lacking = lack(
            name,
            value,
            _bare(previewed.inputs[name]),
            sources=sources,
            seen=_sources(previewed, name, index),
            calls=[{found for found, _ in references(call.arguments)} for call in two_runs.calls],
            known=two_runs.known,
        )
        inputs[name] = value
        waits |= lacking.waits
        asks |= lacking.asks
        implied |= sources
    explicit = {index[urn] for urn in resource.dependencies if urn in index} - implied
    return Part(
        index=index[resource.urn],
        type=resource.type,
        name=resource.name,
        inputs=inputs,
        secret=frozenset(_secrets(resource.inputs)),
        waits=waits,
        asks=asks,
        depends_on=tuple(sorted(explicit)),
        protect=resource.protect,
        retain_on_delete=resource.retain_on_delete,
        ignore_changes=tuple(resource.ignore_changes),
    )


def _sources(resource: Recorded, name: str, index: Mapping[str, int]) -> set[int]:
    """Return the resources that an input comes from."""
    return {index[urn] for urn in resource.property_dependencies.get(name, []) if urn in index}


def _secrets(inputs: Mapping[str, Any]) -> Iterator[str]:
    for name, value in inputs.items():
        if isinstance(value, Secret):
            yield name
        elif isinstance(value, Mapping):
            yield from (f"{name}.{inner}" for inner in _secrets(value))


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value without the marks of secrets."""
    if isinstance(value, Secret):
        return _bare(value.value)
    if isinstance(value, Mapping):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value
