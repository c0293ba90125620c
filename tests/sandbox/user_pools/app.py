"""An app in front of one user pool: what a test does as its users would."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP

from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.runtime import functions, outbox

PASSWORD = "Correct-horse-7"
EMAIL = "ada@example.com"
PHONE = "+447700900123"
ALL_FLOWS = [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]
Json = dict[str, Any]


@dataclass
class App:
    """One pool with one client."""

    idp: Any
    pool: str
    client: str
    secret: str | None = None

    @classmethod
    def made(cls, clients: Connection, client: Json | None = None, *, secret: bool = False, **pool: Any) -> "App":  # noqa: ANN401 - a boto3 call's arguments
        """Create a pool that signs in by e-mail address, changed as the test says, and a client."""
        idp = clients("cognito-idp")
        given = {"UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"], **pool}
        made = idp.create_user_pool(PoolName="app", **{key: value for key, value in given.items() if value is not None})
        pool_id = made["UserPool"]["Id"]
        settings = {"PreventUserExistenceErrors": "ENABLED", "ExplicitAuthFlows": ALL_FLOWS, **(client or {})}
        one = idp.create_user_pool_client(UserPoolId=pool_id, ClientName="app", GenerateSecret=secret, **settings)
        return cls(idp, pool_id, one["UserPoolClient"]["ClientId"], one["UserPoolClient"].get("ClientSecret"))

    def another_client(self, **settings: Any) -> "App":  # noqa: ANN401 - a boto3 call's arguments
        """Return the same pool seen by another client."""
        given = {"ExplicitAuthFlows": ALL_FLOWS, **settings}
        made = self.idp.create_user_pool_client(UserPoolId=self.pool, ClientName="other", **given)
        return App(self.idp, self.pool, made["UserPoolClient"]["ClientId"])

    def sign_up(self, who: str = EMAIL, password: str = PASSWORD, **attributes: str) -> Json:
        """Sign up with attributes; `__` in a name stands for a colon."""
        named = listed({key.replace("__", ":"): value for key, value in attributes.items()})
        return self.idp.sign_up(ClientId=self.client, Username=who, Password=password, UserAttributes=named)

    def confirm(self, code: str, name: str = EMAIL) -> Json:
        return self.idp.confirm_sign_up(ClientId=self.client, Username=name, ConfirmationCode=code)

    def register(self, who: str = EMAIL, password: str = PASSWORD, **attributes: str) -> None:
        """Sign up and confirm by the administrator, with a verified address."""
        self.sign_up(who, password, **attributes)
        self.idp.admin_confirm_sign_up(UserPoolId=self.pool, Username=who)
        verified = listed({"email_verified": "true"})
        self.idp.admin_update_user_attributes(UserPoolId=self.pool, Username=who, UserAttributes=verified)
        outbox.clear()

    def by_password(self, password: str = PASSWORD, name: str = EMAIL, **more: Any) -> Json:  # noqa: ANN401 - a boto3 call's arguments
        parameters = {"USERNAME": name, "PASSWORD": password}
        return self.initiate("USER_PASSWORD_AUTH", parameters, **more)

    def initiate(self, flow: str, parameters: Json, **more: Any) -> Json:  # noqa: ANN401 - a boto3 call's arguments
        return self.idp.initiate_auth(ClientId=self.client, AuthFlow=flow, AuthParameters=parameters, **more)

    def respond(self, asked: Json, name: str = EMAIL, **answers: str) -> Json:
        """Answer the challenge of a response."""
        return self.idp.respond_to_auth_challenge(
            ClientId=self.client,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": name, **answers},
        )

    def srp(self, password: str = PASSWORD, name: str = EMAIL) -> AWSSRP:
        """Return the SRP client of a user."""
        return AWSSRP(name, password, self.pool, self.client, client=self.idp, client_secret=self.secret)

    def tokens(self, name: str = EMAIL, password: str = PASSWORD) -> Json:
        """Sign in and return the tokens."""
        return self.by_password(password, name)["AuthenticationResult"]

    def attributes(self, name: str = EMAIL) -> Json:
        user = self.idp.admin_get_user(UserPoolId=self.pool, Username=name)
        return {each["Name"]: each["Value"] for each in user["UserAttributes"]}

    def status(self, name: str = EMAIL) -> str:
        return self.idp.admin_get_user(UserPoolId=self.pool, Username=name)["UserStatus"]


def sms(clients: Connection) -> Json:
    """Return the SMS configuration of a pool, with the role that it needs."""
    who = {"Service": "cognito-idp.amazonaws.com"}
    condition = {"StringEquals": {"sts:ExternalId": "app"}}
    statement = {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole", "Condition": condition}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    role = clients("iam").create_role(RoleName="sms", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    return {"SnsCallerArn": role, "ExternalId": "app"}


def listed(attributes: Json) -> list[Json]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def code_for(address: str) -> str:
    """Return the code in the last message to an address."""
    found = re.search(r"\d{6}", outbox.messages(address)[-1].body)
    assert found is not None
    return found[0]


def wrong(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def refusal(call: Callable[[], object]) -> str:
    """Return code and message of the error that a call ends in."""
    with pytest.raises(ClientError) as caught:
        call()
    error = caught.value.response["Error"]
    return f"{error['Code']}: {error['Message']}"


@dataclass
class Triggers:
    """Stands in for deployed functions: answers events and remembers them."""

    handlers: dict[str, Callable[[Json], Any]] = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    calls: list[Json] = field(default_factory=list)

    def arn(self, name: str, handler: Callable[[Json], Any]) -> str:
        """Deploy a handler and return its ARN; the handler changes the event's response."""
        arn = f"arn:aws:lambda:eu-west-1:123456789012:function:{name}"
        self.handlers[arn] = handler
        return arn

    def invoke(self, region: str, function: str, event: Json, **as_who: Any) -> Json:  # noqa: ANN401 - a boto3 call's arguments
        self.calls.append({"region": region, "function": function, **as_who})
        self.events.append(event)
        answer = self.handlers[function](event)
        return event if answer is None else answer

    def install(self, monkeypatch: pytest.MonkeyPatch) -> "Triggers":
        monkeypatch.setattr(functions, "invoke", self.invoke)
        return self
