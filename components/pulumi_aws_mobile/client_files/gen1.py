"""The first generation's files: `amplifyconfiguration.json` for devices, `aws-exports.js` for JavaScript. Pure.

Only this generation tells Swift and Android of a REST API, and JavaScript without code of the app's own.
"""

from typing import Any

from .settings import ClientSettings, Password
from .words import API_NAME, AUTHORIZATION, GEN1_PROVIDERS, MARK, as_json, factors, providers

_MFA = {"off": "OFF", "optional": "OPTIONAL", "required": "ON"}


def configuration(settings: ClientSettings) -> dict[str, Any]:
    """Return what Swift, Android and Flutter read of the first generation."""
    found: dict[str, Any] = {
        "UserAgent": MARK,
        "Version": "1.0",
        "auth": _plugin("awsCognitoAuthPlugin", _auth(settings)),
    }
    if settings.api is not None:
        api = {
            "endpointType": "REST",
            "endpoint": settings.api.url,
            "region": settings.api.region,
            "authorizationType": AUTHORIZATION,
        }
        found["api"] = _plugin("awsAPIPlugin", {API_NAME: api})
    if settings.user_files is not None:
        storage = {
            "bucket": settings.user_files.name,
            "region": settings.user_files.region,
            # Users' own files, which every signed-in user may write; an app names another level with each call.
            "defaultAccessLevel": "private",
        }
        found["storage"] = _plugin("awsS3StoragePlugin", storage)
    return found


def exports(settings: ClientSettings) -> dict[str, Any]:
    """Return what JavaScript reads of the first generation."""
    sign_in = settings.sign_in
    found: dict[str, Any] = {
        "aws_project_region": settings.region,
        "aws_cognito_region": sign_in.region,
        "aws_user_pools_id": sign_in.user_pool_id,
        "aws_user_pools_web_client_id": sign_in.app.id,
        "aws_mandatory_sign_in": "disable" if sign_in.guests else "enable",
        "aws_cognito_username_attributes": _upper(sign_in.username_attributes),
        "aws_cognito_signup_attributes": _upper(sign_in.required_attributes),
        "aws_cognito_verification_mechanisms": _verified(settings),
        "oauth": {},
    }
    if sign_in.identity_pool_id is not None:
        found["aws_cognito_identity_pool_id"] = sign_in.identity_pool_id
    if sign_in.password is not None:
        found["aws_cognito_password_protection_settings"] = _password(sign_in.password)
    if sign_in.mfa is not None:
        found |= {"aws_cognito_mfa_configuration": _MFA[sign_in.mfa], "aws_cognito_mfa_types": factors(settings)}
    if sign_in.has_pages:
        found["aws_cognito_social_providers"] = providers(settings, GEN1_PROVIDERS)
        found["oauth"] = {
            "domain": sign_in.hosted_domain,
            "scope": list(sign_in.app.scopes),
            "redirectSignIn": ",".join(sign_in.app.callback_urls),
            "redirectSignOut": ",".join(sign_in.app.logout_urls),
            "responseType": "code",
        }
    if settings.user_files is not None:
        found["aws_user_files_s3_bucket"] = settings.user_files.name
        found["aws_user_files_s3_bucket_region"] = settings.user_files.region
    if settings.api is not None:
        api = {"name": API_NAME, "endpoint": settings.api.url, "region": settings.api.region}
        found["aws_cloud_logic_custom"] = [api]
    return found


def script(settings: ClientSettings) -> str:
    """Return the exports as the module that apps import."""
    return f"// {MARK}\nconst awsmobile = {as_json(exports(settings))};\n\nexport default awsmobile;\n"


def _plugin(name: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"plugins": {name: options}}


def _auth(settings: ClientSettings) -> dict[str, Any]:
    sign_in = settings.sign_in
    pool = {"PoolId": sign_in.user_pool_id, "AppClientId": sign_in.app.id, "Region": sign_in.region}
    found: dict[str, Any] = {
        "UserAgent": MARK,
        "Version": "1.0",
        "CognitoUserPool": {"Default": pool},
    }
    if sign_in.identity_pool_id is not None:
        credentials = {"PoolId": sign_in.identity_pool_id, "Region": sign_in.region}
        found["CredentialsProvider"] = {"CognitoIdentity": {"Default": credentials}}
    options: dict[str, Any] = {
        "authenticationFlowType": sign_in.app.sign_in_flow,
        "usernameAttributes": _upper(sign_in.username_attributes),
        "signupAttributes": _upper(sign_in.required_attributes),
        "verificationMechanisms": _upper(sign_in.verified_attributes),
        "socialProviders": providers(settings, GEN1_PROVIDERS) if sign_in.has_pages else [],
    }
    if sign_in.password is not None:
        options["passwordProtectionSettings"] = _password(sign_in.password)
    if sign_in.mfa is not None:
        options |= {"mfaConfiguration": _MFA[sign_in.mfa], "mfaTypes": factors(settings)}
    if sign_in.has_pages:
        options["OAuth"] = {
            "WebDomain": sign_in.hosted_domain,
            "AppClientId": sign_in.app.id,
            "SignInRedirectURI": ",".join(sign_in.app.callback_urls),
            "SignOutRedirectURI": ",".join(sign_in.app.logout_urls),
            "Scopes": list(sign_in.app.scopes),
        }
    found["Auth"] = {"Default": options}
    return found


def _password(password: Password) -> dict[str, Any]:
    wanted = {
        "REQUIRES_LOWERCASE": password.lowercase,
        "REQUIRES_UPPERCASE": password.uppercase,
        "REQUIRES_NUMBERS": password.numbers,
        "REQUIRES_SYMBOLS": password.symbols,
    }
    return {
        "passwordPolicyMinLength": password.min_length,
        "passwordPolicyCharacters": [name for name, needed in wanted.items() if needed],
    }


def _verified(settings: ClientSettings) -> list[str]:
    """Return the contacts that are verified, of those that are required: JavaScript takes each for required."""
    required = settings.sign_in.required_attributes
    return _upper(tuple(name for name in settings.sign_in.verified_attributes if name in required))


def _upper(names: tuple[str, ...]) -> list[str]:
    return [name.upper() for name in names]
