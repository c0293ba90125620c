"""What users and guests may do: the statements word for word, and the answers that IAM gives by them.

The answers come from the sandbox's reading of IAM's rules.
"""

from collections.abc import Mapping

import pytest
from components.user_files.building import EVERYTHING, build, statements

from pulumi_aws_mobile.user_files.documents import s3_service
from pulumi_aws_sandbox.runtime.access.patterns import lowered
from pulumi_aws_sandbox.runtime.access.policies import Policies, Question, decide

BUCKET = "arn:aws:s3:::files-bucket"
KEY = "arn:aws:kms:eu-west-1:123456789012:files-key"
ID = "${cognito-identity.amazonaws.com:sub}"
ANNA, BERT = "eu-west-1:anna", "eu-west-1:bert"
LISTING = {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [BUCKET]}
THROUGH_S3 = {"StringEquals": {"kms:ViaService": ["s3.eu-west-1.amazonaws.com"]}}
WRITES = ["s3:PutObject", "s3:DeleteObject"]


def may(policy: str, action: str, resource: str, facts: Mapping[str, str] | None = None, **options: bool) -> bool:
    """Tell whether the role that has `policy` may do that, as the user Anna."""
    document = {"Version": "2012-10-17", "Statement": statements(build({**EVERYTHING, **options}), policy)}
    context = lowered({"cognito-identity.amazonaws.com:sub": ANNA, **(facts or {})})
    return decide(Question(action, resource, context), Policies(identity=(document,))).allowed


def test_users_have_their_own_files_see_the_protected_and_share_the_public() -> None:
    assert statements(build(EVERYTHING), "files-signed-in") == [
        {
            "Effect": "Allow",
            "Action": [
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ],
            "Resource": [f"{BUCKET}/private/{ID}/*", f"{BUCKET}/protected/{ID}/*", f"{BUCKET}/public/*"],
        },
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": [f"{BUCKET}/protected/*", f"{BUCKET}/public/*"],
        },
        {**LISTING, "Condition": {"StringLike": {"s3:prefix": [f"private/{ID}/*", "protected/*", "public/*"]}}},
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": [KEY],
            "Condition": THROUGH_S3,
        },
    ]


def test_guests_read_and_list_the_public_files() -> None:
    assert statements(build(EVERYTHING), "files-guests") == [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [f"{BUCKET}/public/*"]},
        {**LISTING, "Condition": {"StringLike": {"s3:prefix": ["public/*"]}}},
        {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [KEY], "Condition": THROUGH_S3},
    ]


@pytest.mark.parametrize("action", ["s3:GetObject", *WRITES])
@pytest.mark.parametrize("prefix", ["private", "protected"])
def test_a_user_does_everything_with_their_own_files(prefix: str, action: str) -> None:
    assert may("files-signed-in", action, f"{BUCKET}/{prefix}/{ANNA}/photo.jpg")


@pytest.mark.parametrize("action", ["s3:GetObject", *WRITES])
def test_a_user_does_nothing_with_anothers_private_files(action: str) -> None:
    assert not may("files-signed-in", action, f"{BUCKET}/private/{BERT}/photo.jpg")


def test_a_user_reads_anothers_protected_files_only() -> None:
    protected = f"{BUCKET}/protected/{BERT}/photo.jpg"
    assert may("files-signed-in", "s3:GetObject", protected)
    assert not [action for action in WRITES if may("files-signed-in", action, protected)]


def test_users_share_the_public_files() -> None:
    public = f"{BUCKET}/public/photo.jpg"
    assert all(may("files-signed-in", action, public) for action in ["s3:GetObject", *WRITES])


def test_the_public_files_can_be_read_only() -> None:
    public = f"{BUCKET}/public/photo.jpg"
    assert may("files-signed-in", "s3:GetObject", public, users_write_public=False)
    assert not [action for action in WRITES if may("files-signed-in", action, public, users_write_public=False)]


@pytest.mark.parametrize(
    ("prefix", "allowed"),
    [
        (f"private/{ANNA}/", True),
        (f"private/{ANNA}/trip/", True),
        (f"private/{BERT}/", False),
        (f"private/{ANNA}", False),
        ("private/", False),
        (f"protected/{BERT}/", True),
        ("public/", True),
        ("", False),
        (None, False),
    ],
)
def test_a_user_lists_only_where_they_may_read(prefix: str | None, allowed: bool) -> None:
    facts = {} if prefix is None else {"s3:prefix": prefix}
    assert may("files-signed-in", "s3:ListBucket", BUCKET, facts) is allowed


def test_guests_reach_nothing_but_the_public_files() -> None:
    assert may("files-guests", "s3:GetObject", f"{BUCKET}/public/photo.jpg")
    assert not [action for action in WRITES if may("files-guests", action, f"{BUCKET}/public/photo.jpg")]
    assert not may("files-guests", "s3:GetObject", f"{BUCKET}/protected/{ANNA}/photo.jpg")
    assert not may("files-guests", "s3:GetObject", f"{BUCKET}/private/{ANNA}/photo.jpg")
    assert not may("files-guests", "s3:ListBucket", BUCKET, {"s3:prefix": "protected/"})


def test_the_key_is_used_through_s3_only() -> None:
    through = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}
    assert may("files-signed-in", "kms:Decrypt", KEY, through)
    assert not may("files-signed-in", "kms:Decrypt", KEY)
    assert not may("files-signed-in", "kms:Decrypt", KEY, {"kms:ViaService": "s3.eu-north-1.amazonaws.com"})
    assert not may("files-guests", "kms:GenerateDataKey", KEY, through)


@pytest.mark.parametrize("action", ["s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:PutObjectAcl"])
def test_users_cannot_touch_versions_or_acls(action: str) -> None:
    assert not may("files-signed-in", action, f"{BUCKET}/private/{ANNA}/photo.jpg")


@pytest.mark.parametrize(
    ("region", "arn", "service"),
    [
        ("eu-west-1", "arn:aws:s3:::files", "s3.eu-west-1.amazonaws.com"),
        ("us-gov-west-1", "arn:aws-us-gov:s3:::files", "s3.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "arn:aws-cn:s3:::files", "s3.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_kms_knows_s3_by_region_and_partition(region: str, arn: str, service: str) -> None:
    assert s3_service(region, arn) == service


def test_no_statement_names_everything() -> None:
    recording = build(EVERYTHING)
    said = [*statements(recording, "files-signed-in"), *statements(recording, "files-guests")]
    assert not [statement for statement in said if {"*", f"{BUCKET}/*"} & set(statement["Resource"])]
