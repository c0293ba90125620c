"""Stacks in the two ways in which rules meet them, and the means to change one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_mobile_guard.aws_types import PLACED
from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.view import UNKNOWN_TEXT

HOME, AWAY = "eu-west-1", "eu-central-1"
ACCOUNT = "123456789012"
TAGS = {"app": "shop"}


@dataclass(frozen=True)
class Ref:
    """An output of another resource: known once deployed, unknown before."""

    name: str
    attribute: str = "id"
    before: str = ""
    """What the value that is made from it begins with."""

    def __str__(self) -> str:
        return f"{self.before}{self.name}-{self.attribute}"


@dataclass(frozen=True)
class Json:
    """A policy document, whose text is unknown while anything in it is."""

    statements: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class JsonText:
    """Any data as JSON text, which is unknown while anything in it is."""

    data: dict[str, Any]


@dataclass
class Spec:
    """A resource before it is put into either way."""

    type: str
    properties: dict[str, Any] = field(default_factory=dict)
    protect: bool = False


Specs = dict[str, Spec]
Change = Callable[[Specs], None]


def urn(name: str) -> str:
    return f"urn:pulumi:prod::shop::any::{name}"


def build(specs: Specs, *, known: bool = True) -> list[ResourceInput]:
    """Return the stack as it is after a deployment (`known`), or as it is in a first preview."""
    return [_build(name, spec, known=known) for name, spec in specs.items()]


def _build(name: str, spec: Spec, *, known: bool) -> ResourceInput:
    properties: dict[str, Any] = {}
    dependencies: dict[str, list[str]] = {}
    for key, value in spec.properties.items():
        refs: list[Ref] = []
        properties[key] = _resolve(value, refs, known=known)
        dependencies[key] = [urn(ref.name) for ref in refs]
    outputs = {"arn": f"{name}-arn", "id": f"{name}-id", **properties} if known else {}
    return ResourceInput(
        urn=urn(name),
        type=spec.type,
        name=name,
        properties=properties,
        outputs=outputs,
        property_dependencies=dependencies,
        protect=spec.protect,
        id=f"{name}-id" if known else "",
        provider_region=HOME,
    )


def _resolve(value: Any, refs: list[Ref], *, known: bool) -> Any:  # noqa: ANN401 - any property value
    if isinstance(value, Ref):
        refs.append(value)
        return str(value) if known else UNKNOWN_TEXT
    if isinstance(value, Json):
        value = JsonText({"Version": "2012-10-17", "Statement": list(value.statements)})
    if isinstance(value, JsonText):
        inner: list[Ref] = []
        document = _resolve(value.data, inner, known=True)
        refs.extend(inner)
        return UNKNOWN_TEXT if inner and not known else json.dumps(document)
    if isinstance(value, Mapping):
        return {key: _resolve(item, refs, known=known) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolve(item, refs, known=known) for item in value]
    return value


def put(name: str, /, **properties: Any) -> Change:  # noqa: ANN401 - any property value
    """Set properties of a resource."""
    return lambda specs: specs[name].properties.update(properties)


def drop(name: str, *properties: str) -> Change:
    """Leave properties of a resource out."""

    def change(specs: Specs) -> None:
        for key in properties:
            del specs[name].properties[key]

    return change


def remove(*names: str) -> Change:
    """Leave resources out."""

    def change(specs: Specs) -> None:
        for name in names:
            del specs[name]

    return change


def add(name: str, type_: str, /, **properties: Any) -> Change:  # noqa: ANN401 - any property value
    """Add a resource, with the tags that every resource has."""
    return lambda specs: specs.update(tagged({name: Spec(type_, properties, protect=True)}))


def tagged(specs: Specs) -> Specs:
    """Give what takes tags those that production asks for, where it has none."""
    for spec in specs.values():
        if spec.type in PLACED:
            spec.properties.setdefault("tags", TAGS)
    return specs


def unprotect(name: str) -> Change:
    """Turn the option `protect` off."""
    return lambda specs: setattr(specs[name], "protect", False)


def both(*changes: Change) -> Change:
    """Make several changes."""

    def change(specs: Specs) -> None:
        for one in changes:
            one(specs)

    return change


def allow(actions: Any, resources: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a text or a list
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny_plain_http(actions: str, resources: Any) -> dict[str, Any]:  # noqa: ANN401 - a text or a list
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": actions,
        "Resource": resources,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
