"""Who calls is what API Gateway says, in three headers that have to be whole."""

import dataclasses
import re
from collections.abc import Callable

import pytest

from pulumi_aws_sandbox.runtime.child_processes import Children
from tests.app.core_api import Caller, CoreApi, serving, someone

ANYONE = Caller("eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c")
ROUTES = [("GET", "/notes"), ("POST", "/notes"), ("GET", "/notes/1"), ("PUT", "/notes/1"), ("DELETE", "/notes/1")]


@pytest.mark.parametrize(("method", "path"), [*ROUTES, ("GET", "/me")])
@pytest.mark.parametrize("headers", [[], [(name, "none") for name, _ in ANYONE.headers]], ids=["no headers", "none"])
def test_an_unsigned_request_is_401(api: CoreApi, method: str, path: str, headers: list[tuple[str, str]]) -> None:
    answer = api.call(method, path, headers=headers)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "AWS4-HMAC-SHA256")
    assert answer.json["detail"] == "Sign the request with the credentials of a signed-in user."


@pytest.mark.parametrize(("method", "path"), [*ROUTES, ("GET", "/me")])
def test_a_guest_is_403(api: CoreApi, method: str, path: str) -> None:
    answer = api.call(method, path, dataclasses.replace(ANYONE, type="unauthenticated"))
    assert answer.status == 403
    assert answer.json["detail"] == "The caller is not a signed-in user of the app."


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_id": ""},
        {"identity_id": "none"},
        {"identity_id": "2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c"},
        {"identity_id": "eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1"},
        {"identity_id": "eu-west-1:2F6F0C8D-7E55-4C3E-9B1F-019AAD5E5A1C"},
        {"identity_id": "eu-west-1:2f6f0c8d-7e55-4c3e-9b1f-019aad5e5a1c' OR '1'='1"},
        {"type": ""},
        {"type": "Authenticated"},
        {"arn": ""},
        {"arn": "arn:aws:iam::123456789012:user/operator"},
        {"arn": "arn:aws:sts::123456789012:assumed-role/operators/session"},
        {"arn": "arn:aws:sts::123456789012:assumed-role/operators/CognitoIdentityCredentials/more"},
        {"arn": "arn:aws:sts::123456789012:federated-user/CognitoIdentityCredentials"},
    ],
    ids=str,
)
def test_credentials_from_elsewhere_are_403(api: CoreApi, changes: dict[str, str]) -> None:
    assert api.call("GET", "/notes", dataclasses.replace(ANYONE, **changes)).status == 403


@pytest.mark.parametrize("missing", range(3))
def test_one_header_too_few_is_403(api: CoreApi, missing: int) -> None:
    headers = [header for place, header in enumerate(ANYONE.headers) if place != missing]
    assert api.call("GET", "/notes", headers=headers).status == 403


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
def test_every_partition_has_users(api: CoreApi, partition: str) -> None:
    caller = dataclasses.replace(ANYONE, arn=ANYONE.arn.replace("arn:aws:", f"arn:{partition}:"))
    assert api.call("GET", "/notes", caller).status == 200


def test_the_case_of_a_headers_name_does_not_matter(api: CoreApi) -> None:
    assert api.call("GET", "/notes", headers=[(n.lower(), v) for n, v in ANYONE.headers]).status == 200


# Not in another case: PHP's own server then reads memory that it has freed (github.com/php/php-src/pull/23721).
@pytest.mark.parametrize("name", [name for name, _ in ANYONE.headers])
@pytest.mark.parametrize(
    "spell",
    [
        str,
        lambda name: name.replace("-", "_"),
        lambda name: name.replace("-", "."),
        lambda name: name.replace("-", "_", 1),
    ],
    ids=["as it is", "underscores", "dots", "one underscore"],
)
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_second_spelling_of_a_header_is_refused(
    api: CoreApi, name: str, spell: Callable[[str], str], first: bool
) -> None:
    forged = [(spell(each), value) for each, value in someone().headers if each == name]
    headers = [*forged, *ANYONE.headers] if first else [*ANYONE.headers, *forged]
    answer = api.call("GET", "/notes", headers=headers)
    assert answer.status == 400
    assert answer.json["detail"] == f"The header {name} may be sent once, and in this spelling alone."


@pytest.mark.parametrize("mark", ["_", "."])
def test_headers_in_another_spelling_alone_are_no_headers(api: CoreApi, mark: str) -> None:
    headers = [(name.replace("-", mark), value) for name, value in ANYONE.headers]
    assert api.call("GET", "/notes", headers=headers).status == 400


def test_the_same_header_twice_is_refused_even_with_the_same_value(api: CoreApi) -> None:
    assert api.call("GET", "/notes", headers=ANYONE.headers * 2).status == 400


def test_nothing_else_in_a_request_makes_a_caller(api: CoreApi) -> None:
    (_, identity), *_ = ANYONE.headers
    answer = api.call(
        "GET", f"/notes?X-Caller-Identity-Id={identity}", headers=[("Cookie", f"X-Caller-Type={identity}")]
    )
    assert answer.status == 401


def test_the_log_never_names_the_caller(api: CoreApi) -> None:
    caller = someone()
    api.call("GET", "/notes", caller)
    assert not re.search(caller.identity_id, api.output.read_text())


@pytest.mark.parametrize(
    ("roles", "status"),
    [("role-of-users", 200), ("others:role-of-users", 200), ("role-of-user", 403), ("role-of-users-2:others", 403)],
)
def test_only_the_roles_of_users_bring_users(
    children: Children, environment: dict[str, str], roles: str, status: int
) -> None:
    caller = dataclasses.replace(
        ANYONE, arn="arn:aws:sts::123456789012:assumed-role/role-of-users/CognitoIdentityCredentials"
    )
    with serving(children, {**environment, "CALLER_ROLES": roles}) as api:
        assert api.call("GET", "/notes", caller).status == status
