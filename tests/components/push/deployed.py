"""Push notifications deployed behind an API to the sandbox's AWS, and devices that sign what they send."""

import json
from dataclasses import dataclass
from typing import Any

import pulumi
from botocore.credentials import Credentials
from components.push.building import APPLE, CLIENT_ID, PUSH, Args
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sandbox.gateway.calling import Answered, credentials, send, sign

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import gateway

API = "urn:pulumi:stack::project::aws-mobile:index:Api::api"
IDENTITY = "urn:pulumi:stack::project::aws-mobile:index:Identity::users"
OPEN: Args = {"protect": False, "deletion_protection": False}


@dataclass(frozen=True)
class Guest:
    """Somebody with credentials of the identity pool."""

    url: str
    identity: str
    keys: Credentials

    def ask(self, method: str, path: str, body: object = None) -> Answered:
        """Send a signed request."""
        data = b"" if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data else {}
        url = f"{self.url}{path}"
        return send(method, url, sign(method, url, headers, data, self.keys), data)

    def register(self, device: str, platform: str, token: str, *topics: str) -> Answered:
        """Register a device."""
        return self.ask("PUT", f"/devices/{device}", {"platform": platform, "token": token, "topics": list(topics)})


class Deployed:
    """Push notifications for guests behind an API, and what their operator sees."""

    def __init__(self, aws: Connection) -> None:
        """Deploy them."""
        self.aws = aws
        outputs = record(_program, mocks=DeployMocks(Sandbox(aws))).component_outputs
        self.push, self.api, self.identity = outputs[PUSH], outputs[API], outputs[IDENTITY]

    def guest(self) -> Guest:
        """Return a new guest."""
        identities = self.aws("cognito-identity")
        identity = identities.get_id(IdentityPoolId=self.identity["identity_pool_id"])["IdentityId"]
        keys = credentials(identities.get_credentials_for_identity(IdentityId=identity)["Credentials"])
        return Guest(gateway.local_url(self.api["url"]), identity, keys)

    def send(self, to: Args, message: Args) -> Any:  # noqa: ANN401 - any JSON
        """Send as a server does."""
        order = json.dumps({"to": to, "message": message}).encode()
        answer = self.aws("lambda").invoke(FunctionName=self.push["send_function_name"], Payload=order)
        return json.loads(answer["Payload"].read())


def _pem(key: Any) -> str:  # noqa: ANN401 - any kind of key
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _program() -> None:
    account = {
        "type": "service_account",
        "project_id": "shop",
        "private_key_id": "1",
        "private_key": _pem(rsa.generate_private_key(65537, 2048)),
        "client_email": "push@shop.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    apple = {**APPLE, "private_key": _pem(ec.generate_private_key(ec.SECP256R1()))}
    identity = Identity("users", {"federation": {"guests": True}, **OPEN})
    args: Any = {
        "topics": {"news": {}},
        "platforms": {
            "apns": apple,
            "fcm": {"service_account": json.dumps(account)},
            "adm": {"client_id": CLIENT_ID, "client_secret": "only-a-test"},
        },
        "sms": {},
        "emails": {"editor": {"topic": "news", "address": "editor@example.com"}},
        "guests": True,
        "amplify": True,
        **OPEN,
    }
    push = PushNotifications("push", args)
    api = Api("api", {"contributions": {**push.contributions}})
    api.grant(identity)
    pulumi.export("url", api.url)
