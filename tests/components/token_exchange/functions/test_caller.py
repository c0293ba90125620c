"""Who gets a token, by what API Gateway says of the credentials: pure, no AWS."""

from typing import Any

import pytest
from components.token_exchange.building import IDENTITY_POOL, POOL
from components.token_exchange.functions.surroundings import IDENTITY, proxy_event
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.token_exchange.functions.exchange.caller import Caller, caller_of
from pulumi_aws_mobile.token_exchange.functions.exchange.refusals import RefusedError
from pulumi_aws_mobile.token_exchange.functions.exchange.settings import Settings

SUB = "0f1e2d3c-1111-2222-3333-444444444444"
PROVIDER = f"cognito-idp.eu-west-1.amazonaws.com/{POOL}"
SIGN_IN = f"{PROVIDER},{PROVIDER}:CognitoSignIn:{SUB}"
OTHER = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_other"
FACEBOOK = "graph.facebook.com,graph.facebook.com:1234:9876"
OIDC = "arn:aws:iam::123456789012:oidc-provider/login.example.com"
NOT_SIGNED_IN = "Only users who signed in get a token"
ANOTHER_APP = "Only users of this app get a token"


def settings(identity_pool_id: str | None = IDENTITY_POOL) -> Settings:
    return Settings("arn", "kid", "issuer", "audience", 300, POOL, identity_pool_id)


def refusal(event: Any, told: Settings | None = None) -> str:  # noqa: ANN401 - events of any shape
    with pytest.raises(RefusedError) as raised:
        caller_of(event, told or settings())
    return str(raised.value)


def test_a_replica_of_the_pool_is_asked_elsewhere_and_called_the_same() -> None:
    told = Settings("arn", "kid", "issuer", "audience", 300, POOL, IDENTITY_POOL, "eu-central-1")
    assert (told.region, settings().region) == ("eu-central-1", "eu-west-1")
    assert caller_of(proxy_event(SIGN_IN), told) == caller_of(proxy_event(SIGN_IN), settings())


def test_a_user_of_the_pool_is_known_by_both_ids() -> None:
    caller = caller_of(proxy_event(SIGN_IN), settings())
    assert (caller, caller.subject) == (Caller(IDENTITY, SUB), SUB)


@pytest.mark.parametrize("provider", [FACEBOOK, f"{OIDC},{OIDC}:OIDC:9876", "login.example.com"])
def test_whoever_signed_in_elsewhere_is_known_by_their_identity(provider: str) -> None:
    caller = caller_of(proxy_event(provider), settings())
    assert (caller, caller.subject) == (Caller(IDENTITY, None), IDENTITY)


def test_without_an_identity_pool_users_of_the_user_pool_alone_are_let_in() -> None:
    told = settings(None)
    assert caller_of(proxy_event(SIGN_IN, cognitoIdentityPoolId="eu-west-1:any"), told).pool_subject == SUB
    assert refusal(proxy_event(FACEBOOK), told) == ANOTHER_APP


@pytest.mark.parametrize(
    "identity",
    [
        {"cognitoAuthenticationType": "unauthenticated", "cognitoAuthenticationProvider": None},
        {"cognitoAuthenticationType": "unauthenticated"},
        {"cognitoAuthenticationType": None, "cognitoIdentityId": None, "cognitoIdentityPoolId": None},
        {"cognitoAuthenticationType": "Authenticated"},
        {"cognitoIdentityId": None},
        {"cognitoIdentityId": "root"},
        {"cognitoIdentityId": f"{IDENTITY}\n"},
        {"cognitoIdentityId": f"{IDENTITY} or more"},
        {"cognitoAuthenticationProvider": None},
        {"cognitoAuthenticationProvider": " "},
    ],
    ids=str,
)
def test_guests_and_principals_of_iam_are_refused(identity: dict[str, str | None]) -> None:
    event = proxy_event(SIGN_IN)
    event["requestContext"]["identity"] |= identity
    assert refusal(event) == NOT_SIGNED_IN


@pytest.mark.parametrize("event", [{}, {"requestContext": None}, {"requestContext": {}}, {"requestContext": "x"}])
def test_events_that_no_signed_request_makes_are_refused(event: dict[str, Any]) -> None:
    assert refusal(event) == NOT_SIGNED_IN


def test_credentials_of_another_identity_pool_are_refused() -> None:
    other = "eu-west-1:99999999-1111-2222-3333-444444444444"
    assert refusal(proxy_event(SIGN_IN, cognitoIdentityPoolId=other)) == ANOTHER_APP
    assert refusal(proxy_event(SIGN_IN, cognitoIdentityPoolId=None)) == ANOTHER_APP


@pytest.mark.parametrize(
    "provider",
    [
        f"{OTHER},{OTHER}:CognitoSignIn:{SUB}",
        f"{OTHER},{PROVIDER}:CognitoSignIn:{SUB}",
        f"{PROVIDER},{OTHER}:CognitoSignIn:{SUB}",
        f"{FACEBOOK},{SIGN_IN}",
        f"{SIGN_IN},{FACEBOOK}",
        f"{SIGN_IN},{SIGN_IN}",
        f"{OIDC},{OIDC}:OIDC:9876,{SIGN_IN}",
        f"{OIDC},{OIDC}:OIDC:{PROVIDER}:CognitoSignIn:{SUB}",
        PROVIDER,
        f"{PROVIDER},{PROVIDER}",
        f"{PROVIDER}:CognitoSignIn:{SUB}",
        f"{PROVIDER},{PROVIDER}:CognitoSignIn:",
        f'{PROVIDER},{PROVIDER}:CognitoSignIn:{SUB}" or sub ^= "',
        f"{PROVIDER},{PROVIDER}:CognitoSignIn:{SUB}\n",
        f" {SIGN_IN}",
        f"{PROVIDER},{PROVIDER}:CognitoSignIn:{SUB.upper()}",
        f"{PROVIDER},{PROVIDER}:cognitosignin:{SUB}",
        f"{PROVIDER}x,{PROVIDER}x:CognitoSignIn:{SUB}",
        SIGN_IN.replace(".", "-", 1),
        SIGN_IN.replace("amazonaws.com", "amazonawsXcom"),
    ],
)
def test_users_of_other_pools_and_texts_that_only_look_like_a_sign_in_are_refused(provider: str) -> None:
    assert refusal(proxy_event(provider)) == ANOTHER_APP
    assert refusal(proxy_event(provider), settings(None)) == ANOTHER_APP


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_nothing_around_a_sign_in_makes_another_user(before: str, after: str) -> None:
    try:
        caller = caller_of(proxy_event(f"{before}{SIGN_IN}{after}"), settings())
    except RefusedError:
        return
    assert (before, after) == ("", "")
    assert caller.pool_subject == SUB


@given(subject=st.text(max_size=60))
def test_whatever_another_provider_calls_a_user_they_are_nobody_of_the_user_pool(subject: str) -> None:
    try:
        caller = caller_of(proxy_event(f"{OIDC},{OIDC}:OIDC:{subject}"), settings())
    except RefusedError:
        return
    assert caller.pool_subject is None
