"""An app that anyone can take apart holds no secret, and its tokens can be called back."""

import re
from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import USER_POOL_CLIENT
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(client: Resource, options: Options) -> Iterator[Answer]:
    fix = "leave it out; without it a stolen refresh token is good until it expires"
    revocation = client.flag("enableTokenRevocation")
    if revocation is UNKNOWN:
        yield Undecided("enableTokenRevocation")
    elif revocation is False:
        yield Problem("enableTokenRevocation", revocation, "true", fix)
    fix = "set it, or an answer tells who has an account"
    yield from expect.one_of(client, "preventUserExistenceErrors", ("ENABLED",), fix)
    secret = client.flag("generateSecret")
    if secret is False or secret is None or any(re.search(one, client.urn) for one in options.texts("servers")):
        return
    flows = client.texts("allowedOauthFlows")
    # Only a server can use this flow, and it needs a secret.
    if flows is not UNKNOWN and "client_credentials" in (flows or ()):
        return
    if secret is UNKNOWN or flows is UNKNOWN or UNKNOWN in (flows or ()):
        yield Undecided("generateSecret" if secret is UNKNOWN else "allowedOauthFlows")
        return
    fix = "leave it out, for an app cannot keep a secret; name the clients of servers in the option servers"
    yield Problem("generateSecret", secret, "false", fix)


RULE = Rule(
    id="cognito-public-client",
    pack=Pack.SECURITY,
    description="An app client has no secret, can revoke tokens and does not tell who has an account.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(USER_POOL_CLIENT,),
    frameworks=(),
    remediation=(
        "Leave generateSecret and enableTokenRevocation out and set preventUserExistenceErrors to ENABLED; only a "
        "client that runs on a server has a secret."
    ),
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
    options=(
        Option(
            "servers",
            ("(?i)::[^:]*server[^:]*$", "(?i)::[^:]*backend[^:]*$", "(?i)::[^:]*machine[^:]*$"),
            "Regular expressions, searched for in URNs: the clients that run on servers and may have a secret.",
        ),
    ),
    check=_check,
)
