"""Identity pools: whose identity it is, and which role's credentials it gets."""

import pytest
from sandbox.access.pools import Pools
from sandbox.access.world import (
    REGION,
    Door,
    Json,
    not_allowed,
    refusal,
    role_arn,
    session_arn,
    trust,
)

from pulumi_aws_sandbox.runtime import clock, issuers

_FEDERATED = {"Federated": "cognito-identity.amazonaws.com"}
_WEB = "sts:AssumeRoleWithWebIdentity"
_COGNITO = "cognito-identity.amazonaws.com"
_SESSION = "CognitoIdentityCredentials"
_OWN_FILES = "arn:aws:s3:::app-files/${cognito-identity.amazonaws.com:sub}/*"


def test_a_user_writes_under_the_own_identity_and_nowhere_else(door: Door) -> None:
    pools = Pools.made(door)
    door.bucket()
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    credentials = pools.credentials(identity, login)
    assert identity.startswith(f"{REGION}:")
    assert pools.arn(credentials) == session_arn("member", _SESSION)
    s3 = door.holder(credentials, "s3")
    s3.put_object(Bucket="app-files", Key=f"{identity}/note", Body=b"1")
    message = not_allowed(session_arn("member", _SESSION), "s3:PutObject", "arn:aws:s3:::app-files/other/note")
    assert refusal(s3.put_object, Bucket="app-files", Key="other/note", Body=b"1") == ("AccessDenied", message, 403)
    with clock.later(3_601):
        assert refusal(s3.put_object, Bucket="app-files", Key=f"{identity}/x", Body=b"")[0] == "ExpiredToken"


def test_a_login_has_one_identity_however_often_it_comes(aws: Door) -> None:
    pools = Pools.made(aws)
    for name in ("ann", "bob"):
        pools.user(name)
    first = pools.identity(**pools.login("ann"))
    assert pools.identity(**pools.login("ann")) == first
    assert pools.identity(**pools.login("bob")) != first
    listed = aws.operator("cognito-identity").list_identities(IdentityPoolId=pools.identity_pool, MaxResults=10)
    assert first in [each["IdentityId"] for each in listed["Identities"]]


def test_guests_are_kept_out_unless_they_are_allowed(door: Door) -> None:
    pools = Pools.made(door)
    assert pools.refused("get_id", IdentityPoolId=pools.identity_pool) == (
        "NotAuthorizedException",
        "Unauthenticated access is not supported for this identity pool.",
    )


def test_a_guest_has_the_guests_role_within_what_aws_leaves_to_guests(door: Door) -> None:
    pools = Pools.made(door, AllowUnauthenticatedIdentities=True)
    door.bucket()
    identity = pools.identity()
    credentials = pools.credentials(identity, {})
    door.holder(credentials, "s3").put_object(Bucket="app-files", Key=f"{identity}/a", Body=b"1")
    assert refusal(door.holder(credentials, "secretsmanager").list_secrets)[1] == (
        f"User: {session_arn('guest', _SESSION)} is not authorized to perform: secretsmanager:ListSecrets because no "
        "session policy allows the secretsmanager:ListSecrets action"
    )


def test_a_guest_who_signs_in_keeps_the_identity(aws: Door) -> None:
    pools = Pools.made(aws, AllowUnauthenticatedIdentities=True)
    pools.user("ann")
    login, guest = pools.login("ann"), pools.identity()
    assert pools.arn(pools.credentials(guest, login)) == session_arn("member", _SESSION)
    assert pools.identity(**login) == guest
    described = aws.operator("cognito-identity").describe_identity(IdentityId=guest)
    assert described["Logins"] == [pools.provider]
    message = f"Access to Identity '{guest}' is forbidden."
    assert pools.refused("get_credentials_for_identity", IdentityId=guest) == ("NotAuthorizedException", message)


def test_a_login_that_is_linked_elsewhere_stays_there(aws: Door) -> None:
    pools = Pools.made(aws, AllowUnauthenticatedIdentities=True)
    pools.user("ann")
    login, guest = pools.login("ann"), pools.identity()
    pools.identity(**login)
    assert pools.refused("get_credentials_for_identity", IdentityId=guest, Logins=login) == (
        "ResourceConflictException",
        "Login is already linked to another identity.",
    )


