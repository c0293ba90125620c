"""The user pool: a new one with everything that its settings say, or one that exists already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.identity.choices import EMAIL, PASSWORD
from pulumi_aws_mobile.scope import Scope

from .args import MfaMode, RememberDevices
from .attributes import STANDARD
from .change_safety import SHAPE_TAG, FixedSettings, guarded
from .settings import PoolSettings

_RECOVERY = {"email": "verified_email", "phone": "verified_phone_number", "admin": "admin_only"}
_FIRST_FACTORS = {
    "email_otp": "EMAIL_OTP",
    "passkey": "WEB_AUTHN",
    PASSWORD: "PASSWORD",
    "sms_otp": "SMS_OTP",
}
_CODE_EMAIL = {"message": "Your authentication code is {####}", "subject": "Your authentication code"}
_MFA = {MfaMode.OFF: "OFF", MfaMode.OPTIONAL: "OPTIONAL", MfaMode.REQUIRED: "ON"}


@dataclass(frozen=True, slots=True)
class Pool:
    """The user pool as what stands on it needs it."""

    id: pulumi.Output[str]
    arn: pulumi.Output[str]
    endpoint: pulumi.Output[str]
    """`cognito-idp.REGION.amazonaws.com/POOL_ID`: the issuer of its tokens without https://."""
    hosted_domain: pulumi.Output[str | None] | None = None
    """The domain that an adopted pool has already, or its prefix; `None` for a new pool."""

    @property
    def region(self) -> pulumi.Output[str]:
        """The Region that it is in."""
        return self.arn.apply(lambda arn: arn.split(":")[3])


def adopt_pool(scope: Scope, pool_id: pulumi.Input[str]) -> Pool:
    """Look up a user pool that exists already."""
    found = aws.cognito.get_user_pool_output(user_pool_id=pool_id, region=scope.region, opts=scope.invoke)
    domain = pulumi.Output.all(found.custom_domain, found.domain).apply(lambda names: names[0] or names[1] or None)
    return Pool(
        id=found.id,
        arn=found.arn,
        endpoint=pulumi.Output.all(found.id, found.arn).apply(lambda ids: endpoint(*ids)),
        hosted_domain=domain,
    )


def create_pool(
    scope: Scope,
    settings: PoolSettings,
    lambda_config: Mapping[str, Any] | None,
    sms: tuple[Mapping[str, Any], Sequence[pulumi.Resource]] | None,
) -> Pool:
    """Create a user pool that calls the functions in `lambda_config` and sends text messages as `sms` says."""
    fixed = FixedSettings(scope.region, settings.username_attributes, settings.alias_attributes)
    options = pulumi.ResourceOptions.merge(
        guarded(scope.name, fixed, standard=STANDARD, protect=settings.protect),
        scope.options(depends_on=sms[1] if sms else (), retain=settings.protect),
    )
    inputs: dict[str, Any] = {
        **_users(settings),
        **_first_factors(settings),
        **_second_factor(settings),
        **_safety(settings),
        **_sending(settings, sms[0] if sms else None),
        "lambda_config": lambda_config,
    }
    pool = aws.cognito.UserPool(
        scope.child("pool"),
        user_pool_tier=settings.tier.value.upper(),
        deletion_protection="ACTIVE" if settings.deletion_protection else "INACTIVE",
        region=scope.region,
        tags={**scope.tags("pool"), SHAPE_TAG: fixed.tag},
        opts=options,
        **inputs,
    )
    return Pool(pool.id, pool.arn, pool.endpoint)


def endpoint(pool_id: str, arn: str) -> str:
    """Return the endpoint of a pool, which is the issuer of its tokens without https://."""
    _, partition, _, region, *_ = arn.split(":")
    suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    return f"cognito-idp.{region}.{suffix}/{pool_id}"


def _users(settings: PoolSettings) -> dict[str, Any]:
    """Return what the pool knows of users, and how they register."""
    inputs: dict[str, Any] = {
        "username_attributes": list(settings.username_attributes) or None,
        "alias_attributes": list(settings.alias_attributes) or None,
        "username_configuration": {"case_sensitive": False},
        "schemas": [attribute.schema() for attribute in settings.attributes] or None,
        "auto_verified_attributes": list(settings.auto_verified) or None,
    }
    if settings.keep_verified_contacts and settings.auto_verified:
        inputs["user_attribute_update_settings"] = {
            "attributes_require_verification_before_updates": list(settings.auto_verified)
        }
    return inputs


