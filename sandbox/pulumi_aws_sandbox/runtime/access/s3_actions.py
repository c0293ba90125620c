"""The actions of S3, whose names often differ from those of its operations.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.access.calls import Call

Facts = Mapping[str, str | list[str]]

_ACTIONS = {
    "AbortMultipartUpload": "AbortMultipartUpload",
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "DeleteBucketCors": "PutBucketCORS",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteBucketReplication": "PutReplicationConfiguration",
    "DeleteBucketTagging": "PutBucketTagging",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycle": "GetLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListParts": "ListMultipartUploadParts",
    "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
    "PutBucketCors": "PutBucketCORS",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketLifecycle": "PutLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutBucketReplication": "PutReplicationConfiguration",
    "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "SelectObjectContent": "GetObject",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
}
_CONFIGURATIONS = ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
_OF_A_VERSION = {
    "DeleteObject": "DeleteObjectVersion",
    "DeleteObjectTagging": "DeleteObjectVersionTagging",
    "GetObject": "GetObjectVersion",
    "GetObjectAcl": "GetObjectVersionAcl",
    "GetObjectAttributes": "GetObjectVersionAttributes",
    "GetObjectTagging": "GetObjectVersionTagging",
    "PutObjectAcl": "PutObjectVersionAcl",
    "PutObjectTagging": "PutObjectVersionTagging",
}
_COPIES = {"CopyObject", "UploadPartCopy"}
_READS = {"GetObject", "HeadObject", "SelectObjectContent", "GetObjectAttributes"}
_WRITES = {"PutObject", "CopyObject", "CreateMultipartUpload"}
_PARTS = {"UploadPart", "UploadPartCopy", "CompleteMultipartUpload"}
_HEADERS = (
    "x-amz-acl",
    "x-amz-copy-source",
    "x-amz-metadata-directive",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
)
_QUERY = ("prefix", "delimiter", "max-keys", "versionId")


@dataclass(frozen=True, slots=True)
class S3Access:
    """One action on a bucket or an object."""

    action: str
    resource: str | None
    bucket: str | None
    facts: Facts = field(default_factory=dict)


def of(call: Call) -> list[S3Access]:
    """Return what a call needs; several keys deleted in one call are judged one by one instead."""
    bucket, key = call.text("Bucket"), call.text("Key")
    if bucket is None:
        return [S3Access(f"s3:{_action(call.operation)}", None, None)]
    if call.operation == "DeleteObjects":
        return []
    version, facts = call.text("VersionId") or call.sent.query("versionId"), facts_of(call)
    action = _action(call.operation)
    needed = [_on(bucket, key, _OF_A_VERSION.get(action, action) if version else action, facts)]
    if call.operation == "GetObjectAttributes":
        needed.append(_on(bucket, key, "GetObjectVersion" if version else "GetObject", facts))
    if call.operation in _COPIES:
        needed.append(_source(call, facts))
    if call.operation in _WRITES:
        for header, extra in (("x-amz-tagging", "PutObjectTagging"), ("x-amz-acl", "PutObjectAcl")):
            if call.sent.headers.get(header):
                needed.append(_on(bucket, key, extra, facts))
    if call.operation in {"GetObject", "HeadObject"} and key is not None and _object(bucket, key) is None:
        # Only who may list a bucket is told that a key does not exist.
        needed.append(_on(bucket, None, "ListBucket", facts))
    return needed


def deleted_keys(call: Call) -> list[S3Access]:
    """Return what is needed for each key that one call deletes."""
    objects = (call.params.get("Delete") or {}).get("Objects") or []
    bucket = call.text("Bucket")
    return [
        _on(bucket, each["Key"], "DeleteObjectVersion" if each.get("VersionId") else "DeleteObject", facts_of(call))
        for each in objects
        if bucket is not None
    ]


def keys_of(call: Call) -> Iterator[tuple[str, str]]:
    """Return the KMS keys that a call uses, each with the action on it."""
    bucket, key = call.text("Bucket"), call.text("Key")
    if bucket is None or key is None:
        return
    read = (bucket, key) if call.operation in _READS else _copied(call) if call.operation in _COPIES else None
    if read is not None and (name := _key_of_object(_object(*read))) is not None:
        yield "kms:Decrypt", name
    if call.operation in _WRITES | _PARTS and (name := _key_for_writing(call, bucket)) is not None:
        yield "kms:GenerateDataKey", name
        if call.operation in _PARTS | {"CreateMultipartUpload"}:
            yield "kms:Decrypt", name


def facts_of(call: Call) -> dict[str, str | list[str]]:
    """Return what conditions may ask about a call to S3."""
    facts: dict[str, str | list[str]] = {"s3:ResourceAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT}
    facts |= {f"s3:{name}": call.sent.headers[name] for name in _HEADERS if name in call.sent.headers}
    facts |= {f"s3:{name}": value for name in _QUERY if (value := call.sent.query(name)) is not None}
    facts["s3:authType"] = "REST-HEADER" if "authorization" in call.sent.headers else "REST-QUERY-STRING"
    facts["s3:signatureversion"] = "AWS4-HMAC-SHA256"
    if (version := facts.pop("s3:versionId", None)) is not None:
        facts["s3:VersionId"] = version
    for pair in filter(None, call.sent.headers.get("x-amz-tagging", "").split("&")):
        name, _, value = pair.partition("=")
        facts[f"s3:RequestObjectTag/{unquote(name)}"] = unquote(value)
    bucket, key = call.text("Bucket"), call.text("Key")
    if bucket is not None and key is not None and (found := _object(bucket, key)) is not None:
        tags = _backend().tagger.get_tag_dict_for_resource(found.arn)
        facts |= {f"s3:ExistingObjectTag/{name}": value for name, value in tags.items()}
    return facts


def _action(operation: str) -> str:
    if operation in _ACTIONS:
        return _ACTIONS[operation]
    for kind in _CONFIGURATIONS:
        if operation.endswith((f"Bucket{kind}Configuration", f"Bucket{kind}Configurations")):
            verb = "Get" if operation.startswith(("Get", "List")) else "Put"
            return f"{verb}{kind}Configuration"
    return operation


def _on(bucket: str, key: str | None, action: str, facts: Facts) -> S3Access:
    name = bucket if key is None else f"{bucket}/{key}"
    return S3Access(f"s3:{action}", f"arn:{PARTITION}:s3:::{name}", bucket, facts)


def _source(call: Call, facts: Facts) -> S3Access:
    bucket, key = _copied(call) or ("", "")
    versioned = "versionId=" in call.sent.headers.get("x-amz-copy-source", "")
    return _on(bucket, key, "GetObjectVersion" if versioned else "GetObject", facts)


def _copied(call: Call) -> tuple[str, str] | None:
    """Return the bucket and key that a call copies from."""
    source = urlsplit(call.sent.headers.get("x-amz-copy-source", "")).path
    bucket, slash, key = unquote(source).lstrip("/").partition("/")
    return (bucket, key) if slash else None


def _backend() -> Any:  # noqa: ANN401 - moto's own types
    from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return s3_backends[ACCOUNT][PARTITION]


def _object(bucket: str, key: str) -> Any | None:  # noqa: ANN401 - moto's own types
    from moto.s3.exceptions import S3ClientError  # noqa: PLC0415 - moto loads only when something is deployed

    with contextlib.suppress(S3ClientError):
        return _backend().get_object(bucket, key)
    return None


def _key_of_object(found: Any | None) -> str | None:  # noqa: ANN401 - moto's own types
    """Return the customer's key that an object is encrypted with; AWS's own lets S3 in for everyone of the account."""
    return _customers(getattr(found, "kms_key_id", None))


def _customers(key: str | None) -> str | None:
    return None if not key or "alias/aws/" in key else key


def _key_for_writing(call: Call, bucket: str) -> str | None:
    """Return the customer's key that a new object will be encrypted with: the one asked for, or the bucket's own."""
    headers = call.sent.headers
    asked = headers.get("x-amz-server-side-encryption")
    if asked is not None and not asked.startswith("aws:kms"):
        return None
    if (name := headers.get("x-amz-server-side-encryption-aws-kms-key-id")) is not None:
        return _customers(name)
    settings: Any = _backend().buckets.get(bucket)
    encryption = getattr(settings, "encryption", None) or {}
    rule = (encryption.get("Rule") or {}) if isinstance(encryption, dict) else {}
    default = (rule.get("ApplyServerSideEncryptionByDefault") or {}) if isinstance(rule, dict) else {}
    return _customers(default.get("KMSMasterKeyID"))
