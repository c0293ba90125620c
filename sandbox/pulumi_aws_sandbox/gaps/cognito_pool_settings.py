"""User pools that keep every setting, change as AWS changes them and refuse what AWS refuses.

AWS sets what an update leaves out back to its default; what can be set at creation only stays, and so does the SMS
configuration, which no call removes. moto drops the former, keeps stale MFA modes and deletes protected pools.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from pulumi_aws_sandbox.gaps import cognito_pool_rules as rules
from pulumi_aws_sandbox.gaps import cognito_pool_schema as schema
from pulumi_aws_sandbox.gaps.cognito_pool_mfa import mfa_parts
from pulumi_aws_sandbox.gaps.cognito_refusals import MISSING, refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_CREATED_WITH = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
_NEVER_REMOVED = ("SmsConfiguration", "UserPoolTags")
_PASSWORD = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 7,
}
_STRICTER = ("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols")
_MESSAGES = {
    "EmailMessage": "EmailVerificationMessage",
    "EmailSubject": "EmailVerificationSubject",
    "SmsMessage": "SmsVerificationMessage",
}


def fill() -> None:
    """Teach moto's pools."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpBackend,
        CognitoIdpUserPool,
    )
    from moto.cognitoidp.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpResponse,
    )

    replace(CognitoIdpBackend, "create_user_pool", _creating)
    replace(CognitoIdpBackend, "update_user_pool", lambda _: _update)
    replace(CognitoIdpBackend, "delete_user_pool", _deleting)
    replace(CognitoIdpUserPool, "add_custom_attributes", lambda _: _add_custom_attributes)
    replace(CognitoIdpUserPool, "to_json", _describing)
    replace(CognitoIdpResponse, "tag_resource", lambda _: _tag)
    replace(CognitoIdpResponse, "untag_resource", lambda _: _untag)
    replace(CognitoIdpResponse, "list_tags_for_resource", lambda _: _list_tags)


def tier(pool: Any) -> str:  # noqa: ANN401 - moto's own types
    """Return the feature plan of a pool."""
    return pool.extended_config["UserPoolTier"]


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, name: str, extended_config: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        config = _settled(extended_config)
        rules.check_new(name, config)
        rules.check_settings(config, self.account_id)
        mode = extended_config.get("MfaConfiguration", "OFF")
        sms = config.get("SmsConfiguration") if mode != "OFF" else None
        texted = sms and "phone_number" in config.get("AutoVerifiedAttributes", [])
        reason = "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
        require(mode == "OFF" or texted, reason)
        rules.check_mfa(mode, sms=sms, token=None, email=None, web_authn=None, config=config)
        attributes = schema.attributes(extended_config.get("Schema") or [])
        pool = original(self, name, config)
        pool.extended_config = config
        pool.schema_attributes = attributes
        pool.mfa_config = mode
        pool.sms_mfa_config = {"SmsConfiguration": sms} if sms else None
        pool.token_mfa_config, pool.email_mfa_config, pool.web_authn_config = None, None, None
        return pool

    return create


def _update(self: Any, user_pool_id: str, extended_config: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    from moto.core.utils import utcnow  # noqa: PLC0415 - moto loads only when something is deployed

    pool = self.describe_user_pool(user_pool_id)
    before = pool.extended_config
    kept = {name: before[name] for name in _NEVER_REMOVED if name in before}
    fixed = {name: before[name] for name in _CREATED_WITH if name in before}
    config = _settled({**kept, **extended_config, **fixed})
    name = extended_config.get("PoolName", pool.name)
    rules.check_name(name)
    rules.check_settings(config, self.account_id, user_pool_id)
    mode = extended_config.get("MfaConfiguration", "OFF")
    turned_on = mode == "ON" and pool.mfa_config != "ON"
    require(not turned_on, "Cannot turn MFA functionality ON, once the user pool has been created.")
    parts = mfa_parts(pool) if mode != "OFF" else dict.fromkeys(("sms", "token", "email"))
    if mode != "OFF" and all(each is None for each in parts.values()) and "SmsConfiguration" in config:
        parts["sms"] = {"SmsConfiguration": config["SmsConfiguration"]}
    rules.check_mfa(mode, **parts, web_authn=pool.web_authn_config, config=config)
    pool.name, pool.mfa_config, pool.extended_config = name, mode, config
    if mode == "OFF":
        pool.sms_mfa_config = pool.token_mfa_config = pool.email_mfa_config = None
    elif parts["sms"]:
        pool.sms_mfa_config = {**(pool.sms_mfa_config or {}), "SmsConfiguration": config["SmsConfiguration"]}
    pool.last_modified_date = utcnow()


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, user_pool_id: str) -> None:  # noqa: ANN401 - moto's own types
        pool = self.describe_user_pool(user_pool_id)
        protected = pool.extended_config.get("DeletionProtection") == "ACTIVE"
        reason = "The user pool cannot be deleted because deletion protection is activated. Inactivate it first."
        require(not protected, reason)
        require(
            pool.domain is None, "User pool cannot be deleted. It has a domain configured that should be deleted first."
        )
        original(self, user_pool_id)

    return delete


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any, extended: bool = False) -> dict[str, Any]:  # noqa: ANN401, FBT002 - as moto calls it
        answer = original(self, extended)
        answer["MfaConfiguration"] = self.mfa_config
        domain = answer.pop("Domain", None)
        if domain is not None:
            answer["CustomDomain" if self.domain.custom_domain_config else "Domain"] = domain
        return {name: value for name, value in answer.items() if value is not None}

    return to_json


