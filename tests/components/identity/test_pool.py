"""What each option makes of the user pool: exact inputs."""

from typing import Any

import pytest
from components.identity.account import ACCOUNT, HOME
from components.identity.building import CERTIFICATE, SES, build, pool_of

from pulumi_aws_mobile.testing import Recording


def attribute(name: str, kind: str, **others: Any) -> dict[str, Any]:  # noqa: ANN401 - any inputs
    fixed = {"name": name, "attributeDataType": kind, "developerOnlyAttribute": False}
    return {**fixed, "mutable": True, "required": False, **others}


def lengths(least: int, most: int) -> dict[str, Any]:
    return {"stringAttributeConstraints": {"minLength": str(least), "maxLength": str(most)}}


def test_nothing_given_makes_a_safe_pool() -> None:
    assert pool_of({}) == {
        "userPoolTier": "ESSENTIALS",
        "deletionProtection": "ACTIVE",
        "usernameAttributes": ["email"],
        "usernameConfiguration": {"caseSensitive": False},
        "schemas": [attribute("email", "String", required=True, **lengths(0, 2048))],
        "autoVerifiedAttributes": ["email"],
        "userAttributeUpdateSettings": {"attributesRequireVerificationBeforeUpdates": ["email"]},
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": False},
        "passwordPolicy": {
            "minimumLength": 12,
            "requireLowercase": True,
            "requireUppercase": True,
            "requireNumbers": True,
            "requireSymbols": True,
            "temporaryPasswordValidityDays": 7,
        },
        "accountRecoverySetting": {"recoveryMechanisms": [{"name": "verified_email", "priority": 1}]},
        "mfaConfiguration": "OPTIONAL",
        "softwareTokenMfaConfiguration": {"enabled": True},
        "verificationMessageTemplate": {"defaultEmailOption": "CONFIRM_WITH_CODE"},
        "emailConfiguration": {"emailSendingAccount": "COGNITO_DEFAULT"},
    }


def test_attributes_are_sorted_and_complete_so_that_none_is_a_difference_later() -> None:
    assert pool_of(
        {
            "standard_attributes": {"birthdate": {"required": False}, "updated_at": {"required": False}, "name": {}},
            "attributes": {
                "vip": {"type": "boolean"},
                "since": {"type": "datetime"},
                "points": {"type": "number", "min_value": 0},
                "plan": {"mutable": False, "max_length": 20},
            },
        }
    )["schemas"] == [
        attribute("birthdate", "String", **lengths(10, 10)),
        attribute("email", "String", required=True, **lengths(0, 2048)),
        attribute("name", "String", required=True, **lengths(0, 2048)),
        attribute("plan", "String", mutable=False, **lengths(0, 20)),
        attribute("points", "Number", numberAttributeConstraints={"minValue": "0", "maxValue": "9007199254740991"}),
        attribute("since", "DateTime"),
        attribute("updated_at", "Number", numberAttributeConstraints={"minValue": "0"}),
        attribute("vip", "Boolean"),
    ]


@pytest.mark.parametrize(
    ("sign_in", "attributes", "required"),
    [
        (["email"], ["email"], ["email"]),
        (["phone"], ["phone_number"], ["phone_number"]),
        (["phone", "email"], ["email", "phone_number"], []),
        (["username"], None, ["email"]),
    ],
)
def test_who_signs_in_with_one_contact_has_to_have_it(
    sign_in: list[str], attributes: list[str] | None, required: list[str]
) -> None:
    inputs = pool_of({"sign_in": sign_in})
    assert inputs.get("usernameAttributes") == attributes
    assert [described["name"] for described in inputs.get("schemas", [])] == required


def test_aliases_stand_beside_a_username() -> None:
    inputs = pool_of({"sign_in": ["username"], "username_aliases": ["preferred_username", "email"]})
    assert inputs["aliasAttributes"] == ["email", "preferred_username"]
    assert "usernameAttributes" not in inputs


