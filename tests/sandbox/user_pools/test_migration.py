"""The library's migration, deployed: a user of an old pool moves to the new one at the first sign-in."""

from collections.abc import Iterator

import pulumi
import pytest
from sandbox.user_pools.app import PASSWORD, App, refusal

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

WRONG = "NotAuthorizedException: Incorrect username or password."


@pytest.fixture(scope="module")
def pools() -> Iterator[tuple[App, App]]:
    """An old pool with one user, and the identity that takes its users over."""
    with in_process("eu-west-1") as clients:
        old = App.made(clients, {"ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]})
        old.register()

        def program() -> None:
            identity = Identity("app", {"migration": {"user_pool_id": old.pool, "client_id": old.client}})
            pulumi.export("pool", identity.user_pool_id)
            pulumi.export("clients", identity.client_ids)

        outputs = record(program, mocks=DeployMocks(Sandbox(clients))).stack_outputs
        (client,) = outputs["clients"].values()
        yield old, App(clients("cognito-idp"), outputs["pool"], client)


def test_a_user_moves_with_the_right_password_only(pools: tuple[App, App]) -> None:
    old, new = pools
    assert refusal(lambda: new.by_password("Wrong-horse-7")) == WRONG
    assert refusal(new.srp().authenticate_user) == WRONG
    assert new.by_password()["AuthenticationResult"]["TokenType"] == "Bearer"
    assert new.srp(PASSWORD).authenticate_user()["AuthenticationResult"]["TokenType"] == "Bearer"
    assert new.attributes()["email_verified"] == "true"
    assert new.attributes()["sub"] != old.attributes()["sub"]


def test_whoever_is_in_neither_pool_stays_out(pools: tuple[App, App]) -> None:
    _, new = pools
    assert refusal(lambda: new.by_password(name="nobody@example.com")) == WRONG
    assert new.idp.list_users(UserPoolId=new.pool, Filter='email = "nobody@example.com"')["Users"] == []
