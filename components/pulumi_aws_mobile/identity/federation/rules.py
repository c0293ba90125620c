"""The rules between the options of an identity pool; each notes every problem it finds."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile import statements
from pulumi_aws_mobile.errors import Problems, closest

_LONGEST_KEY = 20
_MOST_RULES = 25
_MOST_TAGS = 50
_MOST_CLIENT_IDS = 100
_MOST_THUMBPRINTS = 5
_ROLE_NAME_LENGTH = 64
_RANDOM_ENDING = 8
"""What Pulumi adds to a name: a hyphen and seven digits."""
_TAKEN_KEYS = ("guests", "signed-in", "signed_in")
"""What `Identity.allow` calls those who are in no group."""

_TAG_KEY = re.compile(r"(?!aws:)[\w .:/=+@-]{1,128}")


def check_disabled(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse options of an identity pool that is not made."""
    for option in given:
        if option != "enabled":
            problems.add(
                f"federation.{option}",
                given[option],
                "nothing while federation.enabled is false",
                f"remove {option} or enabled",
            )


def check_role_names(name: str, groups: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a component name or group key of which no role name can be made, or no grant told apart."""
    longest = _ROLE_NAME_LENGTH - _RANDOM_ENDING
    if len(f"{name}-signed-in") > longest:
        problems.add("name", name, f"{longest - len('-signed-in')} characters or fewer", "roles are named after it")
        return
    for key in groups:
        room = longest - len(f"{name}-group-")
        if key in _TAKEN_KEYS:
            allowed = f"any key but {', '.join(_TAKEN_KEYS)}, which name those in no group"
            problems.add(f"groups.{key}", key, allowed, "choose another key")
        elif len(key) > room:
            problems.add(
                f"groups.{key}", key, f"a key of at most {room} characters", "shorten it: a role is named after it"
            )


def check_partition(region: str | None, problems: Problems) -> None:
    """Refuse Regions whose identity pools have another issuer than the policies name."""
    if region is not None and region.startswith(("cn-", "us-gov-")):
        problems.add(
            "federation.enabled",
            True,  # noqa: FBT003 - the value that is shown
            f"false in {region}, where identity pools have an issuer of their own",
            "set it to false, or choose a Region of the partition aws",
        )


def check_statements(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse permissions that say too much, and some for guests where there are none."""
    for option in ("signed_in_statements", "guest_statements"):
        statements.check_statements(given.get(option, ()), f"federation.{option}", problems)
    if "guest_statements" in given and not given.get("guests", False):
        problems.add(
            "federation.guest_statements",
            given["guest_statements"],
            "nothing without guests",
            "remove it, or set guests: true",
        )


def check_keys(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse keys that cannot become part of a name."""
    for option in ("oidc", "saml"):
        for key in given.get(option, {}):
            if len(key) > _LONGEST_KEY or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key):
                problems.add(
                    f"federation.{option}.{key}",
                    key,
                    f"a key of at most {_LONGEST_KEY} lowercase letters, digits and single hyphens, a letter first",
                    "rename it",
                )


def check_oidc(oidc: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
    """Refuse OpenID Connect providers that are neither new nor named, or both, or there twice."""
    seen: dict[str, str] = {}
    for key, login in oidc.items():
        path = f"federation.oidc.{key}"
        if "provider_arn" in login:
            for option in ("issuer", "client_ids", "thumbprints"):
                if option in login:
                    allowed = "nothing beside provider_arn: that provider has its own"
                    problems.add(f"{path}.{option}", login[option], allowed, "remove one of the two")
            continue
        if "issuer" not in login:
            problems.add(path, login, "issuer with client_ids, or provider_arn", "say which provider it is")
            continue
        _check_count(f"{path}.client_ids", login.get("client_ids", ()), 1, _MOST_CLIENT_IDS, problems)
        _check_count(f"{path}.thumbprints", login.get("thumbprints", ()), 0, _MOST_THUMBPRINTS, problems)
        other = seen.setdefault(login["issuer"], key)
        if other != key:
            allowed = f"another issuer than federation.oidc.{other}'s: an account has one IAM provider per URL"
            problems.add(f"{path}.issuer", login["issuer"], allowed, f"add the client ids to federation.oidc.{other}")


def check_adopted(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a provider that exists under two keys: which of the two says what its users get would be chance."""
    for option in ("oidc", "saml"):
        seen: dict[str, str] = {}
        for key, login in given.get(option, {}).items():
            arn = login.get("provider_arn")
            other = seen.setdefault(arn, key) if isinstance(arn, str) else key
            if other != key:
                allowed = f"another provider than federation.{option}.{other}'s"
                problems.add(f"federation.{option}.{key}.provider_arn", arn, allowed, "remove one of the two")


def check_tags(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse session tags that AWS would."""
    for path, login in _logins(given):
        tags = login.get("principal_tags", {})
        for key in tags:
            if not _TAG_KEY.fullmatch(key):
                allowed = "1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:"
                problems.add(f"{path}.principal_tags.{key}", key, allowed, "rename the tag")
        if len(tags) > _MOST_TAGS:
            problems.add(f"{path}.principal_tags", len(tags), f"at most {_MOST_TAGS} tags", "remove some")


def check_mappings(given: Mapping[str, Any], groups: Mapping[str, Any], problems: Problems) -> None:
    """Refuse mappings that lead to no group, and mappings by roles in tokens that have none."""
    for path, login in _logins(given):
        if "role_mapping" not in login:
            continue
        where, mapping = f"{path}.role_mapping", login["role_mapping"]
        if "rules" in mapping:
            _check_rules(f"{where}.rules", mapping["rules"], groups, problems)
        elif path != "federation.user_pool":
            allowed = "1 to 25 rules: only the user pool's tokens name roles"
            problems.add(f"{where}.rules", None, allowed, "add rules, or remove role_mapping")
        elif not groups:
            problems.add(where, mapping, "nothing without groups", "add groups, or remove role_mapping")


def check_claims(given: Mapping[str, Any], written: Mapping[str, str], problems: Problems) -> None:
    """Refuse roles and session tags by claims that users set themselves; `written` tells by which client each is."""
    login = given.get("user_pool", {})
    rules = login.get("role_mapping", {}).get("rules", ())
    used = [(f"role_mapping.rules[{place}].claim", rule["claim"], "the role") for place, rule in enumerate(rules)]
    tags = sorted(login.get("principal_tags", {}).items())
    used += [(f"principal_tags.{tag}", claim, "the tag") for tag, claim in tags]
    for where, claim, what in used:
        if claim in written:
            client = f"clients.{written[claim]}"
            problems.add(
                f"federation.user_pool.{where}",
                claim,
                f"a claim that users cannot set: {client} lets them write this one, and with it choose {what}",
                f"choose another, for example cognito:groups, or give {client} write_attributes without {claim}",
            )


def _check_rules(path: str, listed: list[Mapping[str, Any]], groups: Mapping[str, Any], problems: Problems) -> None:
    _check_count(path, listed, 1, _MOST_RULES, problems)
    for position, rule in enumerate(listed):
        if rule["group"] not in groups:
            near = closest(rule["group"], groups)
            fix = f'did you mean "{near}"?' if near else "add the group, or name another"
            allowed = f"a key in groups: {', '.join(sorted(groups)) or 'there are none'}"
            problems.add(f"{path}[{position}].group", rule["group"], allowed, fix)


def _check_count(path: str, values: object, least: int, most: int, problems: Problems) -> None:
    """Note a list that is too short or too long, or that says something twice."""
    listed = list(values) if isinstance(values, (list, tuple)) else []
    if not least <= len(listed) <= most:
        fix = "name at least one" if len(listed) < least else "remove some"
        problems.add(path, listed, f"{least} to {most} entries", fix)
    doubled = [value for place, value in enumerate(listed) if value in listed[:place]]
    if doubled:
        problems.add(path, doubled[0], "each entry once", "remove it")


def _logins(given: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Go through everything that says how users of one provider are treated, with its path."""
    if "user_pool" in given:
        yield "federation.user_pool", given["user_pool"]
    for option in ("social", "oidc", "saml"):
        for key, login in given.get(option, {}).items():
            yield f"federation.{option}.{key}", login
