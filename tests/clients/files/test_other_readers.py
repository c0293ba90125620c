"""The files keep the rules by which Amplify for Swift, Android and Flutter read them.

Those readers are not run here: there is no compiler for them among the tests' tools. Their rules were read in their
sources, and are written down here by hand; what a later release asks beyond them is not shown.

- Swift: `Amplify/Core/Configuration/AmplifyOutputsData.swift` of aws-amplify/amplify-swift. Decodable: what it does not
  name is passed over, what it names has to be there unless optional, and an enum takes none but its own values.
- Android: `core/…/core/configuration/AmplifyOutputsData.kt` of aws-amplify/amplify-android. Unknown keys are passed
  over; enums are closed, that of second factors without EMAIL in its first releases.
- Flutter: `packages/amplify_core/lib/src/config/amplify_outputs/` of aws-amplify/amplify-flutter. The same; an API is
  read from `rest_api`, and `notifications` without Pinpoint makes it fail.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from components.client_files.strategies import Document, backends
from hypothesis import given, settings

from pulumi_aws_mobile.client_files import files, resolve

Rules = dict[str, Callable[[Any], bool]]

_ATTRIBUTES = {
    *("address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name"),
    *("nickname", "phone_number", "picture", "preferred_username", "profile", "sub", "updated_at", "website"),
    "zoneinfo",
}


def _text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _some_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(each in allowed for each in value)


def _one_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: value in allowed


_OAUTH: Rules = {
    "identity_providers": _some_of("GOOGLE", "FACEBOOK", "LOGIN_WITH_AMAZON", "SIGN_IN_WITH_APPLE"),
    "domain": _text,
    "scopes": _texts,
    "redirect_sign_in_uri": _texts,
    "redirect_sign_out_uri": _texts,
    "response_type": _one_of("code", "token"),
}
_PASSWORD: Rules = {
    "min_length": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    **dict.fromkeys(("require_numbers", "require_lowercase", "require_uppercase", "require_symbols"), _flag),
}
_CONTACTS = _some_of("email", "phone_number")
_NEEDED: Rules = {"aws_region": _text, "user_pool_id": _text, "user_pool_client_id": _text}
_OPTIONAL: Rules = {
    "identity_pool_id": _text,
    "standard_required_attributes": _some_of(*_ATTRIBUTES),
    "username_attributes": _CONTACTS,
    "user_verification_types": _CONTACTS,
    "unauthenticated_identities_enabled": _flag,
    "mfa_configuration": _one_of("NONE", "OPTIONAL", "REQUIRED"),
    "mfa_methods": _some_of("SMS", "TOTP"),
}


def broken(rules: Rules, document: Document, *, needed: bool) -> list[str]:
    """Return the names that a reader would fail on."""
    return [name for name, fits in rules.items() if (name in document or needed) and not fits(document.get(name))]


def auth_of(document: Document) -> list[str]:
    auth = document["auth"]
    found = broken(_NEEDED, auth, needed=True) + broken(_OPTIONAL, auth, needed=False)
    for name, rules in (("oauth", _OAUTH), ("password_policy", _PASSWORD)):
        if name in auth:
            found += broken(rules, auth[name], needed=True)
    return found


def storage_of(document: Document) -> list[str]:
    rules: Rules = {"aws_region": _text, "bucket_name": _text}
    return broken(rules, document["storage"], needed=True) if "storage" in document else []


@settings(max_examples=100, deadline=None)
@given(backends())
def test_swift_and_android_of_every_age_take_users_and_files(backend: Document) -> None:
    document = json.loads(files(resolve("dev", backend))["amplify_outputs.json"])
    assert isinstance(document["version"], str)
    assert auth_of(document) == []
    assert storage_of(document) == []
    # Guests are let in where nothing is said.
    assert "unauthenticated_identities_enabled" in document["auth"]


@settings(max_examples=100, deadline=None)
@given(backends())
def test_their_older_releases_fail_on_notifications_only_where_these_were_asked_for(backend: Document) -> None:
    document = json.loads(files(resolve("dev", backend))["amplify_outputs.json"])
    asked = "api" in backend and backend.get("push", {}).get("amplify", False)
    assert ("notifications" in document) == asked
    if asked:
        # Releases since July 2026 take these, older ones want Pinpoint's.
        assert document["version"] == "1.5"
        assert broken(dict.fromkeys(("aws_region", "endpoint"), _text), _connect(document), needed=True) == []


def _connect(document: Document) -> Document:
    return document["notifications"]["amazon_connect"]


@settings(max_examples=100, deadline=None)
@given(backends())
def test_flutter_takes_its_copy_with_the_api(backend: Document) -> None:
    text = files(resolve("dev", backend))["amplify_outputs.dart"]
    mark, _, source = text.partition("\n")
    assert mark == "// aws-mobile-client/1"
    head, body, tail = source.split("'''")
    assert (head, tail) == ("const amplifyConfig = r", ";\n")
    document = json.loads(body)
    assert auth_of(document) == []
    assert "notifications" not in document
    for api in document.get("rest_api", {}).values():
        rules: Rules = {"aws_region": _text, "url": _text, "authorization_type": _one_of("AWS_IAM")}
        assert broken(rules, api, needed=True) == []
    assert list(document.get("rest_api", {})) == (["api"] if "api" in backend else [])


@settings(max_examples=100, deadline=None)
@given(backends())
def test_the_first_generation_signs_the_apis_calls(backend: Document) -> None:
    document = json.loads(files(resolve("dev", backend))["amplifyconfiguration.json"])
    apis = document.get("api", {}).get("plugins", {}).get("awsAPIPlugin", {})
    assert list(apis) == (["api"] if "api" in backend else [])
    for api in apis.values():
        assert broken({"endpoint": _text, "region": _text}, api, needed=True) == []
        assert (api["endpointType"], api["authorizationType"]) == ("REST", "AWS_IAM")


@pytest.mark.parametrize(
    ("name", "value"),
    [("mfa_methods", ["EMAIL"]), ("username_attributes", ["username"]), ("user_pool_id", None)],
)
def test_the_rules_find_what_a_reader_fails_on(name: str, value: object) -> None:
    auth = {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_a", "user_pool_client_id": "b", name: value}
    assert auth_of({"auth": auth}) == [name]
