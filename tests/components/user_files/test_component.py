"""What a bucket of users' files registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.archive_bucket.account import Account
from components.user_files.building import EVERYTHING, FILES, HOME, KEY, ROLES, Args, build, statements
from components.user_files.strategies import user_files_args
from hypothesis import given, settings

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, record
from pulumi_aws_mobile.user_files import UserFiles

CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
POLICY = "aws:iam/rolePolicy:RolePolicy"


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_bucket_a_key_and_a_log_bucket_and_lets_nobody_in(preview: bool) -> None:
    assert sorted(child.name for child in build({}, preview=preview).children(FILES)) == [
        "files-bucket",
        "files-bucket-encryption",
        "files-bucket-lifecycle",
        "files-bucket-logging",
        "files-bucket-ownership",
        "files-bucket-policy",
        "files-bucket-public-access",
        "files-bucket-versioning",
        "files-key",
        "files-logs",
        "files-logs-encryption",
        "files-logs-lifecycle",
        "files-logs-ownership",
        "files-logs-policy",
        "files-logs-public-access",
        "files-logs-versioning",
    ]


def test_everything_is_a_child_of_the_component() -> None:
    recording = build(EVERYTHING)
    assert {resource.parent for resource in recording if resource.urn != FILES} == {FILES}


def test_everything_regional_is_in_the_region() -> None:
    regions = {child.name: child.inputs.get("region") for child in build(EVERYTHING).children(FILES)}
    nowhere = {"files-signed-in", "files-group-admins", "files-guests"}
    assert {name for name, region in regions.items() if region is None} == nowhere
    assert {region for name, region in regions.items() if name not in nowhere} == {HOME}


def test_everything_that_takes_tags_has_its_name_and_the_callers_tags() -> None:
    children = build({**EVERYTHING, "tags": {"team": "core"}}).children(FILES)
    tagged = {child.name: child.inputs["tags"] for child in children if "tags" in child.inputs}
    assert tagged == {name: {"Name": name, "team": "core"} for name in ("files-bucket", "files-key", "files-logs")}


def test_what_holds_or_guards_files_is_protected_and_retained() -> None:
    children = build(EVERYTHING).children(FILES)
    loose = {"files-bucket-logging", "files-cors", "files-signed-in", "files-group-admins", "files-guests"}
    assert {child.name for child in children if not child.protect} == loose
    assert {child.name for child in children if not child.retain_on_delete} == loose


def test_protection_goes_by_an_explicit_argument() -> None:
    children = build({"protect": False, "empty_on_destroy": True}).children(FILES)
    assert {(child.protect, child.retain_on_delete) for child in children} == {(False, False)}
    assert {child.inputs["forceDestroy"] for child in children if "forceDestroy" in child.inputs} == {True}


def test_files_are_encrypted_by_the_components_key_through_a_bucket_key() -> None:
    (rule,) = build({}).named("files-bucket-encryption").inputs["rules"]
    assert rule == {
        "applyServerSideEncryptionByDefault": {
            "sseAlgorithm": "aws:kms",
            "kmsMasterKeyId": "arn:aws:kms:eu-west-1:123456789012:files-key",
        },
        "bucketKeyEnabled": True,
    }


def test_a_key_can_be_given() -> None:
    recording = build({"kms_key_arn": KEY})
    assert not recording.of_type("aws:kms/key:Key")
    (rule,) = recording.named("files-bucket-encryption").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == KEY


def test_old_versions_and_unfinished_uploads_go() -> None:
    args = {"noncurrent_expire_after_days": 90, "abort_incomplete_upload_days": 2}
    assert build(args).named("files-bucket-lifecycle").inputs["rules"] == [
        {
            "id": "tidy-up",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 2},
            "expiration": {"expiredObjectDeleteMarker": True},
            "noncurrentVersionExpiration": {"noncurrentDays": 90},
        }
    ]


def test_without_origins_no_web_page_may_use_the_bucket() -> None:
    assert not build({}).of_type(CORS)


def test_pages_of_named_origins_may_use_the_bucket() -> None:
    cors = build(EVERYTHING).only(CORS)
    assert (cors.inputs["bucket"], cors.inputs["region"]) == ("files-bucket", HOME)
    assert cors.inputs["corsRules"] == [
        {
            "allowedOrigins": ["https://app.example.org", "https://localhost:3000"],
            "allowedMethods": ["GET", "HEAD", "PUT", "POST", "DELETE"],
            "allowedHeaders": ["*"],
            "exposeHeaders": [
                "ETag",
                "x-amz-request-id",
                "x-amz-id-2",
                "x-amz-version-id",
                "x-amz-server-side-encryption",
            ],
            "maxAgeSeconds": 3000,
        }
    ]


def test_each_named_role_gets_one_policy() -> None:
    roles = {policy.name: policy.inputs["role"] for policy in build(EVERYTHING).of_type(POLICY)}
    assert roles == {"files-signed-in": "users", "files-group-admins": "admins", "files-guests": "guests"}


def test_members_of_groups_get_what_everyone_gets() -> None:
    recording = build(ROLES)
    assert statements(recording, "files-group-admins") == statements(recording, "files-signed-in")


def test_requests_need_not_be_recorded() -> None:
    recording = build({"access_logs": {"enabled": False}})
    assert [child.name for child in recording.children(FILES) if "log" in child.name] == []
    assert recording.component_outputs[FILES].get("log_bucket_name") is None


def test_the_outputs_say_where_everything_is() -> None:
    assert build(EVERYTHING).component_outputs[FILES] == {
        "bucket_name": "files-bucket",
        "bucket_arn": "arn:aws:s3:::files-bucket",
        "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:files-key",
        "log_bucket_name": "files-logs",
    }


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    recording = build(EVERYTHING, preview=True)
    assert set(recording.component_outputs[FILES].values()) == {UNKNOWN}
    assert recording.named("files-signed-in").inputs == {"role": "users", "policy": UNKNOWN}


def test_other_roles_can_be_given_the_statements() -> None:
    seen: list[Any] = []

    def program() -> None:
        files = UserFiles("files", {})
        both = pulumi.Output.all(files.signed_in_statements(), files.guest_statements())
        both.apply(seen.extend)

    record(program, mocks=Account())
    assert [[statement["actions"] for statement in listed] for listed in seen] == [
        [
            [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            ],
            ["s3:GetObject"],
            ["s3:ListBucket"],
            ["kms:Decrypt", "kms:GenerateDataKey"],
        ],
        [["s3:GetObject"], ["s3:ListBucket"], ["kms:Decrypt"]],
    ]


def test_two_components_do_not_collide() -> None:
    def program() -> None:
        UserFiles("files", EVERYTHING)
        UserFiles("files-2", EVERYTHING)

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: UserFiles("files", {"cors_origins": []}), on_resource=registered.append)
    assert not registered


@settings(max_examples=25)
@given(user_files_args())
def test_any_valid_options_are_least_privilege(args: Args) -> None:
    recording = build(args)
    assert recording.named("files-bucket-public-access").inputs["restrictPublicBuckets"] is True
    for policy in recording.of_type(POLICY):
        for statement in json.loads(policy.inputs["policy"])["Statement"]:
            assert not [action for action in statement["Action"] if "*" in action]
            assert not [
                resource for resource in statement["Resource"] if resource in ("*", "arn:aws:s3:::files-bucket/*")
            ]
            if "s3:ListBucket" in statement["Action"]:
                assert statement["Condition"]["StringLike"]["s3:prefix"]
            if any(action.startswith("kms:") for action in statement["Action"]):
                assert statement["Condition"]["StringEquals"]["kms:ViaService"] == ["s3.eu-west-1.amazonaws.com"]
