"""User pools, as the official provider makes and changes them."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources import _cognito_schema as schema
from pulumi_aws_sandbox.resources._make import client_of, found, handler, region_of, tag_changes, tags_from
from pulumi_aws_sandbox.resources._shapes import emptied, from_shape, in_known_order, to_shape

_GONE = "ResourceNotFoundException"
_OFF = "OFF"
# What CreateUserPool and UpdateUserPool both take, by the provider's name.
_SETTINGS = {
    "accountRecoverySetting": "AccountRecoverySetting",
    "adminCreateUserConfig": "AdminCreateUserConfig",
    "autoVerifiedAttributes": "AutoVerifiedAttributes",
    "deletionProtection": "DeletionProtection",
    "deviceConfiguration": "DeviceConfiguration",
    "emailConfiguration": "EmailConfiguration",
    "emailVerificationMessage": "EmailVerificationMessage",
    "emailVerificationSubject": "EmailVerificationSubject",
    "lambdaConfig": "LambdaConfig",
    "smsAuthenticationMessage": "SmsAuthenticationMessage",
    "smsConfiguration": "SmsConfiguration",
    "smsVerificationMessage": "SmsVerificationMessage",
    "userAttributeUpdateSettings": "UserAttributeUpdateSettings",
    "userPoolAddOns": "UserPoolAddOns",
    "userPoolTier": "UserPoolTier",
    "verificationMessageTemplate": "VerificationMessageTemplate",
}
_POLICIES = {"passwordPolicy": "PasswordPolicy", "signInPolicy": "SignInPolicy"}
_AT_CREATION = {
    "aliasAttributes": "AliasAttributes",
    "usernameAttributes": "UsernameAttributes",
    "usernameConfiguration": "UsernameConfiguration",
}
_MFA = {
    "emailMfaConfiguration": "EmailMfaConfiguration",
    "softwareTokenMfaConfiguration": "SoftwareTokenMfaConfiguration",
    "webAuthnConfiguration": "WebAuthnConfiguration",
}
_MFA_CHANGES = (*_MFA, "mfaConfiguration", "smsAuthenticationMessage", "smsConfiguration")
_NAMES = {
    "attributesRequireVerificationBeforeUpdates": "AttributesRequireVerificationBeforeUpdate",
    "customSmsSender": "CustomSMSSender",
    "fromEmailAddress": "From",
    "kmsKeyId": "KMSKeyID",
    "replyToEmailAddress": "ReplyToEmailAddress",
}
# Settings that the provider keeps as AWS has them when a program stops naming them.
_KEPT = ("adminCreateUserConfig", "passwordPolicy", "signInPolicy", "smsConfiguration", "userPoolTier")
_OLD_MESSAGES = {
    "emailVerificationMessage": "emailMessage",
    "emailVerificationSubject": "emailSubject",
    "smsVerificationMessage": "smsMessage",
}
_FACTORS = "allowedFirstAuthFactors"
_PASSWORD_RANGES = {
    "minimumLength": (6, 99),
    "passwordHistorySize": (0, 24),
    "temporaryPasswordValidityDays": (0, 365),
}


def _validate(inputs: Properties) -> list[tuple[str, str]]:
    problems = schema.problems(inputs.get("schemas", []))
    if "aliasAttributes" in inputs and "usernameAttributes" in inputs:
        problems.append(("aliasAttributes", '"aliasAttributes": conflicts with usernameAttributes'))
    template = inputs.get("verificationMessageTemplate", {})
    problems += [
        (old, f'"{old}": conflicts with verificationMessageTemplate.{new}')
        for old, new in _OLD_MESSAGES.items()
        if old in inputs and new in template
    ]
    policy = inputs.get("passwordPolicy", {})
    for name, (low, high) in _PASSWORD_RANGES.items():
        value = policy.get(name, low)
        if isinstance(value, int) and not low <= value <= high:
            problems.append(("passwordPolicy", f"expected {name} to be in the range ({low} - {high}), got {value}"))
    return problems


def _replaces(outputs: Properties, _: Properties, new: Properties) -> list[str]:
    """Replace where the case of names begins or ceases to matter; stating what already holds replaces nothing."""
    wanted, now = (some.get("usernameConfiguration", {}).get("caseSensitive") for some in (new, outputs))
    return [] if wanted is None or wanted == now else ["usernameConfiguration.caseSensitive"]


def _settings(properties: Properties) -> dict[str, Any]:
    request = {aws: _shaped(properties[name]) for name, aws in _SETTINGS.items() if name in properties}
    policies = {aws: _shaped(properties[name]) for name, aws in _POLICIES.items() if name in properties}
    return request | ({"Policies": policies} if policies else {})


def _shaped(value: Any) -> Any:  # noqa: ANN401 - any JSON
    shaped = to_shape(value, _NAMES)
    if isinstance(shaped, dict) and "InviteMessageTemplate" in shaped:
        template = shaped["InviteMessageTemplate"]
        renamed = {"SMSMessage" if key == "SmsMessage" else key: text for key, text in template.items()}
        shaped["InviteMessageTemplate"] = renamed
    return shaped


def _make(clients: Clients, inputs: Properties) -> str:
    cognito = client_of(clients, "cognito-idp", inputs)
    request = _settings(inputs)
    request |= {aws: _shaped(inputs[name]) for name, aws in _AT_CREATION.items() if name in inputs}
    if "schemas" in inputs:
        request["Schema"] = [schema.to_aws(each) for each in inputs["schemas"]]
    answer = cognito.create_user_pool(PoolName=inputs["name"], UserPoolTags=inputs.get("tags", {}), **request)
    pool_id = answer["UserPool"]["Id"]
    if inputs["mfaConfiguration"] != _OFF or "webAuthnConfiguration" in inputs:
        _set_mfa(cognito, pool_id, inputs, alone=inputs["mfaConfiguration"] == _OFF)
    return pool_id


def _set_mfa(cognito: Any, pool_id: str, inputs: Properties, *, alone: bool) -> None:  # noqa: ANN401 - a boto3 client
    """Set the factors; `alone` sets the passkeys and leaves the mode of MFA as it is."""
    names = {"webAuthnConfiguration": "WebAuthnConfiguration"} if alone else _MFA
    request = {aws: _shaped(inputs[name]) for name, aws in names.items() if name in inputs}
    if not alone:
        request["MfaConfiguration"] = inputs["mfaConfiguration"]
        # AWS refuses to hear of SMS as a factor while MFA is off; the same role serves verification.
        if "smsConfiguration" in inputs and inputs["mfaConfiguration"] != _OFF:
            sms = {"SmsConfiguration": _shaped(inputs["smsConfiguration"])}
            if "smsAuthenticationMessage" in inputs:
                sms["SmsAuthenticationMessage"] = inputs["smsAuthenticationMessage"]
            request["SmsMfaConfiguration"] = sms
    cognito.set_user_pool_mfa_config(UserPoolId=pool_id, **request)


def _describe(clients: Clients, pool_id: str, known: Properties) -> Properties | None:
    cognito = client_of(clients, "cognito-idp", known)
    answer = found(lambda: cognito.describe_user_pool(UserPoolId=pool_id), _GONE)
    if answer is None:
        return None
    pool = answer["UserPool"]
    mfa = cognito.get_user_pool_mfa_config(UserPoolId=pool_id)
    now = {name: _read(pool[aws]) for name, aws in (_SETTINGS | _AT_CREATION).items() if aws in pool}
    now |= {name: _read(pool["Policies"][aws]) for name, aws in _POLICIES.items() if aws in pool["Policies"]}
    now |= {name: _read(mfa[aws]) for name, aws in _MFA.items() if aws in mfa}
    if not now.get("lambdaConfig") and "lambdaConfig" not in known:
        now.pop("lambdaConfig", None)
    _reorder(now, known)
    declared = schema.read(pool["SchemaAttributes"], known.get("schemas", []))
    now |= {"schemas": declared} if declared or "schemas" in known else {}
    return {
        **emptied(known, now, _SETTINGS | _MFA),
        **now,
        "mfaConfiguration": mfa["MfaConfiguration"],
        "name": pool["Name"],
        "arn": pool["Arn"],
        "creationDate": _date(pool["CreationDate"]),
        "lastModifiedDate": _date(pool["LastModifiedDate"]),
        "customDomain": pool.get("CustomDomain", ""),
        "domain": pool.get("Domain", ""),
        "endpoint": f"cognito-idp.{region_of(clients, known)}.amazonaws.com/{pool_id}",
        "estimatedNumberOfUsers": pool["EstimatedNumberOfUsers"],
        **tags_from(pool.get("UserPoolTags", {}), known),
    }


def _read(value: Any) -> Any:  # noqa: ANN401 - any JSON
    return from_shape(value, _NAMES | {"smsMessage": "SMSMessage"})


def _reorder(now: Properties, known: Properties) -> None:
    """Put sets in the program's own order: to AWS it means nothing."""
    for name in ("autoVerifiedAttributes", "aliasAttributes", "usernameAttributes"):
        if name in now:
            now[name] = in_known_order(known.get(name, []), now[name])
    for name, inner in (("signInPolicy", _FACTORS), ("accountRecoverySetting", "recoveryMechanisms")):
        if inner in now.get(name, {}):
            now[name][inner] = in_known_order(known.get(name, {}).get(inner, []), now[name][inner])


