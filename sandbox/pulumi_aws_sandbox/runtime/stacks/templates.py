"""Templates of CloudFormation: read, checked, and their functions worked out.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
_LISTS = ("CommaDelimitedList", "List<")
_NOTHING = object()
"""What `AWS::NoValue` stands for."""


class TemplateError(ValueError):
    """What CloudFormation refuses of a template or of its parameters, before it makes anything."""


@dataclass(frozen=True, slots=True)
class Place:
    """What pseudo parameters say."""

    stack_name: str
    stack_id: str
    region: str

    def pseudo(self) -> dict[str, Any]:
        """Return the pseudo parameters."""
        return {
            "AWS::AccountId": ACCOUNT,
            "AWS::NoValue": _NOTHING,
            "AWS::Partition": PARTITION,
            "AWS::Region": self.region,
            "AWS::StackId": self.stack_id,
            "AWS::StackName": self.stack_name,
            "AWS::URLSuffix": "amazonaws.com",
        }


def read(body: str) -> dict[str, Any]:
    """Return a template, which is JSON, or YAML with functions in their long form."""
    try:
        template = json.loads(body)
    except ValueError:
        import yaml  # noqa: PLC0415 - moto brings it, and hardly any template needs it

        try:
            template = yaml.safe_load(body)
        except yaml.YAMLError as error:
            message = f"Template format error: {str(error).splitlines()[0]}"
            raise TemplateError(message) from error
    if not isinstance(template, dict):
        message = "Template format error: unsupported structure."
        raise TemplateError(message)
    if not isinstance(template.get("Resources"), dict) or not template["Resources"]:
        message = "Template format error: At least one Resources member must be defined."
        raise TemplateError(message)
    return template


def parameters(template: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a template's parameters."""
    declared: dict[str, Any] = template.get("Parameters", {})
    unknown = sorted(given.keys() - declared.keys())
    if unknown:
        message = f"Parameters: [{', '.join(unknown)}] do not exist in the template"
        raise TemplateError(message)
    missing = [name for name, about in declared.items() if name not in given and "Default" not in about]
    if missing:
        message = f"Parameters: [{', '.join(missing)}] must have values"
        raise TemplateError(message)
    return {name: _value(name, about, given) for name, about in declared.items()}


def _value(name: str, about: Mapping[str, Any], given: Mapping[str, str]) -> Any:  # noqa: ANN401 - a text or a list
    value = str(given.get(name, about.get("Default", "")))
    allowed = about.get("AllowedValues")
    if allowed is not None and value not in {str(each) for each in allowed}:
        shown = ", ".join(str(each) for each in allowed)
        message = f"Parameter '{name}' must be one of AllowedValues: [{shown}]"
        raise TemplateError(message)
    pattern = about.get("AllowedPattern")
    if pattern is not None and not re.fullmatch(pattern, value):
        message = f"Parameter '{name}' must match pattern {pattern}"
        raise TemplateError(message)
    if str(about.get("Type", "String")).startswith(_LISTS):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def in_order(template: Mapping[str, Any], known: frozenset[str]) -> list[str]:
    """Return the resources so that each comes after those that it needs; `known` are names that need nothing."""
    resources: dict[str, Any] = template["Resources"]
    needs = {name: _needs(about) for name, about in resources.items()}
    for name, needed in needs.items():
        unresolved = sorted(needed - resources.keys() - known)
        if unresolved:
            message = f"Template format error: Unresolved resource dependencies [{', '.join(unresolved)}] in the "
            message += "Resources block of the template"
            raise TemplateError(message)
        needs[name] = needed & resources.keys()
    ordered: list[str] = []
    while len(ordered) < len(resources):
        free = [name for name in resources if name not in ordered and needs[name] <= set(ordered)]
        if not free:
            left = ", ".join(sorted(set(resources) - set(ordered)))
            message = f"Circular dependency between resources: [{left}]"
            raise TemplateError(message)
        ordered += free
    return ordered


