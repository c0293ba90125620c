"""The types that identity is built of, through a server: its routes are not those of an AWS in this process."""

import pytest
from sandbox.situations import SITUATIONS, World

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.serve import serving

TOKENS = (
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    "aws:cognito/managedLoginBranding:ManagedLoginBranding",
    "aws:cognito/userPool:UserPool",
    "aws:cognito/userPoolClient:UserPoolClient",
    "aws:iam/samlProvider:SamlProvider",
    "aws:sesv2/emailIdentity:EmailIdentity",
    "aws:wafv2/webAcl:WebAcl",
)


@pytest.mark.parametrize("token", TOKENS)
def test_a_type_lives_from_creation_to_deletion(token: str) -> None:
    with serving() as url:
        sandbox = Sandbox(server(url, "eu-west-1"))
        first, changed = SITUATIONS[token](World(sandbox))
        assert changed is not None
        inputs, _ = sandbox.check(token, "thing", first, None, b"seed")
        resource_id, outputs = sandbox.create(token, inputs, "thing")
        assert sandbox.read(token, resource_id, outputs, "thing") == outputs
        after, _ = sandbox.check(token, "thing", changed, inputs, b"seed")
        outputs = sandbox.update(token, resource_id, outputs, inputs, after, "thing")
        assert sandbox.refreshed_inputs(token, after, outputs) == after
        sandbox.delete(token, resource_id, outputs, "thing")
        assert sandbox.read(token, resource_id, outputs, "thing") is None
