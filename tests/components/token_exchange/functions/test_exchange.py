"""The exchange called as API Gateway calls it: real signatures, and users who come and go."""

import base64
import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import NoReturn

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from components.token_exchange.building import Args, verified
from components.token_exchange.functions.surroundings import IDENTITY, Deployed, proxy_event
from joserfc.errors import JoseError

from pulumi_aws_mobile.token_exchange.functions.exchange import clients, index

GOOGLE = "accounts.google.com,accounts.google.com:1234.apps.googleusercontent.com:9876"
GONE = (403, "This user is disabled or gone")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let one operation of AWS's fail with a code."""

    def fail(operation: str, code: str) -> None:
        def refuse(_: object, asked: str, __: object) -> NoReturn:
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, asked)

        def call(self: BaseClient, asked: str, parameters: object) -> object:
            return refuse(self, asked, parameters) if asked == operation else made(self, asked, parameters)

        made = BaseClient._make_api_call
        monkeypatch.setattr(BaseClient, "_make_api_call", call)

    return fail


def test_a_user_of_the_pool_gets_a_token_that_says_who_they_are(deployed: Deployed) -> None:
    subject = deployed.user("ada", "staff", "editors")
    before = int(time.time())
    answer = deployed.ask(deployed.signed_in(subject))
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, False)
    assert answer["body"].keys() == {"token", "token_type", "expires_in"}
    assert (answer["body"]["token_type"], answer["body"]["expires_in"]) == ("JWT", 300)
    header, claims = verified(answer["body"]["token"], deployed.jwks)
    (published,) = json.loads(deployed.jwks)["keys"]
    assert header == {"alg": "ES256", "kid": published["kid"], "typ": "JWT"}
    uuid.UUID(claims.pop("jti"))
    issued = claims.pop("iat")
    assert before <= issued <= int(time.time())
    assert claims == {
        "iss": "https://api.example.com",
        "aud": "core-api",
        "sub": subject,
        "identity_id": IDENTITY,
        "groups": ["editors", "staff"],
        "exp": issued + 300,
    }


def test_each_token_has_an_id_of_its_own(deployed: Deployed) -> None:
    provider = deployed.signed_in(deployed.user())
    assert deployed.claims(provider)["jti"] != deployed.claims(provider)["jti"]


def test_a_token_that_was_changed_is_not_verified(deployed: Deployed) -> None:
    header, claims, signature = deployed.token(deployed.signed_in(deployed.user())).split(".")
    other = deployed.token(GOOGLE).split(".")[1]
    with pytest.raises(JoseError):
        verified(f"{header}.{other}.{signature}", deployed.jwks)
    with pytest.raises(JoseError):
        verified(f"{header}.{claims}.", deployed.jwks)


def test_a_federated_user_is_found_whatever_their_username(deployed: Deployed) -> None:
    subject = deployed.user("Google_9876", "readers")
    claims = deployed.claims(deployed.signed_in(subject))
    assert (claims["sub"], claims["groups"]) == (subject, ["readers"])


def test_a_user_without_groups_has_none(deployed: Deployed) -> None:
    assert deployed.claims(deployed.signed_in(deployed.user()))["groups"] == []


def test_groups_beyond_one_page_are_named_too(deployed: Deployed) -> None:
    groups = [f"group-{number:03}" for number in range(70)]
    assert deployed.claims(deployed.signed_in(deployed.user("ada", *groups)))["groups"] == groups


def test_a_user_in_more_groups_than_a_header_holds_is_refused(
    deployed: Deployed, caplog: pytest.LogCaptureFixture
) -> None:
    groups = [f"{number:03}-{'g' * 120}" for number in range(40)]
    subject = deployed.user("ada", *groups)
    assert deployed.refusal(deployed.signed_in(subject)) == (403, "This user is in more groups than a token can name")
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "a user is in too many groups for a token: 40"
    ]


def test_whoever_signed_in_elsewhere_is_called_by_their_identity(deployed: Deployed) -> None:
    claims = deployed.claims(GOOGLE)
    assert (claims["sub"], claims["identity_id"], claims["groups"]) == (IDENTITY, IDENTITY, [])


