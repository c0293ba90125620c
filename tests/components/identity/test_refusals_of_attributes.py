"""Attributes that Cognito would refuse."""

from typing import Any

import pytest
from components.identity.refusals import GOOGLE, problem_of, provider

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"attributes": {"custom:plan": {}}},
        (
            'attributes.custom:plan: got "custom:plan"; allowed: the name without custom:, which Cognito '
            'adds; write "plan"'
        ),
    ),
    (
        {"attributes": {"a name": {}}},
        (
            'attributes.a name: got "a name"; allowed: a name of 1 to 20 characters without spaces and '
            "colons; rename the attribute"
        ),
    ),
    (
        {"attributes": {"a" * 21: {}}},
        (
            'attributes.aaaaaaaaaaaaaaaaaaaaa: got "aaaaaaaaaaaaaaaaaaaaa"; allowed: a name of 1 to 20 '
            "characters without spaces and colons; rename the attribute"
        ),
    ),
    (
        {"attributes": {f"a{i}": {} for i in range(51)}},
        ('attributes: got "51 attributes"; allowed: at most 50; remove some'),
    ),
    (
        {"attributes": {"plan": {"required": True}}},
        (
            "attributes.plan.required: got true; allowed: max_length, max_value, min_length, min_value, "
            "mutable, type; remove it"
        ),
    ),
    (
        {"attributes": {"plan": {"type": "text"}}},
        ('attributes.plan.type: got "text"; allowed: string | number | boolean | datetime; choose one of these'),
    ),
    (
        {"attributes": {"plan": {"max_length": 2049}}},
        ("attributes.plan.max_length: got 2049; allowed: 0 to 2048 characters; choose an allowed value"),
    ),
    (
        {"attributes": {"plan": {"min_length": 9, "max_length": 8}}},
        ("attributes.plan.max_length: got 8; allowed: 9 or more, as min_length is; raise it, or lower min_length"),
    ),
    (
        {"attributes": {"plan": {"min_value": 1}}},
        (
            "attributes.plan.min_value: got 1; allowed: nothing for a string: it limits a number; remove "
            "it, or set type: number"
        ),
    ),
    (
        {"attributes": {"points": {"type": "number", "max_length": 8}}},
        (
            "attributes.points.max_length: got 8; allowed: nothing for a number: it limits a string; "
            "remove it, or set type: string"
        ),
    ),
    (
        {"attributes": {"points": {"type": "number", "min_value": 2, "max_value": 1}}},
        ("attributes.points.max_value: got 1; allowed: 2 or more, as min_value is; raise it, or lower min_value"),
    ),
    (
        {"attributes": {"member": {"type": "boolean", "min_length": 1}}},
        (
            "attributes.member.min_length: got 1; allowed: nothing for a boolean: it limits a string; "
            "remove it, or set type: string"
        ),
    ),
    (
        {"attributes": {"points": {"type": "number", "max_value": 2**53}}},
        (
            "attributes.points.max_value: got 9007199254740992; allowed: -9007199254740991 to "
            "9007199254740991; choose an allowed value"
        ),
    ),
    (
        {"standard_attributes": {"firstname": {}}},
        (
            'standard_attributes.firstname: got "firstname"; allowed: address, birthdate, email, '
            "family_name, gender, given_name, locale, middle_name, name, nickname, phone_number, "
            'picture, preferred_username, profile, updated_at, website, zoneinfo; did you mean "name"?'
        ),
    ),
    (
        {"standard_attributes": {"shoe_size": {}}},
        (
            'standard_attributes.shoe_size: got "shoe_size"; allowed: address, birthdate, email, '
            "family_name, gender, given_name, locale, middle_name, name, nickname, phone_number, "
            "picture, preferred_username, profile, updated_at, website, zoneinfo; write it under "
            "attributes: it is one of your own"
        ),
    ),
    (
        {"standard_attributes": {"sub": {}}},
        (
            'standard_attributes.sub: got "sub"; allowed: address, birthdate, email, family_name, '
            "gender, given_name, locale, middle_name, name, nickname, phone_number, picture, "
            "preferred_username, profile, updated_at, website, zoneinfo; remove it: Cognito sets it by "
            "itself"
        ),
    ),
    (
        {"standard_attributes": {"email_verified": {}}},
        (
            'standard_attributes.email_verified: got "email_verified"; allowed: address, birthdate, '
            "email, family_name, gender, given_name, locale, middle_name, name, nickname, phone_number, "
            "picture, preferred_username, profile, updated_at, website, zoneinfo; remove it: Cognito "
            "sets it by itself"
        ),
    ),
    (
        provider("g", GOOGLE, standard_attributes={"email": {"mutable": False}}),
        (
            'providers.g.attributes.email: got "email"; allowed: a mutable attribute, since it is '
            "written; remove it, or take mutable: false away in a new pool"
        ),
    ),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
