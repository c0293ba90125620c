"""A recovery site under mocks."""

from typing import Any

from components.mobile_backend.building import Account
from pulumi.runtime import Mocks

from pulumi_aws_mobile.recovery_site import RecoverySite
from pulumi_aws_mobile.testing import Recording, record

Args = dict[str, Any]

THERE = "eu-central-1"
USERS: Args = {
    "user_pool_id": "eu-west-1_abcdefghi",
    "user_pool_arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abcdefghi",
    "identity_pool_id": "eu-west-1:00000000-0000-0000-0000-000000000000",
    "role_arns": ["arn:aws:iam::123456789012:role/app-signed-in", "arn:aws:iam::123456789012:role/app-group-staff"],
}
SITE: Args = {
    **USERS,
    "region": THERE,
    "groups": ["staff"],
    "api": {"contributions": {"core": {"file": "app/openapi.yaml", "target": "core_api"}}},
    "web_tier": {"source": "app", "environment": {"GREETING": "hello"}},
}
"""A site with servers, for programs that run at the root of the repository."""


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: RecoverySite("there", args), preview=preview, mocks=mocks or Account())  # pyrefly: ignore[bad-argument-type]
