"""Which role of an identity pool's an identity gets: by group, by rule, with tags."""

import pytest
from sandbox.access.pools import Pools
from sandbox.access.world import (
    Door,
    allow,
    document,
    role_arn,
    session_arn,
    trust,
)

_FEDERATED = {"Federated": "cognito-identity.amazonaws.com"}
_WEB = "sts:AssumeRoleWithWebIdentity"
_COGNITO = "cognito-identity.amazonaws.com"
_SESSION = "CognitoIdentityCredentials"
_OWN_FILES = "arn:aws:s3:::app-files/${cognito-identity.amazonaws.com:sub}/*"


def _group(pools: Pools, name: str, user: str, precedence: int) -> str:
    pools.role(name, "authenticated")
    idp = pools.aws.operator("cognito-idp")
    arn = role_arn(name)
    idp.create_group(UserPoolId=pools.user_pool, GroupName=name, RoleArn=arn, Precedence=precedence)
    idp.admin_add_user_to_group(UserPoolId=pools.user_pool, Username=user, GroupName=name)
    return arn


def _by_token(pools: Pools, ambiguous: str = "Deny") -> None:
    pools.attach(**{f"{pools.provider}:{pools.client}": {"Type": "Token", "AmbiguousRoleResolution": ambiguous}})


def test_a_group_gives_its_role(door: Door) -> None:
    pools = Pools.made(door)
    _group(pools, "editors", pools.user("ann"), 1)
    _by_token(pools)
    login = pools.login("ann")
    credentials = pools.credentials(pools.identity(**login), login)
    assert pools.arn(credentials) == session_arn("editors", _SESSION)


def test_of_two_groups_the_preferred_one_gives_its_role_and_another_may_be_asked_for(aws: Door) -> None:
    pools = Pools.made(aws)
    ann = pools.user("ann")
    _group(pools, "editors", ann, 2)
    _group(pools, "admins", ann, 1)
    _by_token(pools)
    login = pools.login("ann")
    identity = pools.identity(**login)
    assert pools.arn(pools.credentials(identity, login)) == session_arn("admins", _SESSION)
    asked = pools.credentials(identity, login, CustomRoleArn=role_arn("editors"))
    assert pools.arn(asked) == session_arn("editors", _SESSION)
    arguments = {"IdentityId": identity, "Logins": login, "CustomRoleArn": role_arn("member")}
    assert pools.refused("get_credentials_for_identity", **arguments) == (
        "NotAuthorizedException",
        f"Access to the role {role_arn('member')} is forbidden: the token does not give it.",
    )


def test_two_equal_groups_are_ambiguous(aws: Door) -> None:
    pools = Pools.made(aws)
    ann = pools.user("ann")
    for name in ("editors", "admins"):
        _group(pools, name, ann, 1)
    _by_token(pools)
    login = pools.login("ann")
    identity = pools.identity(**login)
    assert pools.refused("get_credentials_for_identity", IdentityId=identity, Logins=login) == (
        "NotAuthorizedException",
        "Access is denied: the token gives no single role, and ambiguous roles are denied.",
    )
    _by_token(pools, "AuthenticatedRole")
    assert pools.arn(pools.credentials(identity, login)) == session_arn("member", _SESSION)


@pytest.mark.parametrize(
    ("rule", "role"),
    [
        (("Equals", "ann"), "special"),
        (("Equals", "an"), "member"),
        (("StartsWith", "an"), "special"),
        (("Contains", "nn"), "special"),
        (("NotEqual", "ann"), "member"),
        (("NotEqual", "bob"), "special"),
    ],
)
def test_rules_choose_by_claims(aws: Door, rule: tuple[str, str], role: str) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    pools.role("special", "authenticated")
    kind, value = rule
    one = {"Claim": "cognito:username", "MatchType": kind, "Value": value, "RoleARN": role_arn("special")}
    absent = {"Claim": "custom:tier", "MatchType": "NotEqual", "Value": "x", "RoleARN": role_arn("none")}
    mapping = {
        "Type": "Rules",
        "AmbiguousRoleResolution": "AuthenticatedRole",
        "RulesConfiguration": {"Rules": [absent, one]},
    }
    pools.attach(**{f"{pools.provider}:{pools.client}": mapping})
    login = pools.login("ann")
    assert pools.arn(pools.credentials(pools.identity(**login), login)) == session_arn(role, _SESSION)


def test_claims_become_tags_of_the_session_if_the_role_lets_them(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    aws.operator("cognito-identity").set_principal_tag_attribute_map(
        IdentityPoolId=pools.identity_pool,
        IdentityProviderName=pools.provider,
        UseDefaults=False,
        PrincipalTags={"user": "cognito:username"},
    )
    login = pools.login("ann")
    identity = pools.identity(**login)
    arguments = {"IdentityId": identity, "Logins": login}
    assert pools.refused("get_credentials_for_identity", **arguments)[0] == "InvalidIdentityPoolConfigurationException"
    iam = aws.operator("iam")
    iam.update_assume_role_policy(RoleName="member", PolicyDocument=trust(_FEDERATED, _WEB, "sts:TagSession"))
    only_ann = allow("sqs:ListQueues", "*", StringEquals={"aws:PrincipalTag/user": "ann"})
    iam.put_role_policy(RoleName="member", PolicyName="own", PolicyDocument=document(only_ann))
    aws.holder(pools.credentials(identity, login), "sqs").list_queues()
