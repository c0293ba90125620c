"""What an identity pool registers: exact children, inputs and options.

The mocks answer whatever is asked for; that credentials come out is proved by the sandbox.
"""

import json
from typing import Any

import pytest
from components.identity.federation_building import (
    EVERYTHING,
    GROUPS,
    HOME,
    OIDC_ARN,
    POOL,
    READ_NEWS,
    SAML_ARN,
    TABLE,
    WRITE_NEWS,
    Args,
    build,
    children,
    document,
)
from components.identity.federation_strategies import federations, groups
from hypothesis import given, settings

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity.federation.grants import own_items
from pulumi_aws_mobile.identity.federation.identity_pool import Federation
from pulumi_aws_mobile.testing import UNKNOWN, Recording

ACCOUNT = "arn:aws:iam:eu-west-1:123456789012"


def role_arn(name: str) -> str:
    return f"{ACCOUNT}:{name}"


def only_roles_mappings(recording: Recording) -> list[Args]:
    attachment = recording.only("aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment")
    return attachment.inputs.get("roleMappings", [])


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_pool_and_one_role_that_may_do_nothing(preview: bool) -> None:
    assert children(build({}, preview=preview)) == ["identity-identity-pool", "identity-roles", "identity-signed-in"]


@pytest.mark.parametrize("preview", [True, False])
def test_everything_makes_a_role_for_each_kind_of_user(preview: bool) -> None:
    assert children(build(EVERYTHING, GROUPS, preview=preview)) == [
        "identity-group-admins",
        "identity-group-admins-permissions",
        "identity-group-staff",
        "identity-group-staff-permissions",
        "identity-guests",
        "identity-guests-permissions",
        "identity-identity-pool",
        "identity-oidc-known-tags",
        "identity-oidc-partner",
        "identity-roles",
        "identity-signed-in",
        "identity-signed-in-permissions",
        "identity-user-pool-tags",
    ]


def test_everything_is_a_child_of_the_identity() -> None:
    recording = build(EVERYTHING, GROUPS)
    identity = recording.named("identity").urn
    assert {resource.parent for resource in recording if resource.custom} == {identity}


def test_the_pool_takes_tokens_that_the_user_pool_still_vouches_for() -> None:
    pool = build({}, clients=("web", "app")).named("identity-identity-pool")
    assert pool.inputs == {
        "allowClassicFlow": False,
        "allowUnauthenticatedIdentities": False,
        "cognitoIdentityProviders": [
            {"clientId": "app-client-id", "providerName": POOL, "serverSideTokenCheck": True},
            {"clientId": "web-client-id", "providerName": POOL, "serverSideTokenCheck": True},
        ],
        "identityPoolName": "identity",
        "region": HOME,
        "tags": {"Name": "identity-identity-pool", "team": "core"},
    }


def test_the_pool_is_kept_unless_told_otherwise() -> None:
    kept = build({}).named("identity-identity-pool")
    assert (kept.protect, kept.retain_on_delete) == (True, True)
    loose = build({}, protect=False).named("identity-identity-pool")
    assert (loose.protect, loose.retain_on_delete) == (False, False)


def test_other_providers_are_known_to_the_pool() -> None:
    inputs = build(EVERYTHING, GROUPS).named("identity-identity-pool").inputs
    assert inputs["allowUnauthenticatedIdentities"] is True
    assert inputs["supportedLoginProviders"] == {
        "graph.facebook.com": "1234567890",
        "accounts.google.com": "12-ab.apps.googleusercontent.com",
        "www.amazon.com": "amzn1.application.1",
        "appleid.apple.com": "org.example.app",
    }
    assert inputs["openidConnectProviderArns"] == [OIDC_ARN, role_arn("identity-oidc-partner")]
    assert inputs["samlProviderArns"] == [SAML_ARN]


def test_an_issuer_gets_an_iam_provider() -> None:
    assert build(EVERYTHING, GROUPS).named("identity-oidc-partner").inputs == {
        "url": "https://login.example.org",
        "clientIdLists": ["ios", "android"],
        "thumbprintLists": ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
        "tags": {"Name": "identity-oidc-partner", "team": "core"},
    }


