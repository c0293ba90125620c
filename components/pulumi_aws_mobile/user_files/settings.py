"""Decides what a bucket of users' files is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.archive_bucket import rules as bucket_rules
from pulumi_aws_mobile.archive_bucket import settings as archive_settings
from pulumi_aws_mobile.archive_bucket.args import AccessLogArgs, ArchiveBucketArgs
from pulumi_aws_mobile.archive_bucket.settings import AccessLogs
from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.limits import Limits, Matching

from .args import UserFilesArgs, UserFilesReplicationArgs

LONGEST_NAME = 48
"""The longest component name that leaves room in S3's 63 characters for `-bucket` and the random ending that Pulumi
adds."""
LONGEST_REPLICATED_NAME = 34
"""The longest that leaves room in IAM's 64 characters for `-back-replication-role` and that ending."""
_NONCURRENT_EXPIRE_DAYS = 30
_ABORT_DAYS = 7
_LOG_RETENTION_DAYS = 400
_MOST_ORIGINS = 100
_ROLE_NAME = Matching(r"[\w+=,.@-]{1,64}", "the name of an IAM role")
_SAME = archive_settings.LIMITS[ArchiveBucketArgs]

LIMITS: Limits = {
    UserFilesArgs: {
        "region": _SAME["region"],
        "bucket_name": _SAME["bucket_name"],
        "signed_in_role_name": _ROLE_NAME,
        "group_role_names": _ROLE_NAME,
        "guest_role_name": _ROLE_NAME,
        "kms_key_arn": _SAME["kms_key_arn"],
        "cors_origins": Matching(
            r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", "an https origin, for example https://app.example.org"
        ),
        "noncurrent_expire_after_days": _SAME["expire_after_days"],
        "abort_incomplete_upload_days": _SAME["abort_incomplete_upload_days"],
    },
    UserFilesReplicationArgs: {"region": _SAME["region"], "kms_key_arn": _SAME["kms_key_arn"]},
    AccessLogArgs: archive_settings.LIMITS[AccessLogArgs],
}


@dataclass(frozen=True, slots=True)
class SecondBucket:
    """The bucket in another Region."""

    home: str
    """The Region of the first bucket."""
    region: str
    kms_key_arn: pulumi.Input[str] | None


@dataclass(frozen=True, slots=True)
class UserFilesSettings:
    """Everything about a bucket of users' files that is decided before anything is registered."""

    region: str | None
    bucket_name: str | None
    signed_in_role_name: pulumi.Input[str] | None
    group_role_names: Mapping[str, pulumi.Input[str]]
    guest_role_name: pulumi.Input[str] | None
    users_write_public: bool
    kms_key_arn: pulumi.Input[str] | None
    cors_origins: tuple[str, ...]
    noncurrent_expire_after_days: int
    abort_incomplete_upload_days: int
    access_logs: AccessLogs | None
    second: SecondBucket | None
    protect: bool
    empty_on_destroy: bool
    tags: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


def resolve(name: str, args: UserFilesArgs) -> UserFilesSettings:
    """Return the settings of the bucket `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(UserFilesArgs, args, LIMITS, problems)
    _check_name(name, problems, replicated="replication" in given)
    _check_replication(given, problems)
    _check_roles(given, problems)
    _check_origins(given.get("cors_origins"), problems)
    bucket_rules.check_access_logs(given, problems)
    bucket_rules.check_regions(given, problems)
    bucket_rules.check_protection(given, problems)
    problems.raise_for(f'UserFiles "{name}"')
    return UserFilesSettings(
        region=given.get("region"),
        bucket_name=given.get("bucket_name"),
        signed_in_role_name=given.get("signed_in_role_name"),
        group_role_names=given.get("group_role_names", {}),
        guest_role_name=given.get("guest_role_name"),
        users_write_public=given.get("users_write_public", True),
        kms_key_arn=given.get("kms_key_arn"),
        cors_origins=tuple(given.get("cors_origins", ())),
        noncurrent_expire_after_days=given.get("noncurrent_expire_after_days", _NONCURRENT_EXPIRE_DAYS),
        abort_incomplete_upload_days=given.get("abort_incomplete_upload_days", _ABORT_DAYS),
        access_logs=_access_logs(given.get("access_logs", {})),
        second=_second(given),
        protect=given.get("protect", True),
        empty_on_destroy=given.get("empty_on_destroy", False),
        tags=given.get("tags", {}),
    )


def _check_replication(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a second bucket in the Region of the first, or where S3 does not copy to."""
    if "replication" not in given or problems.touches("replication") or problems.touches("region"):
        return
    if "region" not in given:
        allowed = "the bucket's own Region, which the second one's is compared with"
        problems.add("region", None, allowed, "give it beside replication")
        return
    bucket_rules.check_copy_region(given["region"], given["replication"]["region"], "the bucket's", problems)


def _second(given: Mapping[str, Any]) -> SecondBucket | None:
    replication: Mapping[str, Any] | None = given.get("replication")
    if replication is None:
        return None
    return SecondBucket(given["region"], replication["region"], replication.get("kms_key_arn"))


def _check_name(name: str, problems: Problems, *, replicated: bool) -> None:
    """Refuse a component name of which no names of buckets and roles can be made."""
    longest = LONGEST_REPLICATED_NAME if replicated else LONGEST_NAME
    if len(name) > longest or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", name):
        problems.add(
            "name",
            name,
            f"1 to {longest} letters, digits and hyphens, not starting with a hyphen",
            f"rename the component: its buckets {'and roles ' if replicated else ''}are named after it",
        )


def _check_roles(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse roles and wishes that only make sense together."""
    if "group_role_names" in given and "signed_in_role_name" not in given:
        problems.add(
            "signed_in_role_name",
            None,
            "the role of everyone who is signed in, beside group_role_names",
            "give it, or remove group_role_names",
        )
    for key in given.get("group_role_names", {}):
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key):
            allowed = "the key of a group: 1 to 40 letters, digits, hyphens and underscores"
            problems.add(f"group_role_names.{key}", key, allowed, "rename it")
    asked = given.get("guests_read_public", False)
    if asked and "guest_role_name" not in given and not problems.touches("guest_role_name"):
        fix = "give it, or remove guests_read_public"
        problems.add("guest_role_name", None, "the role of guests, beside guests_read_public", fix)
    if "guest_role_name" in given and not asked:
        fix = "remove it, or set guests_read_public: true"
        problems.extend([Problem("guest_role_name", "a role", "nothing without guests_read_public", fix)])


def _check_origins(origins: list[str] | None, problems: Problems) -> None:
    """Refuse a list of origins that S3 would."""
    if origins is not None and not 1 <= len(origins) <= _MOST_ORIGINS:
        allowed = f"1 to {_MOST_ORIGINS} origins"
        problems.add("cors_origins", origins, allowed, "remove some" if origins else "remove it")


def _access_logs(logs: Mapping[str, Any]) -> AccessLogs | None:
    if not logs.get("enabled", True):
        return None
    return AccessLogs(logs.get("bucket_name"), logs.get("retention_days", _LOG_RETENTION_DAYS))
