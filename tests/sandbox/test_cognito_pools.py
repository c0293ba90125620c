"""What the sandbox adds to moto's user pools, seen through boto3."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import LEVEL, NICKNAME, pool, sms

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError

POOL = "aws:cognito/userPool:UserPool"
INVALID = "InvalidParameterException"


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def _described(sandbox: Sandbox, pool_id: str) -> dict[str, Any]:
    return sandbox.clients("cognito-idp").describe_user_pool(UserPoolId=pool_id)["UserPool"]


def _change(sandbox: Sandbox, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Make a pool of `before`, change it to `after` and return its id and outputs."""
    inputs, _ = sandbox.check(POOL, "thing", before, None, b"seed")
    pool_id, outputs = sandbox.create(POOL, inputs, "thing")
    new, _ = sandbox.check(POOL, "thing", after, inputs, b"seed")
    return sandbox.update(POOL, pool_id, outputs, inputs, new, "thing")


def test_a_pool_without_settings_has_those_of_aws(sandbox: Sandbox) -> None:
    described = _described(sandbox, pool(World(sandbox))["id"])
    kept = ("UserPoolTier", "DeletionProtection", "MfaConfiguration", "UsernameConfiguration", "EmailConfiguration")
    assert {name: described[name] for name in kept} == {
        "UserPoolTier": "ESSENTIALS",
        "DeletionProtection": "INACTIVE",
        "MfaConfiguration": "OFF",
        "UsernameConfiguration": {"CaseSensitive": False},
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    }
    assert described["Policies"] == {
        "PasswordPolicy": {
            "MinimumLength": 8,
            "RequireUppercase": True,
            "RequireLowercase": True,
            "RequireNumbers": True,
            "RequireSymbols": True,
            "TemporaryPasswordValidityDays": 7,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    }


def test_a_pool_has_every_standard_attribute_beside_its_own(sandbox: Sandbox) -> None:
    described = _described(sandbox, pool(World(sandbox), schemas=[LEVEL])["id"])
    attributes = {each["Name"]: each for each in described["SchemaAttributes"]}
    assert len(attributes) == 21
    assert attributes["custom:level"] == {
        "Name": "custom:level",
        "AttributeDataType": "Number",
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        "NumberAttributeConstraints": {"MinValue": "-5", "MaxValue": "100"},
    }
    assert attributes["email"]["StringAttributeConstraints"] == {"MinLength": "0", "MaxLength": "2048"}


def test_a_flag_that_a_program_leaves_out_is_sent_as_off(sandbox: Sandbox) -> None:
    described = _described(sandbox, pool(World(sandbox), schemas=[{"name": "x", "attributeDataType": "String"}])["id"])
    attribute = next(each for each in described["SchemaAttributes"] if each["Name"] == "custom:x")
    assert (attribute["Mutable"], attribute["Required"]) == (False, False)


def test_an_attribute_is_added_in_place(sandbox: Sandbox) -> None:
    outputs = _change(sandbox, {"schemas": [LEVEL]}, {"schemas": [NICKNAME, LEVEL]})
    names = [each["Name"] for each in _described(sandbox, outputs["id"])["SchemaAttributes"]]
    assert {"custom:level", "custom:nickname_2"} <= set(names)
    assert outputs["schemas"] == [
        {**NICKNAME, "developerOnlyAttribute": False, "required": False},
        {**LEVEL, "developerOnlyAttribute": False, "required": False},
    ]


def test_the_order_of_attributes_means_nothing(sandbox: Sandbox) -> None:
    assert sandbox.diff(POOL, {"schemas": [LEVEL, NICKNAME]}, {}, {"schemas": [NICKNAME, LEVEL]}).changed == []


@pytest.mark.parametrize(
    "after",
    [[], [{**LEVEL, "mutable": False}], [{**LEVEL, "numberAttributeConstraints": {"maxValue": "7"}}]],
    ids=["removed", "another flag", "another constraint"],
)
def test_an_attribute_is_neither_modified_nor_removed(sandbox: Sandbox, after: list[dict[str, Any]]) -> None:
    world = World(sandbox)
    outputs = pool(world, schemas=[LEVEL])
    inputs = {"schemas": [LEVEL], "name": outputs["name"], "mfaConfiguration": "OFF", "deletionProtection": "INACTIVE"}
    with pytest.raises(SandboxError) as raised:
        sandbox.update(POOL, outputs["id"], outputs, inputs, {**inputs, "schemas": after}, "thing")
    assert raised.value.reason == (
        f"updating Cognito User Pool ({outputs['id']}): cannot modify or remove schema items: level"
    )


def test_an_attribute_that_somebody_added_shows_as_drift(sandbox: Sandbox) -> None:
    outputs = pool(World(sandbox), schemas=[LEVEL])
    added = {"Name": "extra", "AttributeDataType": "String", "Mutable": True}
    sandbox.clients("cognito-idp").add_custom_attributes(UserPoolId=outputs["id"], CustomAttributes=[added])
    now = sandbox.read(POOL, outputs["id"], outputs, "thing")
    assert now is not None
    drifted = sandbox.refreshed_inputs(POOL, {"schemas": [LEVEL]}, now)["schemas"]
    assert [each["name"] for each in drifted] == ["level", "extra"]


def test_a_protected_pool_is_not_deleted(sandbox: Sandbox) -> None:
    pool_id = pool(World(sandbox), deletionProtection="ACTIVE")["id"]
    cognito = sandbox.clients("cognito-idp")
    with pytest.raises(ClientError) as raised:
        cognito.delete_user_pool(UserPoolId=pool_id)
    assert _refusal(raised) == (
        INVALID,
        "The user pool cannot be deleted because deletion protection is activated. Inactivate it first.",
    )
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool_id)
    assert cognito.list_user_pools(MaxResults=9)["UserPools"] == []


