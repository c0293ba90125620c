"""A backend without guests in the sandbox's AWS: whoever has not signed in gets nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.mobile_backend.building import BACKEND, HOME, build

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks


@pytest.fixture
def deployed() -> Iterator[tuple[dict[str, Any], Any]]:
    with in_process(HOME) as clients:
        yield build({}, mocks=DeployMocks(Sandbox(clients))).component_outputs[BACKEND], clients("cognito-identity")


def test_nobody_gets_an_identity_without_signing_in(deployed: tuple[dict[str, Any], Any]) -> None:
    outputs, identities = deployed
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        identities.get_id(IdentityPoolId=outputs["identity_pool_id"])


def test_the_pool_names_a_role_for_users_only(deployed: tuple[dict[str, Any], Any]) -> None:
    outputs, identities = deployed
    roles = identities.get_identity_pool_roles(IdentityPoolId=outputs["identity_pool_id"])["Roles"]
    assert roles == {"authenticated": outputs["signed_in_role_arn"]}
