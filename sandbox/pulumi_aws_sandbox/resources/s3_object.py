"""Simple Storage Service: objects made of files, archives and texts."""

import base64
import binascii
from typing import Any

from pulumi.asset import AssetArchive

from pulumi_aws_sandbox import archives, wire
from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import found, handler, tag_list, tags_from, to_aws
from pulumi_aws_sandbox.resources.s3_bucket import s3_of

_GONE = ("404", "NoSuchBucket", "NoSuchKey")
_SOURCES = ("content", "contentBase64", "source")
_BINARY = "application/octet-stream"
_HEADERS = {
    "acl": "ACL",
    "bucketKeyEnabled": "BucketKeyEnabled",
    "cacheControl": "CacheControl",
    "checksumAlgorithm": "ChecksumAlgorithm",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "contentType": "ContentType",
    "kmsKeyId": "SSEKMSKeyId",
    "metadata": "Metadata",
    "objectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "objectLockMode": "ObjectLockMode",
    "objectLockRetainUntilDate": "ObjectLockRetainUntilDate",
    "serverSideEncryption": "ServerSideEncryption",
    "storageClass": "StorageClass",
    "websiteRedirect": "WebsiteRedirectLocation",
}
_TEXTS = (
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "objectLockLegalHoldStatus",
    "objectLockMode",
    "websiteRedirect",
)
_CHECKSUMS = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    given = [name for name in _SOURCES if name in inputs]
    problems = []
    if len(given) > 1:
        problems.append((given[1], f"only one of {', '.join(_SOURCES)} can be set: got {' and '.join(given)}"))
    # The provider takes a resource's name for a key that is left out, which a handler does not know.
    if not inputs.get("key"):
        problems.append(("key", "the sandbox needs the object's key; set it"))
    try:
        _body(inputs)
    except (archives.ArchiveError, binascii.Error) as error:
        problems.append((given[0], f"{given[0]}: {error}"))
    return problems


def _body(inputs: Properties) -> bytes:
    if "content" in inputs:
        return inputs["content"].encode()
    if "contentBase64" in inputs:
        return base64.b64decode(inputs["contentBase64"], validate=True)
    source = inputs.get("source")
    if source is None or wire.is_unknown(source):
        return b""
    return archives.zipped(source) if wire.is_archive(source) else _content(source)


def _content(asset: Any) -> bytes:  # noqa: ANN401 - an asset as it travels
    """Return what is in one file, read as the file of an archive."""
    held = {**wire.plain(AssetArchive({})), "assets": {"object": asset}}
    return archives.files(held)["object"]


def _put(clients: Clients, inputs: Properties) -> str:
    headers = to_aws(inputs, _HEADERS)
    if "kmsKeyId" in inputs:
        headers.setdefault("ServerSideEncryption", "aws:kms")
    key = inputs["key"].removeprefix("/")
    s3_of(clients, inputs).put_object(Bucket=inputs["bucket"], Key=key, Body=_body(inputs), **headers)
    _write_tags(clients, inputs)
    return f"{inputs['bucket']}/{key}"


def _write_tags(clients: Clients, inputs: Properties) -> None:
    s3, where = s3_of(clients, inputs), {"Bucket": inputs["bucket"], "Key": inputs["key"].removeprefix("/")}
    if inputs.get("tags"):
        s3.put_object_tagging(**where, Tagging={"TagSet": tag_list(inputs)})
    else:
        s3.delete_object_tagging(**where)


def _describe(clients: Clients, _: str, known: Properties) -> Properties | None:
    s3, where = s3_of(clients, known), {"Bucket": known["bucket"], "Key": known["key"].removeprefix("/")}
    head = found(lambda: s3.head_object(**where, ChecksumMode="ENABLED"), *_GONE)
    if head is None:
        return None
    retained = head.get("ObjectLockRetainUntilDate")
    return {
        "arn": f"arn:{clients.partition}:s3:::{where['Bucket']}/{where['Key']}",
        "bucket": known["bucket"],
        "key": known["key"],
        "bucketKeyEnabled": head.get("BucketKeyEnabled", False),
        "contentType": head.get("ContentType", _BINARY),
        "etag": head["ETag"].strip('"'),
        "kmsKeyId": head.get("SSEKMSKeyId"),
        "metadata": head["Metadata"] or (known.get("metadata") and {}),
        "objectLockRetainUntilDate": _date(retained, known) if retained else None,
        "serverSideEncryption": head.get("ServerSideEncryption", "AES256"),
        "storageClass": head.get("StorageClass", "STANDARD"),
        "versionId": head.get("VersionId", ""),
        "forceDestroy": known.get("forceDestroy", False),
        **{name: head.get(_HEADERS[name], "" if name in known else None) for name in _TEXTS},
        **tags_from(s3.get_object_tagging(**where)["TagSet"], known),
    }


def _date(value: Any, known: Properties) -> str:  # noqa: ANN401 - a date of boto3
    text = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return known.get("objectLockRetainUntilDate", text)


def _describe_v2(clients: Clients, object_id: str, known: Properties) -> Properties | None:
    about = _describe(clients, object_id, known)
    if about is None:
        return None
    head = s3_of(clients, known).head_object(
        Bucket=known["bucket"], Key=known["key"].removeprefix("/"), ChecksumMode="ENABLED"
    )
    sums = {f"checksum{name.capitalize()}": head.get(f"Checksum{name}", "") for name in _CHECKSUMS}
    return about | sums


def _change(clients: Clients, _: str, _outputs: Properties, old: Properties, new: Properties) -> None:
    only_tags = {**old, "tags": None, "forceDestroy": None} == {**new, "tags": None, "forceDestroy": None}
    if only_tags:
        _write_tags(clients, new)
    else:
        _put(clients, new)


def _remove(clients: Clients, _: str, outputs: Properties) -> None:
    s3, bucket, key = s3_of(clients, outputs), outputs["bucket"], outputs["key"].removeprefix("/")
    found(lambda: _remove_versions(s3, bucket, key, force=outputs.get("forceDestroy", False)), "NoSuchBucket")


def _remove_versions(s3: Any, bucket: str, key: str, *, force: bool) -> None:  # noqa: ANN401 - a boto3 client
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
        for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
            if version["Key"] == key:
                bypass = {"BypassGovernanceRetention": True} if force else {}
                s3.delete_object(Bucket=bucket, Key=key, VersionId=version["VersionId"], **bypass)


HANDLERS = {
    token: handler(
        token,
        make=_put,
        describe=describe,
        change=_change,
        remove=_remove,
        required=frozenset({"bucket"}),
        replace_on=frozenset({"bucket", "key"}),
        validate=_problems,
    )
    for token, describe in (
        ("aws:s3/bucketObject:BucketObject", _describe),
        ("aws:s3/bucketObjectv2:BucketObjectv2", _describe_v2),
    )
}
