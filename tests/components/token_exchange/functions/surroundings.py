"""What the exchange finds around it: a user pool with a user, KMS keys, its environment, and API Gateway's events."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from components.token_exchange.building import HOME, IDENTITY_POOL, Args, verified

from pulumi_aws_mobile.token_exchange.functions.exchange import index
from pulumi_aws_mobile.token_exchange.jwks import key_id, key_set
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.functions import invoke

IDENTITY = f"{HOME}:12345678-1111-2222-3333-444444444444"


def proxy_event(provider: str | None, **identity: str | None) -> Args:
    """Return the event of a signed POST /token, as API Gateway writes it, with a body and headers that lie."""
    told = {
        "cognitoIdentityPoolId": IDENTITY_POOL,
        "accountId": "123456789012",
        "cognitoIdentityId": IDENTITY,
        "caller": "AROA:CognitoIdentityCredentials",
        "sourceIp": "192.0.2.1",
        "accessKey": "ASIAEXAMPLE",
        "cognitoAuthenticationType": "authenticated",
        "cognitoAuthenticationProvider": provider,
        "userArn": "arn:aws:sts::123456789012:assumed-role/users/CognitoIdentityCredentials",
        "userAgent": "app/1",
        "user": "AROA:CognitoIdentityCredentials",
    }
    lies = {"sub": "root", "identity_id": "root", "groups": ["staff"], "cognitoAuthenticationType": "authenticated"}
    return {
        "resource": "/token",
        "path": "/token",
        "httpMethod": "POST",
        "headers": {"X-Caller-Identity-Id": "root", "X-User-Token": "e30.e30."},
        "queryStringParameters": {"sub": "root"},
        "requestContext": {"identity": {**told, **identity}, "stage": "live", "path": "/live/token"},
        "body": json.dumps(lies),
        "isBase64Encoded": False,
    }


@dataclass
class Deployed:
    """The function with the environment that it is deployed with."""

    aws: Connection
    environment: pytest.MonkeyPatch
    pool: str

    def __post_init__(self) -> None:
        """Publish one key, sign with it, and let this identity pool in."""
        self.keys = {"first": self.new_key()}
        self.sign_with("first")
        told = {
            "ISSUER": "https://api.example.com",
            "AUDIENCE": "core-api",
            "LIFETIME_SECONDS": "300",
            "USER_POOL_ID": self.pool,
            "IDENTITY_POOL_ID": IDENTITY_POOL,
        }
        for name, value in told.items():
            self.environment.setenv(name, value)

    @property
    def provider(self) -> str:
        """What the user pool is called among providers."""
        return f"cognito-idp.{HOME}.amazonaws.com/{self.pool}"

    @property
    def jwks(self) -> str:
        """What is published."""
        return key_set(self._public(arn) for arn in self.keys.values())

    def new_key(self) -> str:
        """Make a KMS key and return its ARN."""
        made = self.aws("kms").create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")
        return made["KeyMetadata"]["Arn"]

    def sign_with(self, key: str) -> None:
        """Tell the function which key signs, and by which id."""
        self.environment.setenv("KEY_ARN", self.keys[key])
        self.environment.setenv("KEY_ID", key_id(self._public(self.keys[key])))

    def user(self, name: str = "ada", *groups: str) -> str:
        """Make a user who is in these groups and return their `sub`."""
        cognito = self.aws("cognito-idp")
        made = cognito.admin_create_user(UserPoolId=self.pool, Username=name, MessageAction="SUPPRESS")["User"]
        for group in groups:
            cognito.create_group(UserPoolId=self.pool, GroupName=group)
            cognito.admin_add_user_to_group(UserPoolId=self.pool, Username=name, GroupName=group)
        return next(each["Value"] for each in made["Attributes"] if each["Name"] == "sub")

    def signed_in(self, subject: str) -> str:
        """Return what API Gateway tells of a user of the user pool."""
        return f"{self.provider},{self.provider}:CognitoSignIn:{subject}"

    def ask(self, provider: str | None, **identity: str | None) -> Args:
        """Call the function; return its answer with the body read."""
        answer = index.handle(proxy_event(provider, **identity), None)
        assert answer["headers"]["Cache-Control"] == "no-store"
        assert answer["headers"]["Content-Type"] == "application/json"
        return {**answer, "body": json.loads(answer["body"])}

    def token(self, provider: str, **identity: str | None) -> str:
        """Return the token that a caller gets."""
        answer = self.ask(provider, **identity)
        assert answer["statusCode"] == 200, answer
        return answer["body"]["token"]

    def claims(self, provider: str, **identity: str | None) -> Args:
        """Return what the token of a caller says, once it is verified by the published keys."""
        return verified(self.token(provider, **identity), self.jwks)[1]

    def refusal(self, provider: str | None, **identity: str | None) -> tuple[int, str]:
        """Return the status and the message of a refusal."""
        answer = self.ask(provider, **identity)
        assert list(answer["body"]) == ["message"]
        return answer["statusCode"], answer["body"]["message"]

    def _public(self, arn: str) -> Any:  # noqa: ANN401 - what the lookup answers
        return invoke("aws:kms/getPublicKey:getPublicKey", {"keyId": arn}, self.aws, self.aws)["publicKey"]