def _settled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as AWS keeps them: what was given, and the defaults of what was not."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        DEFAULT_USER_POOL_CONFIG,
    )

    apart = ("PoolName", "UserPoolId", "Schema", "MfaConfiguration")
    config = deepcopy({name: value for name, value in given.items() if name not in apart and value is not None})
    policies = config.get("Policies") or {}
    config["Policies"] = {
        "PasswordPolicy": _password(policies.get("PasswordPolicy")),
        "SignInPolicy": policies.get("SignInPolicy") or {"AllowedFirstAuthFactors": ["PASSWORD"]},
    }
    config.setdefault("UserPoolTier", rules.ESSENTIALS)
    config.setdefault("DeletionProtection", "INACTIVE")
    config.setdefault("LambdaConfig", {})
    config.setdefault("UsernameConfiguration", {"CaseSensitive": False})
    config["EmailConfiguration"] = {
        "EmailSendingAccount": "COGNITO_DEFAULT",
        **config.get("EmailConfiguration", {}),
    }
    config["AdminCreateUserConfig"] = _invitations(
        config.get("AdminCreateUserConfig") or {}, DEFAULT_USER_POOL_CONFIG["AdminCreateUserConfig"], config
    )
    _settle_messages(config, DEFAULT_USER_POOL_CONFIG["VerificationMessageTemplate"])
    _settle_triggers(config["LambdaConfig"])
    return config


def _password(given: Mapping[str, Any] | None) -> dict[str, Any]:
    if given is None:
        return dict(_PASSWORD)
    # A rule that a given policy does not name is off; only a missing policy has the strict defaults.
    policy = {"MinimumLength": 8, **dict.fromkeys(_STRICTER, False), **given}
    policy["TemporaryPasswordValidityDays"] = policy.get("TemporaryPasswordValidityDays") or 7
    return policy


def _invitations(given: dict[str, Any], default: Mapping[str, Any], config: Mapping[str, Any]) -> dict[str, Any]:
    settled = {"AllowAdminCreateUserOnly": default["AllowAdminCreateUserOnly"], **given}
    settled["UnusedAccountValidityDays"] = config["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"]
    return settled


def _settle_messages(config: dict[str, Any], default: Mapping[str, Any]) -> None:
    """Make the template of messages and their older, separate settings say the same."""
    template = {"DefaultEmailOption": default["DefaultEmailOption"], **config.get("VerificationMessageTemplate", {})}
    for name, older in _MESSAGES.items():
        if name in template:
            config[older] = template[name]
        elif older in config:
            template[name] = config[older]
    config["VerificationMessageTemplate"] = template


def _settle_triggers(triggers: dict[str, Any]) -> None:
    """Make the pre-token trigger and its versioned form say the same."""
    versioned, plain = triggers.get("PreTokenGenerationConfig"), triggers.get("PreTokenGeneration")
    if versioned:
        require(plain in {None, versioned["LambdaArn"]}, "PreTokenGeneration and PreTokenGenerationConfig differ.")
        triggers["PreTokenGeneration"] = versioned["LambdaArn"]
    elif plain:
        triggers["PreTokenGenerationConfig"] = {"LambdaArn": plain, "LambdaVersion": "V1_0"}


def _add_custom_attributes(self: Any, custom_attributes: list[dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
    from moto.core.utils import utcnow  # noqa: PLC0415 - moto loads only when something is deployed

    self.schema_attributes = schema.add(self.schema_attributes, custom_attributes)
    self.last_modified_date = utcnow()


def _tags_of(self: Any) -> dict[str, str]:  # noqa: ANN401 - moto's own types
    arn = self.parameters["ResourceArn"]
    pool = next((each for each in self.backend.user_pools.values() if each.arn == arn), None)
    if pool is None:
        refuse(MISSING, f"User pool {arn} does not exist.")
    return pool.extended_config.setdefault("UserPoolTags", {})


def _tag(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    _tags_of(self).update(self.parameters["Tags"])
    return EmptyResult()


def _untag(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    tags = _tags_of(self)
    for key in self.parameters["TagKeys"]:
        tags.pop(key, None)
    return EmptyResult()


def _list_tags(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    return ActionResult({"Tags": _tags_of(self)})
