"""Writes a blueprint as a plain Pulumi program: every resource declared by itself, no components.

Written as one would by hand: `pulumi_aws` classes, snake_case arguments, references as outputs of the variable before.
"""

import inspect
import pprint
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import yaml
from pulumi import _types

from .blueprint import REFERENCE, TAIL, Blueprint, Part, sdk_class


class _Code(str):
    """A Python expression; its `repr` is itself, so that it can stand inside printed literals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def write_raw(blueprint: Blueprint, folder: Path) -> None:
    """Write the program and its stack file into `folder`, which becomes a Pulumi project."""
    folder.mkdir(parents=True, exist_ok=True)
    project = {"name": blueprint.project, "runtime": "python"}
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project), encoding="utf-8")
    stack = {"config": dict(blueprint.config)}
    (folder / f"Pulumi.{blueprint.stack}.yaml").write_text(yaml.safe_dump(stack), encoding="utf-8")
    (folder / "__main__.py").write_text(program(blueprint), encoding="utf-8")


def program(blueprint: Blueprint) -> str:
    """Return the program's text."""
    writer = _Writer(blueprint)
    lines = ["import pulumi", "import pulumi_aws as aws"]
    if any(part.type.startswith("random:") for part in blueprint.parts):
        lines.append("import pulumi_random as random")
    lines.append("")
    lines += [writer.declaration(part) for part in blueprint.parts]
    lines += [f"pulumi.export({name!r}, {writer.value(value, None)!r})" for name, value in blueprint.exports.items()]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, blueprint: Blueprint) -> None:
        self._parts = {part.index: part for part in blueprint.parts}
        self._variables = {part.index: re.sub(r"\W", "_", f"{part.name}_{part.index}") for part in blueprint.parts}

    def declaration(self, part: Part) -> str:
        """Return the statement that declares one resource."""
        class_ = sdk_class(part.type)
        path = class_.__module__.split(".")[:-1]
        module = {"pulumi_aws": "aws", "pulumi_random": "random"}[path[0]]
        called = ".".join([module, *path[1:], class_.__name__])
        names = _types.resource_pulumi_to_py_names(class_)
        types = _argument_types(class_)
        arguments = [repr(part.name)]
        for name, value in part.inputs.items():
            written = self.value(value, types.get(name))
            if name in part.waits:
                written = self._after(part.waits[name], written)
            if name in part.secret:
                written = _secret(written)
            for inner in (path.removeprefix(f"{name}.") for path in part.secret if path.startswith(f"{name}.")):
                written[inner] = _secret(written[inner])
            arguments.append(f"{names[name]}={pprint.pformat(written, width=110, sort_dicts=False)}")
        arguments += self._options(part)
        body = "".join(f"    {argument},\n" for argument in arguments)
        return f"{self._variables[part.index]} = {called}(\n{body})"

    def value(self, value: Any, type_: Any) -> Any:  # noqa: ANN401 - any JSON value, any annotation
        """Return what prints as the Python expression of a value; `type_` decides how keys are spelt."""
        if isinstance(value, Mapping):
            class_ = _input_class(type_)
            if class_ is None:
                return {key: self.value(item, None) for key, item in value.items()}
            names = {wire: name for name, wire in _types.input_type_py_to_pulumi_names(class_).items()}
            types = _types.input_type_types(class_)
            return {names[key]: self.value(item, types.get(key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item, type_) for item in value]
        if isinstance(value, str) and REFERENCE.search(value):
            return self._text(value)
        return value

    def _text(self, value: str) -> _Code:
        whole = REFERENCE.fullmatch(value)
        if whole:
            return self._reference(int(whole[1]), whole[2])
        pieces: list[str] = []
        end = 0
        for found in REFERENCE.finditer(value):
            if found.start() > end:
                pieces.append(repr(value[end : found.start()]))
            pieces.append(self._reference(int(found[1]), found[2]))
            end = found.end()
        if end < len(value):
            pieces.append(repr(value[end:]))
        return _Code(f"pulumi.Output.concat({', '.join(pieces)})")

    def _reference(self, index: int, output: str) -> _Code:
        names = _types.resource_pulumi_to_py_names(sdk_class(self._parts[index].type))
        output, tail = output.removesuffix(TAIL), output.endswith(TAIL)
        first, *rest = output.split(".")
        code = f"{self._variables[index]}.{names.get(first, first)}"
        if rest:
            position, field = rest
            code += f'.apply(lambda items: items[{position}]["{_snake(field)}"])'
        if tail:
            code += '.apply(lambda arn: arn.rsplit(":", 1)[-1])'
        return _Code(code)

    def _after(self, sources: tuple[int, ...], written: object) -> _Code:
        ids = ", ".join(f"{self._variables[index]}.id" for index in sources)
        return _Code(f"pulumi.Output.all({written!r}, {ids}).apply(lambda known: known[0])")

    def _options(self, part: Part) -> list[str]:
        options: list[str] = []
        if part.protect:
            options.append("protect=True")
        if part.retain_on_delete:
            options.append("retain_on_delete=True")
        if part.ignore_changes:
            options.append(f"ignore_changes={list(part.ignore_changes)}")
        if part.depends_on:
            options.append(f"depends_on=[{', '.join(self._variables[index] for index in part.depends_on)}]")
        return [f"opts=pulumi.ResourceOptions({', '.join(options)})"] if options else []


def _secret(written: object) -> _Code:
    return _Code(f"pulumi.Output.secret({written!r})")


def _argument_types(class_: type) -> Mapping[str, Any]:
    """Return the types of a resource's arguments: `InitArgs` where a nested type has taken the name `Args`."""
    module, name = inspect.getmodule(class_), class_.__name__
    return _types.input_type_types(getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args"))


def _input_class(type_: Any) -> type | None:  # noqa: ANN401 - any annotation
    """Return the class of arguments that an annotation allows, however wrapped."""
    if inspect.isclass(type_) and _types.is_input_type(type_):
        return type_
    return next((found for inner in get_args(type_) if (found := _input_class(inner))), None)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
