"""Two exchanges in two Regions of the sandbox's AWS: tokens of either hold in both.

What this does not prove: that KMS copies a key; the sandbox gives a replica its primary's key, as AWS documents.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from components.token_exchange.building import HOME, verified
from components.token_exchange.functions.surroundings import proxy_event

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import functions

AWAY = "eu-central-1"
REGIONS = {"tokens": HOME, "tokens-recovery": AWAY}
Ask = Callable[[str], dict[str, Any]]


def program() -> None:
    identity = Identity("people", {"region": HOME, "protect": False, "deletion_protection": False})
    users: Any = {
        "user_pool_id": identity.user_pool_id,
        "user_pool_arn": identity.user_pool_arn,
        "identity_pool_id": identity.identity_pool_id,
        "signs_with": "second",
    }
    keys = ["first", "second"]
    first = TokenExchange("tokens", {**users, "region": HOME, "multi_region": True, "keys": keys})
    copies = {key: first.key_arns.apply(lambda arns, key=key: arns[key]) for key in keys}
    TokenExchange("tokens-recovery", {**users, "region": AWAY, "replica_of": copies})


@pytest.fixture(scope="module")
def deployed() -> Iterator[tuple[Recording, Ask]]:
    with in_process(HOME) as aws:
        recording = record(program, mocks=DeployMocks(Sandbox(aws)))
        pools = recording.component_outputs[recording.named("people").urn]
        made = aws("cognito-idp").admin_create_user(
            UserPoolId=pools["user_pool_id"],
            Username="ada@example.com",
            UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
            MessageAction="SUPPRESS",
        )["User"]
        subject = next(each["Value"] for each in made["Attributes"] if each["Name"] == "sub")
        provider = f"cognito-idp.{HOME}.amazonaws.com/{pools['user_pool_id']}"
        told = {"cognitoIdentityPoolId": pools["identity_pool_id"]}
        event = proxy_event(f"{provider},{provider}:CognitoSignIn:{subject}", **told)

        def ask(exchange: str) -> dict[str, Any]:
            answer = functions.invoke(REGIONS[exchange], outputs(recording, exchange)["function_arn"], event)
            return json.loads(answer["body"])

        yield recording, ask


def outputs(recording: Recording, exchange: str) -> dict[str, Any]:
    return recording.component_outputs[recording.named(exchange).urn]


def test_both_publish_the_same_keys_under_the_same_ids(deployed: tuple[Recording, Ask]) -> None:
    here, there = (outputs(deployed[0], exchange) for exchange in REGIONS)
    assert there["jwks"] == here["jwks"]
    assert len(json.loads(here["jwks"])["keys"]) == 2
    assert there["web_tier_environment"] == here["web_tier_environment"]
    assert {arn.split(":")[3] for arn in there["key_arns"].values()} == {AWAY}


@pytest.mark.parametrize(("signs", "reads"), [("tokens", "tokens-recovery"), ("tokens-recovery", "tokens")])
def test_a_token_of_either_exchange_holds_by_the_others_keys(
    deployed: tuple[Recording, Ask], signs: str, reads: str
) -> None:
    recording, ask = deployed
    token = ask(signs)["token"]
    there = outputs(recording, reads)
    header, claims = verified(token, there["jwks"])
    assert header["kid"] == deployed_key_id(recording, signs) == deployed_key_id(recording, reads)
    assert (claims["iss"], claims["aud"]) == (there["issuer"], there["audience"])


def deployed_key_id(recording: Recording, exchange: str) -> str:
    function = recording.named(f"{exchange}-exchange-function")
    return function.inputs["environment"]["variables"]["KEY_ID"]
