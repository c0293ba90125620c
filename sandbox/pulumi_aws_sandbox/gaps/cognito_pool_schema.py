"""The attributes of a user pool: all standard ones, and custom ones that keep their constraints."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import require

_NAME = re.compile(r"[^\s\x00-\x1f]{1,20}")
_TYPES = ("String", "Number", "DateTime", "Boolean")
_MOST_CUSTOM_ATTRIBUTES = 50
_LONGEST_STRING = 2048


def attributes(schema: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return moto's attributes of a new pool, the standard ones among them."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpUserPoolAttribute,
    )

    standard = CognitoIdpUserPoolAttribute.STANDARD_SCHEMA
    given = {each["Name"]: each for each in schema}
    require(len(given) == len(schema), "Schema: an attribute is given twice.")
    made = {}
    for name, default in standard.items():
        merged = {**default, **{key: value for key, value in given.get(name, {}).items() if value is not None}}
        made[name] = _made(name, merged, custom=False)
    return add(made, [each for name, each in given.items() if name not in standard])


def add(existing: Mapping[str, Any], schema: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the attributes with custom ones added; refuse what AWS refuses."""
    known = dict(existing)
    for each in schema:
        require(_NAME.fullmatch(each["Name"]), f"Schema: the name must have 1 to 20 characters: {each['Name']}.")
        attribute = _made(each["Name"], each, custom=True)
        require(attribute.name not in known, f"custom:{each['Name']}: Existing attribute already has this name.")
        known[attribute.name] = attribute
    count = sum(1 for each in known.values() if each.custom)
    most = _MOST_CUSTOM_ATTRIBUTES
    require(count <= most, f"A user pool has at most {most} custom attributes: {count}.", "LimitExceededException")
    return known


def _made(name: str, schema: Mapping[str, Any], *, custom: bool) -> Any:  # noqa: ANN401 - moto's own types
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpUserPoolAttribute,
    )

    # moto refuses negative numbers and writes a number's empty constraints as a string's.
    numbers = {key: value for key, value in schema.items() if key != "NumberAttributeConstraints"}
    kind = schema.get("AttributeDataType")
    require(kind in _TYPES, f"AttributeDataType must be one of {list(_TYPES)}: {kind}.")
    _check_constraints(name, schema)
    attribute: Any = CognitoIdpUserPoolAttribute(name, custom, numbers)
    attribute.string_constraints = schema.get("StringAttributeConstraints", {}) if kind == "String" else None
    attribute.number_constraints = schema.get("NumberAttributeConstraints", {}) if kind == "Number" else None
    return attribute


def _check_constraints(name: str, schema: Mapping[str, Any]) -> None:
    kind = schema["AttributeDataType"]
    for wrong, right in (("StringAttributeConstraints", "String"), ("NumberAttributeConstraints", "Number")):
        require(kind == right or not schema.get(wrong), f"user.{name}: {wrong} do not go with {kind}.")
    length = _bounds(name, schema.get("StringAttributeConstraints"), "MinLength", "MaxLength")
    longest = f"user.{name}: String attributes cannot have a length of more than {_LONGEST_STRING}"
    require(all(0 <= each <= _LONGEST_STRING for each in length), longest)
    _bounds(name, schema.get("NumberAttributeConstraints"), "MinValue", "MaxValue")


def _bounds(name: str, constraints: Mapping[str, str] | None, low: str, high: str) -> list[float]:
    found = {}
    for each in (low, high):
        text = (constraints or {}).get(each)
        if text is not None:
            require(re.fullmatch(r"-?\d+(\.\d+)?", text), f"user.{name}: {each} is no number: {text}.")
            found[each] = float(text)
    require(len(found) < len((low, high)) or found[low] <= found[high], f"user.{name}: {low} is above {high}.")
    return list(found.values())
