"""A password stays on the device, and a token out of the browser's address."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import USER_POOL_CLIENTS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_SRP = "use ALLOW_USER_SRP_AUTH, which proves the password without sending it"
_SRP_OR_NAME = f"{_SRP}; where the flow is needed, name it in the option allowed"
# What to do instead of each flow. Without explicitAuthFlows Cognito takes SRP, custom and refresh.
_REFUSED = {
    "explicitAuthFlows": {
        "ALLOW_USER_PASSWORD_AUTH": _SRP_OR_NAME,
        "USER_PASSWORD_AUTH": _SRP_OR_NAME,
        "ALLOW_ADMIN_USER_PASSWORD_AUTH": _SRP_OR_NAME,
        "ADMIN_NO_SRP_AUTH": _SRP_OR_NAME,
    },
    "allowedOauthFlows": {"implicit": "use code, with PKCE"},
}


def _check(client: Resource, options: Options) -> Iterator[Answer]:
    for path, refused in _REFUSED.items():
        flows = client.texts(path)
        if flows is UNKNOWN:
            yield Undecided(path)
            continue
        for flow in flows or ():
            if flow is UNKNOWN:
                yield Undecided(path)
            elif flow in refused and flow not in options.texts("allowed"):
                yield Problem(path, flow, "flows that show neither password nor token", refused[flow])


RULE = Rule(
    id="cognito-auth-flows",
    pack=Pack.SECURITY,
    description="An app client signs in without sending the password or showing a token.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=USER_POOL_CLIENTS,
    frameworks=(),
    remediation=(
        "Use ALLOW_USER_SRP_AUTH, ALLOW_USER_AUTH or ALLOW_CUSTOM_AUTH with ALLOW_REFRESH_TOKEN_AUTH, and the OAuth "
        "flow code."
    ),
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
    options=(
        Option(
            "allowed",
            (),
            "Flows that are accepted all the same, such as ALLOW_USER_PASSWORD_AUTH while users are migrated.",
        ),
    ),
    check=_check,
)