def _needs(about: Mapping[str, Any]) -> set[str]:
    explicit = about.get("DependsOn", [])
    return {*([explicit] if isinstance(explicit, str) else explicit), *_references(about.get("Properties", {}))}


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a template
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield str(inner)
            elif key == "Fn::GetAtt":
                yield _attribute(inner)[0]
            elif key == "Fn::Sub":
                text, own = (inner, {}) if isinstance(inner, str) else inner
                yield from (
                    name.split(".")[0]
                    for literal, name in _PLACEHOLDER.findall(text)
                    if not literal and name not in own
                )
                yield from _references(own)
            else:
                yield from _references(inner)


def _attribute(given: Any) -> tuple[str, str]:  # noqa: ANN401 - either form of Fn::GetAtt
    if isinstance(given, str):
        name, _, attribute = given.partition(".")
        return name, attribute
    return str(given[0]), str(given[1])


class Worker:
    """Works the functions of one template out."""

    def __init__(
        self,
        template: Mapping[str, Any],
        names: Mapping[str, Any],
        attribute: Callable[[str, str], Any],
    ) -> None:
        """Know what `Ref` may name, and how to ask for an attribute of a resource."""
        self._conditions: Mapping[str, Any] = template.get("Conditions", {})
        self._names = names
        self._attribute = attribute
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Fn::And": lambda given: all(self.work_out(each) for each in given),
            "Fn::Equals": lambda given: self._equal(*given),
            "Fn::GetAtt": lambda given: self._attribute(*_attribute(given)),
            "Fn::If": self._choose,
            "Fn::Join": lambda given: str(given[0]).join(str(each) for each in self.work_out(given[1])),
            "Fn::Not": lambda given: not self.work_out(given[0]),
            "Fn::Or": lambda given: any(self.work_out(each) for each in given),
            "Fn::Select": lambda given: self.work_out(given[1])[int(self.work_out(given[0]))],
            "Fn::Split": lambda given: str(self.work_out(given[1])).split(str(given[0])),
            "Fn::Sub": self._substitute,
            "Condition": self.holds,
            "Ref": self._name,
        }

    def work_out(self, value: Any) -> Any:  # noqa: ANN401 - any part of a template
        """Return a value without functions; what is `AWS::NoValue` is left out."""
        if isinstance(value, list):
            found = [self.work_out(each) for each in value]
            return [each for each in found if each is not _NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((key, inner),) = value.items()
            if key in self._functions:
                return self._functions[key](inner)
            if key.startswith("Fn::"):
                message = f"Template error: the sandbox does not know the function {key}"
                raise TemplateError(message)
        found = {key: self.work_out(inner) for key, inner in value.items()}
        return {key: inner for key, inner in found.items() if inner is not _NOTHING}

    def holds(self, condition: str) -> bool:
        """Tell whether a condition of the template is true."""
        if condition not in self._conditions:
            message = f"Template format error: Unresolved condition dependency {condition}"
            raise TemplateError(message)
        return bool(self.work_out(self._conditions[condition]))

    def _equal(self, one: Any, other: Any) -> bool:  # noqa: ANN401 - any part of a template
        return str(self.work_out(one)) == str(self.work_out(other))

    def _choose(self, given: list[Any]) -> Any:  # noqa: ANN401 - any part of a template
        return self.work_out(given[1 if self.holds(given[0]) else 2])

    def _name(self, name: str) -> Any:  # noqa: ANN401 - whatever it names
        if name not in self._names:
            message = (
                f"Template format error: Unresolved dependencies [{name}]. Cannot reference resources in this block"
            )
            raise TemplateError(message)
        return self._names[name]

    def _substitute(self, given: Any) -> str:  # noqa: ANN401 - either form of Fn::Sub
        text, own = (given, {}) if isinstance(given, str) else given
        values = {name: self.work_out(value) for name, value in own.items()}

        def put_in(found: re.Match[str]) -> str:
            literal, name = found.groups()
            if literal:
                return f"${{{name}}}"
            if name in values:
                return str(values[name])
            return str(self._attribute(*_attribute(name)) if "." in name else self._name(name))

        return _PLACEHOLDER.sub(put_in, text)
