"""Second factors and passkeys of user pools, kept as they are set; moto knows neither e-mail nor passkeys.

They are on moto's pool as `mfa_config`, `sms_mfa_config`, `token_mfa_config`, `email_mfa_config`, `web_authn_config`.
"""

from typing import Any

from pulumi_aws_sandbox.gaps import cognito_pool_rules as rules
from pulumi_aws_sandbox.gaps.cognito_refusals import require
from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Teach moto's pools."""
    from moto.cognitoidp.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpResponse,
    )

    replace(CognitoIdpResponse, "set_user_pool_mfa_config", lambda _: _set_mfa)
    replace(CognitoIdpResponse, "get_user_pool_mfa_config", lambda _: _get_mfa)


def mfa_parts(pool: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return what a pool has set of each second factor, `None` for none."""
    return {"sms": pool.sms_mfa_config, "token": pool.token_mfa_config, "email": pool.email_mfa_config}


def _set_mfa(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    given = self.parameters
    pool = self.backend.describe_user_pool(given["UserPoolId"])
    # A request says all of it: what it leaves out is off.
    mode = given.get("MfaConfiguration", "OFF")
    parts: dict[str, Any] = {
        "sms": given.get("SmsMfaConfiguration"),
        "token": given.get("SoftwareTokenMfaConfiguration"),
        "email": given.get("EmailMfaConfiguration"),
    }
    web_authn = given.get("WebAuthnConfiguration", pool.web_authn_config)
    sms = None
    if parts["sms"] is not None:
        sms = parts["sms"].get("SmsConfiguration") or pool.extended_config.get("SmsConfiguration")
        require(sms, "SmsMfaConfiguration requires an SmsConfiguration.")
        parts["sms"] = {**parts["sms"], "SmsConfiguration": sms}
    rules.check_mfa(mode, **parts, web_authn=web_authn, config=pool.extended_config)
    rules.check_sms(sms, pool.account_id)
    pool.mfa_config = mode
    pool.sms_mfa_config, pool.token_mfa_config, pool.email_mfa_config = parts["sms"], parts["token"], parts["email"]
    pool.web_authn_config = {"UserVerification": "preferred", **web_authn} if web_authn is not None else None
    if parts["sms"] is not None:
        pool.extended_config["SmsConfiguration"] = sms
        message = parts["sms"].get("SmsAuthenticationMessage")
        if message:
            pool.extended_config["SmsAuthenticationMessage"] = message
    return _mfa_answer(pool)


def _get_mfa(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    return _mfa_answer(self.backend.describe_user_pool(self.parameters["UserPoolId"]))


def _mfa_answer(pool: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    answer = {
        "SmsMfaConfiguration": pool.sms_mfa_config,
        "SoftwareTokenMfaConfiguration": pool.token_mfa_config,
        "EmailMfaConfiguration": pool.email_mfa_config,
        "MfaConfiguration": pool.mfa_config,
        "WebAuthnConfiguration": pool.web_authn_config,
    }
    return ActionResult({name: value for name, value in answer.items() if value is not None})
