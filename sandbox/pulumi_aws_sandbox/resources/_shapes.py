"""Nested settings between the provider's words and an AWS API's: the same but for the case and a few names."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.resources._make import lower_first, upper_first


def to_shape(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """Return a value under AWS's names; `names` holds those that differ by more than their first letter."""
    if isinstance(value, dict):
        return {names.get(key, upper_first(key)): to_shape(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [to_shape(item, names) for item in value]
    return value


def from_shape(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """Return a value under the provider's names, without what AWS leaves empty."""
    back = {aws: name for name, aws in names.items()}
    if isinstance(value, dict):
        items = {back.get(key, lower_first(key)): from_shape(item, names) for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not None}
    if isinstance(value, list):
        return [from_shape(item, names) for item in value]
    return value


def emptied(known: Properties, found: Properties, names: Mapping[str, Any]) -> Properties:
    """Return empty values for the settings that a program made and AWS no longer has, so that they show as drift."""
    empty = {dict: {}, list: [], str: "", bool: False}
    return {
        name: empty[type(known[name])]
        for name in names
        if name in known and name not in found and type(known[name]) in empty
    }


def in_known_order(known: list[Any], found: list[Any]) -> list[Any]:
    """Return what AWS lists in the order in which the program wrote it, anything else after it."""
    return [*(each for each in known if each in found), *(each for each in found if each not in known)]
