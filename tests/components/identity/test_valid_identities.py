"""Whatever arguments are allowed, the identity is whole, tells its children apart and allows nothing by a wildcard."""

import json
from typing import Any

import pytest
from components.identity.account import Account
from components.identity.building import EVERYTHING, IDENTITY, build
from components.identity.refusals import error_of
from components.identity.strategies import Args, broken_identity_args, identity_args
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import UNKNOWN, Recording, record


@pytest.mark.parametrize("preview", [True, False])
@settings(max_examples=15)
@given(identity_args())
def test_arguments_that_work_build_an_identity_of_unique_names(preview: bool, args: Args) -> None:
    recording = build(args, preview=preview)
    names = [resource.name for resource in recording]
    assert len(names) == len(set(names))
    assert all(name == "users" or name.startswith("users-") for name in names)
    assert {resource.parent for resource in recording if resource.urn != IDENTITY} == {IDENTITY}


@settings(max_examples=15)
@given(identity_args())
def test_nothing_is_allowed_by_a_wildcard(args: Args) -> None:
    for statement in statements(build(args)):
        actions = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        assert not [action for action in actions if "*" in action]
        if "Resource" in statement:
            assert "*" not in statement["Resource"]
        else:
            # Text messages go to phone numbers, which have no ARN; everything that has one is taken out.
            assert (actions, statement["NotResource"]) == (["sns:Publish"], "arn:aws:sns:*:*:*")


@settings(max_examples=15)
@given(identity_args())
def test_clients_are_always_safe(args: Args) -> None:
    recording = build(args)
    for client in recording.of_type("aws:cognito/userPoolClient:UserPoolClient"):
        inputs = client.inputs
        assert inputs["enableTokenRevocation"] is True
        assert inputs["preventUserExistenceErrors"] == "ENABLED"
        assert not {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"} & set(inputs["explicitAuthFlows"])
        assert "implicit" not in inputs.get("allowedOauthFlows", [])
        assert ("refreshTokenRotation" in inputs) != ("ALLOW_REFRESH_TOKEN_AUTH" in inputs["explicitAuthFlows"])


@settings(max_examples=15)
@given(identity_args())
def test_every_attribute_has_all_its_limits(args: Args) -> None:
    schemas = build(args).only("aws:cognito/userPool:UserPool").inputs.get("schemas", [])
    assert [attribute["name"] for attribute in schemas] == sorted(attribute["name"] for attribute in schemas)
    for attribute in schemas:
        assert {"name", "attributeDataType", "mutable", "required", "developerOnlyAttribute"} <= attribute.keys()
        if attribute["attributeDataType"] == "String":
            assert set(attribute["stringAttributeConstraints"]) == {"minLength", "maxLength"}
        if attribute["attributeDataType"] == "Number":
            assert "minValue" in attribute["numberAttributeConstraints"]


@settings(max_examples=60)
@given(broken_identity_args())
def test_one_thing_wrong_is_said_at_its_path(broken: tuple[Args, str]) -> None:
    args, path = broken
    assert path in [problem.path for problem in error_of(args).problems]


@given(st.sampled_from(sorted(EVERYTHING)), st.sampled_from([7, "seven", [[]]]))
def test_an_option_of_the_wrong_type_is_not_blamed_on_others(option: str, value: object) -> None:
    found = {
        problem.path.partition(".")[0].partition("[")[0] for problem in error_of({**EVERYTHING, option: value}).problems
    }
    assert found == {option}


def test_everything_wrong_is_said_at_once() -> None:
    wrong = {
        "tier": "lite",
        "sign_in": ["username", "phone"],
        "attributes": {"custom:plan": {}},
        "mfa": {"mode": "required", "factors": []},
        "first_factors": ["passkey"],
        "clients": {"app": {"callback_urls": ["http://example.com"]}},
        "providers": {"x": {"kind": "x"}, "google": {"kind": "google"}},
    }
    assert [problem.path for problem in error_of(wrong).problems] == [
        "providers.x.kind",
        "sign_in",
        "attributes.custom:plan",
        "mfa.factors",
        "first_factors",
        "first_factors[0]",
        "clients.app.callback_urls",
        "clients.app.callback_urls[0]",
        "providers.google.client_id",
        "providers.google.client_secret",
        "domain",
    ]


def test_an_adopted_pool_names_every_option_that_it_does_not_take() -> None:
    pool = {"tier": "lite", "mfa": {"mode": "off"}, "attributes": {"plan": {}}, "deletion_protection": False}
    assert [str(problem) for problem in error_of({"existing_user_pool_id": "eu-west-1_old1", **pool}).problems] == [
        f"{option}: got {shown}; allowed: nothing beside existing_user_pool_id: "
        "that pool is configured where it was made; remove one of the two"
        for option, shown in (
            ("tier", '"lite"'),
            ("attributes", '["plan"]'),
            ("mfa", '["mode"]'),
            ("deletion_protection", "false"),
        )
    ]


@pytest.mark.parametrize("name", ["our users", "", "-users", "u" * 31])
def test_a_component_is_named_so_that_its_roles_can_be(name: str) -> None:
    allowed = "1 to 30 letters, digits and hyphens, not starting with a hyphen"
    fix = "rename the component: its roles and functions are named after it"
    assert (
        str(error_of({}, name=name)) == f'Identity "{name}": 1 problem\n  name: got "{name}"; allowed: {allowed}; {fix}'
    )


def test_a_long_name_still_fits_every_child() -> None:
    challenge = {"steps": ["email_code"], "required": False}
    moved = {"user_pool_id": "eu-west-1_old123456", "client_id": "old"}
    args = {**EVERYTHING, "groups": {"e" * 19: {}}, "challenge": challenge, "migration": moved}
    recording = record(lambda: Identity("u" * 30, args), mocks=Account())
    roles = [role for role in recording if role.type == "aws:iam/role:Role"]
    assert max(len(role.name) for role in roles) <= 64 - len("-1234567")


@pytest.mark.parametrize("args", [None, [], "users"])
def test_arguments_are_a_mapping(args: Any) -> None:  # noqa: ANN401 - bad arguments are of any type
    (problem,) = error_of(args).problems
    assert (problem.path, problem.fix) == ("args", "give a mapping of options")


def test_no_problem_shows_a_secret() -> None:
    provider = {"kind": "saml", "client_secret": "canary", "private_key": "canary"}
    captcha = {"provider": "turnstile", "site_key": "1", "secret": "canary"}
    for args in (
        {"providers": {"company": provider}},
        {"existing_user_pool_id": "eu-west-1_old1", "challenge": {"steps": ["captcha"], "captcha": captcha}},
    ):
        assert "canary" not in str(error_of(args))


def statements(recording: Recording) -> list[dict[str, Any]]:
    """Return what the roles of an identity are allowed."""
    policies = recording.of_type("aws:iam/rolePolicy:RolePolicy")
    documents = [policy.inputs["policy"] for policy in policies]
    return [statement for text in documents if text != UNKNOWN for statement in json.loads(text)["Statement"]]