def test_a_phone_number_is_verified_by_text_message() -> None:
    inputs = pool_of({"sign_in": ["phone"]})
    assert inputs["autoVerifiedAttributes"] == ["phone_number"]
    assert inputs["smsConfiguration"] == {
        "externalId": "project-stack-users",
        "snsCallerArn": "arn:aws:iam:eu-west-1:123456789012:users-sms-role",
    }
    assert inputs["accountRecoverySetting"]["recoveryMechanisms"] == [
        {"name": "verified_email", "priority": 1},
        {"name": "verified_phone_number", "priority": 2},
    ]


def test_a_changed_contact_may_count_at_once() -> None:
    assert "userAttributeUpdateSettings" not in pool_of({"keep_verified_contacts": False})


def test_an_administrator_may_invite_users_instead() -> None:
    inputs = pool_of(
        {
            "self_sign_up": False,
            "email": SES,
            "messages": {"invitation_subject": "Welcome", "invitation_email": "{username}: {####}"},
        }
    )
    assert inputs["adminCreateUserConfig"] == {
        "allowAdminCreateUserOnly": True,
        "inviteMessageTemplate": {"emailSubject": "Welcome", "emailMessage": "{username}: {####}"},
    }


def test_a_password_may_be_longer_and_plainer_and_not_repeat() -> None:
    options = {"min_length": 20, "require_symbols": False, "temporary_days": 1, "history": 5}
    assert pool_of({"password": options})["passwordPolicy"] == {
        "minimumLength": 20,
        "requireLowercase": True,
        "requireUppercase": True,
        "requireNumbers": True,
        "requireSymbols": False,
        "temporaryPasswordValidityDays": 1,
        "passwordHistorySize": 5,
    }


def test_an_administrator_may_be_the_only_way_back() -> None:
    assert pool_of({"recovery": ["admin"]})["accountRecoverySetting"] == {
        "recoveryMechanisms": [{"name": "admin_only", "priority": 1}]
    }


def test_without_a_second_factor_there_is_none() -> None:
    inputs = pool_of({"mfa": {"mode": "off"}})
    assert inputs["mfaConfiguration"] == "OFF"
    assert "softwareTokenMfaConfiguration" not in inputs


def test_a_second_factor_by_e_mail_needs_ses_and_two_ways_back() -> None:
    args = {
        "email": SES,
        "mfa": {"mode": "required", "factors": ["email"]},
        "messages": {"code_subject": "Your code", "code_email": "Your code is {####}."},
    }
    inputs = pool_of(args)
    assert inputs["mfaConfiguration"] == "ON"
    assert inputs["emailMfaConfiguration"] == {"subject": "Your code", "message": "Your code is {####}."}
    assert inputs["emailConfiguration"] == {
        "emailSendingAccount": "DEVELOPER",
        "fromEmailAddress": "us@example.com",
        "sourceArn": SES["identity_arn"],
    }
    mechanisms = [way["name"] for way in inputs["accountRecoverySetting"]["recoveryMechanisms"]]
    assert mechanisms == ["verified_email", "verified_phone_number"]
    assert "smsConfiguration" not in inputs


def test_a_second_factor_by_e_mail_always_says_what_it_sends() -> None:
    configuration = pool_of({"email": SES, "mfa": {"factors": ["email"]}})["emailMfaConfiguration"]
    assert configuration == {
        "message": "Your authentication code is {####}",
        "subject": "Your authentication code",
    }


def test_text_messages_make_a_second_factor_too() -> None:
    inputs = pool_of({"mfa": {"mode": "required", "factors": ["sms"]}, "messages": {"code_sms": "Code: {####}"}})
    assert "softwareTokenMfaConfiguration" not in inputs
    assert inputs["smsAuthenticationMessage"] == "Code: {####}"
    assert inputs["smsConfiguration"]["externalId"] == "project-stack-users"


def test_codes_and_passkeys_may_come_first() -> None:
    inputs = pool_of(
        {
            "first_factors": ["password", "email_otp", "sms_otp", "passkey"],
            "passkeys": {"relying_party_id": "example.com", "user_verification": "preferred"},
        }
    )
    assert inputs["signInPolicy"] == {"allowedFirstAuthFactors": ["EMAIL_OTP", "WEB_AUTHN", "PASSWORD", "SMS_OTP"]}
    assert inputs["webAuthnConfiguration"] == {"relyingPartyId": "example.com", "userVerification": "preferred"}


