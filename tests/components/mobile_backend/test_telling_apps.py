"""The output `client` says what apps have to know, as the client files want it, and no secret."""

from pathlib import Path
from typing import Any

import pulumi
import pytest

from pulumi_aws_mobile.client_files import files, notes, resolve
from pulumi_aws_mobile.testing import UNKNOWN

from .building import BACKEND, CORE, HOME, Account, Args, build

ROOT = Path(__file__).parents[3]
EVERYTHING: Args = {
    **CORE,
    "identity": {
        "groups": {"staff": {"precedence": 3}, "readers": {}},
        "federation": {"guests": True},
        "domain": {"prefix": "shop"},
        "first_factors": ["password", "passkey"],
        "passkeys": {"relying_party_id": "example.com"},
        "providers": {
            "google": {"kind": "google", "client_id": "google-app", "client_secret": "of-google"},
            "okta": {
                "kind": "oidc",
                "client_id": "a",
                "client_secret": "of-okta",
                "issuer": "https://okta.example.com",
            },
        },
        "clients": {
            "app": {"callback_urls": ["shop://in"], "logout_urls": ["shop://out"]},
            "site": {"kind": "web", "callback_urls": ["https://shop.example.com/in"]},
            "server": {"kind": "server", "callback_urls": ["https://server.example.com/in"]},
        },
    },
    "user_files": {"replication": {"region": "eu-central-1"}},
    "data_sync": {},
    "push": {"topics": {"news": {}}, "amplify": True},
    "analytics": {},
}


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the core API's files are named from."""
    monkeypatch.chdir(ROOT)


class _Named(Account):
    """Names streams as AWS does."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        named = {"name": args.name} if args.typ == "aws:kinesis/stream:Stream" else {}
        return id_, {**outputs, **named}


def told(args: Args) -> dict[str, Any]:
    return build(args, mocks=_Named()).component_outputs[BACKEND]["client"]


def test_a_backend_without_options_tells_of_its_users_and_their_files() -> None:
    assert told({}) == {
        "region": HOME,
        "sign_in": {
            "user_pool_id": "eu-west-1_abcdefghi",
            "identity_pool_id": "app-identity-identity-pool-id",
            "guests": False,
            "hosted_domain": None,
            "apps": {
                "app": {
                    "id": "app-identity-client-app-id",
                    "sign_in_flow": "USER_SRP_AUTH",
                    "callback_urls": [],
                    "logout_urls": [],
                    "scopes": [],
                    "providers": ["COGNITO"],
                }
            },
            "groups": {},
            "username_attributes": ["email"],
            "required_attributes": ["email"],
            "verified_attributes": ["email"],
            "password": {"min_length": 12, "lowercase": True, "uppercase": True, "numbers": True, "symbols": True},
            "mfa": "optional",
            "mfa_factors": ["totp"],
            "first_factors": ["password"],
        },
        "user_files": {"name": "app-files-bucket", "region": HOME},
    }


def test_each_feature_tells_of_itself() -> None:
    found = told(EVERYTHING)
    assert {name: found[name] for name in found if name not in {"region", "sign_in"}} == {
        "api": {
            "url": "https://app-api-rest-id.execute-api.eu-west-1.amazonaws.com/live",
            "region": HOME,
            "needs_key": False,
        },
        "user_data": True,
        "push": {"topics": ["news"], "amplify": True},
        "user_files": {"name": "app-files-bucket", "region": HOME},
        "user_files_copy": {"name": "app-files-replica", "region": "eu-central-1"},
        "analytics": {
            "service": "kinesis",
            "stream": "app-analytics-stream",
            "region": HOME,
            "schema_version": "1",
        },
    }


def test_it_tells_of_apps_and_not_of_servers() -> None:
    apps = told(EVERYTHING)["sign_in"]["apps"]
    assert list(apps) == ["app", "site"]
    assert apps["app"]["providers"] == ["COGNITO", "Google", "okta"]
    assert (apps["app"]["callback_urls"], apps["app"]["logout_urls"]) == (["shop://in"], ["shop://out"])


def test_it_tells_of_groups_and_passkeys() -> None:
    sign_in = told(EVERYTHING)["sign_in"]
    assert sign_in["groups"] == {"readers": {}, "staff": {"precedence": 3}}
    assert sign_in["passkeys"] == {"relying_party_id": "example.com", "user_verification": "required"}
    assert (sign_in["guests"], sign_in["hosted_domain"]) == (True, "shop.auth.eu-west-1.amazoncognito.com")


def test_it_is_no_secret_and_has_none() -> None:
    recording = build(EVERYTHING)
    text = repr(recording.component_outputs[BACKEND]["client"])
    assert "Secret" not in text
    assert not any(secret in text for secret in ("of-google", "of-okta", "client_secret"))


def test_a_required_challenge_begins_the_sign_in() -> None:
    identity = {
        "challenge": {"steps": ["email_code"]},
        "email": {"from_address": "a@example.com", "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/e"},
    }
    assert told({"identity": identity})["sign_in"]["apps"]["app"]["sign_in_flow"] == "CUSTOM_AUTH"


def test_keys_that_the_api_wants_are_told_of_and_not_told() -> None:
    api = {**CORE["api"], "clients": {"app": {}}, "require_client_keys": True}
    assert told({**CORE, "api": api})["api"]["needs_key"] is True


def test_without_federation_there_is_no_identity_pool() -> None:
    sign_in = told({"features": ["sign_in"], "identity": {"federation": {"enabled": False}}})["sign_in"]
    assert (sign_in["identity_pool_id"], sign_in["guests"]) == (None, False)


def test_users_who_sign_in_by_a_name_have_no_contact_for_it() -> None:
    assert told({"identity": {"sign_in": ["username"]}})["sign_in"]["username_attributes"] == []


def test_in_a_preview_it_is_unknown() -> None:
    assert build(EVERYTHING, preview=True).component_outputs[BACKEND]["client"] == UNKNOWN


def test_the_client_files_take_it() -> None:
    found = told(EVERYTHING)
    found["sign_in"]["identity_pool_id"] = "eu-west-1:00000000-1111-2222-3333-444444444444"
    settings = resolve("dev", found, "app")
    assert len(files(settings)) == 5
    assert notes(settings) == [
        (
            "okta: in aws-mobile.json only, since Amplify's formats name FACEBOOK, GOOGLE, LOGIN_WITH_AMAZON, "
            "SIGN_IN_WITH_APPLE alone"
        ),
        "notifications are left out for Flutter, whose reader fails on them",
    ]