def test_an_identity_is_not_given_to_another_user(aws: Door) -> None:
    pools = Pools.made(aws)
    for name in ("ann", "bob"):
        pools.user(name)
    identity = pools.identity(**pools.login("ann"))
    assert pools.refused("get_credentials_for_identity", IdentityId=identity, Logins=pools.login("bob")) == (
        "NotAuthorizedException",
        "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    )


def test_an_unlinked_login_begins_anew(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    pools.client_side.unlink_identity(IdentityId=identity, Logins=login, LoginsToRemove=[pools.provider])
    assert pools.identity(**login) != identity


def test_pools_and_identities_that_do_not_exist_are_not_found(aws: Door) -> None:
    pools = Pools.made(aws)
    missing = f"{REGION}:00000000-0000-0000-0000-000000000000"
    assert pools.refused("get_id", IdentityPoolId=missing) == (
        "ResourceNotFoundException",
        f"IdentityPool '{missing}' not found.",
    )
    assert pools.refused("get_credentials_for_identity", IdentityId=missing) == (
        "ResourceNotFoundException",
        f"Identity '{missing}' not found.",
    )


def test_a_token_that_is_not_the_pools_is_refused(door: Door) -> None:
    pools = Pools.made(door)
    pools.user("ann")
    tokens = pools.tokens("ann")
    token = tokens["IdToken"]
    head, body, signature = token.split(".")
    tampered = f"{head}.{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    assert pools.refused_login(**{pools.provider: tampered}) == "Invalid login token. Couldn't verify signed token."
    assert pools.refused_login(**{pools.provider: tokens["AccessToken"]}) == (
        "Invalid login token. Missing a required claim: aud"
    )
    other = pools.provider.rsplit("_", 1)[0] + "_Another12"
    unsupported = "Invalid login token. Token is not from a supported provider of this identity pool."
    assert pools.refused_login(**{other: token}) == unsupported
    assert pools.refused_login(**{"accounts.google.com": token}) == unsupported
    with clock.later(3_601):
        assert pools.refused_login(**{pools.provider: token}) == "Invalid login token. Token expired."


def test_a_token_of_a_client_that_the_pool_does_not_list_is_refused(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    token = pools.tokens("ann", Pools.another_client(aws, pools.user_pool))["IdToken"]
    assert pools.refused_login(**{pools.provider: token}) == (
        "Invalid login token. Token is not from a supported provider of this identity pool."
    )


def test_a_signed_out_users_token_is_refused(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    tokens = pools.tokens("ann")
    aws.anonymous("cognito-idp").global_sign_out(AccessToken=tokens["AccessToken"])
    assert pools.refused_login(**{pools.provider: tokens["IdToken"]}) == "Invalid login token. Token has been revoked."


def test_a_deleted_users_token_is_refused(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    login = pools.login("ann")
    aws.operator("cognito-idp").admin_delete_user(UserPoolId=pools.user_pool, Username="ann")
    assert pools.refused_login(**login).startswith("Invalid login token.")


def test_without_roles_a_pool_gives_no_credentials(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    aws.operator("cognito-identity").set_identity_pool_roles(IdentityPoolId=pools.identity_pool, Roles={})
    assert pools.refused("get_credentials_for_identity", IdentityId=identity, Logins=login) == (
        "InvalidIdentityPoolConfigurationException",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    )


@pytest.mark.parametrize(
    "conditions",
    [
        {"StringEquals": {f"{_COGNITO}:aud": f"{REGION}:another"}},
        {"ForAnyValue:StringLike": {f"{_COGNITO}:amr": "unauthenticated"}},
        {"StringEquals": {f"{_COGNITO}:sub": f"{REGION}:someone"}},
    ],
)
def test_a_role_that_does_not_trust_the_identity_gives_no_credentials(aws: Door, conditions: Json) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    aws.operator("iam").update_assume_role_policy(
        RoleName="member", PolicyDocument=trust(_FEDERATED, _WEB, **conditions)
    )
    login = pools.login("ann")
    arguments = {"IdentityId": pools.identity(**login), "Logins": login}
    assert pools.refused("get_credentials_for_identity", **arguments)[0] == "InvalidIdentityPoolConfigurationException"


def test_a_trust_may_name_the_user_pool(aws: Door) -> None:
    pools = Pools.made(aws)
    pools.user("ann")
    conditions = {"ForAnyValue:StringLike": {f"{_COGNITO}:amr": f"{pools.provider}:CognitoSignIn:*"}}
    aws.operator("iam").update_assume_role_policy(
        RoleName="member", PolicyDocument=trust(_FEDERATED, _WEB, **conditions)
    )
    login = pools.login("ann")
    pools.credentials(pools.identity(**login), login)


def test_the_classic_flow_is_refused_unless_it_is_allowed(door: Door) -> None:
    pools = Pools.made(door)
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    assert pools.refused("get_open_id_token", IdentityId=identity, Logins=login) == (
        "InvalidParameterException",
        "Basic (classic) flow is not enabled, please use enhanced flow.",
    )


def test_the_classic_flow_exchanges_a_token_with_sts(door: Door) -> None:
    pools = Pools.made(door, AllowClassicFlow=True)
    door.bucket()
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    token = pools.client_side.get_open_id_token(IdentityId=identity, Logins=login)["Token"]
    sts = door.anonymous("sts")
    arguments = {"RoleSessionName": "classic", "WebIdentityToken": token}
    answer = sts.assume_role_with_web_identity(RoleArn=role_arn("member"), **arguments)
    assert (answer["Provider"], answer["Audience"]) == (_COGNITO, pools.identity_pool)
    assert answer["SubjectFromWebIdentityToken"] == identity
    door.holder(answer["Credentials"], "s3").put_object(Bucket="app-files", Key=f"{identity}/a", Body=b"1")
    message = f"Not authorized to perform {_WEB}"
    assert refusal(sts.assume_role_with_web_identity, RoleArn=role_arn("guest"), **arguments)[1] == message
    with clock.later(601):
        assert refusal(sts.assume_role_with_web_identity, RoleArn=role_arn("member"), **arguments)[0] == (
            "ExpiredTokenException"
        )


@pytest.mark.parametrize("provider", ["accounts.google.com", "appleid.apple.com"])
def test_a_social_login_is_verified_with_its_issuer(door: Door, provider: str) -> None:
    pools = Pools.made(door, SupportedLoginProviders={provider: "app-id"})
    with issuers.stand_in(f"https://{provider}") as playing:
        login = {provider: playing.token(sub="ann", aud="app-id")}
        identity = pools.identity(**login)
        assert pools.arn(pools.credentials(identity, login)) == session_arn("member", _SESSION)
        assert pools.identity(**{provider: playing.token(sub="ann", aud="app-id")}) == identity
        assert pools.refused_login(**{provider: playing.token(sub="ann", aud="other")}) == (
            "Invalid login token. Incorrect token audience."
        )
    assert pools.refused_login(**login) == (
        f"Invalid login token. the sandbox knows no issuer https://{provider} and never calls out: play it with "
        "issuers.stand_in"
    )


@pytest.mark.parametrize("provider", ["graph.facebook.com", "www.amazon.com"])
def test_an_opaque_token_is_verified_with_its_issuer(aws: Door, provider: str) -> None:
    pools = Pools.made(aws, SupportedLoginProviders={provider: "app-id"})
    with issuers.stand_in(f"https://{provider}") as playing:
        token = playing.access_token(sub="ann", aud="app-id", seconds=60)
        identity = pools.identity(**{provider: token})
        assert pools.arn(pools.credentials(identity, {provider: token})) == session_arn("member", _SESSION)
        unknown = f"Invalid login token. {provider} does not know the token, or it has expired"
        assert pools.refused_login(**{provider: "made-up"}) == unknown
        with clock.later(61):
            assert pools.refused_login(**{provider: token}) == unknown


def test_any_issuer_is_taken_that_iam_and_the_pool_know(aws: Door) -> None:
    provider = aws.operator("iam").create_open_id_connect_provider(
        Url="https://id.example.com", ClientIDList=["app-id"], ThumbprintList=["a" * 40]
    )["OpenIDConnectProviderArn"]
    pools = Pools.made(aws, OpenIdConnectProviderARNs=[provider])
    with issuers.stand_in("https://id.example.com") as playing:
        login = {"id.example.com": playing.token(sub="ann", aud="app-id")}
        pools.credentials(pools.identity(**login), login)
    with issuers.stand_in("https://other.example.com") as other:
        assert pools.refused_login(**{"id.example.com": other.token(sub="ann", aud="app-id")}) == (
            "Invalid login token. Issuer doesn't match providerName"
        )


def test_two_logins_are_one_identity(aws: Door) -> None:
    pools = Pools.made(aws, SupportedLoginProviders={"accounts.google.com": "app-id"})
    pools.user("ann")
    login = pools.login("ann")
    identity = pools.identity(**login)
    with issuers.stand_in("https://accounts.google.com") as google:
        by_google = {"accounts.google.com": google.token(sub="g-1", aud="app-id")}
        pools.credentials(identity, {**login, **by_google})
        assert pools.identity(**by_google) == identity


def test_developer_identities_are_refused_not_made_up(aws: Door) -> None:
    pools = Pools.made(aws)
    assert refusal(
        aws.operator("cognito-identity").get_open_id_token_for_developer_identity,
        IdentityPoolId=pools.identity_pool,
        Logins={"login.example.com": "ann"},
    ) == ("InvalidParameterException", "The sandbox has no developer-authenticated identities.", 400)