def test_passkeys_are_those_of_the_custom_domain() -> None:
    domain = {"custom_domain": "auth.example.com", "certificate_arn": CERTIFICATE}
    inputs = pool_of({"first_factors": ["password", "passkey"], "domain": domain})
    assert inputs["webAuthnConfiguration"] == {"relyingPartyId": "auth.example.com", "userVerification": "required"}


def test_devices_are_remembered_when_the_user_agrees() -> None:
    assert pool_of({"devices": {}})["deviceConfiguration"] == {
        "challengeRequiredOnNewDevice": False,
        "deviceOnlyRememberedOnUserPrompt": True,
    }


def test_a_remembered_device_may_stand_in_for_the_second_factor() -> None:
    assert pool_of({"devices": {"remember": "always", "skip_mfa": True}})["deviceConfiguration"] == {
        "challengeRequiredOnNewDevice": True,
        "deviceOnlyRememberedOnUserPrompt": False,
    }


def test_e_mail_goes_out_by_ses() -> None:
    options = {**SES, "reply_to": "help@example.com", "configuration_set": "ours"}
    inputs = pool_of({"email": options, "messages": {"verification_subject": "Hello"}})
    assert inputs["emailConfiguration"] == {
        "emailSendingAccount": "DEVELOPER",
        "fromEmailAddress": "us@example.com",
        "sourceArn": SES["identity_arn"],
        "replyToEmailAddress": "help@example.com",
        "configurationSet": "ours",
    }
    assert inputs["verificationMessageTemplate"] == {
        "defaultEmailOption": "CONFIRM_WITH_CODE",
        "emailSubject": "Hello",
    }


def test_text_messages_go_out_by_a_role_that_only_this_pools_service_takes() -> None:
    recording = build({"sign_in": ["phone"]})
    condition = (
        '"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012", "sts:ExternalId": "project-stack-users"}, '
        '"ArnLike": {"aws:SourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/*"}}'
    )
    assert recording.named("users-sms-role").inputs["assumeRolePolicy"] == (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", '
        '"Principal": {"Service": "cognito-idp.amazonaws.com"}, "Action": "sts:AssumeRole", ' + condition + "}]}"
    )
    assert recording.named("users-sms-permissions").inputs["policy"] == (
        '{"Version": "2012-10-17", "Statement": '
        '[{"Effect": "Allow", "Action": "sns:Publish", "NotResource": "arn:aws:sns:*:*:*"}]}'
    )


def test_text_messages_may_go_out_by_a_role_of_the_callers_and_another_region() -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/sms"
    sms = {"role_arn": role, "external_id": "ours", "sns_region": "ap-northeast-1"}
    recording = build({"sign_in": ["phone"], "sms": sms})
    assert recording.named("users-pool").inputs["smsConfiguration"] == {
        "externalId": "ours",
        "snsCallerArn": role,
        "snsRegion": "ap-northeast-1",
    }
    assert [role.name for role in recording.of_type("aws:iam/role:Role")] == ["users-signed-in"]


def test_the_plus_tier_enforces_threat_protection() -> None:
    recording = build({"tier": "plus"})
    assert recording.named("users-pool").inputs["userPoolAddOns"] == {"advancedSecurityMode": "ENFORCED"}
    assert risk(recording) == {
        "userPoolId": "eu-west-1_a1B2c3D4e",
        "accountTakeoverRiskConfiguration": {
            "actions": {
                "lowAction": {"eventAction": "NO_ACTION", "notify": False},
                "mediumAction": {"eventAction": "MFA_IF_CONFIGURED", "notify": False},
                "highAction": {"eventAction": "MFA_REQUIRED", "notify": False},
            }
        },
        "compromisedCredentialsRiskConfiguration": {
            "actions": {"eventAction": "BLOCK"},
            "eventFilters": ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"],
        },
    }


