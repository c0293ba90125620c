"""Who may call what: the policies of roles and users, the API's own policy, and what a backend learns of a caller."""

import json

import pytest
from sandbox.access.pools import Pools
from sandbox.access.world import ACCOUNT, REGION, Door, Json, allow, document, session_arn
from sandbox.gateway.calling import IAM, OPERATOR, Api, Backend, credentials, deployed, proxied, saying

_COGNITO = {
    name: f"context.identity.{source}"
    for name, source in {
        "X-Access-Key": "accessKey",
        "X-Account": "accountId",
        "X-Caller": "caller",
        "X-Caller-Arn": "userArn",
        "X-Caller-Identity-Id": "cognitoIdentityId",
        "X-Caller-Type": "cognitoAuthenticationType",
        "X-Pool": "cognitoIdentityPoolId",
        "X-Provider": "cognitoAuthenticationProvider",
    }.items()
}


def _notes(aws: Door, **more: Json) -> Api:
    paths = {
        "/notes": {"get": saying("1", **IAM), "post": saying("2", **IAM)},
        "/notes/{id}": {"get": saying("3", **IAM)},
        "/open": {"get": saying("4")},
    }
    return deployed(aws, paths, **more)


def _denied(who: str, api: Api, rest: str, reason: str) -> tuple[int, str, Json]:
    text = f"User: {who} is not authorized to perform: execute-api:Invoke on resource: {api.hidden_arn(rest)} {reason}"
    return 403, "AccessDeniedException", {"Message": text}


_NOT_ALLOWED = "because no identity-based policy allows the execute-api:Invoke action"


def _statement(effect: str, resource: str, principal: Json = "*", **condition: Json) -> Json:
    given = {"Effect": effect, "Principal": principal, "Action": "execute-api:Invoke", "Resource": resource}
    return given | ({"Condition": condition} if condition else {})


def _guarded(aws: Door, *statements: Json) -> Api:
    return _notes(aws, **{"x-amazon-apigateway-policy": {"Version": "2012-10-17", "Statement": list(statements)}})


def test_a_role_may_call_what_its_policy_allows_and_nothing_else(aws: Door) -> None:
    api = _notes(aws)
    aws.role("caller", allow("execute-api:Invoke", api.arn("GET/notes")))
    by = credentials(aws.assume("caller"))
    assert api.signed(path="/notes", by=by).status == 200
    arn = session_arn("caller")
    assert api.signed("POST", "/notes", by=by).error == _denied(arn, api, "POST/notes", _NOT_ALLOWED)
    assert api.signed(path="/notes/7", by=by).error == _denied(arn, api, "GET/notes/7", _NOT_ALLOWED)


def test_a_policy_sees_the_path_that_is_called_and_not_its_template(aws: Door) -> None:
    api = _notes(aws)
    deny = {**allow("execute-api:Invoke", api.arn("GET/notes/secret")), "Effect": "Deny"}
    aws.role("caller", allow("execute-api:Invoke", api.arn("*")), deny)
    by = credentials(aws.assume("caller"))
    reason = "with an explicit deny in an identity-based policy"
    assert api.signed(path="/notes/7", by=by).status == 200
    for path in ("/notes/secret", "/notes/%73ecret", "/notes/secret/", "/notes//secret"):
        found = api.signed(path=path, by=by)
        assert found.error == _denied(session_arn("caller"), api, "GET/notes/secret", reason)


def test_a_user_calls_with_a_key_of_its_own(aws: Door) -> None:
    from botocore.credentials import Credentials

    api, iam = _notes(aws), aws.operator("iam")
    iam.create_user(UserName="ann")
    iam.put_user_policy(
        UserName="ann", PolicyName="own", PolicyDocument=document(allow("execute-api:Invoke", api.arn("GET/notes")))
    )
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    by = Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    assert api.signed(path="/notes", by=by).status == 200
    refused = _denied(f"arn:aws:iam::{ACCOUNT}:user/ann", api, "POST/notes", _NOT_ALLOWED)
    assert api.signed("POST", "/notes", by=by).error == refused


