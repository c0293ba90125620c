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
from pulumi.runtime import rpc

from .blueprint import Blueprint, Part, sdk_class
from .reference import REFERENCE, TAIL

_SIGNATURE = rpc._special_sig_key  # noqa: SLF001 - the wire format has no public name
_ARCHIVE = rpc._special_archive_sig  # noqa: SLF001 - the wire format has no public name
_ASSETS = {"path": "File", "text": "String", "uri": "Remote"}
"""From what an asset holds on the wire to what its class is called by."""


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
        self._calls = blueprint.calls
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
            written = self._late(part, name, self.value(value, types.get(name), part, name))
            if name in part.secret:
                written = _secret(written)
            for inner in (path.removeprefix(f"{name}.") for path in part.secret if path.startswith(f"{name}.")):
                written[inner] = _secret(written[inner])
            arguments.append(f"{names[name]}={pprint.pformat(written, width=110, sort_dicts=False)}")
        arguments += self._options(part)
        body = "".join(f"    {argument},\n" for argument in arguments)
        return f"{self._variables[part.index]} = {called}(\n{body})"

    def value(self, value: Any, type_: Any, part: Part | None = None, path: str = "") -> Any:  # noqa: ANN401 - any JSON value, any annotation
        """Return what prints as the Python expression of a value; `type_` decides how keys are spelt.

        `part` and `path` tell where the value stands.
        """
        if isinstance(value, Mapping):
            if _SIGNATURE in value:
                return self._asset(value)
            class_ = _input_class(type_)
            names = (
                {wire: name for name, wire in _types.input_type_py_to_pulumi_names(class_).items()} if class_ else {}
            )
            types = _types.input_type_types(class_) if class_ else {}
            return {
                names[key] if class_ else key: self._inner(item, types.get(key), part, f"{path}.{key}")
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self._inner(item, type_, part, f"{path}.{place}") for place, item in enumerate(value)]
        if isinstance(value, str) and REFERENCE.search(value):
            return self._text(value)
        return value

    def _inner(self, value: Any, type_: Any, part: Part | None, path: str) -> Any:  # noqa: ANN401 - any JSON value, any annotation
        return self._late(part, path, self.value(value, type_, part, path))

    def _asset(self, value: Mapping[str, Any]) -> _Code:
        """Return a file, a text or an archive that the engine uploads."""
        if "assets" in value:
            inside = {name: self._asset(asset) for name, asset in value["assets"].items()}
            return _Code(f"pulumi.AssetArchive({inside!r})")
        form = "Archive" if value[_SIGNATURE] == _ARCHIVE else "Asset"
        kind, what = next((kind, value[wire]) for wire, kind in _ASSETS.items() if wire in value)
        return _Code(f"pulumi.{kind}{form}({what!r})")

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
            position, *fields = rest
            inside = "".join(f'["{_snake(field)}"]' for field in fields)
            code += f".apply(lambda items: items[{position}]{inside})"
        if tail:
            code += '.apply(lambda arn: arn.rsplit(":", 1)[-1])'
        return _Code(code)

    def _late(self, part: Part | None, path: str, written: Any) -> Any:  # noqa: ANN401 - any expression
        """Return the expression so that it is not known before what it comes from."""
        if part is None or (path not in part.waits and path not in part.asks):
            return written
        before = [f"{self._variables[index]}.id" for index in part.waits.get(path, ())]
        before += [self._call(place) for place in part.asks.get(path, ())]
        return _Code(f"pulumi.Output.all({written!r}, {', '.join(before)}).apply(lambda known: known[0])")

    def _call(self, place: int) -> str:
        call = self._calls[place]
        package, module, function = call.token.split(":")
        called = ".".join([package, module.split("/")[0], f"{_snake(function)}_output"])
        arguments = ", ".join(f"{_snake(name)}={self.value(value, None)!r}" for name, value in call.arguments.items())
        return f"{called}({arguments})"

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
