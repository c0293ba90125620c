"""Simple Storage Service: the bucket itself."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, region_of, tag_list, tags_from

_NO_LOCATION = "us-east-1"
_INLINE = {
    "lifecycleRules": "BucketLifecycleConfiguration",
    "logging": "BucketLogging",
    "policy": "BucketPolicy",
    "replicationConfiguration": "BucketReplicationConfig",
    "serverSideEncryptionConfiguration": "BucketServerSideEncryptionConfiguration",
    "versioning": "BucketVersioning",
    "objectLockConfiguration": "BucketObjectLockConfiguration",
    "acl": "BucketAcl",
    "grants": "BucketAcl",
    "corsRules": "BucketCorsConfiguration",
    "website": "BucketWebsiteConfiguration",
    "accelerationStatus": "BucketAccelerateConfiguration",
    "requestPayer": "BucketRequestPaymentConfiguration",
}


def s3_of(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the S3 client of the bucket's Region."""
    return client_of(clients, "s3", properties)


def _make(clients: Clients, inputs: Properties) -> str:
    s3, name, region = s3_of(clients, inputs), inputs["bucket"], region_of(clients, inputs)
    location = {} if region == _NO_LOCATION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=inputs.get("objectLockEnabled", False), **location)
    _put_tags(s3, name, inputs)
    return name


def _put_tags(s3: Any, name: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    if inputs.get("tags"):
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tag_list(inputs)})
    else:
        s3.delete_bucket_tagging(Bucket=name)


def _describe(clients: Clients, name: str, known: Properties) -> Properties | None:
    s3 = s3_of(clients, known)
    if found(lambda: s3.head_bucket(Bucket=name), "404", "NoSuchBucket") is None:
        return None
    region = s3.get_bucket_location(Bucket=name).get("LocationConstraint") or _NO_LOCATION
    tags = found(lambda: s3.get_bucket_tagging(Bucket=name)["TagSet"], "NoSuchTagSet")
    lock = found(
        lambda: s3.get_object_lock_configuration(Bucket=name), "ObjectLockConfigurationNotFoundError", "NoSuchBucket"
    )
    domain = "amazonaws.com.cn" if clients.partition == "aws-cn" else "amazonaws.com"
    return {
        "bucket": name,
        "arn": f"arn:{clients.partition}:s3:::{name}",
        "bucketRegion": region,
        "region": region,
        "bucketDomainName": f"{name}.s3.{domain}",
        "bucketRegionalDomainName": f"{name}.s3.{region}.{domain}",
        "objectLockEnabled": lock is not None,
        "forceDestroy": known.get("forceDestroy", False),
        **tags_from(tags, known),
    }


def _change(clients: Clients, name: str, _: Properties, old: Properties, new: Properties) -> None:
    if new.get("tags") != old.get("tags"):
        _put_tags(s3_of(clients, new), name, new)


def _remove(clients: Clients, name: str, outputs: Properties) -> None:
    s3 = s3_of(clients, outputs)
    if outputs.get("forceDestroy"):
        found(lambda: _empty(s3, name), "NoSuchBucket")
    found(lambda: s3.delete_bucket(Bucket=name), "NoSuchBucket")


def _empty(s3: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
        for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
            s3.delete_object(
                Bucket=name, Key=version["Key"], VersionId=version["VersionId"], BypassGovernanceRetention=True
            )


def _no_inline_parts(inputs: Properties) -> list[tuple[str, str]]:
    return [
        (name, f"the sandbox does not support the deprecated input {name}; use aws.s3.{_INLINE[name]}")
        for name in sorted(_INLINE)
        if name in inputs
    ]


HANDLERS = {
    "aws:s3/bucket:Bucket": handler(
        "aws:s3/bucket:Bucket",
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        replace_on=frozenset({"bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"}),
        auto_name=AutoName("bucket", 63, lowercase=True),
        validate=_no_inline_parts,
    )
}
