"""The functions deployed to the sandbox and called as Cognito calls them, each with the rights of its own role.

What this does not prove: that Cognito calls them; the user pool's own tests do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pytest
from components.identity.functions.cognito import USER, Handler, SignIn, call
from components.identity.functions.provider import GOOD, SECRET, Provider, serving
from components.identity.trigger_building import Args, resolved

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.identity.triggers.settings import EmailSender
from pulumi_aws_mobile.identity.triggers.triggers import create_triggers
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import functions, outbox
from pulumi_aws_sandbox.runtime.functions import FunctionFailedError

HOME = "eu-west-1"
POOL_ARN = f"arn:aws:cognito-idp:{HOME}:123456789012:userpool/{HOME}_New000000"
PASSWORD = "canary-Passw0rd!"
RIDDLE = """\
def handle(event, context):
    if event["triggerSource"].startswith("Create"):
        event["response"] = {
            "publicChallengeParameters": {"question": "6 x 7"},
            "privateChallengeParameters": {"answer": "42"},
            "challengeMetadata": "RIDDLE",
        }
    else:
        private = event["request"]["privateChallengeParameters"]
        event["response"] = {"answerCorrect": event["request"]["challengeAnswer"] == private["answer"]}
    return event
"""


@dataclass(frozen=True)
class Deployed:
    """What was deployed, and what stands around it."""

    config: Mapping[str, str]
    provider: Provider
    clients: Connection

    def sign_in(self) -> SignIn:
        return SignIn(
            functions={
                "define": self.handler("define_auth_challenge"),
                "create": self.handler("create_auth_challenge"),
                "verify": self.handler("verify_auth_challenge_response"),
            }
        )

    def handler(self, purpose: str, source_arn: str = POOL_ARN) -> Handler:
        """Return the function that Cognito calls for this, as Cognito reaches it."""

        def handle(event: dict[str, Any], _: object) -> dict[str, Any]:
            service = "cognito-idp.amazonaws.com"
            return functions.invoke(HOME, self.config[purpose], event, as_service=service, source_arn=source_arn)

        return handle


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    source = tmp_path_factory.mktemp("riddle")
    (source / "index.py").write_text(RIDDLE)
    with serving() as provider, in_process(HOME) as clients:
        identity = clients("sesv2").create_email_identity(EmailIdentity="example.com")
        assert identity["VerifiedForSendingStatus"]
        old = _old_pool(clients)

        def program() -> None:
            riddle = Function("riddle", {"source": str(source)})
            args: Args = {
                "challenge": {
                    "steps": ["captcha", "email_code", "riddle"],
                    "required": False,
                    "captcha": {
                        "provider": "recaptcha",
                        "site_key": "1x00000000000000000000AA",
                        "secret": pulumi.Output.secret(SECRET),
                        "verify_url": provider.url,
                        "on_sign_up": True,
                    },
                    "functions": {"riddle": riddle.arn},
                },
                "email": {"from_address": "Us <us@example.com>", "identity_arn": IDENTITY_ARN},
                "migration": old,
                "attributes": {"tier": {}},
                "protect": False,
            }
            sender = EmailSender("Us <us@example.com>", IDENTITY_ARN)
            parent = pulumi.ComponentResource("test:index:Identity", "app")
            triggers = create_triggers(parent, "app", resolved(args), HOME, {}, sender)
            triggers.permit(POOL_ARN)
            for purpose, arn in (triggers.lambda_config() or {}).items():
                pulumi.export(purpose, arn)

        recording = record(program, mocks=DeployMocks(Sandbox(clients)))
        yield Deployed(recording.stack_outputs, provider, clients)


IDENTITY_ARN = f"arn:aws:ses:{HOME}:123456789012:identity/example.com"


def _old_pool(clients: Connection) -> Args:
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="old", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="mover", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )
    attributes = [{"Name": "email", "Value": "ada@example.com"}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(
        UserPoolId=pool, Username="ada", UserAttributes=attributes, MessageAction="SUPPRESS", TemporaryPassword=PASSWORD
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username="ada", Password=PASSWORD, Permanent=True)
    return {"user_pool_id": pool, "client_id": client["UserPoolClient"]["ClientId"]}


@pytest.fixture(autouse=True)
def _fresh(deployed: Deployed) -> None:
    deployed.provider.forget()
    outbox.clear()


def test_captcha_code_and_own_step_lead_to_tokens(deployed: Deployed) -> None:
    sign_in = deployed.sign_in().begin()
    assert sign_in.answer(GOOD) == "CUSTOM_CHALLENGE"
    (message,) = outbox.messages(to=USER["email"])
    (code,) = [word.strip(".") for word in message.body.split() if word.strip(".").isdecimal() and len(word) > 5]
    assert sign_in.answer("nothing") == "CUSTOM_CHALLENGE"
    assert sign_in.answer(code) == "CUSTOM_CHALLENGE"
    assert sign_in.shown[-1] == {"question": "6 x 7", "step": "riddle", "attempts_left": "2"}
    assert sign_in.answer("42") == "tokens"
    assert deployed.provider.asked == [{"secret": SECRET, "response": GOOD}]


def test_an_unsolved_captcha_sends_no_code(deployed: Deployed) -> None:
    sign_in = deployed.sign_in().begin()
    assert [sign_in.answer("another") for _ in range(3)] == ["CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE", "failed"]
    assert outbox.messages() == []


def test_another_user_pool_may_not_call_the_functions(deployed: Deployed) -> None:
    handle = deployed.handler("define_auth_challenge", POOL_ARN.replace("New", "Old"))
    with pytest.raises(FunctionFailedError, match="is not authorized to perform"):
        call(handle, "DefineAuthChallenge_Authentication", {"session": []}, {})


def test_registering_takes_a_solved_captcha(deployed: Deployed) -> None:
    response = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
    handle = deployed.handler("pre_sign_up")
    request = {"userAttributes": {"email": "ada@example.com"}, "validationData": {"captcha": GOOD}}
    assert call(handle, "PreSignUp_SignUp", request, response) == response
    with pytest.raises(FunctionFailedError, match=r"^SignUpRefusedError: The CAPTCHA was not solved$"):
        call(handle, "PreSignUp_SignUp", request | {"validationData": None}, response)


def test_a_user_comes_over_from_the_other_pool(deployed: Deployed) -> None:
    handle = deployed.handler("user_migration")
    moved = call(handle, "UserMigration_Authentication", {"password": PASSWORD}, {})
    assert moved == {
        "userAttributes": {"email": "ada@example.com", "email_verified": "true"},
        "finalUserStatus": "CONFIRMED",
        "messageAction": "SUPPRESS",
    }
    with pytest.raises(FunctionFailedError, match=r"^NotMigratedError: Incorrect username or password$"):
        call(handle, "UserMigration_Authentication", {"password": "another"}, {})
