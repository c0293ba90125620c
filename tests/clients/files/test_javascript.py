"""Amplify for JavaScript reads what was meant, for whatever a deployment says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from clients.ports.building import run
from components.client_files.building import BACKEND, SITE
from components.client_files.building import settings as of
from components.client_files.strategies import Document, backends
from hypothesis import HealthCheck, given, settings

from pulumi_aws_mobile.client_files import ClientSettings, failover, files, resolve
from pulumi_aws_mobile.client_files.settings import SignIn

from .conftest import Read

moderately = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

_PROVIDERS = {"Facebook": "Facebook", "Google": "Google", "LoginWithAmazon": "Amazon", "SignInWithApple": "Apple"}


def meant(found: ClientSettings) -> dict[str, Any]:
    """Return what both of Amplify's readers should make of the settings, in its words."""
    sign_in = found.sign_in
    cognito: dict[str, Any] = {
        "userPoolId": sign_in.user_pool_id,
        "userPoolClientId": sign_in.app.id,
        "identityPoolId": sign_in.identity_pool_id,
        "allowGuestAccess": sign_in.guests,
        "userAttributes": {name: {"required": True} for name in sign_in.required_attributes},
        "mfa": _mfa(sign_in),
        "passwordFormat": _password(sign_in),
        "oauth": _oauth(sign_in),
    }
    files_ = found.user_files
    return {"cognito": cognito, "bucket": files_ and {"bucket": files_.name, "region": files_.region}}


def _mfa(sign_in: SignIn) -> dict[str, Any] | None:
    if sign_in.mfa is None:
        return None
    status = {"off": "off", "optional": "optional", "required": "on"}[sign_in.mfa]
    return {
        "status": status,
        "smsEnabled": "sms" in sign_in.mfa_factors,
        "totpEnabled": "totp" in sign_in.mfa_factors,
    }


def _password(sign_in: SignIn) -> dict[str, Any] | None:
    password = sign_in.password
    return password and {
        "minLength": password.min_length,
        "requireLowercase": password.lowercase,
        "requireUppercase": password.uppercase,
        "requireNumbers": password.numbers,
        "requireSpecialCharacters": password.symbols,
    }


def _oauth(sign_in: SignIn) -> dict[str, Any] | None:
    app = sign_in.app
    if not (sign_in.hosted_domain and app.callback_urls and app.logout_urls):
        return None
    return {
        "domain": sign_in.hosted_domain,
        "scopes": list(app.scopes),
        "redirectSignIn": list(app.callback_urls),
        "redirectSignOut": list(app.logout_urls),
        "responseType": "code",
        "providers": [_PROVIDERS[name] for name in app.providers if name in _PROVIDERS],
    }


def understood(config: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader made of it, without what it fills in by itself."""
    cognito = config["Auth"]["Cognito"]
    oauth = cognito.get("loginWith", {}).get("oauth")
    told = {
        name: cognito.get(name)
        for name in ("userPoolId", "userPoolClientId", "identityPoolId", "mfa", "passwordFormat")
    }
    cognito = {
        **told,
        "allowGuestAccess": cognito.get("allowGuestAccess", False),
        "userAttributes": cognito.get("userAttributes", {}),
        # No providers and none said are the same to a reader.
        "oauth": oauth and {"providers": [], **oauth},
    }
    return {"cognito": cognito, "bucket": config.get("Storage", {}).get("S3")}


@moderately
@given(backend=backends())
def test_both_generations_are_read_as_they_were_meant(read: Read, backend: Document) -> None:
    found = resolve("dev", backend)
    answer = read(files(found))
    assert understood(answer["outputs"]) == meant(found)
    assert understood(answer["exports"]) == meant(found)
    assert answer["parsed"] == answer["outputs"]


@moderately
@given(backend=backends())
def test_the_api_is_found_by_its_name(read: Read, backend: Document) -> None:
    api = resolve("dev", backend).api
    answer = read(files(resolve("dev", backend)))
    exported = answer["exports"].get("API", {}).get("REST")
    added = answer["withApi"].get("API", {}).get("REST")
    if api is None:
        assert (exported, added) == (None, None)
    else:
        assert exported == {"api": {"endpoint": api.url, "region": api.region}}
        assert added == {"api": {"endpoint": api.url, "region": api.region, "apiName": "api"}}


def test_passkeys_and_groups_are_read(read: Read) -> None:
    cognito = read(files(of()))["outputs"]["Auth"]["Cognito"]
    assert cognito["passwordless"] == {
        "smsOtpEnabled": True,
        "webAuthn": {"relyingPartyId": "example.com", "userVerification": "preferred"},
    }
    assert cognito["groups"] == [{"editors": {"precedence": 1}}, {"readers": {}}]
    assert cognito["loginWith"]["email"] is True


def test_devices_register_by_amplifys_own_routes(read: Read) -> None:
    found = read(files(of()))["outputs"]["Notifications"]
    url = BACKEND["api"]["url"]
    assert found == {"PushNotification": {"CustomerProfiles": {"endpoint": url, "region": "eu-west-1"}}}


def test_after_a_failover_the_api_is_the_recovery_regions_and_the_users_are_the_same(read: Read) -> None:
    primary, there = (read(files(found)) for found in (of(), failover(of(), SITE)))
    assert there["exports"]["API"]["REST"]["api"]["endpoint"] == SITE["api"]["url"]
    assert there["outputs"]["Auth"] == primary["outputs"]["Auth"]
    assert there["outputs"]["Storage"]["S3"] == {"bucket": "shop-files-copy", "region": "eu-central-1"}


@pytest.mark.parametrize("name", ["amplify_outputs.json", "aws-mobile.json"])
def test_what_no_format_has_a_place_for_is_plain_json(name: str) -> None:
    found = json.loads(files(of())[name])
    told = found["custom"]["aws_mobile"] if name == "amplify_outputs.json" else found
    assert told["analytics"]["stream"] == "shop-events"


def test_the_pages_example_compiles_with_the_file_as_it_is(packages: Path, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs/client-files.md").read_text()
    (example,) = re.findall(r"^```typescript\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "config/prod").mkdir(parents=True)
    (tmp_path / "config/prod/amplify_outputs.json").write_text(files(of())["amplify_outputs.json"])
    (tmp_path / "example.ts").write_text(f"{example}console.log(answer.statusCode);\n")
    (tmp_path / "node_modules").symlink_to(packages / "node_modules")
    options = ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--resolveJsonModule"]
    command = ["node_modules/.bin/tsc", "--strict", "--noEmit", "--skipLibCheck", *options, "example.ts"]
    assert run(command, tmp_path) == ""
