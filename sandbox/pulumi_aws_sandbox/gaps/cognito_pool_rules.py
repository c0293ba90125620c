"""What Cognito refuses in the settings of a user pool.

Facts: API reference of CreateUserPool, UpdateUserPool and SetUserPoolMfaConfig; feature plans of the developer guide.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import INVALID, NOT_IN_TIER, refuse, require

LITE, ESSENTIALS, PLUS = "LITE", "ESSENTIALS", "PLUS"
_TIERS = (LITE, ESSENTIALS, PLUS)
_POOL_NAME = re.compile(r"[\w\s+=,.@-]{1,128}")
_PASSWORD_RANGES = {
    "MinimumLength": (6, 99),
    "PasswordHistorySize": (0, 24),
    "TemporaryPasswordValidityDays": (0, 365),
}
_SIGN_IN_NAMES = {"AliasAttributes": {"email", "phone_number", "preferred_username"}}
_SIGN_IN_NAMES["UsernameAttributes"] = _SIGN_IN_NAMES["AutoVerifiedAttributes"] = {"email", "phone_number"}
_FIRST_FACTORS = {"PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"}
_CODE = "{####}"
_USER = "{username}"
_LINK = re.compile(r"\{##.*?##\}")
_MOST_RECOVERY_MECHANISMS = 2


def check_new(name: str, config: Mapping[str, Any]) -> None:
    """Refuse a new pool that AWS would refuse."""
    check_name(name)
    for each, known in _SIGN_IN_NAMES.items():
        unknown = sorted(set(config.get(each) or []) - known)
        require(not unknown, f"{each} must be among {sorted(known)}: {unknown}.")
    both = config.get("AliasAttributes") and config.get("UsernameAttributes")
    require(not both, "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.")


def check_name(name: str) -> None:
    """Refuse a pool name that AWS would refuse."""
    require(_POOL_NAME.fullmatch(name), f"PoolName must satisfy the pattern {_POOL_NAME.pattern}: {name}.")


def check_settings(config: Mapping[str, Any], account: str, pool_id: str = "") -> None:
    """Refuse whole settings of a pool that AWS would refuse, `config` being what would be kept."""
    tier = config["UserPoolTier"]
    require(tier in _TIERS, f"UserPoolTier must be one of {list(_TIERS)}: {tier}.")
    protection = config["DeletionProtection"]
    require(protection in {"ACTIVE", "INACTIVE"}, f"DeletionProtection must be ACTIVE or INACTIVE: {protection}.")
    _check_password(config["Policies"]["PasswordPolicy"], tier)
    _check_first_factors(config["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"], config, pool_id)
    _check_threat_protection(config.get("UserPoolAddOns") or {}, tier)
    _check_email(config["EmailConfiguration"])
    _check_messages(config)
    _check_recovery(config.get("AccountRecoverySetting") or {})
    _check_triggers(config["LambdaConfig"], tier)
    update = (config.get("UserAttributeUpdateSettings") or {}).get("AttributesRequireVerificationBeforeUpdate") or []
    unverified = sorted(set(update) - set(config.get("AutoVerifiedAttributes") or []))
    require(not unverified, f"Attributes that require verification before an update must be verified: {unverified}.")
    check_sms(config.get("SmsConfiguration"), account)


def _check_password(policy: Mapping[str, Any], tier: str) -> None:
    for name, (low, high) in _PASSWORD_RANGES.items():
        value = policy.get(name, low)
        require(low <= value <= high, f"PasswordPolicy.{name} must be from {low} to {high}: {value}.")
    if policy.get("PasswordHistorySize"):
        require(tier != LITE, "Password history is not available in the Lite feature plan.", NOT_IN_TIER)


def _check_first_factors(factors: list[str], config: Mapping[str, Any], pool_id: str) -> None:
    unknown = sorted(set(factors) - _FIRST_FACTORS)
    require(not unknown, f"AllowedFirstAuthFactors must be among {sorted(_FIRST_FACTORS)}: {unknown}.")
    require("PASSWORD" in factors, "AllowedFirstAuthFactors must include PASSWORD.")
    if set(factors) != {"PASSWORD"}:
        reason = f"Passwordless sign-in is not available in the Lite feature plan{pool_id and f' of {pool_id}'}."
        require(config["UserPoolTier"] != LITE, reason, NOT_IN_TIER)
    if "SMS_OTP" in factors:
        require(config.get("SmsConfiguration"), "SMS_OTP as a first factor needs an SmsConfiguration.")


def _check_threat_protection(add_ons: Mapping[str, Any], tier: str) -> None:
    mode = add_ons.get("AdvancedSecurityMode", "OFF")
    require(mode in {"OFF", "AUDIT", "ENFORCED"}, f"AdvancedSecurityMode must be OFF, AUDIT or ENFORCED: {mode}.")
    custom = (add_ons.get("AdvancedSecurityAdditionalFlows") or {}).get("CustomAuthMode")
    require(custom in {None, "AUDIT", "ENFORCED"}, f"CustomAuthMode must be AUDIT or ENFORCED: {custom}.")
    if mode != "OFF" or custom:
        require(tier == PLUS, "Threat protection is only available in the Plus feature plan.", NOT_IN_TIER)


def _check_email(email: Mapping[str, Any]) -> None:
    if email.get("EmailSendingAccount") == "DEVELOPER":
        require(email.get("SourceArn"), "EmailSendingAccount DEVELOPER requires a SourceArn.")
        require(":identity/" in email.get("SourceArn", ""), f"SourceArn is no SES identity: {email.get('SourceArn')}.")


def _check_messages(config: Mapping[str, Any]) -> None:
    template = config["VerificationMessageTemplate"]
    for name in ("EmailMessage", "SmsMessage"):
        require(_CODE in template.get(name, _CODE), f"VerificationMessageTemplate.{name} must hold {_CODE}.")
    by_link = template.get("EmailMessageByLink")
    require(by_link is None or _LINK.search(by_link), "EmailMessageByLink must hold {##a text of the link##}.")
    require(_CODE in config.get("SmsAuthenticationMessage", _CODE), f"SmsAuthenticationMessage must hold {_CODE}.")
    invite = (config["AdminCreateUserConfig"] or {}).get("InviteMessageTemplate") or {}
    for name in ("EmailMessage", "SMSMessage"):
        text = invite.get(name, _CODE + _USER)
        both = _CODE in text and _USER in text
        require(both, f"InviteMessageTemplate.{name} must hold {_USER} and {_CODE}.")


def _check_recovery(setting: Mapping[str, Any]) -> None:
    mechanisms = setting.get("RecoveryMechanisms") or []
    names = [each["Name"] for each in mechanisms]
    priorities = [each["Priority"] for each in mechanisms]
    known = {"verified_email", "verified_phone_number", "admin_only"}
    require(set(names) <= known, f"A recovery mechanism must be one of {sorted(known)}: {names}.")
    unique = len(set(names)) == len(names) and len(set(priorities)) == len(priorities)
    require(unique, "Recovery mechanisms must differ in name and priority.")
    require(all(1 <= each <= _MOST_RECOVERY_MECHANISMS for each in priorities), "A recovery priority must be 1 or 2.")
    require("admin_only" not in names or len(names) == 1, "admin_only cannot be joined with another mechanism.")


def _check_triggers(triggers: Mapping[str, Any], tier: str) -> None:
    version = (triggers.get("PreTokenGenerationConfig") or {}).get("LambdaVersion", "V1_0")
    require(version in {"V1_0", "V2_0", "V3_0"}, f"PreTokenGenerationConfig.LambdaVersion is not known: {version}.")
    if version != "V1_0":
        require(tier != LITE, "Access token customization is not available in the Lite feature plan.", NOT_IN_TIER)
    custom = [each for each in ("CustomEmailSender", "CustomSMSSender") if triggers.get(each)]
    require(not custom or triggers.get("KMSKeyID"), f"{custom} need a KMSKeyID.")


def check_sms(sms: Mapping[str, Any] | None, account: str) -> None:
    """Refuse an SMS role that does not exist or that Cognito may not assume."""
    if not sms:
        return
    from moto.iam.models import iam_backends  # noqa: PLC0415 - moto loads only when something is deployed

    arn = sms.get("SnsCallerArn", "")
    partition = arn.split(":")[1] if arn.startswith("arn:") else "aws"
    roles = iam_backends[account][partition].roles.values()
    role = next((each for each in roles if each.arn == arn), None)
    if role is None or not _trusts_cognito(json.loads(role.assume_role_policy_document), sms.get("ExternalId")):
        reason = "Role does not have a trust relationship allowing Cognito to assume the role"
        refuse("InvalidSmsRoleTrustRelationshipException", reason)


def _trusts_cognito(document: Mapping[str, Any], external_id: str | None) -> bool:
    statements = document["Statement"]
    for each in statements if isinstance(statements, list) else [statements]:
        services = each.get("Principal", {}).get("Service", [])
        wanted = each.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId", external_id)
        named = "cognito-idp.amazonaws.com" in ([services] if isinstance(services, str) else services)
        if (
            each["Effect"] == "Allow"
            and named
            and external_id in ([wanted] if isinstance(wanted, str) else wanted or [])
        ):
            return True
        if each["Effect"] == "Allow" and named and external_id is None and wanted is None:
            return True
    return False


def check_mfa(  # noqa: PLR0913 - the parts of one MFA configuration
    mode: str,
    *,
    sms: Mapping[str, Any] | None,
    token: Mapping[str, Any] | None,
    email: Mapping[str, Any] | None,
    web_authn: Mapping[str, Any] | None,
    config: Mapping[str, Any],
) -> None:
    """Refuse an MFA configuration that AWS would refuse."""
    require(mode in {"ON", "OFF", "OPTIONAL"}, f"MfaConfiguration must be ON, OFF or OPTIONAL: {mode}.")
    factors = [sms is not None, email is not None, bool((token or {}).get("Enabled"))]
    if mode == "OFF":
        reason = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
        require(not any(factors), reason)
    else:
        reason = "Invalid MFA configuration given, at least one of SMS, software token and email MFA must be on."
        require(any(factors), reason)
    tier = config["UserPoolTier"]
    first_factors = config["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]
    if mode == "ON" and "WEB_AUTHN" in first_factors:
        both = (web_authn or {}).get("FactorConfiguration") == "MULTI_FACTOR_WITH_USER_VERIFICATION"
        reason = "Passkeys as a single factor cannot be a first factor while MFA is required."
        require(both, reason)
    if email is not None:
        require(tier != LITE, "Email MFA is not available in the Lite feature plan.", NOT_IN_TIER)
        account = config["EmailConfiguration"].get("EmailSendingAccount")
        require(account == "DEVELOPER", "Email MFA requires EmailSendingAccount DEVELOPER.")
        require(_CODE in email.get("Message", _CODE), f"EmailMfaConfiguration.Message must hold {_CODE}.")
        mechanisms = (config.get("AccountRecoverySetting") or {}).get("RecoveryMechanisms") or []
        only_email = [each["Name"] for each in mechanisms] == ["verified_email"]
        require(not only_email, "Email MFA cannot be joined with account recovery by email alone.")
    if web_authn is not None:
        require(tier != LITE, "Passkeys are not available in the Lite feature plan.", NOT_IN_TIER)
        verification = web_authn.get("UserVerification", "preferred")
        known = {"required", "preferred"}
        require(verification in known, f"UserVerification must be required or preferred: {verification}.", INVALID)
