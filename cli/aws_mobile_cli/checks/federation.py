"""Checks of identity pools: tokens become temporary credentials, and only good tokens do."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime.issuers import AMAZON, FACEBOOK, stand_in

from .analytics import check_analytics
from .app_user import tampered
from .check import Check, Clients, checks_of, refused
from .core_api import check_apis, guest_credentials
from .journey import Journey
from .recovery import check_recovery
from .system import System
from .user_files import check_user_files

check = checks_of(System.IDENTITY_POOLS)


def check_federation(
    recording: Recording, identity_pool: Recorded, clients: Clients, journey: Journey
) -> Iterator[Check]:
    """Check what becomes of the user's tokens, of guests and of tokens of social providers."""
    name, region = identity_pool.name, identity_pool.outputs.get("region")
    cognito = clients("cognito-identity", region)
    login = f"cognito-idp.{journey.pool['Id'].split('_')[0]}.amazonaws.com/{journey.pool['Id']}"
    if journey.tokens:
        yield check(
            name,
            "turns the ID token into temporary credentials",
            lambda: _credentials(identity_pool, cognito, clients, login, journey),
        )
        forged = {login: tampered(journey.tokens["IdToken"], sub="other")}
        yield check(
            name,
            "gives none for a tampered token",
            lambda: refused(
                lambda: cognito.get_id(IdentityPoolId=identity_pool.id, Logins=forged), "NotAuthorizedException"
            ),
        )
    yield check(name, "treats guests as the stack says", lambda: _guest(identity_pool, cognito))
    for provider in sorted(identity_pool.inputs.get("supportedLoginProviders") or {}):
        yield check(
            name,
            f"takes a token of {provider}, played by a stand-in",
            lambda p=provider: _social(identity_pool, cognito, clients, p),
        )
    if journey.caller is not None:
        yield from check_user_files(recording, journey)
        guest = guest_credentials(identity_pool, cognito)
        yield from check_apis(recording, clients, journey, guest)
        yield from check_analytics(recording, clients, journey.caller, guest)
        yield from check_recovery(recording, clients, journey)


def _credentials(
    identity_pool: Recorded,
    cognito: Any,  # noqa: ANN401 - a boto3 client
    clients: Clients,
    login: str,
    journey: Journey,
) -> tuple[bool, str]:
    logins = {login: journey.tokens["IdToken"]}
    journey.identity_id = cognito.get_id(IdentityPoolId=identity_pool.id, Logins=logins)["IdentityId"]
    again = cognito.get_id(IdentityPoolId=identity_pool.id, Logins=logins)["IdentityId"]
    answer = cognito.get_credentials_for_identity(IdentityId=journey.identity_id, Logins=logins)
    journey.credentials = answer["Credentials"]
    journey.caller = signed_in(clients, answer["Credentials"])
    caller = journey.caller("sts", identity_pool.outputs.get("region")).get_caller_identity()
    role = cognito.get_identity_pool_roles(IdentityPoolId=identity_pool.id)["Roles"]["authenticated"].rsplit("/", 1)[-1]
    assumed = caller["Arn"].split("/")[1]
    return again == journey.identity_id and assumed == role, f"{journey.identity_id} as {assumed}"


def signed_in(clients: Clients, credentials: Mapping[str, str]) -> Clients:
    """Return the AWS clients of whoever was given temporary credentials."""
    return clients.signed_by(credentials["AccessKeyId"], credentials["SecretKey"], credentials["SessionToken"])


def _guest(identity_pool: Recorded, cognito: Any) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    if not identity_pool.inputs.get("allowUnauthenticatedIdentities"):
        return refused(lambda: cognito.get_id(IdentityPoolId=identity_pool.id), "NotAuthorizedException")
    identity = cognito.get_id(IdentityPoolId=identity_pool.id)["IdentityId"]
    answer = cognito.get_credentials_for_identity(IdentityId=identity)
    return bool(answer["Credentials"]["SessionToken"]), f"guests allowed: {identity}"


def _social(identity_pool: Recorded, cognito: Any, clients: Clients, provider: str) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    app = identity_pool.inputs["supportedLoginProviders"][provider]
    with stand_in(f"https://{provider}") as issuer:
        give = issuer.access_token if issuer.issuer in {FACEBOOK, AMAZON} else issuer.token
        logins = {provider: give(sub="user-of-the-provider", aud=app)}
        identity = cognito.get_id(IdentityPoolId=identity_pool.id, Logins=logins)["IdentityId"]
        answer = cognito.get_credentials_for_identity(IdentityId=identity, Logins=logins)
        other = {provider: give(sub="user-of-the-provider", aud="another-app")}
        closed, said = refused(
            lambda: cognito.get_id(IdentityPoolId=identity_pool.id, Logins=other), "NotAuthorizedException"
        )
    caller = signed_in(clients, answer["Credentials"])("sts", identity_pool.outputs.get("region")).get_caller_identity()
    return closed, f"{identity} as {caller['Arn'].split('/')[1]}; for another app's token {said}"