def test_nothing_of_what_the_client_sends_is_believed(deployed: Deployed) -> None:
    provider = deployed.signed_in(deployed.user())
    event = proxy_event(provider)
    bare = {"requestContext": event["requestContext"]}
    said = [verified(json.loads(index.handle(each, None)["body"])["token"], deployed.jwks)[1] for each in (event, bare)]
    first, second = ({name: each[name] for name in ("sub", "identity_id", "groups")} for each in said)
    assert first == second


def test_a_disabled_user_gets_no_token(deployed: Deployed) -> None:
    subject = deployed.user()
    deployed.aws("cognito-idp").admin_disable_user(UserPoolId=deployed.pool, Username="ada")
    assert deployed.refusal(deployed.signed_in(subject)) == GONE


def test_a_deleted_user_gets_no_token(deployed: Deployed) -> None:
    subject = deployed.user()
    cognito = deployed.aws("cognito-idp")
    cognito.admin_disable_user(UserPoolId=deployed.pool, Username="ada")
    cognito.admin_delete_user(UserPoolId=deployed.pool, Username="ada")
    assert deployed.refusal(deployed.signed_in(subject)) == GONE


def test_a_user_who_goes_between_two_questions_gets_no_token(
    deployed: Deployed, failing: Callable[[str, str], None]
) -> None:
    provider = deployed.signed_in(deployed.user())
    failing("AdminListGroupsForUser", "UserNotFoundException")
    assert deployed.refusal(provider) == GONE


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("ListUsers", "TooManyRequestsException"),
        ("AdminListGroupsForUser", "TooManyRequestsException"),
        ("Sign", "ThrottlingException"),
    ],
)
def test_whoever_comes_when_aws_is_busy_is_asked_to_come_again(
    deployed: Deployed, failing: Callable[[str, str], None], operation: str, code: str
) -> None:
    provider = deployed.signed_in(deployed.user())
    failing(operation, code)
    answer = deployed.ask(provider)
    assert (answer["statusCode"], answer["body"]) == (429, {"message": "Too many requests"})
    assert answer["headers"]["Retry-After"] == "2"


def test_a_failure_is_raised_so_that_the_alarm_goes_off(deployed: Deployed) -> None:
    provider = deployed.signed_in(deployed.user())
    deployed.aws("kms").disable_key(KeyId=deployed.keys["first"].rpartition("/")[2])
    with pytest.raises(ClientError, match="DisabledException"):
        deployed.ask(provider)


def test_no_token_and_nobody_is_written_to_the_log(deployed: Deployed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="pulumi_aws_mobile")
    subject = deployed.user()
    token = deployed.token(deployed.signed_in(subject))
    deployed.refusal(None)
    written = "".join(record.getMessage() for record in caplog.records if record.name.startswith("pulumi_aws_mobile"))
    assert written == "refused: Only users who signed in get a token"
    assert not [part for part in (subject, IDENTITY, *token.split(".")) if part in written]


def test_clients_are_made_once(deployed: Deployed) -> None:
    provider = deployed.signed_in(deployed.user())
    for _ in range(3):
        deployed.token(provider)
    assert (clients.client.cache_info().misses, clients.client.cache_info().currsize) == (2, 2)


def test_keys_are_exchanged_without_a_moment_in_which_a_token_fails(deployed: Deployed) -> None:
    provider = deployed.signed_in(deployed.user())
    tokens = [deployed.token(provider)]

    def all_are_verified() -> bool:
        """Tell whether tokens from before and after a step are verified by what the step publishes."""
        tokens.append(deployed.token(provider))
        return all(verified(token, deployed.jwks) for token in tokens)

    deployed.keys["second"] = deployed.new_key()  # both are published, the first one signs
    assert all_are_verified()
    deployed.sign_with("second")
    assert all_are_verified()
    assert len({verified(token, deployed.jwks)[0]["kid"] for token in tokens}) == 2
    tokens = tokens[-1:]  # a lifetime later, those of the first key have expired
    del deployed.keys["first"]
    assert all_are_verified()


def test_a_token_by_a_key_that_is_no_longer_published_is_not_verified(deployed: Deployed) -> None:
    old: str = deployed.token(deployed.signed_in(deployed.user()))
    deployed.keys = {"second": deployed.new_key()}
    with pytest.raises((JoseError, ValueError)):
        verified(old, deployed.jwks)


def _unsigned(claims: Args) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def test_the_verifier_of_these_tests_takes_no_unsigned_token(deployed: Deployed) -> None:
    with pytest.raises(JoseError):
        verified(_unsigned({"sub": "root"}), deployed.jwks)
