"""The versions of the application: the bucket of their bundles, and the one that is deployed."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from pulumi_aws_mobile.archive_bucket.args import TransitionDefaultMinimumObjectSize
from pulumi_aws_mobile.archive_bucket.buckets import Bucket, BucketPlan, create_bucket, create_key, create_policy
from pulumi_aws_mobile.archive_bucket.lifecycle import lifecycle_rules
from pulumi_aws_mobile.errors import ArgsError, Problem

from .bundle import Bundle, SourceError
from .bundle_cache import cached
from .scope import Scope

_NONCURRENT_DAYS = 30
"""Bundles are never overwritten; a version of one exists only if somebody deleted it, kept for a month."""
_ABORT_DAYS = 7
_ENDING_BYTES = 3


@dataclass(frozen=True, slots=True)
class Store:
    """The bucket of the bundles."""

    bucket: Bucket
    bucket_name: pulumi.Output[str]
    """Its name, known once it refuses what it should."""
    kms_key_arn: pulumi.Output[str]


def create_store(scope: Scope) -> Store:
    """Create the bucket of the bundles: private, encrypted, versioned, TLS only."""
    settings = scope.settings
    key_arn = create_key(
        scope.parent, scope.child("bundles-key"), f"the bundles of {scope.name}", settings.region, settings
    )
    plan = BucketPlan(
        region=settings.region,
        rules=lifecycle_rules(
            [],
            expire_after_days=None,
            noncurrent_expire_after_days=_NONCURRENT_DAYS,
            keep_newer=None,
            abort_incomplete_upload_days=_ABORT_DAYS,
        ),
        default_minimum=TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K,
        kms_key_arn=key_arn,
        object_lock=None,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
    )
    bucket = create_bucket(scope.parent, scope.child("bundles"), plan)
    policy = create_policy(scope.parent, bucket)
    name = pulumi.Output.all(bucket.name, policy.id).apply(lambda known: known[0])
    return Store(bucket, name, key_arn)


def create_application(scope: Scope, service_role_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """Create the application, which forgets old versions by itself; return its name."""
    child, versions = scope.child("application"), scope.settings.versions
    lifecycle: dict[str, Any] = {"service_role": service_role_arn, "delete_source_from_s3": True}
    if versions.keep_days is None:
        lifecycle["max_count"] = versions.keep_count
    else:
        lifecycle["max_age_in_days"] = versions.keep_days
    application = aws.elasticbeanstalk.Application(
        child,
        description=f"The web tier {scope.name}",
        appversion_lifecycle=lifecycle,  # type: ignore[bad-argument-type] # a plain dictionary of the declared shape
        region=scope.region,
        tags=scope.tags(child),
        opts=scope.owned,
    )
    return application.name


def pack(name: str, bundle: Bundle) -> str:
    """Return the path of the bundle's zip; raise an `ArgsError` if its files are not what they were."""
    try:
        return str(cached(bundle))
    except SourceError as error:
        subject = f'WebTier "{name}"'
        raise ArgsError(subject, [Problem("source", error.got, error.allowed, error.fix)]) from error


def create_version(scope: Scope, store: Store, application: pulumi.Output[str], zip_path: str) -> pulumi.Output[str]:
    """Upload the bundle and make it a version of the application; return its label.

    Object and version are named after what is in them. With other contents Pulumi makes new ones, moves the
    environments over, and then lets go of the earlier ones, which stay: environments may run them, and one can go back
    to them. The application's own rules delete them in the end, each with its bundle.
    """
    label = _create_label(scope)
    left = pulumi.ResourceOptions(parent=scope.parent, retain_on_delete=True)
    bundle = aws.s3.BucketObjectv2(
        scope.child("bundle"),
        bucket=store.bucket_name,
        key=pulumi.Output.concat(label, ".zip"),
        source=pulumi.FileAsset(zip_path),
        content_type="application/zip",
        region=scope.region,
        opts=left,
    )
    child = scope.child("version")
    version = aws.elasticbeanstalk.ApplicationVersion(
        child,
        application=application,
        name=label,
        bucket=bundle.bucket,
        key=bundle.key,
        description=f"Made of the source of {scope.name}",
        region=scope.region,
        tags=scope.tags(child),
        opts=left,
    )
    return version.name


def _create_label(scope: Scope) -> pulumi.Output[str]:
    """Create the label: what the contents say, and an ending that is drawn anew whenever they change.

    Without it, going back to earlier contents would make a version whose label is there already, which Elastic
    Beanstalk refuses, and two versions would share a bundle, which goes with the first of them.
    """
    label = scope.settings.bundle.label
    ending = random.RandomId(
        scope.child("version-id"), byte_length=_ENDING_BYTES, keepers={"contents": label}, opts=scope.owned
    )
    return pulumi.Output.concat(label, "-", ending.hex)
