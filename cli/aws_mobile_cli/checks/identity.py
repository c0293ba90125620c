"""Checks of sign-in: a user registers, signs in and gets temporary credentials, as an app would have it."""

from collections.abc import Iterator
from typing import Any

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from pulumi_aws_mobile.testing import Recorded, Recording

from .app_user import AppUser, claims, tampered
from .check import Check, Clients, checks_of, refused
from .federation import check_federation
from .hosted_pages import check_hosted_pages
from .journey import Journey
from .system import System

check = checks_of(System.USER_POOLS)

_PASSWORD = "Correct-horse-7-battery"  # noqa: S105 - of a user who lives as long as the check
_EMAIL = "user@example.com"
_PHONE = "+15550100"
_SAMPLES = {
    "email": _EMAIL,
    "phone_number": _PHONE,
    "birthdate": "1990-01-01",
    "updated_at": "1",
    "website": "https://example.com",
}
"""Values for the attributes that a pool may require at registration; any text will do for the others."""
_TIMEOUT_SECONDS = 10


def check_identities(recording: Recording, clients: Clients) -> Iterator[Check]:
    """Check each user pool that people can register with from an app, and the identity pool behind it."""
    for pool in recording.of_type("aws:cognito/userPool:UserPool"):
        client = _native_client(recording, pool)
        if client is None:
            continue
        cognito = clients("cognito-idp", pool.outputs.get("region"))
        journey = Journey(
            cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"],
            AppUser(cognito, str(pool.id), str(client.id), "", _PASSWORD),
            frozenset(client.inputs["explicitAuthFlows"]),
        )
        yield from _registration(pool, cognito, journey)
        yield from _signing_in(pool, cognito, journey)
        yield from check_hosted_pages(recording, pool)
        for identity_pool in recording.of_type("aws:cognito/identityPool:IdentityPool"):
            providers = identity_pool.inputs.get("cognitoIdentityProviders") or []
            if any(provider["clientId"] == client.id for provider in providers):
                yield from check_federation(recording, identity_pool, clients, journey)


def _native_client(recording: Recording, pool: Recorded) -> Recorded | None:
    for client in recording.of_type("aws:cognito/userPoolClient:UserPoolClient"):
        flows = client.inputs.get("explicitAuthFlows") or []
        signs_in = {"ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"} & set(flows)
        if client.inputs["userPoolId"] == pool.id and signs_in and not client.inputs.get("generateSecret"):
            return client
    return None


def _registration(pool: Recorded, cognito: Any, journey: Journey) -> Iterator[Check]:  # noqa: ANN401 - a boto3 client
    name = pool.name
    if journey.pool.get("AdminCreateUserConfig", {}).get("AllowAdminCreateUserOnly"):
        yield check(name, "invites a user", lambda: _invite(cognito, journey))
        return
    yield check(name, "registers a user and sends a code", lambda: _register(journey))
    yield check(
        name, "refuses a wrong code", lambda: refused(lambda: journey.user.confirm("000000"), "CodeMismatchException")
    )
    yield check(name, "confirms the user by the code that came", lambda: _confirm(cognito, journey))


def _signing_in(pool: Recorded, cognito: Any, journey: Journey) -> Iterator[Check]:  # noqa: ANN401 - a boto3 client
    name, user = pool.name, journey.user
    wrong = lambda: journey.sign_in(password="Wrong-horse-7-battery")  # noqa: E731, S106 - wrong on purpose
    yield check(name, "refuses a wrong password", lambda: refused(wrong, "NotAuthorizedException"))
    yield check(name, "signs the user in by SRP", lambda: _sign_in(journey))
    if not journey.tokens:
        return
    yield check(name, "gives three tokens that its keys verify", lambda: _verify(pool, journey))
    altered = lambda: user.attributes(tampered(journey.tokens["AccessToken"], username="other"))  # noqa: E731 - one call
    yield check(name, "refuses a tampered token", lambda: refused(altered, "NotAuthorizedException"))
    if "ALLOW_CUSTOM_AUTH" in journey.flows and "DefineAuthChallenge" in journey.pool.get("LambdaConfig", {}):
        yield check(name, "asks the app's own challenge", lambda: _challenge(journey))
    # Cognito asks no second factor where the app's own challenge is the way in.
    if "SOFTWARE_TOKEN_MFA" in _factors(cognito, pool) and user.authenticator is None and not journey.custom:
        yield check(name, "asks for a second factor once it is set up", lambda: _second_factor(journey))
    yield check(name, "refreshes the tokens, and not once they are revoked", lambda: _refresh(journey))


