"""An identity pool in the sandbox's AWS: which tokens it takes, and which role each of them gets.

What this does not prove: that the providers' own sign-in works; stand-ins on this machine sign the tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from components.identity.federation_building import EVERYTHING, GROUPS, HOME
from pycognito.aws_srp import AWSSRP

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime.issuers import stand_in

PASSWORD = "Correct-horse-1"
PARTNER = "login.example.org"


@dataclass(frozen=True)
class Deployed:
    """The identity, with the AWS it is in."""

    outputs: dict[str, Any]
    clients: Any

    def role_of(self, login: str, token: str) -> str:
        """Exchange a token; return the logical name of the role that its holder gets."""
        identities, logins = self.clients("cognito-identity"), {login: token}
        identity = identities.get_id(IdentityPoolId=self.outputs["identity_pool_id"], Logins=logins)["IdentityId"]
        given = identities.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
        holder = self.clients.signed_by(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])
        return holder("sts").get_caller_identity()["Arn"].split("/")[1].rpartition("-")[0]

    def user_token(self, email: str, *groups: str) -> str:
        """Create a user in the groups; return the ID token of a sign-in by SRP."""
        users, pool = self.clients("cognito-idp"), self.outputs["user_pool_id"]
        verified = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        users.admin_create_user(UserPoolId=pool, Username=email, MessageAction="SUPPRESS", UserAttributes=verified)
        users.admin_set_user_password(UserPoolId=pool, Username=email, Password=PASSWORD, Permanent=True)
        for group in groups:
            users.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
        client = self.outputs["client_ids"]["app"]
        srp = AWSSRP(username=email, password=PASSWORD, pool_id=pool, client_id=client, client=users)
        return srp.authenticate_user()["AuthenticationResult"]["IdToken"]


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as clients:
        recording = record(
            lambda: Identity("identity", {"federation": EVERYTHING, "groups": GROUPS}),
            mocks=DeployMocks(Sandbox(clients)),
        )
        yield Deployed(recording.component_outputs[recording.named("identity").urn], clients)


@pytest.mark.parametrize(
    ("tier", "role"),
    [
        ("gold", "identity-group-admins"),
        ("silver", "identity-group-staff"),
        ("none", "identity-signed-in"),
    ],
)
def test_the_first_rule_that_fits_a_partners_token_decides(deployed: Deployed, tier: str, role: str) -> None:
    with stand_in(f"https://{PARTNER}") as partner:
        assert deployed.role_of(PARTNER, partner.token(sub=f"user-{tier}", aud="ios", tier=tier)) == role


def test_a_partners_token_for_another_app_is_refused(deployed: Deployed) -> None:
    with stand_in(f"https://{PARTNER}") as partner, pytest.raises(ClientError, match="NotAuthorizedException"):
        deployed.role_of(PARTNER, partner.token(sub="user", aud="another-app", tier="gold"))


def test_a_user_of_apple_whom_no_rule_fits_gets_nothing(deployed: Deployed) -> None:
    with stand_in("https://appleid.apple.com") as apple:
        known = apple.token(sub="one", aud="org.example.app", email="staff.one@example.org")
        assert deployed.role_of("appleid.apple.com", known) == "identity-group-staff"
        with pytest.raises(ClientError, match="NotAuthorizedException"):
            deployed.role_of(
                "appleid.apple.com", apple.token(sub="two", aud="org.example.app", email="two@example.org")
            )


def test_a_user_of_google_has_the_common_role(deployed: Deployed) -> None:
    with stand_in("https://accounts.google.com") as google:
        token = google.token(sub="one", aud="12-ab.apps.googleusercontent.com")
        assert deployed.role_of("accounts.google.com", token) == "identity-signed-in"


def test_a_member_of_a_group_has_its_role(deployed: Deployed) -> None:
    token = deployed.user_token("anna@example.org", "staff")
    assert deployed.role_of(deployed.outputs["user_pool_endpoint"], token) == "identity-group-staff"


def test_of_several_groups_the_lowest_precedence_decides(deployed: Deployed) -> None:
    token = deployed.user_token("bert@example.org", "staff", "admins")
    assert deployed.role_of(deployed.outputs["user_pool_endpoint"], token) == "identity-group-admins"


def test_a_user_in_no_group_is_denied_where_that_was_asked(deployed: Deployed) -> None:
    token = deployed.user_token("cleo@example.org")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        deployed.role_of(deployed.outputs["user_pool_endpoint"], token)


def test_a_user_who_was_disabled_gets_nothing_for_a_token_that_was_good(deployed: Deployed) -> None:
    token = deployed.user_token("dora@example.org", "staff")
    pool = deployed.outputs["user_pool_id"]
    deployed.clients("cognito-idp").admin_disable_user(UserPoolId=pool, Username="dora@example.org")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        deployed.role_of(deployed.outputs["user_pool_endpoint"], token)


def test_the_classic_flow_gives_nothing(deployed: Deployed) -> None:
    identities = deployed.clients("cognito-identity")
    identity = identities.get_id(IdentityPoolId=deployed.outputs["identity_pool_id"])["IdentityId"]
    with pytest.raises(ClientError, match="Basic"):
        identities.get_open_id_token(IdentityId=identity)
