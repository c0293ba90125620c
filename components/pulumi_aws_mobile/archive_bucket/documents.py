"""The policies of an archive's buckets and of the role that copies it. Pure: plain values in, documents out."""

from typing import Any

Document = dict[str, Any]

_VERSION = "2012-10-17"


def bucket_policy(bucket_arn: str, kms_key_arn: str | None, log_source: tuple[str, str] | None = None) -> Document:
    """Return the policy of a bucket: TLS only, one key only, and write access for S3's log delivery where it is asked.

    `log_source` is the bucket whose requests are recorded here, as its ARN and its account.
    """
    statements = [_deny_plain_http(bucket_arn)]
    if kms_key_arn is not None:
        statements += _deny_other_encryption(bucket_arn, kms_key_arn)
    if log_source is not None:
        statements.append(_allow_log_delivery(bucket_arn, *log_source))
    return {"Version": _VERSION, "Statement": statements}


def _deny_plain_http(bucket_arn: str) -> Document:
    return {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _deny_other_encryption(bucket_arn: str, kms_key_arn: str) -> list[Document]:
    """Return the refusals of writes that ask for encryption by anything but the archive's key.

    A write that asks for none gets the bucket's default, the archive's key. A negated comparison holds for a header
    that is absent too, so each is guarded by `Null`: without the guard the ordinary write would be refused.
    """
    algorithm = "s3:x-amz-server-side-encryption"
    key = "s3:x-amz-server-side-encryption-aws-kms-key-id"
    own_key = "s3:x-amz-server-side-encryption-customer-algorithm"
    write = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"{bucket_arn}/*"}
    return [
        {
            "Sid": "DenyOtherAlgorithm",
            **write,
            "Condition": {"Null": {algorithm: "false"}, "StringNotEquals": {algorithm: "aws:kms"}},
        },
        {
            "Sid": "DenyOtherKey",
            **write,
            "Condition": {"Null": {key: "false"}, "StringNotEquals": {key: kms_key_arn}},
        },
        {"Sid": "DenyCallersOwnKey", **write, "Condition": {"Null": {own_key: "false"}}},
    ]


def _allow_log_delivery(bucket_arn: str, source_arn: str, source_account: str) -> Document:
    return {
        "Sid": "AllowLogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"{bucket_arn}/*",
        "Condition": {
            "ArnEquals": {"aws:SourceArn": source_arn},
            "StringEquals": {"aws:SourceAccount": source_account},
        },
    }


def replication_trust() -> Document:
    """Return the trust policy of the role that copies: S3 may take it."""
    return {
        "Version": _VERSION,
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }


def replication_permissions(  # noqa: PLR0913 - the ends of a copy, each a bucket, a key and a Region
    *,
    source_arn: str,
    source_key_arn: str,
    source_region: str,
    copy_arn: str,
    copy_key_arn: str,
    copy_region: str,
    delete_markers: bool,
    object_lock: bool,
) -> Document:
    """Return what the role that copies may do: read versions here, write copies there, use each key through S3 only.

    With bucket keys the encryption context is the bucket's ARN; objects that were written without carry their own.
    """
    read = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
    if object_lock:
        read += ["s3:GetObjectRetention", "s3:GetObjectLegalHold"]
    write = ["s3:ReplicateObject", "s3:ReplicateTags"]
    if delete_markers:
        write.append("s3:ReplicateDelete")
    suffix = "amazonaws.com.cn" if source_arn.startswith("arn:aws-cn:") else "amazonaws.com"
    # The copy's bucket key is checked with Decrypt before it is used.
    return {
        "Version": _VERSION,
        "Statement": [
            _allow("ReadRules", ["s3:GetReplicationConfiguration", "s3:ListBucket"], source_arn),
            _allow("ReadVersions", read, f"{source_arn}/*"),
            _allow("WriteCopies", write, f"{copy_arn}/*"),
            _allow_key("DecryptHere", ["kms:Decrypt"], source_key_arn, source_arn, f"s3.{source_region}.{suffix}"),
            _allow_key(
                "EncryptThere",
                ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
                copy_key_arn,
                copy_arn,
                f"s3.{copy_region}.{suffix}",
            ),
        ],
    }


def _allow(sid: str, actions: list[str], resource: str) -> Document:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def _allow_key(sid: str, actions: list[str], key_arn: str, bucket_arn: str, service: str) -> Document:
    return {
        **_allow(sid, actions, key_arn),
        "Condition": {
            "StringEquals": {"kms:ViaService": service},
            "StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket_arn, f"{bucket_arn}/*"]},
        },
    }
