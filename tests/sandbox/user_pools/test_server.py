"""The same over the server: unsigned calls find their pool, and the outbox is read by HTTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from botocore.exceptions import ClientError
from joserfc import jwk, jwt
from sandbox.user_pools.app import EMAIL, App, code_for, refusal, wrong

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.serve import serving


@pytest.fixture
def url() -> Iterator[str]:
    with serving() as address:
        yield address


def test_a_journey_over_the_server(url: str) -> None:
    app = App.made(server(url, "eu-west-1"))
    app.sign_up()
    (message,) = requests.get(f"{url}/sandbox/outbox", params={"to": EMAIL}, timeout=5).json()
    assert (message["kind"], message["to"], message["region"]) == ("email", EMAIL, "eu-west-1")
    assert refusal(lambda: app.confirm(wrong(code_for(EMAIL)))).startswith("CodeMismatchException")
    app.confirm(message["body"].removeprefix("Your verification code is ").removesuffix(". "))
    issued = app.srp().authenticate_user()["AuthenticationResult"]
    found = requests.get(f"{url}/{app.pool}/.well-known/jwks.json", timeout=5).json()
    claims = jwt.decode(issued["IdToken"], jwk.KeySet.import_key_set(found), algorithms=["RS256"]).claims
    assert (claims["aud"], claims["email"]) == (app.client, EMAIL)
    read = app.idp.get_user(AccessToken=issued["AccessToken"])
    assert read["Username"] == claims["sub"]
    wrong_password = app.srp("Wrong-horse-7")
    expected = "NotAuthorizedException: Incorrect username or password."
    assert refusal(wrong_password.authenticate_user) == expected


def test_pools_of_two_regions_are_told_apart(url: str) -> None:
    first, second = (App.made(server(url, region)) for region in ("eu-west-1", "eu-central-1"))
    first.register()
    token = first.tokens()["AccessToken"]
    assert second.idp.get_user(AccessToken=token)["Username"] == first.attributes()["sub"]
    assert refusal(second.by_password) == "NotAuthorizedException: Incorrect username or password."


def test_of_many_answers_at_once_to_one_challenge_one_signs_in(url: str) -> None:
    app = App.made(server(url, "eu-west-1"))
    app.register()
    helper = app.srp()
    asked = app.initiate("USER_SRP_AUTH", helper.get_auth_params())
    answers = helper.process_challenge(asked["ChallengeParameters"], helper.get_auth_params())

    def answer(_: int) -> str:
        try:
            app.idp.respond_to_auth_challenge(
                ClientId=app.client, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers
            )
        except ClientError as error:
            return error.response["Error"]["Code"]
        return "signed in"

    with ThreadPoolExecutor(6) as threads:
        outcomes = sorted(threads.map(answer, range(6)))
    assert outcomes == ["NotAuthorizedException"] * 5 + ["signed in"]


def test_the_outbox_is_only_for_reading(url: str) -> None:
    answer = requests.post(f"{url}/sandbox/outbox", timeout=5)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert requests.get(f"{url}/sandbox/outbox", timeout=5).json() == []


def test_keys_of_no_pool_are_not_found(url: str) -> None:
    answer = requests.get(f"{url}/eu-west-1_none/.well-known/jwks.json", timeout=5)
    assert answer.status_code == 404
