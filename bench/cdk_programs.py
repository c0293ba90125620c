"""Writes a CDK app in JavaScript and in Python, statement by statement as one would by hand."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .cdk_app import App, Get, Join, Last, Unique


def write_javascript(app: App, file: Path) -> None:
    """Write the app as a program for Node."""
    file.write_text("\n".join(_JavaScript(app).lines()) + "\n", encoding="utf-8")


def write_python(app: App, file: Path) -> None:
    """Write the app as a Python program."""
    file.write_text("\n".join(_Python(app).lines()) + "\n", encoding="utf-8")


class _Language:
    """What both have in common: the order of statements, and how values are put together."""

    end = ""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stacks = {region: f"stack_{region.replace('-', '_')}" for region in app.regions}
        self._variables = {one.index: _identifier(f"{one.name}_{one.index}") for one in app.constructs}

    def lines(self) -> Iterator[str]:
        """Yield the statements."""
        yield from self.head(sorted({_service(construct.type) for construct in self._app.constructs}))
        for construct in self._app.constructs:
            yield self.let(
                self._variables[construct.index],
                self.new(construct.type, self._stacks[construct.region], construct.name, construct.properties),
            )
            for name, value in construct.overrides.items():
                arguments = f"{json.dumps(name)}, {self.value(value)}"
                yield self.call(self._variables[construct.index], "addPropertyOverride", arguments)
            if construct.retain:
                yield self.call(self._variables[construct.index], "applyRemovalPolicy", self.retained)
            for index in sorted(construct.waits):
                yield self.call(self._variables[construct.index], "addResourceDependency", self._variables[index])
        for name, value in self._app.outputs.items():
            for path, leaf in _leaves(value, name):
                yield self.output(self._stacks[self._app.regions[0]], path, leaf) + self.end
        yield f"app.synth(){self.end}"

    def value(self, value: Any) -> str:  # noqa: ANN401 - any JSON value, references in it
        """Return the expression of a value."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{json.dumps(key)}: {self.value(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.value(item) for item in value) + "]"
        if isinstance(value, Get | Last | Join | Unique):
            return self._expression(value)
        return self.literal(value)

    def _expression(self, value: Get | Last | Join | Unique) -> str:
        if isinstance(value, Get):
            return f"{self._variables[value.index]}.{self.name(value.attribute)}"
        if isinstance(value, Last):
            return f'cdk.Fn.select(5, cdk.Fn.split(":", {self.value(value.arn)}))'
        if isinstance(value, Join):
            return f'cdk.Fn.join("", [{", ".join(self.value(piece) for piece in value.pieces)}])'
        return 'cdk.Fn.select(4, cdk.Fn.split("-", cdk.Fn.select(2, cdk.Fn.split("/", cdk.Aws.STACK_ID))))'

    retained = "cdk.RemovalPolicy.RETAIN"

    def head(self, services: list[str]) -> Iterator[str]:
        raise NotImplementedError

    def let(self, variable: str, expression: str) -> str:
        raise NotImplementedError

    def new(self, type_: str, stack: str, name: str, properties: Mapping[str, Any]) -> str:
        raise NotImplementedError

    def call(self, variable: str, method: str, argument: str) -> str:
        return f"{variable}.{self.name(method)}({argument}){self.end}"

    def output(self, stack: str, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
        raise NotImplementedError

    def name(self, name: str) -> str:
        raise NotImplementedError

    def literal(self, value: Any) -> str:  # noqa: ANN401 - any JSON value
        raise NotImplementedError


class _JavaScript(_Language):
    end = ";"

    def head(self, services: list[str]) -> Iterator[str]:
        yield 'const cdk = require("aws-cdk-lib");'
        yield from (f'const {_module(one)} = require("aws-cdk-lib/aws-{one}");' for one in services if one)
        yield "const app = new cdk.App();"
        for region, stack in self._stacks.items():
            yield f'const {stack} = new cdk.Stack(app, "{region}", {{ env: {{ region: "{region}" }} }});'

    def let(self, variable: str, expression: str) -> str:
        return f"const {variable} = {expression};"

    def new(self, type_: str, stack: str, name: str, properties: Mapping[str, Any]) -> str:
        return f"new {_class(type_)}({stack}, {json.dumps(name)}, {self.value(properties)})"

    def output(self, stack: str, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
        return f"new cdk.CfnOutput({stack}, {json.dumps(name)}, {{ value: {self.value(value)} }})"

    def name(self, name: str) -> str:
        return name

    def literal(self, value: Any) -> str:  # noqa: ANN401 - any JSON value
        return json.dumps(value)


class _Python(_Language):
    def head(self, services: list[str]) -> Iterator[str]:
        yield "import aws_cdk as cdk"
        yield from (f"from aws_cdk import aws_{one} as {_module(one)}" for one in services if one)
        yield "app = cdk.App()"
        for region, stack in self._stacks.items():
            yield f'{stack} = cdk.Stack(app, "{region}", env=cdk.Environment(region="{region}"))'

    def let(self, variable: str, expression: str) -> str:
        return f"{variable} = {expression}"

    def new(self, type_: str, stack: str, name: str, properties: Mapping[str, Any]) -> str:
        arguments = [stack, json.dumps(name)]
        arguments += [f"{self.name(key)}={self._argument(key, value)}" for key, value in properties.items()]
        return f"{_class(type_)}({', '.join(arguments)})"

    def output(self, stack: str, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
        return f"cdk.CfnOutput({stack}, {json.dumps(name)}, value={self.value(value)})"

    def _argument(self, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
        if name == "tags" and isinstance(value, list):
            tags = (f"cdk.CfnTag(key={self.value(tag['key'])}, value={self.value(tag['value'])})" for tag in value)
            return f"[{', '.join(tags)}]"
        return self.value(value)

    def name(self, name: str) -> str:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()

    def literal(self, value: Any) -> str:  # noqa: ANN401 - any JSON value
        return repr(value)


def _service(type_: str) -> str:
    """Return the module of a type, empty for the core."""
    service = type_.split("::")[1].lower()
    return "" if service == "cloudformation" else service


def _module(service: str) -> str:
    return "lambda_" if service == "lambda" else service


def _class(type_: str) -> str:
    service = _service(type_)
    return f"{_module(service) if service else 'cdk'}.Cfn{type_.split('::')[2]}"


def _identifier(text: str) -> str:
    return re.sub(r"\W", "_", text)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """Yield what can be an output of a stack: text, with a name of letters and digits."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{path}-{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}-{index}")
    elif value is not None:
        yield re.sub(r"[^A-Za-z0-9]", "", path.title()), value if not isinstance(value, (int, float)) else str(value)
