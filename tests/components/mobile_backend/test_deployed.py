"""A backend in the sandbox's AWS, used as apps would: sign in, get credentials, reach files.

What this does not prove: that AWS answers the same; the sandbox's README says where it is more lenient.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from components.mobile_backend.building import BACKEND, EVERYTHING, HOME, build
from pycognito.aws_srp import AWSSRP

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

PASSWORD = "Correct-horse-1"


@dataclass(frozen=True)
class App:
    """The deployed backend as an app knows it, and the way in for its operator."""

    outputs: dict[str, Any]
    clients: Any

    @property
    def bucket(self) -> str:
        return self.outputs["user_files_bucket_name"]

    def register(self, email: str, group: str | None = None) -> None:
        """Create a user who has confirmed their address."""
        who = {"UserPoolId": self.outputs["user_pool_id"], "Username": email}
        verified = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        users = self.clients("cognito-idp")
        users.admin_create_user(**who, MessageAction="SUPPRESS", UserAttributes=verified)
        users.admin_set_user_password(**who, Password=PASSWORD, Permanent=True)
        if group is not None:
            users.admin_add_user_to_group(**who, GroupName=group)

    def signed_in(self, email: str) -> "Session":
        """Sign a user in by SRP and exchange the token for credentials."""
        users = self.clients("cognito-idp")
        pool, client = self.outputs["user_pool_id"], self.outputs["client_ids"]["app"]
        srp = AWSSRP(username=email, password=PASSWORD, pool_id=pool, client_id=client, client=users)
        token = srp.authenticate_user()["AuthenticationResult"]["IdToken"]
        return self._session({"Logins": {self.outputs["user_pool_endpoint"]: token}})

    def guest(self) -> "Session":
        """Get credentials without signing in."""
        return self._session({})

    def _session(self, logins: dict[str, Any]) -> "Session":
        identities = self.clients("cognito-identity")
        identity = identities.get_id(IdentityPoolId=self.outputs["identity_pool_id"], **logins)["IdentityId"]
        credentials = identities.get_credentials_for_identity(IdentityId=identity, **logins)["Credentials"]
        keys = {
            "aws_access_key_id": credentials["AccessKeyId"],
            "aws_secret_access_key": credentials["SecretKey"],
            "aws_session_token": credentials["SessionToken"],
        }
        return Session(identity, boto3.Session(region_name=HOME, **keys))


@dataclass(frozen=True)
class Session:
    """What one user has: an identity id and temporary credentials."""

    identity: str
    aws: boto3.Session

    @property
    def s3(self) -> Any:  # noqa: ANN401 - a boto3 client
        return self.aws.client("s3")

    @property
    def role(self) -> str:
        return self.aws.client("sts").get_caller_identity()["Arn"].split("/")[1]


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with in_process(HOME) as clients:
        deployed = App(build(EVERYTHING, mocks=DeployMocks(Sandbox(clients))).component_outputs[BACKEND], clients)
        deployed.register("anna@example.org")
        deployed.register("bert@example.org")
        deployed.register("cleo@example.org", group="staff")
        yield deployed


def refused(call: Callable[..., object], **request: object) -> bool:
    with pytest.raises(ClientError) as caught:
        call(**request)
    return caught.value.response["Error"]["Code"] == "AccessDenied"


@pytest.mark.parametrize("prefix", ["private", "protected"])
def test_a_user_keeps_files_of_their_own(app: App, prefix: str) -> None:
    anna = app.signed_in("anna@example.org")
    key = f"{prefix}/{anna.identity}/note"
    anna.s3.put_object(Bucket=app.bucket, Key=key, Body=b"mine")
    assert anna.s3.get_object(Bucket=app.bucket, Key=key)["Body"].read() == b"mine"
    listed = anna.s3.list_objects_v2(Bucket=app.bucket, Prefix=f"{prefix}/{anna.identity}/")
    assert key in [found["Key"] for found in listed["Contents"]]
    anna.s3.delete_object(Bucket=app.bucket, Key=key)


def test_a_user_does_not_reach_anothers_private_files(app: App) -> None:
    anna, bert = app.signed_in("anna@example.org"), app.signed_in("bert@example.org")
    key = f"private/{anna.identity}/secret"
    anna.s3.put_object(Bucket=app.bucket, Key=key, Body=b"mine")
    assert refused(bert.s3.get_object, Bucket=app.bucket, Key=key)
    assert refused(bert.s3.put_object, Bucket=app.bucket, Key=key, Body=b"his")
    assert refused(bert.s3.list_objects_v2, Bucket=app.bucket, Prefix=f"private/{anna.identity}/")
    assert refused(bert.s3.list_objects_v2, Bucket=app.bucket)


def test_a_user_shows_protected_files_to_others(app: App) -> None:
    anna, bert = app.signed_in("anna@example.org"), app.signed_in("bert@example.org")
    key = f"protected/{anna.identity}/portrait"
    anna.s3.put_object(Bucket=app.bucket, Key=key, Body=b"shown")
    assert bert.s3.get_object(Bucket=app.bucket, Key=key)["Body"].read() == b"shown"
    assert refused(bert.s3.delete_object, Bucket=app.bucket, Key=key)


def test_guests_read_the_public_files_and_no_others(app: App) -> None:
    anna, guest = app.signed_in("anna@example.org"), app.guest()
    anna.s3.put_object(Bucket=app.bucket, Key="public/welcome", Body=b"hello")
    assert guest.s3.get_object(Bucket=app.bucket, Key="public/welcome")["Body"].read() == b"hello"
    assert refused(guest.s3.put_object, Bucket=app.bucket, Key="public/welcome", Body=b"bye")
    assert refused(guest.s3.list_objects_v2, Bucket=app.bucket, Prefix="protected/")


def test_members_of_a_group_have_its_role_and_their_files(app: App) -> None:
    cleo = app.signed_in("cleo@example.org")
    assert cleo.role.startswith("app-identity-group-staff-")
    cleo.s3.put_object(Bucket=app.bucket, Key=f"private/{cleo.identity}/note", Body=b"mine")


def test_others_have_the_common_role(app: App) -> None:
    assert app.signed_in("anna@example.org").role.startswith("app-identity-signed-in-")
    assert app.guest().role.startswith("app-identity-guests-")


def test_users_reach_nothing_else(app: App) -> None:
    anna = app.signed_in("anna@example.org")
    assert refused(anna.s3.list_buckets)
    assert refused(anna.s3.get_bucket_policy, Bucket=app.bucket)