def test_each_role_trusts_this_pool_and_its_own_kind_of_user() -> None:
    recording = build({"guests": True}, GROUPS)
    for role, method in {
        "identity-signed-in": "authenticated",
        "identity-group-admins": "authenticated",
        "identity-group-staff": "authenticated",
        "identity-guests": "unauthenticated",
    }.items():
        (statement,) = document(recording, role)["Statement"]
        assert statement["Action"] == ["sts:AssumeRoleWithWebIdentity"]
        assert statement["Condition"] == {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": "identity-identity-pool-id"},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": method},
        }


def test_sessions_of_users_may_be_tagged_and_those_of_guests_not() -> None:
    recording = build(EVERYTHING, GROUPS)
    may_tag = {
        role.name: "sts:TagSession" in document(recording, role.name)["Statement"][0]["Action"]
        for role in recording.of_type("aws:iam/role:Role")
    }
    assert may_tag == {
        "identity-signed-in": True,
        "identity-group-admins": True,
        "identity-group-staff": True,
        "identity-guests": False,
    }


def test_a_session_lasts_an_hour_at_most() -> None:
    roles = build(EVERYTHING, GROUPS).of_type("aws:iam/role:Role")
    assert {role.inputs["maxSessionDuration"] for role in roles} == {3600}


def test_claims_become_session_tags() -> None:
    recording = build(EVERYTHING, GROUPS)
    assert recording.named("identity-user-pool-tags").inputs == {
        "identityPoolId": "identity-identity-pool-id",
        "identityProviderName": POOL,
        "principalTags": {"plan": "custom:plan"},
        "useDefaults": False,
        "region": HOME,
    }
    known = recording.named("identity-oidc-known-tags").inputs
    assert (known["identityProviderName"], known["principalTags"]) == (OIDC_ARN, {"department": "dept"})


def test_members_of_a_group_may_do_what_everyone_may_and_what_the_group_may() -> None:
    recording = build(EVERYTHING, GROUPS)
    common = {"Effect": "Allow", "Action": READ_NEWS["actions"], "Resource": READ_NEWS["resources"]}
    own = {"Effect": "Allow", "Action": WRITE_NEWS["actions"], "Resource": WRITE_NEWS["resources"]}
    assert document(recording, "identity-signed-in-permissions")["Statement"] == [common]
    assert document(recording, "identity-group-staff-permissions")["Statement"] == [common]
    assert document(recording, "identity-group-admins-permissions")["Statement"] == [common, own]


def test_a_group_that_may_do_nothing_has_a_role_without_a_policy() -> None:
    assert [name for name in children(build({}, GROUPS)) if "staff" in name] == ["identity-group-staff"]


def test_without_groups_only_the_common_role_is_attached() -> None:
    assert build({}).named("identity-roles").inputs == {
        "identityPoolId": "identity-identity-pool-id",
        "roles": {"authenticated": role_arn("identity-signed-in")},
        "region": HOME,
    }


def test_guests_have_their_own_role() -> None:
    assert build({"guests": True}).named("identity-roles").inputs["roles"] == {
        "authenticated": role_arn("identity-signed-in"),
        "unauthenticated": role_arn("identity-guests"),
    }


def test_each_client_of_the_user_pool_follows_the_groups() -> None:
    assert only_roles_mappings(build({}, GROUPS, clients=("web", "app"))) == [
        {
            "identityProvider": f"{POOL}:{client}-client-id",
            "type": "Token",
            "ambiguousRoleResolution": "AuthenticatedRole",
        }
        for client in ("app", "web")
    ]