def _first_factors(settings: PoolSettings) -> dict[str, Any]:
    policy = settings.password
    inputs: dict[str, Any] = {
        "password_policy": {
            "minimum_length": policy.min_length,
            "require_lowercase": policy.lowercase,
            "require_uppercase": policy.uppercase,
            "require_numbers": policy.numbers,
            "require_symbols": policy.symbols,
            "temporary_password_validity_days": policy.temporary_days,
            **({"password_history_size": policy.history} if policy.history else {}),
        }
    }
    if settings.first_factors != (PASSWORD,):
        factors = [_FIRST_FACTORS[factor] for factor in settings.first_factors]
        inputs["sign_in_policy"] = {"allowed_first_auth_factors": factors}
    if settings.passkeys is not None:
        inputs["web_authn_configuration"] = {
            "relying_party_id": settings.passkeys.relying_party_id,
            "user_verification": settings.passkeys.user_verification.value,
        }
    return inputs


def _second_factor(settings: PoolSettings) -> dict[str, Any]:
    inputs: dict[str, Any] = {"mfa_configuration": _MFA[settings.mfa_mode]}
    if "totp" in settings.mfa_factors:
        inputs["software_token_mfa_configuration"] = {"enabled": True}
    if EMAIL in settings.mfa_factors:
        texts = {"message": "code_email", "subject": "code_subject"}
        # The provider takes an empty block for none, so that Cognito's own texts stand here.
        inputs["email_mfa_configuration"] = {**_CODE_EMAIL, **_texts(settings.messages, texts)}
    return inputs


def _safety(settings: PoolSettings) -> dict[str, Any]:
    """Return how users get back in, what is done about strangers, and which devices are known."""
    ways = enumerate(settings.recovery, start=1)
    inputs: dict[str, Any] = {
        "account_recovery_setting": {
            "recovery_mechanisms": [{"name": _RECOVERY[way], "priority": place} for place, way in ways]
        }
    }
    threats = settings.threats
    if threats is not None:
        add_ons: dict[str, Any] = {"advanced_security_mode": threats.mode.value.upper()}
        if threats.custom_auth_mode is not None:
            custom = {"custom_auth_mode": threats.custom_auth_mode.value.upper()}
            add_ons["advanced_security_additional_flows"] = custom
        inputs["user_pool_add_ons"] = add_ons
    if settings.remember is not RememberDevices.NEVER:
        inputs["device_configuration"] = {
            "challenge_required_on_new_device": settings.devices_skip_mfa,
            "device_only_remembered_on_user_prompt": settings.remember is RememberDevices.ASK,
        }
    return inputs


def _sending(settings: PoolSettings, sms: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return how messages leave the pool and what they say."""
    verification = {
        "email_subject": "verification_subject",
        "email_message": "verification_email",
        "sms_message": "verification_sms",
    }
    invitation = {
        "email_subject": "invitation_subject",
        "email_message": "invitation_email",
        "sms_message": "invitation_sms",
    }
    invited = _texts(settings.messages, invitation)
    return {
        "admin_create_user_config": {
            "allow_admin_create_user_only": not settings.self_sign_up,
            **({"invite_message_template": invited} if invited else {}),
        },
        "verification_message_template": {
            "default_email_option": "CONFIRM_WITH_CODE",
            **_texts(settings.messages, verification),
        },
        "sms_authentication_message": settings.messages.get("code_sms"),
        "sms_configuration": sms,
        "email_configuration": _email(settings),
    }


def _texts(messages: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {name: messages[option] for name, option in names.items() if option in messages}


def _email(settings: PoolSettings) -> dict[str, Any]:
    email = settings.email
    if email is None:
        return {"email_sending_account": "COGNITO_DEFAULT"}
    return {
        "email_sending_account": "DEVELOPER",
        "from_email_address": email.from_address,
        "source_arn": email.identity_arn,
        **({"reply_to_email_address": email.reply_to} if email.reply_to else {}),
        **({"configuration_set": email.configuration_set} if email.configuration_set is not None else {}),
    }
