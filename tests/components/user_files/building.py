"""A bucket of users' files under mocks, and the one that has everything."""

import json
from typing import Any

from components.archive_bucket.account import Account
from pulumi.runtime import Mocks

from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_mobile.user_files import UserFiles

Args = dict[str, Any]

FILES = "urn:pulumi:stack::project::aws-mobile:index:UserFiles::files"
HOME = "eu-west-1"
KEY = f"arn:aws:kms:{HOME}:123456789012:key/1"
ROLES: Args = {"signed_in_role_name": "users", "group_role_names": {"admins": "admins"}}
EVERYTHING: Args = {
    **ROLES,
    "region": HOME,
    "guest_role_name": "guests",
    "guests_read_public": True,
    "cors_origins": ["https://app.example.org", "https://localhost:3000"],
}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None) -> Recording:
    return record(lambda: UserFiles("files", args), preview=preview, mocks=mocks or Account())


def statements(recording: Recording, name: str) -> list[Args]:
    """Return what the policy `name` says."""
    return json.loads(recording.named(name).inputs["policy"])["Statement"]
