"""An identity pool under mocks, and the one that has everything."""

import json
from collections.abc import Callable
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.identity.federation.args import FederationArgs
from pulumi_aws_mobile.identity.federation.identity_pool import Federation, PoolLinks, create_federation
from pulumi_aws_mobile.identity.federation.settings import LIMITS, FederationSettings, GroupRolePlan, resolve_federation
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME = "eu-west-1"
POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi"
OIDC_ARN = "arn:aws:iam::123456789012:oidc-provider/id.example.org"
SAML_ARN = "arn:aws:iam::123456789012:saml-provider/staff"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:news"
TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/notes"
READ_NEWS: Args = {"actions": ["sns:GetTopicAttributes"], "resources": [TOPIC]}
WRITE_NEWS: Args = {"actions": ["sns:Publish"], "resources": [TOPIC]}
STAFF_BY_EMAIL: Args = {"claim": "email", "match_type": "StartsWith", "value": "staff.", "group": "staff"}

GROUPS: dict[str, Args] = {"admins": {"statements": [WRITE_NEWS], "precedence": 1}, "staff": {"statements": []}}
EVERYTHING: Args = {
    "signed_in_statements": [READ_NEWS],
    "guests": True,
    "guest_statements": [READ_NEWS],
    "user_pool": {
        "role_mapping": {"ambiguous_role_resolution": "Deny"},
        "principal_tags": {"plan": "custom:plan"},
    },
    "social": {
        "facebook": {"app_id": "1234567890"},
        "google": {"app_id": "12-ab.apps.googleusercontent.com"},
        "amazon": {"app_id": "amzn1.application.1"},
        "apple": {"app_id": "org.example.app", "role_mapping": {"rules": [STAFF_BY_EMAIL]}},
    },
    "oidc": {
        "partner": {
            "issuer": "https://login.example.org",
            "client_ids": ["ios", "android"],
            "thumbprints": ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
            "role_mapping": {
                "rules": [
                    {"claim": "tier", "value": "gold", "group": "admins"},
                    {"claim": "tier", "match_type": "NotEqual", "value": "none", "group": "staff"},
                ],
                "ambiguous_role_resolution": "AuthenticatedRole",
            },
        },
        "known": {"provider_arn": OIDC_ARN, "principal_tags": {"department": "dept"}},
    },
    "saml": {"company": {"provider_arn": SAML_ARN}},
}


class Account(PlainMocks):
    """Gives roles a name."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs} if args.typ == "aws:iam/role:Role" else outputs


def resolved(federation: Args, groups: Args | None = None, region: str | None = None) -> FederationSettings | None:
    """Resolve as `Identity` does: an option with a problem in it is not there for the rules."""
    problems = Problems()
    read: Args = {"groups": groups or {}, "region": region}
    given = read_args(FederationArgs, federation, LIMITS, problems, "federation")
    if not problems:
        read["federation"] = given
    settings = resolve_federation(read, problems)
    problems.raise_for('Identity "identity"')
    return settings


def build(  # noqa: PLR0913 - each is independent and has a default
    federation: Args,
    groups: Args | None = None,
    *,
    preview: bool = False,
    clients: tuple[str, ...] = ("app",),
    protect: bool = True,
    then: Callable[[Federation], object] = lambda _: None,
) -> Recording:
    """Register the identity pool of a component that stands in for `Identity`."""

    def program() -> None:
        settings = resolved(federation, groups)
        assert settings is not None
        identity = pulumi.ComponentResource("test:index:Identity", "identity")
        links = PoolLinks(
            pool_id=pulumi.Output.from_input("eu-west-1_abcdefghi"),
            provider_name=pulumi.Output.from_input(POOL),
            client_ids={key: pulumi.Output.from_input(f"{key}-client-id") for key in clients},
            region=HOME,
            tags={"team": "core"},
            protect=protect,
        )
        plans = {key: GroupRolePlan(plan.get("statements", [])) for key, plan in (groups or {}).items()}
        then(create_federation(identity, "identity", settings, links, plans))

    return record(program, mocks=Account(), preview=preview)


def document(recording: Recording, name: str) -> Args:
    """Return the policy, or the trust policy, that the resource `name` has."""
    inputs = recording.named(name).inputs
    return json.loads(inputs.get("policy") or inputs["assumeRolePolicy"])


def children(recording: Recording) -> list[str]:
    return sorted(resource.name for resource in recording if resource.custom)
