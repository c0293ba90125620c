"""The first generation's files say what was meant."""

import json

from pulumi_aws_mobile.client_files.gen1 import configuration, exports, script

from .building import BACKEND, BARE, changed, settings

_API = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live"


def test_devices_sign_their_calls_of_the_api_by_the_identity_pool() -> None:
    assert configuration(settings())["api"] == {
        "plugins": {
            "awsAPIPlugin": {
                "api": {
                    "endpointType": "REST",
                    "endpoint": _API,
                    "region": "eu-west-1",
                    "authorizationType": "AWS_IAM",
                }
            }
        }
    }


def test_devices_find_the_pools_and_their_rules() -> None:
    assert configuration(settings())["auth"]["plugins"]["awsCognitoAuthPlugin"] == {
        "UserAgent": "aws-mobile-client/1",
        "Version": "1.0",
        "CognitoUserPool": {
            "Default": {
                "PoolId": "eu-west-1_a1B2c3D4e",
                "AppClientId": "3n4b5urk1ft4fl3mg5e62d9ado",
                "Region": "eu-west-1",
            }
        },
        "CredentialsProvider": {
            "CognitoIdentity": {
                "Default": {"PoolId": "eu-west-1:00000000-1111-2222-3333-444444444444", "Region": "eu-west-1"}
            }
        },
        "Auth": {
            "Default": {
                "authenticationFlowType": "USER_SRP_AUTH",
                "usernameAttributes": ["EMAIL"],
                "signupAttributes": ["EMAIL", "FAMILY_NAME"],
                "verificationMechanisms": ["EMAIL"],
                "socialProviders": ["GOOGLE", "APPLE"],
                "passwordProtectionSettings": {
                    "passwordPolicyMinLength": 12,
                    "passwordPolicyCharacters": ["REQUIRES_LOWERCASE", "REQUIRES_NUMBERS"],
                },
                "mfaConfiguration": "ON",
                "mfaTypes": ["SMS", "TOTP"],
                "OAuth": {
                    "WebDomain": "shop.auth.eu-west-1.amazoncognito.com",
                    "AppClientId": "3n4b5urk1ft4fl3mg5e62d9ado",
                    "SignInRedirectURI": "com.example.app://in,https://example.com/in",
                    "SignOutRedirectURI": "com.example.app://out",
                    "Scopes": ["email", "openid"],
                },
            }
        },
    }


def test_devices_keep_users_own_files() -> None:
    assert configuration(settings())["storage"] == {
        "plugins": {
            "awsS3StoragePlugin": {"bucket": "shop-files", "region": "eu-west-1", "defaultAccessLevel": "private"}
        }
    }


def test_an_adopted_pool_without_credentials_says_only_what_is_known() -> None:
    found = configuration(settings(BARE))
    assert list(found) == ["UserAgent", "Version", "auth"]
    auth = found["auth"]["plugins"]["awsCognitoAuthPlugin"]
    assert list(auth) == ["UserAgent", "Version", "CognitoUserPool", "Auth"]


def test_a_required_challenge_begins_the_sign_in() -> None:
    custom = settings(changed(BACKEND, "sign_in.apps.app.sign_in_flow", "CUSTOM_AUTH"))
    auth = configuration(custom)["auth"]["plugins"]["awsCognitoAuthPlugin"]["Auth"]["Default"]
    assert auth["authenticationFlowType"] == "CUSTOM_AUTH"


def test_javascript_finds_the_api_by_its_name() -> None:
    assert exports(settings())["aws_cloud_logic_custom"] == [{"name": "api", "endpoint": _API, "region": "eu-west-1"}]


def test_the_module_exports_the_exports() -> None:
    found = settings(changed(BACKEND, "sign_in.apps.app.callback_urls", ["https://example.com/\u200bé"]))
    head, text = script(found).split("const awsmobile = ")
    assert head == "// aws-mobile-client/1\n"
    assert json.loads(text.removesuffix(";\n\nexport default awsmobile;\n")) == exports(found)
    assert text.isascii()


def test_without_guests_a_sign_in_is_mandatory() -> None:
    assert exports(settings())["aws_mandatory_sign_in"] == "disable"
    assert exports(settings(BARE))["aws_mandatory_sign_in"] == "enable"


def test_a_contact_that_is_verified_and_not_required_is_not_taken_for_required() -> None:
    found = exports(settings(changed(BACKEND, "sign_in.required_attributes", ["name"])))
    assert found["aws_cognito_verification_mechanisms"] == []
