"""Checks of the API: who signs gets through to the core API and to their own data; who does not, does not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import beanstalk, clock, gateway

from . import data_sync, push
from .api_caller import ApiCaller, Reply
from .app_user import tampered
from .check import Check, Clients, checks_of
from .journey import Journey
from .system import System
from .web_tier import check_web_tiers

check = checks_of(System.API_GATEWAY)

_SOMEBODY_ELSE = "eu-west-1:00000000-0000-0000-0000-000000000000"
_TOKEN = "X-User-Token"  # noqa: S105 - a header's name
_FOUND, _CREATED, _BAD, _UNAUTHORIZED, _FORBIDDEN = 200, 201, 400, 401, 403
_OLD_MINUTES = 20


def check_apis(
    recording: Recording, clients: Clients, journey: Journey, guest: Mapping[str, str] | None
) -> Iterator[Check]:
    """Check each API of this Region with the signed-in user's credentials, and with a guest's if there are guests."""
    region = clients("sts").meta.region_name
    # Servers are processes of this machine and know no other time; waiting for codes has let some go by.
    clock.reset()
    for stage in recording.of_type("aws:apigateway/stage:Stage"):
        if stage.outputs.get("region", region) != region:
            continue
        api = next(found for found in recording.of_type(_API) if found.id == stage.inputs["restApi"])
        user = ApiCaller(gateway.local_url(stage.outputs["invokeUrl"]), region, journey.credentials)
        paths = json.loads(api.inputs["body"])["paths"]
        yield from _signatures(api, user, paths)
        if "/token" in paths:
            yield check(api.name, "exchanges the credentials for a token of its own", lambda u=user: _exchange(u))
        people = data_sync.People(user, journey.identity_id, guest)
        if data_sync.PATH in paths:
            yield from data_sync.check_data_sync(recording, api.name, clients, people)
        if push.PATH in paths:
            yield from push.check_push(recording, api.name, clients, people)
        if "/notes" not in paths:
            continue
        missing = beanstalk.missing()
        if missing:
            claim = "answers that its servers are away: the web tier was not checked"
            yield check(api.name, claim, lambda u=user: (_down(u), beanstalk.hint()))
            continue
        yield from _core_api(api, user, journey, guest)
        yield from check_web_tiers(recording, clients, user)


_API = "aws:apigateway/restApi:RestApi"
_AUTH = "x-amazon-apigateway-auth"


def _signatures(api: Recorded, user: ApiCaller, paths: Mapping[str, Mapping[str, Any]]) -> Iterator[Check]:
    """Yield what becomes of a call that is signed wrongly, to the first route that wants a signature."""
    method, path = next(
        (method.upper(), path)
        for path, item in sorted(paths.items())
        for method, operation in sorted(item.items())
        if isinstance(operation, Mapping) and operation.get(_AUTH, {}).get("type") == "AWS_IAM"
    )
    asked = re.sub(r"\{[^}]*\}", "any", path)
    unsigned = replace(user, credentials=None)
    forged = replace(user, credentials={**(user.credentials or {}), "SecretKey": "another"})
    late = replace(user, late_minutes=_OLD_MINUTES)
    for claim, caller, error in (
        ("refuses a call that is not signed", unsigned, "MissingAuthenticationTokenException"),
        ("refuses a wrong signature", forged, "InvalidSignatureException"),
        ("refuses a signature of twenty minutes ago", late, "InvalidSignatureException"),
    ):
        yield check(api.name, claim, lambda c=caller, e=error: _refuses(c.call(method, asked), e))


def _refuses(reply: Reply, error: str) -> tuple[bool, str]:
    return reply.status == _FORBIDDEN and reply.error == error, str(reply)


def _down(user: ApiCaller) -> bool:
    return user.call("GET", "/notes").status in {502, 503, 504}


def _exchange(user: ApiCaller) -> tuple[bool, str]:
    reply = user.call("POST", "/token")
    keys = ApiCaller(user.url, user.region).call("GET", "/.well-known/jwks.json")
    whole = reply.status == _FOUND and bool(reply.said.get("token")) and keys.status == _FOUND
    known = ", ".join(key["kid"] for key in keys.said["keys"]) if keys.status == _FOUND else str(keys)
    return whole, f"good for {reply.said['expires_in']} s; keys: {known}" if whole else f"{reply}; keys: {keys}"


def _core_api(api: Recorded, user: ApiCaller, journey: Journey, guest: Mapping[str, str] | None) -> Iterator[Check]:
    name = api.name
    yield check(name, "takes a signed call through to the database and back", lambda: _note(user))
    yield check(name, "tells the core API who calls, whatever the caller says", lambda: _forged(user, journey))
    yield check(name, "refuses what the core API does not know, at the door", lambda: _invalid(user))
    yield check(name, "lets the user see who they are by their token", lambda: _me(user, journey))
    if guest is not None:
        visitor = replace(user, credentials=guest)
        yield check(name, "refuses a guest a route that is not for guests", lambda: _not_granted(visitor))


def _note(user: ApiCaller) -> tuple[bool, str]:
    written = user.call("POST", "/notes", {"title": "first", "text": "'; DROP TABLE notes; --"})
    if written.status != _CREATED:
        return False, str(written)
    read = user.call("GET", f"/notes/{written.said['id']}")
    same = read.status == _FOUND and read.said["text"] == "'; DROP TABLE notes; --"
    return same, f"note {written.said['id']} written and read"


def _forged(user: ApiCaller, journey: Journey) -> tuple[bool, str]:
    headers = {"X-Caller-Identity-Id": _SOMEBODY_ELSE, "X-Caller-Type": "authenticated"}
    own, forged = user.call("GET", "/notes"), user.call("GET", "/notes", headers=headers)
    same = own.status == forged.status == _FOUND and own.said == forged.said
    return same, f"the notes of {journey.identity_id}" if same else f"{own}; {forged}"


def _invalid(user: ApiCaller) -> tuple[bool, str]:
    reply = user.call("POST", "/notes", {"title": 1})
    return reply.status == _BAD, str(reply)


def _me(user: ApiCaller, journey: Journey) -> tuple[bool, str]:
    token = user.call("POST", "/token").said["token"]
    reply = user.call("GET", "/me", headers={_TOKEN: token})
    other = user.call("GET", "/me", headers={_TOKEN: tampered(token, sub="other")})
    without = user.call("GET", "/me")
    mine = reply.status == _FOUND and reply.said.get("identity_id") == journey.identity_id
    # Without the header the gateway itself refuses: the document requires it.
    closed = other.status == _UNAUTHORIZED and without.status == _BAD
    return mine and closed, f"{reply}; tampered: {other.status}; without: {without.status}"


def _not_granted(visitor: ApiCaller) -> tuple[bool, str]:
    return _refuses(visitor.call("GET", "/notes"), "AccessDeniedException")


def guest_credentials(identity_pool: Recorded, cognito: Any) -> Mapping[str, str] | None:  # noqa: ANN401 - a boto3 client
    """Return the temporary credentials of a new guest, and who it is; `None` if the identity pool has no guests."""
    if not identity_pool.inputs.get("allowUnauthenticatedIdentities"):
        return None
    identity = cognito.get_id(IdentityPoolId=identity_pool.id)["IdentityId"]
    return {**cognito.get_credentials_for_identity(IdentityId=identity)["Credentials"], "IdentityId": identity}