def test_without_a_second_factor_high_risk_is_blocked() -> None:
    actions = risk(build({"tier": "plus", "mfa": {"mode": "off"}}))["accountTakeoverRiskConfiguration"]["actions"]
    assert {level: action["eventAction"] for level, action in actions.items()} == {
        "lowAction": "NO_ACTION",
        "mediumAction": "NO_ACTION",
        "highAction": "BLOCK",
    }


def test_users_are_told_of_risk_where_there_is_a_sender() -> None:
    takeover = risk(build({"tier": "plus", "email": SES}))["accountTakeoverRiskConfiguration"]
    assert {level: action["notify"] for level, action in takeover["actions"].items()} == {
        "lowAction": False,
        "mediumAction": True,
        "highAction": True,
    }
    told = takeover["notifyConfiguration"]
    assert (told["from"], told["sourceArn"]) == ("us@example.com", SES["identity_arn"])
    text = (
        "We stopped a sign-in to your account that was unlike yours. "
        "It came on {login-time} from {city}, {country}. If that was not you, change your password now."
    )
    subject = "A stopped sign-in to your account"
    assert told["blockEmail"] == {"subject": subject, "textBody": text, "htmlBody": f"<p>{text}</p>"}
    assert set(told) == {"blockEmail", "from", "mfaEmail", "noActionEmail", "sourceArn"}


def test_threat_protection_may_only_watch_and_have_exceptions() -> None:
    recording = build(
        {
            "tier": "plus",
            "threat_protection": {
                "mode": "audit",
                "block_compromised_credentials": False,
                "blocked_ip_ranges": ["203.0.113.0/24"],
                "trusted_ip_ranges": ["198.51.100.0/24"],
            },
        }
    )
    assert recording.named("users-pool").inputs["userPoolAddOns"] == {"advancedSecurityMode": "AUDIT"}
    assert risk(recording)["compromisedCredentialsRiskConfiguration"]["actions"] == {"eventAction": "NO_ACTION"}
    assert risk(recording)["riskExceptionConfiguration"] == {
        "blockedIpRangeLists": ["203.0.113.0/24"],
        "skippedIpRangeLists": ["198.51.100.0/24"],
    }


def test_a_challenge_is_protected_like_a_password() -> None:
    pool = build({"tier": "plus", "email": SES, "challenge": {"steps": ["email_code"]}}).named("users-pool")
    assert pool.inputs["userPoolAddOns"] == {
        "advancedSecurityMode": "ENFORCED",
        "advancedSecurityAdditionalFlows": {"customAuthMode": "ENFORCED"},
    }
    assert set(pool.inputs["lambdaConfig"]) == {
        "createAuthChallenge",
        "defineAuthChallenge",
        "verifyAuthChallengeResponse",
    }


def test_the_pool_may_call_its_functions() -> None:
    recording = build({"email": SES, "challenge": {"steps": ["email_code"]}})
    sources = {permission.inputs["sourceArn"] for permission in recording.of_type("aws:lambda/permission:Permission")}
    assert sources == {f"arn:aws:cognito-idp:{HOME}:{ACCOUNT}:userpool/eu-west-1_a1B2c3D4e"}


def test_the_record_goes_to_a_log_group_that_outlives_the_pool() -> None:
    recording = build({"tier": "plus", "logs": {"retention_days": 30}})
    group = recording.named("users-logs")
    assert (group.inputs["name"], group.inputs["retentionInDays"]) == (
        "/aws/vendedlogs/cognito/project-stack-users",
        30,
    )
    destination = {"logGroupArn": "arn:aws:cloudwatch:eu-west-1:123456789012:users-logs"}
    assert recording.named("users-log-delivery").inputs["logConfigurations"] == [
        {"eventSource": "userNotification", "logLevel": "ERROR", "cloudWatchLogsConfiguration": destination},
        {"eventSource": "userAuthEvents", "logLevel": "INFO", "cloudWatchLogsConfiguration": destination},
    ]


def test_without_threat_protection_only_failed_messages_are_recorded() -> None:
    configurations = build({"logs": {}}).named("users-log-delivery").inputs["logConfigurations"]
    assert [configuration["eventSource"] for configuration in configurations] == ["userNotification"]


def risk(recording: Recording) -> dict[str, Any]:
    return dict(recording.named("users-risk").inputs)
