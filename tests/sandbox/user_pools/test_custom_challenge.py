"""The library's identity, deployed: its own functions lead the sign-in, with the code in the outbox.

What this does not prove: that AWS's Lambda starts the functions in the time that Cognito waits.
"""

from collections.abc import Iterator

import pulumi
import pytest
from sandbox.user_pools.app import EMAIL, PASSWORD, App, Json, code_for, refusal, wrong

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import outbox
from pulumi_aws_sandbox.runtime.user_pools import tokens

WRONG = "NotAuthorizedException: Incorrect username or password."
SENDER = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"


@pytest.fixture(scope="module")
def deployed() -> Iterator[App]:
    """An identity whose users type an e-mailed code after their password."""
    with in_process("eu-west-1") as clients:
        clients("sesv2").create_email_identity(EmailIdentity="example.com")

        def program() -> None:
            identity = Identity(
                "app",
                {
                    "challenge": {"steps": ["email_code"], "attempts": 2},
                    "email": {"from_address": "Us <us@example.com>", "identity_arn": SENDER},
                },
            )
            pulumi.export("pool", identity.user_pool_id)
            pulumi.export("clients", identity.client_ids)

        outputs = record(program, mocks=DeployMocks(Sandbox(clients))).stack_outputs
        app = _seen_by_the_app(clients, outputs)
        app.sign_up()
        app.confirm(code_for(EMAIL))
        yield app


def _seen_by_the_app(clients: Connection, outputs: Json) -> App:
    (client,) = outputs["clients"].values()
    return App(clients("cognito-idp"), outputs["pool"], client)


def after_password(app: App, password: str = PASSWORD, name: str = EMAIL) -> Json:
    """Prove the password as the first step and return what is asked next."""
    outbox.clear()
    helper = app.srp(password, name)
    given = {**helper.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
    asked = app.initiate("CUSTOM_AUTH", given)
    answers = helper.process_challenge(asked["ChallengeParameters"], given)
    named = {key: value for key, value in answers.items() if key != "USERNAME"}
    return app.respond(asked, answers["USERNAME"], **named)


def test_password_and_mailed_code_sign_in(deployed: App) -> None:
    asked = after_password(deployed)
    parameters = asked["ChallengeParameters"]
    assert (parameters["step"], parameters["destination"]) == ("email_code", "a***@e***")
    assert outbox.messages(EMAIL)[-1].sender == "Us <us@example.com>"
    result = deployed.respond(asked, ANSWER=code_for(EMAIL))["AuthenticationResult"]
    claims = tokens.verified_claims(result["IdToken"], use="id", pool_id=deployed.pool, client_id=deployed.client)
    assert claims["email"] == EMAIL


def test_wrong_codes_end_the_sign_in(deployed: App) -> None:
    asked = after_password(deployed)
    again = deployed.respond(asked, ANSWER=wrong(code_for(EMAIL)))
    assert again["ChallengeParameters"]["attempts_left"] == "1"
    assert refusal(lambda: deployed.respond(again, ANSWER=wrong(code_for(EMAIL)))) == WRONG


def test_a_used_code_does_not_sign_in_again(deployed: App) -> None:
    asked = after_password(deployed)
    code = code_for(EMAIL)
    deployed.respond(asked, ANSWER=code)
    used = "NotAuthorizedException: Invalid session for the user, session can only be used once."
    assert refusal(lambda: deployed.respond(asked, ANSWER=code)) == used
    fresh = after_password(deployed)
    if code != code_for(EMAIL):
        assert deployed.respond(fresh, ANSWER=code)["ChallengeName"] == "CUSTOM_CHALLENGE"


def test_a_wrong_password_mails_nothing(deployed: App) -> None:
    assert refusal(lambda: after_password(deployed, "Wrong-horse-7")) == WRONG
    assert refusal(lambda: after_password(deployed, name="nobody@example.com")) == WRONG
    assert outbox.messages() == []


def test_the_challenge_without_the_password_is_refused(deployed: App) -> None:
    assert refusal(lambda: deployed.initiate("CUSTOM_AUTH", {"USERNAME": EMAIL})) == WRONG


def test_no_flow_goes_round_the_challenge(deployed: App) -> None:
    expected = "InvalidParameterException: USER_SRP_AUTH is not enabled for the client."
    assert refusal(deployed.srp().authenticate_user) == expected