def test_the_apis_own_policy_may_let_a_role_in(aws: Door) -> None:
    role = aws.role("caller")
    api = _guarded(aws, _statement("Allow", "execute-api:/live/GET/notes", {"AWS": role}))
    by = credentials(aws.assume("caller"))
    assert api.signed(path="/notes", by=by).status == 200
    assert api.signed("POST", "/notes", by=by).error[1] == "AccessDeniedException"


def test_the_apis_own_policy_may_keep_everyone_out(aws: Door) -> None:
    deny = _statement("Deny", "execute-api:/*", NotIpAddress={"aws:SourceIp": ["192.0.2.0/24"]})
    api = _guarded(aws, _statement("Allow", "execute-api:/*"), deny)
    aws.role("caller", allow("execute-api:Invoke", "*"))
    reason = "with an explicit deny in a resource-based policy"
    by = credentials(aws.assume("caller"))
    assert api.signed(path="/notes", by=by).error == _denied(session_arn("caller"), api, "GET/notes", reason)
    assert api.call(path="/open").error == _denied("anonymous", api, "GET/open", reason)
    assert api.signed(path="/notes", by=OPERATOR).status == 403


def test_a_policy_must_allow_who_signs_nothing(aws: Door) -> None:
    api = _guarded(aws, _statement("Allow", "execute-api:/*/GET/open", Bool={"aws:SecureTransport": "true"}))
    assert api.call(path="/open").status == 200
    other = _guarded(aws, _statement("Allow", "execute-api:/*/GET/notes"))
    reason = "because no resource-based policy allows the execute-api:Invoke action"
    assert other.call(path="/open").error == _denied("anonymous", other, "GET/open", reason)


def test_conditions_see_the_role_of_a_session(aws: Door) -> None:
    role = aws.role("caller", allow("execute-api:Invoke", "*"))
    others = {**allow("execute-api:Invoke", "*"), "Effect": "Deny"}
    other = aws.role(
        "other",
        allow("execute-api:Invoke", "*"),
        {**others, "Condition": {"ArnNotEquals": {"aws:PrincipalArn": [role]}}},
    )
    api = _notes(aws)
    assert other.endswith("role/other")
    assert api.signed(path="/notes", by=credentials(aws.assume("caller"))).status == 200
    assert api.signed(path="/notes", by=credentials(aws.assume("other"))).status == 403


def test_a_policy_reaches_a_stage_with_the_next_deployment(aws: Door) -> None:
    api = _notes(aws)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [_statement("Deny", "execute-api:/*")]})
    operations = [{"op": "replace", "path": "/policy", "value": policy}]
    aws.operator("apigateway").update_rest_api(restApiId=api.id, patchOperations=operations)
    assert api.call(path="/open").status == 200
    api.deploy_again()
    assert api.call(path="/open").status == 403


@pytest.fixture
def people(aws: Door) -> Pools:
    """Give an identity pool whose users and guests may call every API."""
    pools = Pools.made(aws, AllowUnauthenticatedIdentities=True)
    for role in ("member", "guest"):
        policy = document(allow("execute-api:Invoke", "*"))
        aws.operator("iam").put_role_policy(RoleName=role, PolicyName="calls", PolicyDocument=policy)
    return pools


def _telling(aws: Door, backend: Backend) -> Api:
    mapped = {f"integration.request.header.{name}": source for name, source in _COGNITO.items()}
    return deployed(aws, {"/me": {"get": proxied(f"{backend.url}/me", requestParameters=mapped) | IAM}})


