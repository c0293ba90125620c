"""What each option makes of providers, the domain, groups and the firewall: exact inputs."""

from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.identity.account import Account
from components.identity.building import CERTIFICATE, SECRET_ARN, build, build_with
from components.identity.refusals import APPLE, DOMAIN, GOOGLE, OIDC, provider

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import UNKNOWN, Secret, record

PROVIDER = "aws:cognito/identityProvider:IdentityProvider"
DOMAIN_TYPE = "aws:cognito/userPoolDomain:UserPoolDomain"


def provider_of(key: str, options: dict[str, Any], **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any options
    return dict(build(provider(key, options, **others)).only(PROVIDER).inputs)


def test_google_says_that_an_address_is_verified() -> None:
    assert provider_of("g", {**GOOGLE, "client_secret": "canary"}) == {
        "userPoolId": "eu-west-1_a1B2c3D4e",
        "providerName": "Google",
        "providerType": "Google",
        "attributeMapping": {"email": "email", "email_verified": "email_verified", "username": "sub"},
        "providerDetails": {
            "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
            "attributes_url_add_attributes": "true",
            "authorize_scopes": "openid email profile",
            "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
            "client_id": "g",
            "client_secret": Secret("canary"),
            "oidc_issuer": "https://accounts.google.com",
            "token_request_method": "POST",
            "token_url": "https://www.googleapis.com/oauth2/v4/token",
        },
    }


@pytest.mark.parametrize(
    ("options", "name", "scopes", "mapping"),
    [
        ({**GOOGLE, "kind": "facebook"}, "Facebook", "public_profile,email", {"email": "email", "username": "id"}),
        ({**GOOGLE, "kind": "amazon"}, "LoginWithAmazon", "profile", {"email": "email", "username": "user_id"}),
        (APPLE, "SignInWithApple", "email name", {"email": "email", "username": "sub"}),
    ],
)
def test_social_providers_have_names_and_claims_of_their_own(
    options: dict[str, Any], name: str, scopes: str, mapping: dict[str, str]
) -> None:
    inputs = provider_of("p", options)
    assert (inputs["providerName"], inputs["providerType"]) == (name, name)
    assert inputs["providerDetails"]["authorize_scopes"] == scopes
    assert inputs["attributeMapping"] == mapping


def test_apple_has_a_private_key_in_place_of_a_secret() -> None:
    details = provider_of("a", APPLE)["providerDetails"]
    assert details["private_key"] == Secret("k")
    assert (details["team_id"], details["key_id"], details["client_id"]) == ("ABCDE12345", "ABCDE12345", "a")
    assert "client_secret" not in details


def test_any_openid_connect_provider_will_do() -> None:
    inputs = provider_of("company", {**OIDC, "scopes": ["openid", "groups"]})
    assert (inputs["providerName"], inputs["providerType"]) == ("company", "OIDC")
    assert inputs["providerDetails"] == {
        "attributes_request_method": "GET",
        "attributes_url_add_attributes": "false",
        "authorize_scopes": "openid groups",
        "client_id": "g",
        "client_secret": Secret("s"),
        "oidc_issuer": "https://id.example.com",
    }


def test_saml_metadata_come_from_a_url() -> None:
    url = "https://id.example.com/metadata?company=1"
    inputs = provider_of("company", {"kind": "saml", "metadata_url": url, "sign_out": True})
    assert inputs["providerDetails"] == {"MetadataURL": url, "IDPSignout": "true"}
    assert inputs["attributeMapping"] == {"email": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"}


def test_saml_metadata_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "metadata.xml"
    file.write_text("<EntityDescriptor/>", encoding="utf-8")
    details = provider_of("company", {"kind": "saml", "metadata_file": str(file)})["providerDetails"]
    assert details == {"MetadataFile": "<EntityDescriptor/>"}


@pytest.mark.parametrize("preview", [True, False])
def test_a_secret_comes_from_secrets_manager_and_stays_one(preview: bool) -> None:
    options = {"kind": "google", "client_id": "g", "client_secret_arn": SECRET_ARN}
    details = build(provider("g", options), preview=preview).only(PROVIDER).inputs["providerDetails"]
    assert details["client_secret"] == Secret("from the manager")


def test_a_private_key_comes_from_secrets_manager_and_stays_one() -> None:
    options = {key: value for key, value in APPLE.items() if key != "private_key"}
    details = provider_of("a", {**options, "private_key_arn": SECRET_ARN})["providerDetails"]
    assert details["private_key"] == Secret("from the manager")


def test_a_secret_may_be_an_output() -> None:
    def program() -> None:
        Identity("users", provider("g", {**GOOGLE, "client_secret": pulumi.Output.secret("canary")}))

    details = record(program, mocks=Account()).only(PROVIDER).inputs["providerDetails"]
    assert details["client_secret"] == Secret("canary")


def test_a_required_attribute_is_asked_of_each_provider_that_knows_it() -> None:
    mapping = provider_of("a", APPLE, standard_attributes={"given_name": {}})["attributeMapping"]
    assert mapping == {"email": "email", "given_name": "firstName", "username": "sub"}


def test_clients_list_every_provider_and_the_pool_itself() -> None:
    providers = {"google": GOOGLE, "company": OIDC}
    args = {"domain": DOMAIN, "clients": {"app": {"callback_urls": ["myapp://in"]}}, "providers": providers}
    listed = build(args).named("users-client-app").inputs["supportedIdentityProviders"]
    assert listed == ["COGNITO", "Google", "company"]


def test_a_prefix_makes_a_domain_of_awss() -> None:
    recording = build({"domain": DOMAIN, "region": "eu-north-1"})
    assert recording.only(DOMAIN_TYPE).inputs == {
        "domain": "our-app",
        "managedLoginVersion": 2,
        "userPoolId": "eu-north-1_a1B2c3D4e",
        "region": "eu-north-1",
    }
    (outputs,) = recording.component_outputs.values()
    assert outputs["hosted_domain"] == "our-app.auth.eu-north-1.amazoncognito.com"
    assert "hosted_domain_target" not in outputs


def test_govcloud_has_another_domain() -> None:
    federation = {"enabled": False}
    recording = build({"domain": DOMAIN, "region": "us-gov-west-1", "federation": federation})
    (outputs,) = recording.component_outputs.values()
    assert outputs["hosted_domain"] == "our-app.auth-fips.us-gov-west-1.amazoncognito.com"


def test_a_domain_of_your_own_has_a_certificate() -> None:
    domain = {"custom_domain": "auth.example.com", "certificate_arn": CERTIFICATE}
    inputs = build({"domain": domain}).only(DOMAIN_TYPE).inputs
    assert (inputs["domain"], inputs["certificateArn"]) == ("auth.example.com", CERTIFICATE)


@pytest.mark.parametrize(
    "options", [{"tier": "lite", "domain": DOMAIN}, {"domain": {**DOMAIN, "managed_login": False}}]
)
def test_the_classic_pages_have_no_style(options: dict[str, Any]) -> None:
    recording = build({**options, "clients": {"app": {"callback_urls": ["myapp://in"]}}})
    assert recording.only(DOMAIN_TYPE).inputs["managedLoginVersion"] == 1
    assert not recording.of_type("aws:cognito/managedLoginBranding:ManagedLoginBranding")


def test_managed_login_has_cognitos_style_for_each_client_with_pages() -> None:
    clients = {"app": {"callback_urls": ["myapp://in"]}, "other": {}}
    style = build({"domain": DOMAIN, "clients": clients}).only("aws:cognito/managedLoginBranding:ManagedLoginBranding")
    assert style.name == "users-style-app"
    assert style.inputs == {
        "userPoolId": "eu-west-1_a1B2c3D4e",
        "clientId": "users-client-app-id",
        "useCognitoProvidedValues": True,
    }


def test_a_group_has_its_role_and_precedence() -> None:
    groups = {"editors": {"precedence": 3, "description": "They write"}}
    assert build({"groups": groups}).only("aws:cognito/userGroup:UserGroup").inputs == {
        "name": "editors",
        "precedence": 3,
        "description": "They write",
        "roleArn": "arn:aws:iam:eu-west-1:123456789012:users-group-editors",
        "userPoolId": "eu-west-1_a1B2c3D4e",
    }


def test_without_an_identity_pool_a_group_has_no_role() -> None:
    group = build({"groups": {"editors": {}}, "federation": {"enabled": False}}).only("aws:cognito/userGroup:UserGroup")
    assert "roleArn" not in group.inputs


def test_in_a_preview_ids_are_unknown_and_names_are_not() -> None:
    recording = build_with(Account(), provider("g", GOOGLE), preview=True)
    inputs = recording.only(PROVIDER).inputs
    assert (inputs["userPoolId"], inputs["providerName"]) == (UNKNOWN, "Google")