def test_a_pool_with_a_domain_is_not_deleted(sandbox: Sandbox) -> None:
    world = World(sandbox)
    pool_id = pool(world)["id"]
    world.make("aws:cognito/userPoolDomain:UserPoolDomain", {"domain": "start-up", "userPoolId": pool_id})
    with pytest.raises(ClientError, match="It has a domain configured that should be deleted first"):
        sandbox.clients("cognito-idp").delete_user_pool(UserPoolId=pool_id)
    assert _described(sandbox, pool_id)["Domain"] == "start-up"


def test_an_update_sets_back_what_it_leaves_out(sandbox: Sandbox) -> None:
    world = World(sandbox)
    sender = sms(world)
    made = pool(
        world,
        usernameAttributes=["email"],
        autoVerifiedAttributes=["email"],
        passwordPolicy={"minimumLength": 20},
        smsConfiguration=sender,
        mfaConfiguration="ON",
        tags={"team": "app"},
    )
    sandbox.clients("cognito-idp").update_user_pool(UserPoolId=made["id"])
    described = _described(sandbox, made["id"])
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 8
    assert ("AutoVerifiedAttributes" in described, described["MfaConfiguration"]) == (False, "OFF")
    # What cannot be changed, the SMS role and the tags stay.
    assert (described["UsernameAttributes"], described["UserPoolTags"]) == (["email"], {"team": "app"})
    assert described["SmsConfiguration"]["SnsCallerArn"] == sender["snsCallerArn"]


def test_a_change_of_one_setting_leaves_the_others(sandbox: Sandbox) -> None:
    first = {"passwordPolicy": {"minimumLength": 20}, "userPoolTier": "PLUS", "autoVerifiedAttributes": ["email"]}
    outputs = _change(sandbox, first, {"autoVerifiedAttributes": ["email"], "deletionProtection": "ACTIVE"})
    described = _described(sandbox, outputs["id"])
    # The provider keeps a policy and a tier that a program no longer names.
    assert (described["Policies"]["PasswordPolicy"]["MinimumLength"], described["UserPoolTier"]) == (20, "PLUS")
    assert described["AutoVerifiedAttributes"] == ["email"]


@pytest.mark.parametrize(
    ("changes", "replaces"),
    [
        ({"usernameAttributes": ["email"]}, ["usernameAttributes"]),
        ({"aliasAttributes": ["email"]}, ["aliasAttributes"]),
        ({"usernameConfiguration": {"caseSensitive": True}}, ["usernameConfiguration.caseSensitive"]),
        ({"usernameConfiguration": {"caseSensitive": False}}, []),
        ({"name": "other"}, []),
        ({"userPoolTier": "PLUS"}, []),
    ],
    ids=str,
)
def test_few_changes_replace_a_pool(sandbox: Sandbox, changes: dict[str, Any], replaces: list[str]) -> None:
    outputs = {"usernameConfiguration": {"caseSensitive": False}}
    assert sandbox.diff(POOL, {"name": "one"}, outputs, {"name": "one", **changes}).replaces == replaces


def test_sms_as_a_factor_uses_the_role_that_a_pool_has(sandbox: Sandbox) -> None:
    world = World(sandbox)
    made = pool(world, smsConfiguration=sms(world))
    cognito = sandbox.clients("cognito-idp")
    cognito.set_user_pool_mfa_config(UserPoolId=made["id"], MfaConfiguration="ON", SmsMfaConfiguration={})
    answer = cognito.get_user_pool_mfa_config(UserPoolId=made["id"])
    role = made["smsConfiguration"]["snsCallerArn"]
    assert answer["SmsMfaConfiguration"]["SmsConfiguration"]["SnsCallerArn"] == role


def test_passkeys_are_set_while_mfa_is_off(sandbox: Sandbox) -> None:
    made = pool(World(sandbox), webAuthnConfiguration={"relyingPartyId": "example.com"})
    answer = sandbox.clients("cognito-idp").get_user_pool_mfa_config(UserPoolId=made["id"])
    assert (answer["MfaConfiguration"], answer["WebAuthnConfiguration"]) == (
        "OFF",
        {"RelyingPartyId": "example.com", "UserVerification": "preferred"},
    )
