"""Which attributes a pool has, who may write them, and which values fit."""

from datetime import datetime
from typing import Any, TypeAlias

from pulumi_aws_sandbox.runtime.user_pools.directory import EMAIL, PHONE
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool

# moto's CognitoIdpUserPoolAttribute.
Attribute: TypeAlias = Any
_VERIFIED = ("email_verified", "phone_number_verified")
_MAX_LENGTH = 2048


def named(attributes: list[dict[str, str]] | None) -> dict[str, str]:
    """Return a request's list of attributes by name."""
    return {each["Name"]: each.get("Value", "") for each in attributes or []}


def listed(attributes: Json) -> list[dict[str, str]]:
    """Return attributes as a response lists them."""
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def readable(pool: Pool, client: Client) -> set[str]:
    """Return the attributes that a client may read: by default the standard ones."""
    given = client.extended_config.get("ReadAttributes")
    if given:
        return {"sub", *given}
    return {name for name in pool.schema_attributes if ":" not in name} | {"sub", *_VERIFIED}


def check_client_writes(pool: Pool, client: Client, names: list[str]) -> None:
    """Refuse attributes that a client may not write: by default all but the standard ones."""
    given = client.extended_config.get("WriteAttributes")
    allowed = set(given) if given else {name for name in pool.schema_attributes if ":" not in name}
    allowed -= {"sub", *_VERIFIED}
    if any(name not in allowed for name in names if name in pool.schema_attributes):
        refuse("NotAuthorizedException", "A client attempted to write unauthorized attribute")


def check_new(pool: Pool, attributes: Json, *, required: bool = True) -> None:
    """Refuse a new user's attributes that do not fit the pool."""
    problems = _misfits(pool, attributes)
    if required:
        for name, attribute in pool.schema_attributes.items():
            if attribute.required and name != "sub" and not attributes.get(name):
                problems.append(f"{name}: The attribute is required")
    _refuse(problems)


def missing(pool: Pool, attributes: Json) -> list[str]:
    """Return the required attributes that a user lacks."""
    return [
        name
        for name, attribute in pool.schema_attributes.items()
        if attribute.required and name != "sub" and not attributes.get(name)
    ]


def check_changes(pool: Pool, attributes: Json) -> None:
    """Refuse changes that do not fit the pool or touch what never changes."""
    for name in attributes:
        attribute = pool.schema_attributes.get(name)
        if name == "sub" or (attribute is not None and not attribute.mutable):
            refuse_parameter(f"user.{name}: Attribute cannot be updated.\n")
    problems = _misfits(pool, attributes)
    for name, value in attributes.items():
        attribute = pool.schema_attributes.get(name)
        if attribute is not None and attribute.required and not value:
            problems.append(f"{name}: The attribute is required")
    _refuse(problems)


def check_removals(pool: Pool, names: list[str]) -> None:
    """Refuse to remove attributes that must stay."""
    for name in names:
        attribute = pool.schema_attributes.get(name)
        if attribute is None:
            refuse_parameter(f"Invalid user attributes: user.{name}: Attribute does not exist in the schema.\n")
        if attribute.required or not attribute.mutable or name == "sub":
            refuse_parameter(f"Invalid user attributes: user.{name}: Attribute cannot be deleted.\n")


def _refuse(problems: list[str]) -> None:
    if problems:
        refuse_parameter("Attributes did not conform to the schema: " + "\n".join([*problems, ""]))


def _misfits(pool: Pool, attributes: Json) -> list[str]:
    problems = []
    for name, value in attributes.items():
        attribute = pool.schema_attributes.get(name)
        if attribute is None:
            problems.append(f"{name}: Attribute does not exist in the schema.")
            continue
        if name == "email" and value and not EMAIL.fullmatch(value):
            refuse_parameter("Invalid email address format.")
        if name == "phone_number" and value and not PHONE.fullmatch(value):
            refuse_parameter("Invalid phone number format.")
        problem = _misfit(attribute, value)
        if problem:
            problems.append(f"{name}: {problem}")
    return problems


def _misfit(attribute: Attribute, value: str) -> str | None:
    """Return what is wrong with a value."""
    if attribute.data_type == "String":
        return _bad_length(attribute.string_constraints or {}, value)
    if attribute.data_type == "Number":
        return _bad_number(attribute.number_constraints or {}, value)
    if attribute.data_type == "Boolean":
        return None if value.lower() in {"true", "false"} else "The attribute must be a Boolean"
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return "The attribute must be a DateTime"
    return None


def _bad_length(limits: Json, value: str) -> str | None:
    least, most = int(limits.get("MinLength") or 0), int(limits.get("MaxLength") or _MAX_LENGTH)
    if len(value) < least:
        return f"String must be no shorter than {least} characters"
    if len(value) > most:
        return f"String must be no longer than {most} characters"
    return None


def _bad_number(limits: Json, value: str) -> str | None:
    try:
        number = int(value)
    except ValueError:
        return "The attribute must be a Number"
    least, most = limits.get("MinValue"), limits.get("MaxValue")
    if least is not None and number < int(least):
        return f"Number must be no less than {least}"
    if most is not None and number > int(most):
        return f"Number must be no greater than {most}"
    return None
