"""The files of a backend that stands in the sandbox name what AWS itself says is there."""

import json
from collections.abc import Callable
from pathlib import Path

from aws_mobile_cli.client_files.writing import write
from aws_mobile_cli.plan import plain
from aws_mobile_cli.project import open_project
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

PROGRAM = """
import pulumi
from pulumi_aws_mobile import MobileBackend

backend = MobileBackend(
    "shop",
    {
        "identity": {
            "domain": {"prefix": "shop"},
            "federation": {"guests": True},
            "clients": {"app": {"callback_urls": ["shop://in"], "logout_urls": ["shop://out"]}},
        },
    },
)
pulumi.export("client", backend.client)
"""


def test_the_files_name_what_was_deployed(project: Callable[..., Path], tmp_path: Path) -> None:
    opened = open_project(project(PROGRAM), "dev")
    with in_process("eu-west-1") as aws:
        recording = opened.run(DeployMocks(Sandbox(aws)), preview=False)
        write(plain(recording.stack_outputs), tmp_path / "app", environment="dev")
        found = json.loads((tmp_path / "app/amplify_outputs.json").read_text())
        auth = found["auth"]
        client = aws("cognito-idp").describe_user_pool_client(
            UserPoolId=auth["user_pool_id"], ClientId=auth["user_pool_client_id"]
        )["UserPoolClient"]
        pool = aws("cognito-identity").describe_identity_pool(IdentityPoolId=auth["identity_pool_id"])
        bucket = aws("s3").get_bucket_location(Bucket=found["storage"]["bucket_name"])
    assert client["CallbackURLs"] == auth["oauth"]["redirect_sign_in_uri"] == ["shop://in"]
    assert pool["AllowUnauthenticatedIdentities"] is auth["unauthenticated_identities_enabled"] is True
    assert bucket["LocationConstraint"] == found["storage"]["aws_region"] == "eu-west-1"
    assert auth["oauth"]["domain"] == "shop.auth.eu-west-1.amazoncognito.com"