def _date(moment: Any) -> str:  # noqa: ANN401 - a datetime, which only a deployment needs
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _change(clients: Clients, pool_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    cognito = client_of(clients, "cognito-idp", new)
    wanted = {name: outputs[name] for name in _KEPT if name in outputs} | new
    if not any(name in new for name in ("verificationMessageTemplate", *_OLD_MESSAGES)):
        template = outputs.get("verificationMessageTemplate")
        wanted |= {"verificationMessageTemplate": template} if template else {}
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    if changed & set(_MFA_CHANGES):
        _set_mfa(cognito, pool_id, wanted, alone=False)
    if changed & {"name", *_SETTINGS, *_POLICIES}:
        request = _settings(wanted)
        if "userAttributeUpdateSettings" in old and "userAttributeUpdateSettings" not in new:
            request["UserAttributeUpdateSettings"] = {"AttributesRequireVerificationBeforeUpdate": []}
        mode = wanted["mfaConfiguration"]
        cognito.update_user_pool(UserPoolId=pool_id, PoolName=wanted["name"], MfaConfiguration=mode, **request)
    gone, put = tag_changes(old, new)
    if gone:
        cognito.untag_resource(ResourceArn=outputs["arn"], TagKeys=gone)
    if put:
        cognito.tag_resource(ResourceArn=outputs["arn"], Tags=put)
    schema.change(cognito, pool_id, old.get("schemas", []), new.get("schemas", []))


def _remove(clients: Clients, pool_id: str, outputs: Properties) -> None:
    cognito = client_of(clients, "cognito-idp", outputs)
    found(lambda: cognito.delete_user_pool(UserPoolId=pool_id), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/userPool:UserPool",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            replace_on=frozenset({"aliasAttributes", "usernameAttributes"}),
            replaces=_replaces,
            auto_name=AutoName("name", 128),
            defaults={"deletionProtection": "INACTIVE", "mfaConfiguration": _OFF},
            unordered=frozenset(
                {
                    "accountRecoverySetting.recoveryMechanisms",
                    "aliasAttributes",
                    "autoVerifiedAttributes",
                    "schemas",
                    f"signInPolicy.{_FACTORS}",
                    "userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates",
                    "usernameAttributes",
                }
            ),
            validate=_validate,
        ),
    )
}
