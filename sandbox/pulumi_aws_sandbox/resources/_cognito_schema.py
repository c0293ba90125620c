"""The attributes that a user pool declares: added in place, never modified or removed."""

from typing import Any

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_MOST = 50
_LONGEST_NAME = 20
# A flag that a program leaves out is off: the provider sends it as false, `mutable` as well.
_FLAGS = {"developerOnlyAttribute": False, "mutable": False, "required": False}
_CONSTRAINTS = ("numberAttributeConstraints", "stringAttributeConstraints")
_KINDS = ("String", "Number", "DateTime", "Boolean")


def problems(declared: list[Properties]) -> list[tuple[str, str]]:
    """Say what the provider refuses before it calls AWS."""
    found = []
    if len(declared) > _MOST:
        found.append(("schemas", f"expected at most {_MOST} schema items, got {len(declared)}"))
    for each in declared:
        if wire.is_unknown(each):
            continue
        name, kind = each.get("name", ""), each.get("attributeDataType")
        if not wire.is_unknown(name) and not 1 <= len(name) <= _LONGEST_NAME:
            found.append(("schemas", f'"name" must have 1 to {_LONGEST_NAME} characters, got "{name}"'))
        if not wire.is_unknown(kind) and kind not in _KINDS:
            found.append(("schemas", f"expected attributeDataType to be one of {list(_KINDS)}, got {kind}"))
    return found


def to_aws(attribute: Properties) -> dict[str, Any]:
    """Return one declared attribute as AWS takes it."""
    return to_shape(_whole(attribute), {})


def _whole(attribute: Properties) -> Properties:
    # Constraints that say nothing are left out, as the provider does.
    said = {name: value for name, value in attribute.items() if name not in _CONSTRAINTS or value}
    return {**_FLAGS, **said}


def read(answer: list[dict[str, Any]], declared: list[Properties]) -> list[Properties]:
    """Return the declared attributes as they are now, in their order, and the custom ones that nobody declared."""
    now = {_bare(each["Name"]): from_shape({**each, "Name": _bare(each["Name"])}, {}) for each in answer}
    custom = {_bare(each["Name"]) for each in answer if ":" in each["Name"]}
    order = [each["name"] for each in declared if each["name"] in now]
    known = {each["name"]: each for each in declared}
    return [
        *(_said(now[name], known[name]) for name in order),
        *(_said(now[name], {}) for name in now if name in custom and name not in order),
    ]


def _said(attribute: Properties, known: Properties) -> Properties:
    """Leave out the constraints that are empty unless the program wrote them."""
    return {name: value for name, value in attribute.items() if value != {} or name in known}


def _bare(name: str) -> str:
    return name.removeprefix("dev:").removeprefix("custom:")


def change(cognito: Any, pool_id: str, old: list[Properties], new: list[Properties]) -> None:  # noqa: ANN401 - a boto3 client
    """Add attributes; refuse to modify or remove any, which AWS has no call for."""
    before, after = ({each["name"]: _whole(each) for each in some} for some in (old, new))
    lost = [name for name, attribute in before.items() if after.get(name) != attribute]
    if lost:
        reason = f"updating Cognito User Pool ({pool_id}): cannot modify or remove schema items: {', '.join(lost)}"
        error = {"Error": {"Code": "InvalidParameterException", "Message": reason}}
        raise cognito.exceptions.ClientError(error, "AddCustomAttributes")
    added = [to_aws(attribute) for name, attribute in after.items() if name not in before]
    if added:
        cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=added)
