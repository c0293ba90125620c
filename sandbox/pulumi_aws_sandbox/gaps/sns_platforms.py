"""Platform applications whose credentials are good, and endpoints as SNS keeps them.

https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html
https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace

_CREDENTIALS = ("PlatformCredential", "PlatformPrincipal")
_INVALID_CREDENTIALS = "Invalid parameter: Attributes Reason: Platform credentials are invalid"
_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,256}")
_APPLE_ID = re.compile(r"[A-Za-z0-9]{10}")
_BUNDLE = re.compile(r"[A-Za-z0-9.\-]+")
_APNS_TOKEN = re.compile(r"(?:[0-9a-fA-F]{2}){1,200}")
_SERVICE_ACCOUNT = ("project_id", "private_key_id", "private_key", "client_email", "client_id", "token_uri")
_MOST_TOKEN = 4096
_MOST_USER_DATA_BYTES = 2048
_GONE_PLATFORMS = ("BAIDU", "MPNS", "WNS", "MACOS", "MACOS_SANDBOX")


def fill() -> None:
    """Teach moto's applications and endpoints."""
    from moto.sns.models import SNSBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(SNSBackend, "create_platform_application", _creating)
    replace(SNSBackend, "set_platform_application_attributes", _changing)
    replace(SNSBackend, "get_platform_application_attributes", _hiding)
    replace(SNSBackend, "create_platform_endpoint", lambda _: _create_endpoint)
    replace(SNSBackend, "set_endpoint_attributes", lambda _: _change_endpoint)
    replace(SNSBackend, "delete_endpoint", _deleting)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, name: str, platform: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - moto's own types
        if not _NAME.fullmatch(name or ""):
            _refuse("Invalid parameter: Name Reason: 1 to 256 letters, digits, underscores, hyphens and periods")
        if platform in _GONE_PLATFORMS:
            _refuse(f"Invalid parameter: Platform Reason: the sandbox has no gateway of {platform}")
        if platform not in _CHECKS:
            _refuse(f"Invalid parameter: Platform Reason: {platform} is not supported")
        _CHECKS[platform](attributes)
        for other in self.applications.values():
            if (other.name, other.platform) == (name, platform):
                if other.attributes != attributes:
                    _refuse(f"Invalid parameter: Name Reason: {other.arn} exists with other attributes")
                return other
        return original(self, name, platform, attributes)

    return create


