"""There is a file for each client, the same each time; what a file cannot say is told."""

import json

import pytest
from hypothesis import given, settings

from pulumi_aws_mobile.client_files import MARK, failover, files, notes, own, resolve
from pulumi_aws_mobile.client_files.own import document
from pulumi_aws_mobile.data_sync.routes import open_api as data_routes
from pulumi_aws_mobile.push.routes import amplify_routes, device_routes
from pulumi_aws_mobile.token_exchange.documents import open_api as token_routes

from .building import BACKEND, BARE, SITE, changed
from .building import settings as of
from .strategies import Document, backends, sites

NAMES = [
    "amplify_outputs.json",
    "amplify_outputs.dart",
    "amplifyconfiguration.json",
    "aws-exports.js",
    "aws-mobile.json",
]


def test_there_is_a_file_for_each_client() -> None:
    assert list(files(of())) == NAMES


@settings(max_examples=50, deadline=None)
@given(backends(), sites())
def test_every_deployment_gives_every_file_with_the_mark(backend: Document, site: Document) -> None:
    primary = resolve("dev", backend)
    for found in (primary, failover(primary, site)):
        texts = files(found)
        assert list(texts) == NAMES
        assert all(MARK in text and text.isascii() and text.endswith("\n") for text in texts.values())
        assert files(found) == texts


def test_everything_is_said_in_the_projects_own_file() -> None:
    assert document(of()) == {
        "format": "aws-mobile-client/1",
        "environment": "dev",
        "region": "eu-west-1",
        "failover": False,
        "sign_in": {
            "region": "eu-west-1",
            "user_pool_id": "eu-west-1_a1B2c3D4e",
            "user_pool_client_id": "3n4b5urk1ft4fl3mg5e62d9ado",
            "app": "app",
            "guests": True,
            "identity_pool_id": "eu-west-1:00000000-1111-2222-3333-444444444444",
            "hosted_domain": "shop.auth.eu-west-1.amazoncognito.com",
            "mfa": "required",
            "mfa_factors": ["email", "sms", "totp"],
            "first_factors": ["passkey", "password", "sms_otp"],
            "custom_providers": ["okta"],
        },
        "api": {
            "name": "api",
            "url": "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live",
            "region": "eu-west-1",
            "authorization": "AWS_IAM",
            "needs_key": False,
        },
        "token_exchange": {"exchange": "/token", "keys": "/.well-known/jwks.json"},
        "data_sync": {"datasets": "/sync/datasets"},
        "push": {
            "devices": "/devices",
            "topics": ["news"],
            "amplify": {"identify": "/identify-user", "register": "/register-device", "remove": "/remove-device"},
        },
        "user_files": {"bucket": "shop-files", "region": "eu-west-1"},
        "analytics": {"service": "kinesis", "stream": "shop-events", "region": "eu-west-1", "schema_version": "3"},
    }


def test_the_same_stands_among_amplifys_outputs() -> None:
    texts = files(of())
    assert json.loads(texts["amplify_outputs.json"])["custom"]["aws_mobile"] == json.loads(texts["aws-mobile.json"])


def test_the_least_backend_says_who_signs_in() -> None:
    assert list(document(of(BARE))) == ["format", "environment", "region", "failover", "sign_in"]


def test_a_failover_copy_says_that_it_is_one() -> None:
    found = document(failover(of(), SITE))
    assert (found["failover"], found["region"], found["sign_in"]["region"]) == (True, "eu-central-1", "eu-west-1")
    assert "analytics" not in found


def test_the_routes_are_those_of_the_parts() -> None:
    routes = {**token_routes("{}")["paths"], **data_routes()["paths"], **device_routes()["paths"]}
    routes |= amplify_routes()["paths"]
    told = [own.TOKEN_ROUTES, own.SYNC_ROUTES, own.DEVICE_ROUTES, own.AMPLIFY_ROUTES]
    assert {route for group in told for route in group.values()} <= set(routes)


@pytest.mark.parametrize(
    ("path", "value", "note"),
    [
        (
            "sign_in.apps.app.logout_urls",
            [],
            (
                "the hosted pages are left out: Amplify wants a place to land after signing out; "
                "give identity.clients.app.logout_urls"
            ),
        ),
        (
            "sign_in.mfa_factors",
            ["email"],
            "the second factor by e-mail is in aws-mobile.json only: older clients fail on it",
        ),
        (
            "sign_in.apps.app.providers",
            ["COGNITO", "okta"],
            (
                "okta: in aws-mobile.json only, since Amplify's formats name FACEBOOK, GOOGLE, LOGIN_WITH_AMAZON, "
                "SIGN_IN_WITH_APPLE alone"
            ),
        ),
        (
            "api.needs_key",
            True,
            "the API wants a key in the header x-api-key, which no file has: hand it out as the app needs it",
        ),
        ("push.amplify", True, "notifications are left out for Flutter, whose reader fails on them"),
    ],
)
def test_what_a_format_cannot_say_is_told(path: str, value: object, note: str) -> None:
    quiet = changed(BACKEND, "sign_in.mfa_factors", ["totp"])
    quiet = changed(quiet, "sign_in.apps.app.providers", ["COGNITO"])
    quiet = changed(quiet, "push.amplify", value=False)
    assert notes(of(quiet)) == []
    assert notes(of(changed(quiet, path, value))) == [note]
