"""What an identity registers: exact children, options and outputs.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from components.identity.account import ADOPTED_ID, HOME, POOL_ID, Account
from components.identity.building import (
    CERTIFICATE,
    EVERYTHING,
    IDENTITY,
    SECRET_ARN,
    SES,
    TABLE,
    build,
    build_with,
    waits_for,
)

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Secret, record


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_pool_a_client_and_an_identity_pool(preview: bool) -> None:
    recording = build({}, preview=preview)
    assert sorted((child.name, child.type) for child in recording.children(IDENTITY)) == [
        ("users-client-app", "aws:cognito/userPoolClient:UserPoolClient"),
        ("users-identity-pool", "aws:cognito/identityPool:IdentityPool"),
        ("users-pool", "aws:cognito/userPool:UserPool"),
        ("users-roles", "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment"),
        ("users-signed-in", "aws:iam/role:Role"),
    ]


@pytest.mark.parametrize("preview", [True, False])
def test_everything_is_a_child_of_the_identity(preview: bool) -> None:
    recording = build(EVERYTHING, preview=preview)
    assert {resource.parent for resource in recording if resource.urn != IDENTITY} == {IDENTITY}


def test_everything_but_iam_is_in_the_region_of_the_identity() -> None:
    regions = {child.name: (child.type.split("/")[0], child.inputs.get("region")) for child in build(EVERYTHING)}
    del regions["users"]
    assert {service for service, region in regions.values() if region is None} == {"aws:iam"}
    assert {region for service, region in regions.values() if service != "aws:iam"} == {HOME}


def test_without_a_region_the_providers_is_used() -> None:
    everything = {**EVERYTHING, "region": None}
    assert {child.inputs.get("region") for child in build(everything).children(IDENTITY)} == {None}


def test_everything_that_takes_tags_has_its_name_and_the_callers_tags() -> None:
    children = build({**EVERYTHING, "tags": {"team": "core"}}).children(IDENTITY)
    tagged = {child.name: dict(child.inputs["tags"]) for child in children if "tags" in child.inputs}
    assert tagged.pop("users-pool") == {
        "Name": "users-pool",
        "team": "core",
        "aws-mobile:fixed-settings": "eu-west-1 email phone_number",
    }
    assert tagged == {name: {"Name": name, "team": "core"} for name in tagged}
    assert sorted(tagged) == [
        "users-firewall",
        "users-firewall-logs",
        "users-group-editors",
        "users-group-readers",
        "users-guests",
        "users-identity-pool",
        "users-logs",
        "users-signed-in",
        "users-sms-role",
    ]


def test_the_pools_are_protected_and_retained_and_records_are_retained() -> None:
    children = build(EVERYTHING).children(IDENTITY)
    assert {child.name for child in children if child.protect} == {"users-identity-pool", "users-pool"}
    assert {child.name for child in children if child.retain_on_delete} == {
        "users-firewall-logs",
        "users-identity-pool",
        "users-logs",
        "users-pool",
    }


def test_protection_goes_by_an_explicit_argument() -> None:
    recording = build({"protect": False, "deletion_protection": False})
    assert {(child.protect, child.retain_on_delete) for child in recording.children(IDENTITY)} == {(False, False)}
    assert recording.named("users-pool").inputs["deletionProtection"] == "INACTIVE"


def test_the_outputs_say_where_everything_is() -> None:
    arn = "arn:aws:iam:eu-west-1:123456789012"
    assert build(EVERYTHING).component_outputs[IDENTITY] == {
        "user_pool_id": POOL_ID,
        "user_pool_arn": f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL_ID}",
        "user_pool_endpoint": f"cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}",
        "issuer": f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}",
        "client_ids": {key: f"users-client-{key}-id" for key in ("app", "web", "worker")},
        "client_secrets": Secret({"worker": "secret-of-users-client-worker"}),
        "hosted_domain": "auth.example.com",
        "hosted_domain_target": "d111111abcdef8.cloudfront.net",
        "identity_pool_id": "users-identity-pool-id",
        "identity_pool_arn": "arn:aws:cognito:eu-west-1:123456789012:users-identity-pool",
        "signed_in_role_arn": f"{arn}:users-signed-in",
        "guest_role_arn": f"{arn}:users-guests",
        "group_role_arns": {key: f"{arn}:users-group-{key}" for key in ("editors", "readers")},
        "web_acl_arn": "arn:aws:wafv2:eu-west-1:123456789012:users-firewall",
    }


def test_what_is_not_there_is_empty() -> None:
    outputs = build({"federation": {"enabled": False}}).component_outputs[IDENTITY]
    assert sorted(outputs) == ["client_ids", "client_secrets", "group_role_arns", "issuer", *_POOL]  # null is left out
    assert (outputs["client_secrets"], outputs["group_role_arns"]) == (Secret({}), {})


_POOL = ["user_pool_arn", "user_pool_endpoint", "user_pool_id"]


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    outputs = build(EVERYTHING, preview=True).component_outputs[IDENTITY]
    assert outputs.pop("client_secrets") == Secret(UNKNOWN)
    assert set(outputs.values()) == {UNKNOWN}


def test_an_adopted_pool_has_the_same_outputs() -> None:
    args = {"existing_user_pool_id": ADOPTED_ID, "clients": {"app": {"callback_urls": ["myapp://back"]}}}
    recording = build(args)
    assert not recording.of_type("aws:cognito/userPool:UserPool")
    assert recording.named("users-client-app").inputs["userPoolId"] == ADOPTED_ID
    outputs = recording.component_outputs[IDENTITY]
    assert outputs["user_pool_arn"] == f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{ADOPTED_ID}"
    assert outputs["user_pool_id"] == ADOPTED_ID
    assert outputs["issuer"] == f"https://cognito-idp.eu-west-1.amazonaws.com/{ADOPTED_ID}"
    assert outputs["hosted_domain"] == "older-app.auth.eu-west-1.amazoncognito.com"
    assert outputs["client_ids"] == {"app": "users-client-app-id"}


def test_the_custom_domain_of_an_adopted_pool_comes_first() -> None:
    mocks = Account(customDomain="auth.example.com")
    outputs = build_with(mocks, {"existing_user_pool_id": ADOPTED_ID}).component_outputs[IDENTITY]
    assert outputs["hosted_domain"] == "auth.example.com"


def test_an_adopted_pool_without_pages_has_no_domain() -> None:
    mocks = Account(domain="")
    assert "hosted_domain" not in build_with(mocks, {"existing_user_pool_id": ADOPTED_ID}).component_outputs[IDENTITY]


def test_what_stands_on_a_pool_can_stand_on_an_adopted_one() -> None:
    kept = ("domain", "providers", "groups", "firewall", "federation", "logs", "clients", "resource_servers")
    args = {option: EVERYTHING[option] for option in kept}
    recording = build({"existing_user_pool_id": ADOPTED_ID, **args})
    pools = {child.inputs["userPoolId"] for child in recording if "userPoolId" in child.inputs}
    assert pools == {ADOPTED_ID}
    assert recording.named("users-firewall-association").inputs["resourceArn"].endswith(f"userpool/{ADOPTED_ID}")


def test_clients_wait_for_their_providers_and_apis_and_the_pool_for_its_sms_role() -> None:
    recording = build(EVERYTHING)
    assert waits_for(recording.named("users-client-app")) == {
        "users-pool",
        "users-provider-company",
        "users-provider-google",
        "users-server-https://api.example.com",
    }
    assert waits_for(recording.named("users-client-worker")) == {"users-pool", "users-server-https://api.example.com"}
    assert waits_for(recording.named("users-pool")) == {"users-sms-permissions", "users-sms-role"}


def test_no_child_waits_for_a_component() -> None:
    assert not [child for child in build(EVERYTHING).children(IDENTITY) if IDENTITY in child.dependencies]


def test_others_let_users_do_more() -> None:
    statements = [{"actions": ["dynamodb:GetItem"], "resources": [TABLE]}]

    def program() -> None:
        identity = Identity("users", {"groups": {"editors": {}}, "federation": {"guests": True}})
        for who in ("signed_in", "guests", "editors"):
            identity.allow(who, "news", statements)

    policies = record(program, mocks=Account()).of_type("aws:iam/rolePolicy:RolePolicy")
    assert {policy.name: policy.inputs["role"] for policy in policies} == {
        "users-editors-news": "users-group-editors",
        "users-editors-signed-in-news": "users-group-editors",
        "users-guests-news": "users-guests",
        "users-signed-in-news": "users-signed-in",
    }


def test_nobody_can_be_allowed_anything_without_the_identity_pool() -> None:
    with pytest.raises(ArgsError) as caught:
        record(
            lambda: Identity("users", {"federation": {"enabled": False}}).allow("signed_in", "news", []),
            mocks=Account(),
        )
    assert str(caught.value) == (
        'Grant of Identity "users": 1 problem\n'
        '  who: got "signed_in"; allowed: nobody without the identity pool; set federation.enabled to true'
    )


def test_values_of_other_resources_flow_through() -> None:
    def program() -> None:
        later = pulumi.Output.from_input
        google = {"kind": "google", "client_id": "g", "client_secret_arn": later(SECRET_ARN)}
        domain = {"custom_domain": "auth.example.com", "certificate_arn": later(CERTIFICATE)}
        args = {"email": {**SES, "identity_arn": later(SES["identity_arn"])}, "domain": domain}
        clients = {"app": {"callback_urls": ["myapp://back"]}}
        sms = {"role_arn": later("arn:aws:iam::123456789012:role/sms"), "external_id": "ours"}
        Identity("users", {**args, "providers": {"google": google}, "clients": clients, "sms": sms})
        Identity("guests", {"existing_user_pool_id": later(ADOPTED_ID)})

    recording = record(program, mocks=Account())
    pool = recording.named("users-pool").inputs
    assert pool["emailConfiguration"]["sourceArn"] == SES["identity_arn"]
    assert pool["smsConfiguration"]["snsCallerArn"] == "arn:aws:iam::123456789012:role/sms"
    assert recording.named("users-domain").inputs["certificateArn"] == CERTIFICATE
    details = recording.named("users-provider-google").inputs["providerDetails"]
    assert details["client_secret"] == Secret("from the manager")
    assert recording.named("guests-client-app").inputs["userPoolId"] == ADOPTED_ID


def test_two_identities_do_not_collide() -> None:
    def program() -> None:
        Identity("users", EVERYTHING)
        Identity("staff", EVERYTHING)

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: Identity("users", {"clients": {}}), on_resource=registered.append)
    assert not registered


@pytest.mark.parametrize("package", ["pulumi_aws_mobile", "pulumi_aws_mobile.identity"])
def test_importing_the_component_loads_none_of_its_services(package: str) -> None:
    loaded = (
        "sorted({name.split('.')[1] for name in sys.modules if name.startswith('pulumi_aws.') and name.count('.') > 1})"
    )
    program = f"import sys, {package}; print({loaded})"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not {"cognito", "iam", "wafv2", "lambda_", "cloudwatch", "secretsmanager"} & set(ast.literal_eval(answer))
