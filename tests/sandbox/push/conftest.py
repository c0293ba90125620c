"""What the tests of push share: applications with good credentials."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sandbox.functions.conftest import deploy
from sandbox.situations.sns import apple_key

from pulumi_aws_sandbox.engine_api import Sandbox

__all__ = ["Phones", "deploy", "phones", "service_account"]

APNS_TOKEN, FCM_TOKEN = "ab" * 32, "fcm-token:1"


def service_account(**more: object) -> str:
    """Return the JSON that Google gives for a service account."""
    key = rsa.generate_private_key(65537, 2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = {
        "type": "service_account",
        "project_id": "example",
        "private_key_id": "1",
        "private_key": key.private_bytes(*form).decode(),
        "client_email": "push@example.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
        **more,
    }
    return json.dumps(account)


class Phones:
    """Applications of all three platforms, made when they are first needed."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.sns = sandbox.clients("sns")

    def application(self, platform: str, **more: str) -> str:
        """Make an application with good credentials; return its ARN."""
        apple = {
            "PlatformCredential": apple_key(),
            "PlatformPrincipal": "ABCDE12345",
            "ApplePlatformTeamID": "TEAM567890",
            "ApplePlatformBundleID": "com.example.app",
        }
        good: dict[str, dict[str, str]] = {
            "ADM": {"PlatformCredential": "secret", "PlatformPrincipal": "client"},
            "APNS": apple,
            "APNS_SANDBOX": apple,
        }
        attributes = good.get(platform) or {"PlatformCredential": service_account()}
        made = self.sns.create_platform_application(Name="app", Platform=platform, Attributes=attributes | more)
        return made["PlatformApplicationArn"]

    def endpoint(self, platform: str, token: str = "", **more: str) -> str:
        """Register a device; return its endpoint's ARN."""
        token = token or (APNS_TOKEN if platform.startswith("APNS") else FCM_TOKEN)
        application = self.application(platform, **more)
        return self.sns.create_platform_endpoint(PlatformApplicationArn=application, Token=token)["EndpointArn"]

    def publish(self, endpoint: str, message: Any, **more: Any) -> None:  # noqa: ANN401 - text or parts by platform
        """Publish to an endpoint."""
        if isinstance(message, dict):
            message, more = json.dumps(message), {**more, "MessageStructure": "json"}
        self.sns.publish(TargetArn=endpoint, Message=message, **more)

    def enabled(self, endpoint: str) -> str:
        """Return whether an endpoint is switched on."""
        return self.sns.get_endpoint_attributes(EndpointArn=endpoint)["Attributes"]["Enabled"]


@pytest.fixture
def phones(sandbox: Sandbox) -> Phones:
    """Give applications and their endpoints."""
    return Phones(sandbox)
