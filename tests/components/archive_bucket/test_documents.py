"""The policies, word for word, and what they mean to a request.

What this does not prove: that IAM evaluates them so; the evaluator here knows the few operators that they use.
"""

from typing import Any

import pytest

from pulumi_aws_mobile.archive_bucket.documents import bucket_policy, replication_permissions, replication_trust

BUCKET = "arn:aws:s3:::archive"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1"
ALGORITHM = "s3:x-amz-server-side-encryption"
KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id"
CALLERS_KEY = "s3:x-amz-server-side-encryption-customer-algorithm"
TLS = {"aws:SecureTransport": "true"}


def holds(operator: str, key: str, wanted: str, request: dict[str, str]) -> bool:
    match operator:
        case "Null":
            return (key not in request) == (wanted == "true")
        case "Bool":
            return request.get(key) == wanted
        case "StringNotEquals":  # true for an absent key, as in IAM
            return request.get(key) != wanted
    raise AssertionError(operator)


def put(headers: dict[str, str]) -> list[str]:
    context = {**TLS, **headers}
    return [
        statement["Sid"]
        for statement in bucket_policy(BUCKET, KEY)["Statement"]
        if all(
            holds(operator, key, wanted, context)
            for operator, tests in statement["Condition"].items()
            for key, wanted in tests.items()
        )
    ]


@pytest.mark.parametrize(
    "headers",
    [{}, {ALGORITHM: "aws:kms"}, {ALGORITHM: "aws:kms", KEY_ID: KEY}, {KEY_ID: KEY}],
)
def test_a_write_with_the_archives_key_or_none_is_not_denied(headers: dict[str, str]) -> None:
    assert put(headers) == []


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        ({ALGORITHM: "AES256"}, "DenyOtherAlgorithm"),
        ({ALGORITHM: "aws:kms", KEY_ID: f"{KEY}2"}, "DenyOtherKey"),
        ({CALLERS_KEY: "AES256"}, "DenyCallersOwnKey"),
        ({"aws:SecureTransport": "false"}, "DenyPlainHttp"),
    ],
)
def test_a_write_with_another_key_or_without_tls_is_denied(headers: dict[str, str], by: str) -> None:
    assert put(headers) == [by]


def test_plain_http_is_denied_for_the_bucket_and_its_objects() -> None:
    assert bucket_policy(BUCKET, None) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "DenyPlainHttp",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [BUCKET, f"{BUCKET}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def test_only_writes_of_objects_are_held_to_the_key() -> None:
    statements = bucket_policy(BUCKET, KEY)["Statement"][1:]
    assert {(one["Effect"], one["Action"], one["Resource"]) for one in statements} == {
        ("Deny", "s3:PutObject", f"{BUCKET}/*")
    }


def test_logs_are_delivered_from_one_bucket_of_one_account() -> None:
    assert bucket_policy("arn:aws:s3:::logs", None, (BUCKET, "123456789012"))["Statement"][-1] == {
        "Sid": "AllowLogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::logs/*",
        "Condition": {"ArnEquals": {"aws:SourceArn": BUCKET}, "StringEquals": {"aws:SourceAccount": "123456789012"}},
    }


def test_s3_alone_may_take_the_role_that_copies() -> None:
    assert replication_trust() == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }


def permissions(**changed: object) -> dict[str, Any]:
    ends: dict[str, Any] = {
        "source_arn": BUCKET,
        "source_key_arn": KEY,
        "source_region": "eu-west-1",
        "copy_arn": "arn:aws:s3:::copy",
        "copy_key_arn": "arn:aws:kms:eu-central-1:123456789012:key/2",
        "copy_region": "eu-central-1",
        "delete_markers": False,
        "object_lock": False,
    }
    document = replication_permissions(**{**ends, **changed})
    return {statement["Sid"]: statement for statement in document["Statement"]}


def test_the_role_that_copies_may_do_no_more_than_copy() -> None:
    assert list(permissions().values()) == [
        {
            "Sid": "ReadRules",
            "Effect": "Allow",
            "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            "Resource": BUCKET,
        },
        {
            "Sid": "ReadVersions",
            "Effect": "Allow",
            "Action": ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
            "Resource": f"{BUCKET}/*",
        },
        {
            "Sid": "WriteCopies",
            "Effect": "Allow",
            "Action": ["s3:ReplicateObject", "s3:ReplicateTags"],
            "Resource": "arn:aws:s3:::copy/*",
        },
        {
            "Sid": "DecryptHere",
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": KEY,
            "Condition": {
                "StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"},
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": [BUCKET, f"{BUCKET}/*"]},
            },
        },
        {
            "Sid": "EncryptThere",
            "Effect": "Allow",
            "Action": ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
            "Resource": "arn:aws:kms:eu-central-1:123456789012:key/2",
            "Condition": {
                "StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"},
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::copy", "arn:aws:s3:::copy/*"]},
            },
        },
    ]


def test_deletions_are_copied_only_where_asked() -> None:
    assert permissions(delete_markers=True)["WriteCopies"]["Action"] == [
        "s3:ReplicateObject",
        "s3:ReplicateTags",
        "s3:ReplicateDelete",
    ]


def test_locked_versions_are_read_with_their_locks() -> None:
    assert permissions(object_lock=True)["ReadVersions"]["Action"][-2:] == [
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold",
    ]


def test_china_has_its_own_names_for_services() -> None:
    documents = permissions(
        source_arn="arn:aws-cn:s3:::archive", source_region="cn-north-1", copy_region="cn-northwest-1"
    )
    assert [
        documents[sid]["Condition"]["StringEquals"]["kms:ViaService"] for sid in ("DecryptHere", "EncryptThere")
    ] == [
        "s3.cn-north-1.amazonaws.com.cn",
        "s3.cn-northwest-1.amazonaws.com.cn",
    ]
