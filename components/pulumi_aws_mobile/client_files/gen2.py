"""`amplify_outputs.json`, and the same for Flutter with its REST API. Pure.

The version is the oldest that says all there is to say. 1.4 has passkeys and codes as first factors; 1.5 differs in the
notifications only, which are said where Amplify's own routes of devices were asked for. Values that older readers fail
on, as their enums are closed, are left out: the second factor by e-mail, and the user name to sign in with.
"""

from typing import Any

from .own import document
from .settings import ClientSettings, SignIn
from .words import API_NAME, AUTHORIZATION, GEN2_PROVIDERS, as_json, factors, providers

_MFA = {"off": "NONE", "optional": "OPTIONAL", "required": "REQUIRED"}
_PLAIN, _WITH_CONNECT = "1.4", "1.5"


def outputs(settings: ClientSettings) -> dict[str, Any]:
    """Return what JavaScript, Swift and Android read."""
    connect = settings.api is not None and settings.push is not None and settings.push.amplify
    found: dict[str, Any] = {"version": _WITH_CONNECT if connect else _PLAIN, "auth": _auth(settings)}
    if settings.user_files is not None:
        found["storage"] = {"aws_region": settings.user_files.region, "bucket_name": settings.user_files.name}
    if settings.api is not None and connect:
        found["notifications"] = {
            "amazon_connect": {"aws_region": settings.api.region, "endpoint": settings.api.url},
        }
    found["custom"] = _custom(settings)
    return found


def flutter_outputs(settings: ClientSettings) -> dict[str, Any]:
    """Return what Flutter reads: the API beside the rest, and no notifications, on which its reader fails."""
    found = {**outputs(settings), "version": _PLAIN}
    found.pop("notifications", None)
    if settings.api is not None:
        api = {"aws_region": settings.api.region, "url": settings.api.url, "authorization_type": AUTHORIZATION}
        found["rest_api"] = {API_NAME: api}
    return found


def dart(settings: ClientSettings) -> str:
    """Return Flutter's outputs as the Dart source that its apps import."""
    # A raw string: nothing in it means anything to Dart but the quote, which JSON can say otherwise.
    text = as_json(flutter_outputs(settings)).replace("'", "\\u0027")
    return f"const amplifyConfig = r'''{text}''';"


def _custom(settings: ClientSettings) -> dict[str, Any]:
    found: dict[str, Any] = {"aws_mobile": document(settings)}
    if settings.api is not None:
        # As Amplify's own guide for JavaScript has an API that is not among its outputs.
        api = {"endpoint": settings.api.url, "region": settings.api.region, "apiName": API_NAME}
        found["API"] = {API_NAME: api}
    return found


def _auth(settings: ClientSettings) -> dict[str, Any]:
    sign_in = settings.sign_in
    found: dict[str, Any] = {
        "aws_region": sign_in.region,
        "user_pool_id": sign_in.user_pool_id,
        "user_pool_client_id": sign_in.app.id,
        # Readers on devices take it for true where it is not said.
        "unauthenticated_identities_enabled": sign_in.guests,
    }
    if sign_in.identity_pool_id is not None:
        found["identity_pool_id"] = sign_in.identity_pool_id
    if sign_in.password is not None:
        password = sign_in.password
        found["password_policy"] = {
            "min_length": password.min_length,
            "require_lowercase": password.lowercase,
            "require_uppercase": password.uppercase,
            "require_numbers": password.numbers,
            "require_symbols": password.symbols,
        }
    if sign_in.has_pages:
        found["oauth"] = _oauth(settings)
    if sign_in.required_attributes:
        found["standard_required_attributes"] = list(sign_in.required_attributes)
    if sign_in.username_attributes:
        found["username_attributes"] = list(sign_in.username_attributes)
    if sign_in.verified_attributes:
        found["user_verification_types"] = list(sign_in.verified_attributes)
    if sign_in.mfa is not None:
        found |= {"mfa_configuration": _MFA[sign_in.mfa], "mfa_methods": factors(settings)}
    if passwordless := _passwordless(sign_in):
        found["passwordless"] = passwordless
    if sign_in.groups:
        found["groups"] = [{name: {} if rank is None else {"precedence": rank}} for name, rank in sign_in.groups]
    return found


def _oauth(settings: ClientSettings) -> dict[str, Any]:
    app = settings.sign_in.app
    return {
        "identity_providers": providers(settings, GEN2_PROVIDERS),
        "domain": settings.sign_in.hosted_domain,
        "scopes": list(app.scopes),
        "redirect_sign_in_uri": list(app.callback_urls),
        "redirect_sign_out_uri": list(app.logout_urls),
        "response_type": "code",
    }


def _passwordless(sign_in: SignIn) -> dict[str, Any]:
    """Return the first factors besides the password; nothing where there are none."""
    found: dict[str, Any] = {}
    if "email_otp" in sign_in.first_factors:
        found["email_otp_enabled"] = True
    if "sms_otp" in sign_in.first_factors:
        found["sms_otp_enabled"] = True
    if "passkey" in sign_in.first_factors and sign_in.passkeys is not None:
        found["web_authn"] = {
            "relying_party_id": sign_in.passkeys.relying_party_id,
            "user_verification": sign_in.passkeys.user_verification,
        }
    return found
