"""Amplify's outputs say what was meant, in words that readers of every age know."""

import json

import pytest

from pulumi_aws_mobile.client_files.gen2 import dart, flutter_outputs, outputs

from .building import BACKEND, BARE, changed, settings


def test_users_their_rules_and_the_hosted_pages_are_said() -> None:
    assert outputs(settings())["auth"] == {
        "aws_region": "eu-west-1",
        "user_pool_id": "eu-west-1_a1B2c3D4e",
        "user_pool_client_id": "3n4b5urk1ft4fl3mg5e62d9ado",
        "unauthenticated_identities_enabled": True,
        "identity_pool_id": "eu-west-1:00000000-1111-2222-3333-444444444444",
        "password_policy": {
            "min_length": 12,
            "require_lowercase": True,
            "require_uppercase": False,
            "require_numbers": True,
            "require_symbols": False,
        },
        "oauth": {
            "identity_providers": ["GOOGLE", "SIGN_IN_WITH_APPLE"],
            "domain": "shop.auth.eu-west-1.amazoncognito.com",
            "scopes": ["email", "openid"],
            "redirect_sign_in_uri": ["com.example.app://in", "https://example.com/in"],
            "redirect_sign_out_uri": ["com.example.app://out"],
            "response_type": "code",
        },
        "standard_required_attributes": ["email", "family_name"],
        "username_attributes": ["email"],
        "user_verification_types": ["email"],
        "mfa_configuration": "REQUIRED",
        "mfa_methods": ["SMS", "TOTP"],
        "passwordless": {
            "sms_otp_enabled": True,
            "web_authn": {"relying_party_id": "example.com", "user_verification": "preferred"},
        },
        "groups": [{"editors": {"precedence": 1}}, {"readers": {}}],
    }


def test_an_adopted_pool_says_only_what_is_known() -> None:
    found = outputs(settings(BARE))
    assert found["auth"] == {
        "aws_region": "eu-west-1",
        "user_pool_id": "eu-west-1_a1B2c3D4e",
        "user_pool_client_id": "3n4b5urk1ft4fl3mg5e62d9ado",
        "unauthenticated_identities_enabled": False,
    }
    assert list(found) == ["version", "auth", "custom"]


def test_the_bucket_is_said() -> None:
    assert outputs(settings())["storage"] == {"aws_region": "eu-west-1", "bucket_name": "shop-files"}


@pytest.mark.parametrize("missing", ["hosted_domain", "apps.app.logout_urls", "apps.app.callback_urls"])
def test_hosted_pages_that_the_format_cannot_tell_of_are_left_out(missing: str) -> None:
    assert "oauth" not in outputs(settings(changed(BACKEND, f"sign_in.{missing}", None)))["auth"]


def test_amplifys_own_routes_of_devices_need_the_newer_version() -> None:
    found = outputs(settings())
    assert found["version"] == "1.5"
    url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live"
    assert found["notifications"] == {"amazon_connect": {"aws_region": "eu-west-1", "endpoint": url}}


def test_without_them_the_version_is_the_one_that_more_readers_take() -> None:
    found = outputs(settings(changed(BACKEND, "push.amplify", value=False)))
    assert found["version"] == "1.4"
    assert "notifications" not in found


def test_the_api_stands_where_amplifys_guide_puts_it() -> None:
    url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live"
    assert outputs(settings())["custom"]["API"] == {
        "api": {"endpoint": url, "region": "eu-west-1", "apiName": "api"},
    }


def test_flutter_gets_the_api_and_no_notifications() -> None:
    found = flutter_outputs(settings())
    assert found["version"] == "1.4"
    assert "notifications" not in found
    url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live"
    assert found["rest_api"] == {"api": {"aws_region": "eu-west-1", "url": url, "authorization_type": "AWS_IAM"}}


def test_flutters_outputs_without_an_api_are_the_others() -> None:
    assert flutter_outputs(settings(BARE)) == outputs(settings(BARE))


def test_the_dart_source_is_one_raw_string_whatever_is_in_it() -> None:
    redirect = ["https://example.com/'''$x"]
    tricky = settings(changed(BACKEND, "sign_in.apps.app.callback_urls", redirect))
    before, text, after = dart(tricky).split("'''")
    assert (before, after) == ("const amplifyConfig = r", ";")
    assert json.loads(text) == flutter_outputs(tricky)