def test_a_backend_learns_who_signed_in(aws: Door, people: Pools, backend: Backend) -> None:
    api = _telling(aws, backend)
    people.user("ann")
    login = people.login("ann")
    identity = people.identity(**login)
    given = people.credentials(identity, login)
    assert api.signed(path="/me", by=credentials(given)).status == 200
    idp = aws.operator("cognito-idp")
    user = idp.admin_get_user(UserPoolId=people.user_pool, Username="ann")["UserAttributes"]
    sub = next(each["Value"] for each in user if each["Name"] == "sub")
    role_id = aws.operator("iam").get_role(RoleName="member")["Role"]["RoleId"]
    told = {name: backend.last.all(name) for name in _COGNITO}
    assert told == {
        "X-Access-Key": [given["AccessKeyId"]],
        "X-Account": [ACCOUNT],
        "X-Caller": [f"{role_id}:CognitoIdentityCredentials"],
        "X-Caller-Arn": [session_arn("member", "CognitoIdentityCredentials")],
        "X-Caller-Identity-Id": [identity],
        "X-Caller-Type": ["authenticated"],
        "X-Pool": [people.identity_pool],
        "X-Provider": [f"{people.provider},{people.provider}:CognitoSignIn:{sub}"],
    }


def test_a_backend_learns_that_a_guest_calls(aws: Door, people: Pools, backend: Backend) -> None:
    api = _telling(aws, backend)
    identity = people.identity()
    by = credentials(people.credentials(identity, {}))
    assert api.signed(path="/me", by=by).status == 200
    assert backend.last.all("X-Caller-Identity-Id") == [identity]
    assert backend.last.all("X-Caller-Type") == ["unauthenticated"]
    assert backend.last.all("X-Provider") == []


def test_the_classic_flow_tells_the_same(aws: Door, people: Pools, backend: Backend) -> None:
    aws.operator("cognito-identity").update_identity_pool(
        IdentityPoolId=people.identity_pool,
        IdentityPoolName="app",
        AllowUnauthenticatedIdentities=True,
        AllowClassicFlow=True,
    )
    api = _telling(aws, backend)
    identity = people.identity()
    token = people.client_side.get_open_id_token(IdentityId=identity)["Token"]
    role = aws.operator("iam").get_role(RoleName="guest")["Role"]["Arn"]
    given = aws.anonymous("sts").assume_role_with_web_identity(
        RoleArn=role, RoleSessionName="phone", WebIdentityToken=token
    )["Credentials"]
    assert api.signed(path="/me", by=credentials(given)).status == 200
    assert backend.last.all("X-Caller-Identity-Id") == [identity]


def test_a_caller_cannot_write_what_the_document_writes(aws: Door, people: Pools, backend: Backend) -> None:
    api = _telling(aws, backend)
    identity = people.identity()
    by = credentials(people.credentials(identity, {}))
    forged = [
        ("X-Caller-Identity-Id", "eu-west-1:forged"),
        ("x-caller-identity-id", "eu-west-1:forged"),
        ("X_Caller_Identity_Id", "eu-west-1:forged"),
        ("X-CALLER-TYPE", "authenticated"),
        ("X-Provider", "forged"),
    ]
    from sandbox.gateway.calling import sign

    signed = sign("GET", f"{api.url}/me", by=by)
    assert api.call("GET", "/me", [*signed.items(), *forged]).status == 200
    told = [
        each for each in backend.last.headers if each[0].lower().replace("_", "-").startswith(("x-caller", "x-prov"))
    ]
    assert sorted(told) == [
        ("X-Caller", backend.last.all("X-Caller")[0]),
        ("X-Caller-Arn", session_arn("guest", "CognitoIdentityCredentials")),
        ("X-Caller-Identity-Id", identity),
        ("X-Caller-Type", "unauthenticated"),
    ]


def test_a_call_in_another_region_is_another_api(aws: Door) -> None:
    client = aws.operator("apigateway", "eu-central-1")
    from sandbox.gateway.calling import body, send, sign

    from pulumi_aws_sandbox.runtime import gateway

    made = client.create_rest_api(name="far")["id"]
    client.put_rest_api(restApiId=made, mode="overwrite", body=body({"/a": {"get": saying("1", **IAM)}}).encode())
    client.create_deployment(restApiId=made, stageName="live")
    url = gateway.local_url(f"https://{made}.execute-api.eu-central-1.amazonaws.com/live/a")
    assert send("GET", url, sign("GET", url, region="eu-central-1")).status == 200
    assert send("GET", url, sign("GET", url, region=REGION)).status == 403
