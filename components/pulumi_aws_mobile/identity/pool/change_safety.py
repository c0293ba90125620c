"""Stops a change that would cost a user pool its users, in the preview, and says why.

AWS fixes how users sign in, and each attribute, when it is made. A different sign-in needs a new pool, without the
users and their passwords; a changed attribute is refused, but only in the middle of the update. Pulumi calls a hook
before it updates a resource, in a preview too; replacements get no such hook. So the options that AWS fixes are kept as
they were (`ignore_changes`) and written in a tag as well: the tag makes their change an update, which the hook sees and
refuses.
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings.html
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems

SHAPE_TAG = "aws-mobile:fixed-settings"
"""The tag of a user pool that says what AWS does not change about it."""

_FIXED = ("region", "usernameAttributes", "aliasAttributes", "usernameConfiguration")
"""The inputs whose change the provider answers with a new pool."""
_KEPT = ("attributeDataType", "mutable", "required")
_CONSTRAINTS = ("stringAttributeConstraints", "numberAttributeConstraints")
_NEW_POOL = "keep it; for another, make a second Identity and move the users with its `migration` option"
_NEW_ATTRIBUTE = "keep it as it was, and add an attribute under another name"


@dataclass(frozen=True, slots=True)
class FixedSettings:
    """What AWS fixes when a user pool is made, beside its attributes."""

    region: str | None
    """The Region; `None` for the provider's."""
    sign_in: tuple[str, ...]
    """The attributes that stand in for a username."""
    aliases: tuple[str, ...] = ()
    """The attributes that may be used beside a username."""
    case_sensitive: bool = False
    """Whether usernames that differ in case are different users."""

    @property
    def tag(self) -> str:
        """Return them as the value of a tag."""
        parts = [*sorted(self.sign_in or ["username"]), *(f"or:{alias}" for alias in sorted(self.aliases))]
        case = ["case-sensitive"] if self.case_sensitive else []
        return " ".join([*([self.region] if self.region else []), *parts, *case])


def guarded(name: str, fixed: FixedSettings, *, standard: frozenset[str], protect: bool) -> pulumi.ResourceOptions:
    """Return the options of the user pool `name` that stop its loss; `standard` names the attributes that AWS defines.

    Give the pool the tag `SHAPE_TAG` with `fixed.tag` too. A pool that is not protected may be replaced; an attribute
    cannot change even then.
    """

    def refuse(change: pulumi.ResourceHookArgs) -> None:
        old, new = change.old_inputs or {}, change.new_inputs or {}
        problems = impossible_changes(old, new, fixed if protect else None, standard)
        problems.raise_for(f'user pool "{name}" keeps its users')

    hook = pulumi.ResourceHook(f"{name}-keeps-its-users", refuse, pulumi.ResourceHookOptions(on_dry_run=True))
    return pulumi.ResourceOptions(
        protect=protect,
        ignore_changes=list(_FIXED) if protect else None,
        hooks=pulumi.ResourceHookBinding(before_update=[hook]),
    )


def impossible_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], fixed: FixedSettings | None, standard: frozenset[str]
) -> Problems:
    """Return what of the change from the inputs `old` to `new` AWS has no way to make without a new pool."""
    problems = Problems()
    if fixed is not None:
        _check_fixed(old, fixed, problems)
    _check_attributes(old, new, standard, problems)
    return problems


def _check_fixed(old: Mapping[str, Any], fixed: FixedSettings, problems: Problems) -> None:
    was_in = tuple(sorted(old.get("usernameAttributes") or ()))
    was_alias = tuple(sorted(old.get("aliasAttributes") or ()))
    if (was_in, was_alias) != (tuple(sorted(fixed.sign_in)), tuple(sorted(fixed.aliases))):
        was, now = _sign_in(was_in, was_alias), _sign_in(fixed.sign_in, fixed.aliases)
        problems.add("sign_in", now, f"{was}, as when the pool was made", _NEW_POOL)
    was_sensitive = bool((old.get("usernameConfiguration") or {}).get("caseSensitive", False))
    if was_sensitive != fixed.case_sensitive:
        allowed = f"{str(was_sensitive).lower()}, as when the pool was made"
        problems.add("case_sensitive", fixed.case_sensitive, allowed, _NEW_POOL)
    if fixed.region and old.get("region", fixed.region) != fixed.region:
        problems.add("region", fixed.region, f"{old['region']}, where the pool is", _NEW_POOL)


def _sign_in(attributes: Sequence[str], aliases: Sequence[str]) -> str:
    return " ".join([*sorted(attributes or ["username"]), *(f"or {alias}" for alias in sorted(aliases))])


def _check_attributes(
    old: Mapping[str, Any], new: Mapping[str, Any], standard: frozenset[str], problems: Problems
) -> None:
    before, after = _by_name(old), _by_name(new)
    for name in before.keys() - after.keys():
        problems.add(
            _path(name, standard), None, f"{_words(before[name])}, as when it was made", _keeping(name, standard)
        )
    for name, attribute in after.items():
        if name in before and _meaning(before[name]) != _meaning(attribute):
            allowed = f"{_words(before[name])}, as when it was made"
            problems.add(_path(name, standard), _words(attribute), allowed, _NEW_ATTRIBUTE)
        elif name not in before and name in standard:
            allowed = "what it was when the pool was made: optional and mutable"
            problems.add(_path(name, standard), _words(attribute), allowed, "take it back, and add a custom attribute")


def _by_name(inputs: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {attribute["name"]: attribute for attribute in sorted(inputs.get("schemas") or (), key=lambda a: a["name"])}


def _path(name: str, standard: frozenset[str]) -> str:
    return f"standard_attributes.{name}" if name in standard else f"attributes.{name}"


def _keeping(name: str, standard: frozenset[str]) -> str:
    return "put it back" if name in standard else "put it back; an attribute that nobody fills in costs nothing"


def _meaning(attribute: Mapping[str, Any]) -> dict[str, Any]:
    """Return what AWS fixes about an attribute; numbers come as texts or numbers."""
    kept: dict[str, Any] = {key: attribute.get(key, key == "mutable") for key in _KEPT}
    for constraints in _CONSTRAINTS:
        limits = attribute.get(constraints) or {}
        kept |= {key: float(value) for key, value in limits.items() if not key.startswith("__") and value is not None}
    return kept


def _words(attribute: Mapping[str, Any]) -> str:
    """Return an attribute in words, for example `String, 0 to 99, mutable`."""
    meaning = _meaning(attribute)
    low = meaning.get("minLength", meaning.get("minValue"))
    high = meaning.get("maxLength", meaning.get("maxValue"))
    size = [f"{low:g} to {high:g}"] if low is not None and high is not None else []
    change = "mutable" if meaning["mutable"] else "immutable"
    return ", ".join([str(meaning["attributeDataType"]), *size, change, *(["required"] if meaning["required"] else [])])
