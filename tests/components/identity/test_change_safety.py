"""What a change of a user pool is refused for.

What a hook does in a preview is the engine's; `tests/engine/test_identity.py` shows it.
"""

from typing import Any

import pytest

from pulumi_aws_mobile.identity.pool.change_safety import FixedSettings, impossible_changes

STANDARD = frozenset({"email", "name", "birthdate"})
TEXT = {
    "name": "plan",
    "attributeDataType": "String",
    "mutable": True,
    "required": False,
    "stringAttributeConstraints": {"minLength": "0", "maxLength": "99"},
}
NAME = {**TEXT, "name": "name", "required": True}
BY_EMAIL = FixedSettings(region=None, sign_in=("email",))
POOL = {"usernameAttributes": ["email"], "schemas": [TEXT, NAME]}


def _lines(old: dict[str, Any], new: dict[str, Any], fixed: FixedSettings | None = BY_EMAIL) -> list[str]:
    return [str(problem) for problem in impossible_changes(old, new, fixed, STANDARD)]


def test_an_unchanged_pool_is_let_through() -> None:
    assert _lines(POOL, POOL) == []


def test_an_added_custom_attribute_is_let_through() -> None:
    assert _lines(POOL, {**POOL, "schemas": [*POOL["schemas"], {**TEXT, "name": "tier"}]}) == []


def test_the_order_of_attributes_and_numbers_as_texts_mean_nothing() -> None:
    numbers = {**TEXT, "stringAttributeConstraints": {"minLength": 0, "maxLength": 99.0, "__defaults": []}}
    assert _lines(POOL, {**POOL, "schemas": [NAME, numbers]}) == []


def test_a_removed_attribute_is_refused() -> None:
    assert _lines(POOL, {**POOL, "schemas": [NAME]}) == [
        (
            "attributes.plan: got nothing; allowed: String, 0 to 99, mutable, as when it was made; "
            "put it back; an attribute that nobody fills in costs nothing"
        )
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mutable": False}, "String, 0 to 99, immutable"),
        ({"attributeDataType": "DateTime"}, "DateTime, 0 to 99, mutable"),
        ({"stringAttributeConstraints": {"minLength": "0", "maxLength": "100"}}, "String, 0 to 100, mutable"),
        ({"required": True}, "String, 0 to 99, mutable, required"),
    ],
)
def test_a_changed_attribute_is_refused(change: dict[str, Any], words: str) -> None:
    assert _lines(POOL, {**POOL, "schemas": [{**TEXT, **change}, NAME]}) == [
        (
            f'attributes.plan: got "{words}"; allowed: String, 0 to 99, mutable, as when it was made; '
            "keep it as it was, and add an attribute under another name"
        )
    ]


def test_a_standard_attribute_declared_later_is_refused() -> None:
    assert _lines(POOL, {**POOL, "schemas": [TEXT, NAME, {**NAME, "name": "birthdate"}]}) == [
        (
            'standard_attributes.birthdate: got "String, 0 to 99, mutable, required"; '
            "allowed: what it was when the pool was made: optional and mutable; "
            "take it back, and add a custom attribute"
        )
    ]


def test_a_standard_attribute_declared_where_there_was_none_is_refused() -> None:
    assert len(_lines({**POOL, "schemas": []}, {**POOL, "schemas": [NAME]})) == 1


def test_everything_that_is_fixed_is_named_at_once() -> None:
    old = {**POOL, "region": "eu-west-1", "usernameConfiguration": {"caseSensitive": True}}
    fixed = FixedSettings(region="eu-central-1", sign_in=(), aliases=("phone_number", "email"))
    keep = "keep it; for another, make a second Identity and move the users with its `migration` option"
    assert _lines(old, POOL, fixed) == [
        f'sign_in: got "username or email or phone_number"; allowed: email, as when the pool was made; {keep}',
        f"case_sensitive: got false; allowed: true, as when the pool was made; {keep}",
        f'region: got "eu-central-1"; allowed: eu-west-1, where the pool is; {keep}',
    ]


def test_a_pool_that_may_be_replaced_only_keeps_its_attributes() -> None:
    assert _lines(POOL, {"schemas": [TEXT, NAME]}, None) == []
    assert len(_lines(POOL, {"schemas": [NAME]}, None)) == 1


@pytest.mark.parametrize(
    ("fixed", "tag"),
    [
        (BY_EMAIL, "email"),
        (FixedSettings(region="eu-west-1", sign_in=("phone_number", "email")), "eu-west-1 email phone_number"),
        (
            FixedSettings(region=None, sign_in=(), aliases=("email",), case_sensitive=True),
            "username or:email case-sensitive",
        ),
    ],
)
def test_the_tag_says_what_is_fixed(fixed: FixedSettings, tag: str) -> None:
    assert fixed.tag == tag