def _register(journey: Journey) -> tuple[bool, str]:
    attributes = _attributes(journey)
    by = journey.pool.get("UsernameAttributes") or []
    journey.user.username = attributes[by[0]] if by else "user"
    where = journey.user.register(attributes)
    return where in {"EMAIL", "SMS"}, f"by {where}"


def _attributes(journey: Journey) -> dict[str, str]:
    required = {found["Name"] for found in journey.pool["SchemaAttributes"] if found.get("Required")} - {"sub"}
    wanted = (
        required
        | set(journey.pool.get("UsernameAttributes") or ())
        | set(journey.pool.get("AutoVerifiedAttributes") or ())
    )
    return {name: _SAMPLES.get(name, "sample") for name in sorted(wanted)}


def _invite(cognito: Any, journey: Journey) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    attributes = _attributes(journey)
    by = journey.pool.get("UsernameAttributes") or []
    journey.user.username = attributes[by[0]] if by else "user"
    user = cognito.admin_create_user(
        UserPoolId=journey.pool["Id"],
        Username=journey.user.username,
        TemporaryPassword=journey.user.password,
        UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
    )["User"]
    return user["UserStatus"] == "FORCE_CHANGE_PASSWORD", user["UserStatus"]


def _confirm(cognito: Any, journey: Journey) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    journey.user.confirm(journey.user.last_code())
    status = cognito.admin_get_user(UserPoolId=journey.pool["Id"], Username=journey.user.username)["UserStatus"]
    return status == "CONFIRMED", status


def _sign_in(journey: Journey) -> tuple[bool, str]:
    journey.tokens = journey.sign_in()
    return bool(journey.tokens.get("AccessToken")), "asked: " + ", ".join(journey.user.asked)


def _verify(pool: Recorded, journey: Journey) -> tuple[bool, str]:
    issuer = f"https://cognito-idp.{journey.pool['Id'].split('_')[0]}.amazonaws.com/{pool.id}"
    keys = KeySet.import_key_set(requests.get(f"{issuer}/.well-known/jwks.json", timeout=_TIMEOUT_SECONDS).json())
    uses = []
    for token in (journey.tokens["IdToken"], journey.tokens["AccessToken"]):
        try:
            jwt.decode(tampered(token, sub="other"), keys, algorithms=["RS256"])
        except JoseError:
            said = jwt.decode(token, keys, algorithms=["RS256"]).claims
            uses.append(said["token_use"] if said["iss"] == issuer else said["iss"])
        else:
            return False, "a tampered token verified"
    minutes = (claims(journey.tokens["AccessToken"])["exp"] - claims(journey.tokens["AccessToken"])["iat"]) // 60
    whole = uses == ["id", "access"] and bool(journey.tokens.get("RefreshToken"))
    return whole, f"{', '.join(uses)} and refresh; access for {minutes} minutes"


def _factors(cognito: Any, pool: Recorded) -> set[str]:  # noqa: ANN401 - a boto3 client
    found = cognito.get_user_pool_mfa_config(UserPoolId=pool.id)
    on = found.get("MfaConfiguration", "OFF") != "OFF"
    return {"SOFTWARE_TOKEN_MFA"} if on and found.get("SoftwareTokenMfaConfiguration", {}).get("Enabled") else set()


def _challenge(journey: Journey) -> tuple[bool, str]:
    tokens = journey.sign_in(custom=True)
    asked = "asked: " + ", ".join(journey.user.asked)
    return "CUSTOM_CHALLENGE" in journey.user.asked and bool(tokens.get("AccessToken")), asked


def _second_factor(journey: Journey) -> tuple[bool, str]:
    user = journey.user
    user.add_authenticator(journey.tokens["AccessToken"])
    journey.tokens = journey.sign_in()
    return "SOFTWARE_TOKEN_MFA" in user.asked, "asked: " + ", ".join(user.asked)


def _refresh(journey: Journey) -> tuple[bool, str]:
    user = journey.user
    other = journey.sign_in()
    renewed = user.refresh(other["RefreshToken"])
    latest = renewed.get("RefreshToken", other["RefreshToken"])
    user.revoke(latest)
    stopped, answer = refused(lambda: user.refresh(latest), "NotAuthorizedException")
    gone, _ = refused(lambda: user.attributes(renewed["AccessToken"]), "NotAuthorizedException")
    rotated = "rotated" if latest != other["RefreshToken"] else "not rotated"
    return stopped and gone, f"{rotated}; after the revocation {answer}"
