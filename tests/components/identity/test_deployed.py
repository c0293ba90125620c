"""An identity in the sandbox's AWS, looked at and used as an app would.

What this does not prove: that Google and the company let anybody in, and that messages arrive; the sandbox keeps them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.identity.building import EVERYTHING, HOME, SES
from pycognito.aws_srp import AWSSRP

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import outbox

USER = "ada@example.com"
PASSWORD = "Correct-horse-1"


@dataclass(frozen=True)
class Deployed:
    """The outputs of an identity, with the AWS it is in."""

    outputs: dict[str, Any]
    clients: Any

    @property
    def users(self) -> Any:  # noqa: ANN401 - a client of boto3
        return self.clients("cognito-idp")

    @property
    def pool(self) -> dict[str, Any]:
        return self.users.describe_user_pool(UserPoolId=self.outputs["user_pool_id"])["UserPool"]

    def client(self, key: str) -> dict[str, Any]:
        found = {"UserPoolId": self.outputs["user_pool_id"], "ClientId": self.outputs["client_ids"][key]}
        return self.users.describe_user_pool_client(**found)["UserPoolClient"]


def deploy(clients: Any, name: str, args: dict[str, Any]) -> Deployed:  # noqa: ANN401 - the sandbox's clients
    recording = record(lambda: Identity(name, args), mocks=DeployMocks(Sandbox(clients)))
    return Deployed(recording.component_outputs[recording.named(name).urn], clients)


@pytest.fixture(scope="module")
def clients() -> Iterator[Any]:
    with in_process(HOME) as found:
        found("sesv2").create_email_identity(EmailIdentity="example.com")
        yield found


@pytest.fixture(scope="module")
def deployed(clients: Any) -> Deployed:  # noqa: ANN401 - the sandbox's clients
    kept = clients("secretsmanager").create_secret(Name="google", SecretString="from the manager")["ARN"]
    google = {"kind": "google", "client_id": "g-1", "client_secret_arn": kept}
    return deploy(clients, "users", {**EVERYTHING, "providers": {**EVERYTHING["providers"], "google": google}})


@pytest.fixture(scope="module")
def plain(clients: Any) -> Deployed:  # noqa: ANN401 - the sandbox's clients
    return deploy(clients, "plain", {"email": SES})


def test_the_pool_is_what_was_asked_for(deployed: Deployed) -> None:
    pool = deployed.pool
    assert pool["UserPoolTier"] == "PLUS"
    assert pool["DeletionProtection"] == "ACTIVE"
    assert sorted(pool["UsernameAttributes"]) == ["email", "phone_number"]
    assert pool["EmailConfiguration"]["EmailSendingAccount"] == "DEVELOPER"
    attributes = {attribute["Name"]: attribute for attribute in pool["SchemaAttributes"]}
    assert attributes["custom:points"]["NumberAttributeConstraints"]["MinValue"] == "0"
    assert attributes["name"]["Required"] is True


def test_each_client_has_what_its_kind_may_have(deployed: Deployed) -> None:
    app, worker = deployed.client("app"), deployed.client("worker")
    assert "ClientSecret" not in app
    assert app["AllowedOAuthFlows"] == ["code"]
    assert sorted(app["SupportedIdentityProviders"]) == ["COGNITO", "Google", "company"]
    assert worker["ClientSecret"] == deployed.outputs["client_secrets"].value["worker"]
    assert worker["AllowedOAuthFlows"] == ["client_credentials"]


def test_the_providers_secret_comes_from_secrets_manager(deployed: Deployed) -> None:
    found = deployed.users.describe_identity_provider(
        UserPoolId=deployed.outputs["user_pool_id"], ProviderName="Google"
    )
    assert found["IdentityProvider"]["ProviderDetails"]["client_secret"] == "from the manager"


def test_groups_have_the_roles_that_the_outputs_name(deployed: Deployed) -> None:
    groups = deployed.users.list_groups(UserPoolId=deployed.outputs["user_pool_id"])["Groups"]
    assert {group["GroupName"]: group["RoleArn"] for group in groups} == deployed.outputs["group_role_arns"]


def test_the_firewall_stands_before_the_pool(deployed: Deployed) -> None:
    acl = deployed.clients("wafv2").get_web_acl_for_resource(ResourceArn=deployed.outputs["user_pool_arn"])["WebACL"]
    assert acl["ARN"] == deployed.outputs["web_acl_arn"]
    assert [rule["Name"] for rule in acl["Rules"]] == [
        "known-bad-addresses",
        "common-attacks",
        "too-many-requests",
        "captcha",
    ]


def test_an_app_registers_a_user_who_signs_in_and_stays_signed_in(plain: Deployed) -> None:
    client = plain.outputs["client_ids"]["app"]
    email = [{"Name": "email", "Value": USER}]
    plain.users.sign_up(ClientId=client, Username=USER, Password=PASSWORD, UserAttributes=email)
    (message,) = outbox.messages(to=USER)
    (code,) = re.findall(r"\d{6}", message.body)
    plain.users.confirm_sign_up(ClientId=client, Username=USER, ConfirmationCode=code)
    srp = AWSSRP(
        username=USER, password=PASSWORD, pool_id=plain.outputs["user_pool_id"], client_id=client, client=plain.users
    )
    first = srp.authenticate_user()["AuthenticationResult"]
    second = plain.users.get_tokens_from_refresh_token(ClientId=client, RefreshToken=first["RefreshToken"])
    assert second["AuthenticationResult"]["RefreshToken"] != first["RefreshToken"]


def test_a_plain_password_is_not_taken(plain: Deployed) -> None:
    with pytest.raises(ClientError, match="USER_PASSWORD_AUTH"):
        plain.users.initiate_auth(
            ClientId=plain.outputs["client_ids"]["app"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": USER, "PASSWORD": PASSWORD},
        )


def test_an_identity_stands_on_a_pool_that_exists(clients: Any) -> None:  # noqa: ANN401 - the sandbox's clients
    pool = clients("cognito-idp").create_user_pool(PoolName="older")["UserPool"]
    later = deploy(clients, "later", {"existing_user_pool_id": pool["Id"], "groups": {"editors": {}}})
    assert later.outputs["user_pool_arn"] == pool["Arn"]
    assert later.client("app")["ClientName"] == "later-app"
    assert later.outputs["issuer"] == f"https://cognito-idp.{HOME}.amazonaws.com/{pool['Id']}"