def _changing(original: Callable[..., Any]) -> Callable[..., Any]:
    def change(self: Any, arn: str, attributes: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        application = self.get_application(arn)
        if any(name in attributes for name in (*_CREDENTIALS, "ApplePlatformTeamID", "ApplePlatformBundleID")):
            _CHECKS[application.platform]({**application.attributes, **attributes})
        return original(self, arn, attributes)

    return change


def _hiding(original: Callable[..., Any]) -> Callable[..., Any]:
    def get(self: Any, arn: str) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        found = original(self, arn)
        shown = {name: value for name, value in found.items() if name not in _CREDENTIALS and value != ""}
        return {"Enabled": "true", **shown}

    return get


def _create_endpoint(self: Any, application: Any, custom_user_data: str, token: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - moto's own types
    from moto.sns.models import PlatformEndpoint  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.runtime.push import gateways  # noqa: PLC0415 - needs what this package offers

    user_data = custom_user_data or attributes.get("CustomUserData") or ""
    _check_endpoint(application.platform, {"Token": token or "", "CustomUserData": user_data})
    enabled = str(attributes.get("Enabled", "true")).lower()
    for other in self.platform_endpoints.values():
        if other.application.arn == application.arn and other.attributes["Token"] == token:
            same = other.attributes.get("CustomUserData", "") == user_data and other.attributes["Enabled"] == enabled
            if not same:
                _refuse(
                    f"Invalid parameter: Token Reason: Endpoint {other.arn} already exists with the same Token, but "
                    "different attributes."
                )
            return other
    kept = {"Enabled": enabled, "Token": token} | ({"CustomUserData": user_data} if user_data else {})
    made: Any = PlatformEndpoint(self.account_id, self.region_name, application, user_data, token, kept)
    self.platform_endpoints[made.arn] = made
    gateways.tell(self, made, "EndpointCreated")
    return made


def _change_endpoint(self: Any, arn: str, attributes: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime.push import gateways  # noqa: PLC0415 - needs what this package offers

    endpoint = self.get_endpoint(arn)
    unknown = next((name for name in attributes if name not in {"CustomUserData", "Enabled", "Token"}), None)
    if unknown is not None:
        _refuse(f"Invalid parameter: Attributes Reason: Invalid attribute name: {unknown}")
    _check_endpoint(endpoint.application.platform, attributes)
    new = dict(attributes)
    if "Enabled" in new:
        new["Enabled"] = str(new["Enabled"]).lower()
        if new["Enabled"] not in {"false", "true"}:
            _refuse("Invalid parameter: Attributes Reason: Invalid value for attribute: Enabled")
    token = new.get("Token")
    for other in self.platform_endpoints.values():
        same = other.application.arn == endpoint.application.arn and other.attributes["Token"] == token
        if same and other is not endpoint:
            _refuse(
                f"Invalid parameter: Token Reason: Endpoint {other.arn} already exists with the same Token, but "
                "different attributes."
            )
    endpoint.attributes.update(new)
    endpoint.token = endpoint.attributes["Token"]
    endpoint.custom_user_data = endpoint.attributes.get("CustomUserData", "")
    gateways.tell(self, endpoint, "EndpointUpdated")
    return endpoint


def _deleting(original: Callable[..., None]) -> Callable[..., None]:
    def delete(self: Any, arn: str) -> None:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.push import gateways  # noqa: PLC0415 - needs what this package offers

        gone = self.platform_endpoints.get(arn)
        original(self, arn)
        if gone is not None:
            gateways.tell(self, gone, "EndpointDeleted")

    return delete


def _check_endpoint(platform: str, attributes: Mapping[str, Any]) -> None:
    token = attributes.get("Token")
    if token is not None and not 1 <= len(token) <= _MOST_TOKEN:
        _refuse(f"Invalid parameter: Token Reason: must have 1 to {_MOST_TOKEN} characters")
    if token is not None and platform.startswith("APNS") and not _APNS_TOKEN.fullmatch(token):
        _refuse("Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal characters")
    if len((attributes.get("CustomUserData") or "").encode()) > _MOST_USER_DATA_BYTES:
        _refuse("Invalid parameter: CustomUserData Reason: must have at most 2048 bytes")


def _check_apns(attributes: Mapping[str, str]) -> None:
    """Take a token's signing key with the ids that go with it, or a certificate with its key."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey  # noqa: PLC0415 - slow to load

    principal = attributes.get("PlatformPrincipal") or ""
    key = _private_key(attributes.get("PlatformCredential") or "")
    if "BEGIN CERTIFICATE" in principal:
        return
    team, bundle = attributes.get("ApplePlatformTeamID") or "", attributes.get("ApplePlatformBundleID") or ""
    good = isinstance(key, EllipticCurvePrivateKey) and key.curve.name == "secp256r1"
    if not good or not _APPLE_ID.fullmatch(principal):
        _refuse(_INVALID_CREDENTIALS)
    if not _APPLE_ID.fullmatch(team):
        _refuse("Invalid parameter: Attributes Reason: ApplePlatformTeamID must have 10 letters and digits")
    if not _BUNDLE.fullmatch(bundle):
        _refuse("Invalid parameter: Attributes Reason: ApplePlatformBundleID has letters, digits, hyphens and periods")


def _check_fcm(attributes: Mapping[str, str]) -> None:
    """Take the JSON of a service account: the server keys of the legacy API are gone."""
    try:
        account = json.loads(attributes.get("PlatformCredential") or "")
    except ValueError:
        account = None
    if not isinstance(account, dict) or account.get("type") != "service_account":
        _refuse(_INVALID_CREDENTIALS)
    if not all(isinstance(account.get(name), str) and account[name] for name in _SERVICE_ACCOUNT):
        _refuse(_INVALID_CREDENTIALS)
    _private_key(account["private_key"])


def _check_adm(attributes: Mapping[str, str]) -> None:
    if not all(attributes.get(name) for name in _CREDENTIALS):
        _refuse(_INVALID_CREDENTIALS)


_CHECKS: dict[str, Callable[[Mapping[str, str]], None]] = {
    "ADM": _check_adm,
    "APNS": _check_apns,
    "APNS_SANDBOX": _check_apns,
    "GCM": _check_fcm,
}


def _private_key(text: str) -> Any:  # noqa: ANN401 - any kind of key
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - slow to load

    try:
        return load_pem_private_key(text.encode(), None)
    except (TypeError, ValueError):
        _refuse(_INVALID_CREDENTIALS)


def _refuse(reason: str) -> NoReturn:
    from moto.sns.exceptions import SNSInvalidParameter  # noqa: PLC0415 - loaded by now

    raise SNSInvalidParameter(reason)
