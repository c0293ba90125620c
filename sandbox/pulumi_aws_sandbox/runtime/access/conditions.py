"""The condition operators of IAM.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import base64
import binascii
import ipaddress
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pulumi_aws_sandbox.runtime.access.patterns import Context, arn_matches, equals, fill, listed, matches, texts

Comparison = Callable[[str, str, Context | None], bool]
"""Compares a value of the request with one of the policy; `None` where the policy's version has no variables."""

_ANY, _ALL = "ForAnyValue:", "ForAllValues:"


def hold(conditions: Mapping[str, Mapping[str, object]], context: Context, *, variables: bool = True) -> bool:
    """Tell whether every condition of a statement holds for a request."""
    return all(
        _holds(operator, context.get(key.lower()), texts(values), context if variables else None)
        for operator, by_key in conditions.items()
        for key, values in by_key.items()
    )


def is_known(operator: str) -> bool:
    """Tell whether IAM has such a condition operator."""
    base = operator.removeprefix(_ANY).removeprefix(_ALL)
    return base == "Null" or _positive(base.removesuffix("IfExists"))[0] in _COMPARISONS


def _holds(operator: str, actual: str | list[str] | None, expected: list[str], context: Context | None) -> bool:
    """Tell whether one condition holds; an operator that IAM does not have never does."""
    quantifier = next((each for each in (_ANY, _ALL) if operator.startswith(each)), "")
    name = operator.removeprefix(quantifier)
    if name == "Null":
        return (not listed(actual)) == (expected == ["true"])
    base = name.removesuffix("IfExists")
    positive, negated = _positive(base)
    compare = _COMPARISONS.get(positive)
    if compare is None:
        return False
    if actual is None or (actual == [] and not quantifier):
        return name != base or quantifier == _ALL or (negated and not quantifier)
    fits = [any(compare(str(value), each, context) for each in expected) != negated for value in listed(actual)]
    # Without a quantifier many values are compared as one: any of them may fit, none may fit a negated operator.
    everyone = quantifier == _ALL or (negated and not quantifier)
    return all(fits) if everyone else any(fits)


def _positive(operator: str) -> tuple[str, bool]:
    """Return an operator without its negation, and whether it had one."""
    if operator == "NotIpAddress":
        return "IpAddress", True
    positive = operator.replace("Not", "", 1)
    return positive, positive != operator


def _string(text: str, value: str, context: Context | None) -> bool:
    return equals(value, text, context)


def _caseless(text: str, value: str, context: Context | None) -> bool:
    filled = fill(value, context)
    return filled is not None and filled.lower() == text.lower()


def _like(text: str, value: str, context: Context | None) -> bool:
    return matches(value, text, context)


def _arn(text: str, value: str, context: Context | None) -> bool:
    return arn_matches(value, text, context)


def _boolean(text: str, value: str, _: Context | None) -> bool:
    return text.lower() == value.lower()


def _binary(text: str, value: str, _: Context | None) -> bool:
    try:
        return base64.b64decode(text, validate=True) == base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False


def _address(text: str, value: str, _: Context | None) -> bool:
    try:
        return ipaddress.ip_address(text) in ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False


def _number(compare: Callable[[float, float], bool]) -> Comparison:
    def comparison(text: str, value: str, _: Context | None) -> bool:
        try:
            return compare(float(text), float(value))
        except ValueError:
            return False

    return comparison


def _date(compare: Callable[[float, float], bool]) -> Comparison:
    def comparison(text: str, value: str, _: Context | None) -> bool:
        try:
            return compare(_moment(text), _moment(value))
        except ValueError:
            return False

    return comparison


def _moment(text: str) -> float:
    """Return a date as seconds since 1970; it is written so or in ISO 8601."""
    try:
        return float(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "Equals": lambda a, b: a == b,
    "LessThan": lambda a, b: a < b,
    "LessThanEquals": lambda a, b: a <= b,
    "GreaterThan": lambda a, b: a > b,
    "GreaterThanEquals": lambda a, b: a >= b,
}

_COMPARISONS: dict[str, Comparison] = {
    "StringEquals": _string,
    "StringEqualsIgnoreCase": _caseless,
    "StringLike": _like,
    "ArnEquals": _arn,
    "ArnLike": _arn,
    "Bool": _boolean,
    "BinaryEquals": _binary,
    "IpAddress": _address,
    **{f"Numeric{name}": _number(order) for name, order in _ORDERS.items()},
    **{f"Date{name}": _date(order) for name, order in _ORDERS.items()},
}
