"""What the sandbox adds to moto's domains, providers and options of user pools, seen through boto3."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import LEVEL, client, pool

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.engine_api import Sandbox

INVALID = "InvalidParameterException"
DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain"
GOOGLE = {"client_id": "1", "client_secret": "s", "authorize_scopes": "openid"}


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def _described(sandbox: Sandbox, pool_id: str, client_id: str) -> dict[str, Any]:
    cognito = sandbox.clients("cognito-idp")
    return cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"Domain": "my-aws-app"}, "Domain cannot contain reserved word: aws."),
        ({"Domain": "-app"}, "A domain prefix has lower-case letters, digits and hyphens: -app."),
        (
            {"Domain": "auth.example.com", "CustomDomainConfig": {"CertificateArn": "arn:aws:acm:eu-west-1:1:x/1"}},
            "The certificate must be one of Certificate Manager in us-east-1: arn:aws:acm:eu-west-1:1:x/1.",
        ),
        ({"Domain": "taken"}, "Domain already associated with another user pool."),
        ({"Domain": "other", "ManagedLoginVersion": 3}, "ManagedLoginVersion must be 1 or 2: 3."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_domain_that_aws_refuses_is_refused(sandbox: Sandbox, request_: dict[str, Any], message: str) -> None:
    world = World(sandbox)
    world.make(DOMAIN, {"domain": "taken", "userPoolId": pool(world)["id"]})
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-idp").create_user_pool_domain(UserPoolId=pool(world)["id"], **request_)
    assert _refusal(raised) == (INVALID, message)


def test_managed_login_needs_more_than_the_lite_plan(sandbox: Sandbox) -> None:
    pool_id = pool(World(sandbox), userPoolTier="LITE")["id"]
    cognito = sandbox.clients("cognito-idp")
    with pytest.raises(ClientError, match="Managed login is not available in the Lite feature plan"):
        cognito.create_user_pool_domain(UserPoolId=pool_id, Domain="start-up", ManagedLoginVersion=2)


def test_a_custom_domain_keeps_its_certificate(sandbox: Sandbox) -> None:
    world = World(sandbox)
    made = pool(world)
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    inputs = {"domain": "auth.example.com", "userPoolId": made["id"], "certificateArn": certificate}
    outputs = world.make(DOMAIN, inputs)
    assert (outputs["certificateArn"], outputs["awsAccountId"]) == (certificate, "123456789012")
    described = sandbox.clients("cognito-idp").describe_user_pool(UserPoolId=made["id"])["UserPool"]
    assert (described.get("Domain"), described["CustomDomain"]) == (None, "auth.example.com")


@pytest.mark.parametrize(
    ("name", "kind", "details", "mapping", "message"),
    [
        (
            "Google",
            "Google",
            {"client_id": "1"},
            {},
            "ProviderDetails of Google must hold authorize_scopes, client_secret.",
        ),
        ("Mine", "Google", GOOGLE, {}, "A provider of the type Google must be named Google: Mine."),
        (
            "Google",
            "Google",
            GOOGLE,
            {"custom:nothing": "x"},
            "AttributeMapping: the attribute custom:nothing is not in the pool's schema.",
        ),
        (
            "Google",
            "Google",
            GOOGLE,
            {"custom:level": "x"},
            "AttributeMapping: the attribute custom:level is not mutable.",
        ),
        (
            "Office",
            "SAML",
            {"MetadataURL": "http://example.com"},
            {},
            "ProviderDetails: MetadataURL must be an https address.",
        ),
        ("Office", "SAML", {}, {}, "ProviderDetails of SAML must hold either MetadataFile or MetadataURL."),
        (
            "Mine",
            "OIDC",
            {
                "client_id": "1",
                "attributes_request_method": "GET",
                "oidc_issuer": "http://x",
                "authorize_scopes": "openid",
            },
            {},
            "ProviderDetails: oidc_issuer must be an https address: http://x.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_provider_that_aws_refuses_is_refused(  # noqa: PLR0913, PLR0917 - a table of cases
    sandbox: Sandbox, name: str, kind: str, details: dict[str, str], mapping: dict[str, str], message: str
) -> None:
    pool_id = pool(World(sandbox), schemas=[{**LEVEL, "mutable": False}])["id"]
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-idp").create_identity_provider(
            UserPoolId=pool_id, ProviderName=name, ProviderType=kind, ProviderDetails=details, AttributeMapping=mapping
        )
    assert _refusal(raised) == (INVALID, message)


def test_aws_adds_the_addresses_of_a_social_provider_without_a_change_for_the_program(sandbox: Sandbox) -> None:
    token = "aws:cognito/identityProvider:IdentityProvider"
    pool_id = pool(World(sandbox))["id"]
    inputs = {
        "userPoolId": pool_id,
        "providerName": "Google",
        "providerType": "Google",
        "providerDetails": wire.secret(GOOGLE),
    }
    _, outputs = sandbox.create(token, inputs)
    assert outputs["providerDetails"]["token_url"] == "https://www.googleapis.com/oauth2/v4/token"
    assert sandbox.refreshed_inputs(token, inputs, outputs) == inputs
    assert sandbox.secret_outputs(token, inputs) == {"providerDetails"}


def test_clients_no_longer_offer_a_provider_that_is_deleted(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id = pool(world)["id"]
    cognito = sandbox.clients("cognito-idp")
    cognito.create_identity_provider(
        UserPoolId=pool_id, ProviderName="Google", ProviderType="Google", ProviderDetails=GOOGLE
    )
    client_id = client(world, pool_id, supportedIdentityProviders=["COGNITO", "Google"])
    cognito.delete_identity_provider(UserPoolId=pool_id, ProviderName="Google")
    assert _described(sandbox, pool_id, client_id)["SupportedIdentityProviders"] == ["COGNITO"]


def test_reactions_to_risk_need_threat_protection(sandbox: Sandbox) -> None:
    pool_id = pool(World(sandbox))["id"]
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-idp").set_risk_configuration(
            UserPoolId=pool_id, CompromisedCredentialsRiskConfiguration={"Actions": {"EventAction": "BLOCK"}}
        )
    assert _refusal(raised) == ("UserPoolAddOnNotEnabledException", "User pool add-on is not enabled.")


def test_events_of_sign_in_are_only_delivered_in_the_plus_plan(sandbox: Sandbox) -> None:
    bucket = {"BucketArn": "arn:aws:s3:::logs"}
    log = {"EventSource": "userAuthEvents", "LogLevel": "INFO", "S3Configuration": bucket}
    with pytest.raises(ClientError) as raised:
        sandbox.clients("cognito-idp").set_log_delivery_configuration(
            UserPoolId=pool(World(sandbox))["id"], LogConfigurations=[log]
        )
    assert _refusal(raised) == (
        "FeatureUnavailableInTierException",
        "userAuthEvents are only available in the Plus feature plan.",
    )


def test_a_client_has_one_branding(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id = pool(world)["id"]
    wanted = {"UserPoolId": pool_id, "ClientId": client(world, pool_id), "UseCognitoProvidedValues": True}
    cognito = sandbox.clients("cognito-idp")
    made = cognito.create_managed_login_branding(**wanted)["ManagedLoginBranding"]
    with pytest.raises(ClientError, match="ManagedLoginBrandingExistsException"):
        cognito.create_managed_login_branding(**wanted)
    found = cognito.describe_managed_login_branding_by_client(UserPoolId=pool_id, ClientId=wanted["ClientId"])
    assert found["ManagedLoginBranding"]["ManagedLoginBrandingId"] == made["ManagedLoginBrandingId"]