def test_rules_give_roles_by_claims() -> None:
    by_provider = {mapping["identityProvider"]: mapping for mapping in only_roles_mappings(build(EVERYTHING, GROUPS))}
    assert list(by_provider) == [f"{POOL}:app-client-id", "appleid.apple.com", role_arn("identity-oidc-partner")]
    assert by_provider["appleid.apple.com"] == {
        "identityProvider": "appleid.apple.com",
        "type": "Rules",
        "ambiguousRoleResolution": "Deny",
        "mappingRules": [
            {
                "claim": "email",
                "matchType": "StartsWith",
                "value": "staff.",
                "roleArn": role_arn("identity-group-staff"),
            }
        ],
    }
    assert by_provider[role_arn("identity-oidc-partner")]["mappingRules"] == [
        {"claim": "tier", "matchType": "Equals", "value": "gold", "roleArn": role_arn("identity-group-admins")},
        {"claim": "tier", "matchType": "NotEqual", "value": "none", "roleArn": role_arn("identity-group-staff")},
    ]


def test_in_a_preview_the_trust_waits_for_the_pools_id() -> None:
    recording = build({}, preview=True)
    assert recording.named("identity-signed-in").inputs["assumeRolePolicy"] == UNKNOWN
    assert recording.named("identity-roles").inputs["roles"] == {"authenticated": UNKNOWN}


def test_components_contribute_permissions_and_groups_get_what_everyone_gets() -> None:
    notes: Any = own_items(TABLE, ["dynamodb:GetItem"])

    def contribute(federation: Federation) -> None:
        federation.allow("signed_in", "notes", [notes])
        federation.allow("guests", "news", [READ_NEWS])
        federation.allow("admins", "news", [WRITE_NEWS])

    recording = build({"guests": True}, GROUPS, then=contribute)
    policies = {policy.name: policy.inputs["role"] for policy in recording.of_type("aws:iam/rolePolicy:RolePolicy")}
    assert policies == {
        "identity-group-admins-permissions": "identity-group-admins",
        "identity-signed-in-notes": "identity-signed-in",
        "identity-admins-signed-in-notes": "identity-group-admins",
        "identity-staff-signed-in-notes": "identity-group-staff",
        "identity-guests-news": "identity-guests",
        "identity-admins-news": "identity-group-admins",
    }


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("guests", 'who: got "guests"; allowed: signed_in, admins, staff; turn guests on'),
        ("everybody", 'who: got "everybody"; allowed: signed_in, admins, staff; name one of these'),
    ],
)
def test_a_grant_to_somebody_who_is_not_there_is_refused(who: str, said: str) -> None:
    with pytest.raises(ArgsError) as caught:
        build({}, GROUPS, then=lambda federation: federation.allow(who, "news", [READ_NEWS]))
    assert str(caught.value) == f'Grant of Identity "identity": 1 problem\n  {said}'


@settings(max_examples=30)
@given(federations(), groups())
def test_any_valid_federation_is_least_privilege(federation: Args, members: Args) -> None:
    recording = build(federation, members)
    for policy in recording.of_type("aws:iam/rolePolicy:RolePolicy"):
        for statement in json.loads(policy.inputs["policy"])["Statement"]:
            assert statement["Action"]
            assert not [action for action in statement["Action"] if "*" in action]
            assert "*" not in statement["Resource"]
    for role in recording.of_type("aws:iam/role:Role"):
        (statement,) = document(recording, role.name)["Statement"]
        method = "unauthenticated" if role.name == "identity-guests" else "authenticated"
        assert statement["Condition"] == {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": "identity-identity-pool-id"},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": method},
        }
        assert statement["Principal"] == {"Federated": "cognito-identity.amazonaws.com"}
    pool = recording.named("identity-identity-pool").inputs
    guests = pool["allowUnauthenticatedIdentities"]
    assert guests is federation.get("guests", False)
    assert guests is ("unauthenticated" in recording.named("identity-roles").inputs["roles"])
    assert pool["allowClassicFlow"] is False
    assert all(provider["serverSideTokenCheck"] for provider in pool["cognitoIdentityProviders"])


@settings(max_examples=15)
@given(federations(), groups())
def test_any_valid_federation_builds_in_a_preview(federation: Args, members: Args) -> None:
    assert children(build(federation, members, preview=True)) == children(build(federation, members))
