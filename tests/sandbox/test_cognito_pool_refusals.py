"""User pools and second factors that AWS, or the provider before it, refuses."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import SES, SMS_TRUST, pool

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError

POOL = "aws:cognito/userPool:UserPool"
INVALID, NOT_IN_TIER = "InvalidParameterException", "FeatureUnavailableInTierException"


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def _described(sandbox: Sandbox, pool_id: str) -> dict[str, Any]:
    return sandbox.clients("cognito-idp").describe_user_pool(UserPoolId=pool_id)["UserPool"]


@pytest.mark.parametrize(
    ("request_", "code", "message"),
    [
        (
            {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
            INVALID,
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ),
        (
            {"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}},
            NOT_IN_TIER,
            "Threat protection is only available in the Plus feature plan.",
        ),
        (
            {
                "UserPoolTier": "LITE",
                "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
            },
            NOT_IN_TIER,
            "Passwordless sign-in is not available in the Lite feature plan.",
        ),
        (
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["EMAIL_OTP"]}}},
            INVALID,
            "AllowedFirstAuthFactors must include PASSWORD.",
        ),
        (
            {"UserPoolTier": "LITE", "Policies": {"PasswordPolicy": {"PasswordHistorySize": 3}}},
            NOT_IN_TIER,
            "Password history is not available in the Lite feature plan.",
        ),
        (
            {
                "UserPoolTier": "LITE",
                "LambdaConfig": {"PreTokenGenerationConfig": {"LambdaArn": "a" * 20, "LambdaVersion": "V2_0"}},
            },
            NOT_IN_TIER,
            "Access token customization is not available in the Lite feature plan.",
        ),
        (
            {"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}},
            INVALID,
            "EmailSendingAccount DEVELOPER requires a SourceArn.",
        ),
        (
            {"VerificationMessageTemplate": {"EmailMessage": "no code here"}},
            INVALID,
            "VerificationMessageTemplate.EmailMessage must hold {####}.",
        ),
        (
            {
                "AccountRecoverySetting": {
                    "RecoveryMechanisms": [
                        {"Name": "admin_only", "Priority": 1},
                        {"Name": "verified_email", "Priority": 2},
                    ]
                }
            },
            INVALID,
            "admin_only cannot be joined with another mechanism.",
        ),
        (
            {
                "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
                "AutoVerifiedAttributes": ["phone_number"],
            },
            INVALID,
            "Attributes that require verification before an update must be verified: ['email'].",
        ),
        (
            {"MfaConfiguration": "ON"},
            INVALID,
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
        ),
        (
            {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/nobody", "ExternalId": "x"}},
            "InvalidSmsRoleTrustRelationshipException",
            "Role does not have a trust relationship allowing Cognito to assume the role",
        ),
        (
            {"Schema": [{"Name": "x", "AttributeDataType": "String", "Required": True}]},
            INVALID,
            "Required custom attributes are not supported currently.",
        ),
        (
            {
                "Schema": [
                    {
                        "Name": "x",
                        "AttributeDataType": "String",
                        "StringAttributeConstraints": {"MaxLength": "4096"},
                    }
                ]
            },
            INVALID,
            "user.x: String attributes cannot have a length of more than 2048",
        ),
        (
            {"Schema": [{"Name": f"a{number}", "AttributeDataType": "String"} for number in range(51)]},
            "LimitExceededException",
            "A user pool has at most 50 custom attributes: 51.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_pool_that_aws_refuses_is_refused(
    sandbox: Sandbox, request_: dict[str, Any], code: str, message: str
) -> None:
    cognito = sandbox.clients("cognito-idp")
    with pytest.raises(ClientError) as raised:
        cognito.create_user_pool(PoolName="app", **request_)
    assert _refusal(raised) == (code, message)
    assert cognito.list_user_pools(MaxResults=9)["UserPools"] == []


def test_a_role_for_sms_needs_the_external_id_that_it_expects(sandbox: Sandbox) -> None:
    role = World(sandbox).make("aws:iam/role:Role", {"assumeRolePolicy": SMS_TRUST})["arn"]
    cognito = sandbox.clients("cognito-idp")
    for external_id in ("other", None):
        wrong = {"SnsCallerArn": role} | ({"ExternalId": external_id} if external_id else {})
        with pytest.raises(ClientError, match="InvalidSmsRoleTrustRelationshipException"):
            cognito.create_user_pool(PoolName="app", SmsConfiguration=wrong)
    right = {"SnsCallerArn": role, "ExternalId": "codes"}
    assert cognito.create_user_pool(PoolName="app", SmsConfiguration=right)["UserPool"]["SmsConfiguration"] == right


@pytest.mark.parametrize(
    ("settings", "request_", "code", "message"),
    [
        (
            {},
            {"MfaConfiguration": "OPTIONAL"},
            INVALID,
            "Invalid MFA configuration given, at least one of SMS, software token and email MFA must be on.",
        ),
        (
            {},
            {"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": True}},
            INVALID,
            "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        ),
        (
            {},
            {"MfaConfiguration": "ON", "EmailMfaConfiguration": {}},
            INVALID,
            "Email MFA requires EmailSendingAccount DEVELOPER.",
        ),
        (
            {"UserPoolTier": "LITE", "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES}},
            {"MfaConfiguration": "ON", "EmailMfaConfiguration": {}},
            NOT_IN_TIER,
            "Email MFA is not available in the Lite feature plan.",
        ),
        (
            {"UserPoolTier": "LITE"},
            {"WebAuthnConfiguration": {"UserVerification": "required"}},
            NOT_IN_TIER,
            "Passkeys are not available in the Lite feature plan.",
        ),
        (
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}},
            {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}},
            INVALID,
            "Passkeys as a single factor cannot be a first factor while MFA is required.",
        ),
        (
            {
                "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES},
                "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
            },
            {"MfaConfiguration": "ON", "EmailMfaConfiguration": {}},
            INVALID,
            "Email MFA cannot be joined with account recovery by email alone.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_second_factor_that_aws_refuses_is_refused(
    sandbox: Sandbox, settings: dict[str, Any], request_: dict[str, Any], code: str, message: str
) -> None:
    cognito = sandbox.clients("cognito-idp")
    pool_id = cognito.create_user_pool(PoolName="app", **settings)["UserPool"]["Id"]
    with pytest.raises(ClientError) as raised:
        cognito.set_user_pool_mfa_config(UserPoolId=pool_id, **request_)
    assert _refusal(raised) == (code, message)
    assert cognito.get_user_pool_mfa_config(UserPoolId=pool_id)["MfaConfiguration"] == "OFF"


def test_a_tier_is_not_lowered_below_what_a_pool_uses(sandbox: Sandbox) -> None:
    made = pool(World(sandbox), userPoolTier="PLUS", userPoolAddOns={"advancedSecurityMode": "AUDIT"})
    cognito = sandbox.clients("cognito-idp")
    with pytest.raises(ClientError, match=NOT_IN_TIER):
        cognito.update_user_pool(
            UserPoolId=made["id"], UserPoolTier="LITE", UserPoolAddOns={"AdvancedSecurityMode": "AUDIT"}
        )
    assert _described(sandbox, made["id"])["UserPoolTier"] == "PLUS"


@pytest.mark.parametrize(
    ("inputs", "reasons"),
    [
        (
            {"aliasAttributes": ["email"], "usernameAttributes": ["email"]},
            ['"aliasAttributes": conflicts with usernameAttributes'],
        ),
        (
            {"passwordPolicy": {"minimumLength": 5}},
            ["expected minimumLength to be in the range (6 - 99), got 5"],
        ),
        (
            {"schemas": [{"name": "a" * 21, "attributeDataType": "Text"}]},
            [
                '"name" must have 1 to 20 characters, got "aaaaaaaaaaaaaaaaaaaaa"',
                "expected attributeDataType to be one of ['String', 'Number', 'DateTime', 'Boolean'], got Text",
            ],
        ),
        (
            {"schemas": [{"name": f"a{number}", "attributeDataType": "String"} for number in range(51)]},
            ["expected at most 50 schema items, got 51"],
        ),
        (
            {"emailVerificationMessage": "{####}", "verificationMessageTemplate": {"emailMessage": "{####}"}},
            ['"emailVerificationMessage": conflicts with verificationMessageTemplate.emailMessage'],
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_the_provider_refuses_what_it_knows_to_be_wrong(
    sandbox: Sandbox, inputs: dict[str, Any], reasons: list[str]
) -> None:
    failures = sandbox.check(POOL, "thing", inputs, None, b"seed")[1]
    assert [reason for _, reason in failures] == [f'{POOL} "thing": {reason}' for reason in reasons]


def test_an_update_does_not_turn_mfa_on(sandbox: Sandbox) -> None:
    cognito = sandbox.clients("cognito-idp")
    pool_id = pool(World(sandbox))["id"]
    with pytest.raises(ClientError) as raised:
        cognito.update_user_pool(UserPoolId=pool_id, MfaConfiguration="ON")
    assert _refusal(raised) == (INVALID, "Cannot turn MFA functionality ON, once the user pool has been created.")


def test_email_as_a_factor_needs_its_sender_before(sandbox: Sandbox) -> None:
    # The official provider sets the factors first, so both in one update fail there as well.
    before = {"name": "users", "mfaConfiguration": "OFF", "deletionProtection": "INACTIVE"}
    pool_id, outputs = sandbox.create(POOL, before)
    sender = {"emailSendingAccount": "DEVELOPER", "sourceArn": SES}
    after = {**before, "mfaConfiguration": "ON", "emailMfaConfiguration": {}, "emailConfiguration": sender}
    with pytest.raises(SandboxError, match="Email MFA requires EmailSendingAccount DEVELOPER"):
        sandbox.update(POOL, pool_id, outputs, before, after)
