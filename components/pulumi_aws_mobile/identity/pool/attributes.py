"""The attributes of a user pool, as Cognito describes them: complete, so that no setting is left for AWS to fill in.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .args import AttributeType

LONGEST_STRING = 2048
"""Characters that Cognito stores for an attribute.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"""
LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that JSON keeps exact in every language."""
STANDARD = frozenset(
    {
        "address",
        "birthdate",
        "email",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    }
)
"""The attributes that every pool has and that a pool may require."""
VERIFIED = frozenset({"email_verified", "phone_number_verified"})
"""What Cognito says of contacts by itself."""
CUSTOM = "custom:"
"""What stands before a custom attribute's name everywhere but in the schema."""

_BIRTHDATE_LENGTH = 10
_TYPES = {
    AttributeType.STRING: "String",
    AttributeType.NUMBER: "Number",
    AttributeType.BOOLEAN: "Boolean",
    AttributeType.DATETIME: "DateTime",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: the lengths of a string or the values of a number lie between `minimum` and `maximum`."""

    name: str
    type: AttributeType
    mutable: bool
    required: bool
    minimum: int | None
    maximum: int | None

    def schema(self) -> dict[str, Any]:
        """Return the attribute as an input of the user pool."""
        described: dict[str, Any] = {
            "name": self.name,
            "attribute_data_type": _TYPES[self.type],
            "developer_only_attribute": False,
            "mutable": self.mutable,
            "required": self.required,
        }
        limits = {key: str(value) for key, value in (("min", self.minimum), ("max", self.maximum)) if value is not None}
        if self.type is AttributeType.STRING:
            described["string_attribute_constraints"] = {f"{key}_length": value for key, value in limits.items()}
        if self.type is AttributeType.NUMBER:
            described["number_attribute_constraints"] = {f"{key}_value": value for key, value in limits.items()}
        return described


def standard_attribute(name: str, options: Mapping[str, Any]) -> Attribute:
    """Return the standard attribute `name` with the limits that Cognito gives it."""
    kind, low, high = AttributeType.STRING, 0, LONGEST_STRING
    if name == "birthdate":
        low = high = _BIRTHDATE_LENGTH
    if name == "updated_at":
        kind, high = AttributeType.NUMBER, None
    return Attribute(name, kind, options.get("mutable", True), options.get("required", True), low, high)


def custom_attribute(name: str, options: Mapping[str, Any]) -> Attribute:
    """Return the custom attribute `name`; Cognito requires no custom attribute of anybody."""
    kind = options.get("type", AttributeType.STRING)
    low = high = None
    if kind is AttributeType.STRING:
        low, high = options.get("min_length", 0), options.get("max_length", LONGEST_STRING)
    if kind is AttributeType.NUMBER:
        low, high = options.get("min_value", -LARGEST_NUMBER), options.get("max_value", LARGEST_NUMBER)
    return Attribute(name, kind, options.get("mutable", True), required=False, minimum=low, maximum=high)
