"""Rules of AWS WAF between the provider's words and AWS's, led by AWS's own model of the request.

Names differ in case (`ipSetReferenceStatement`, `IPSetReferenceStatement`) and number (`matchPatterns`,
`MatchPattern`); a block that AWS has once may be a list at the provider's.
"""

import re
from typing import Any

_WORD = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z][a-z0-9]*")
_ODD = {"CloudWatchMetricsEnabled": "cloudwatchMetricsEnabled"}


def to_shape(value: Any, shape: Any) -> Any:  # noqa: ANN401 - any JSON, and botocore's shapes
    """Return a value as AWS takes it; raise `ValueError` for a name that AWS does not know."""
    kind = shape.type_name
    if kind == "structure":
        inner = value[0] if isinstance(value, list) else value
        return {name: to_shape(item, shape.members[name]) for name, item in _named(inner, shape)}
    if kind == "list":
        return [to_shape(each, shape.member) for each in (value if isinstance(value, list) else [value])]
    if kind == "map":
        return {key: to_shape(item, shape.value) for key, item in value.items()}
    return value.encode() if kind == "blob" and isinstance(value, str) else value


def _named(properties: dict[str, Any], shape: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - botocore's shapes
    members = {name.lower(): name for name in shape.members}
    found = []
    for key, item in properties.items():
        name = members.get(key.lower()) or members.get(key.lower().removesuffix("s"))
        if name is None:
            message = f"AWS WAF has no {key} in {shape.name}; it has {', '.join(sorted(shape.members))}"
            raise ValueError(message)
        found.append((name, item))
    return found


def from_shape(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return what AWS answered under the provider's names."""
    if isinstance(value, dict):
        return {_camel(key): from_shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [from_shape(each) for each in value]
    return value.decode() if isinstance(value, bytes) else value


def _camel(name: str) -> str:
    if name in _ODD:
        return _ODD[name]
    first, *rest = _WORD.findall(name) or [name]
    return first.lower() + "".join(word.capitalize() for word in rest)
