"""The `UserFiles` component."""

from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.archive_bucket.access_logs import create_access_logs
from pulumi_aws_mobile.archive_bucket.args import TransitionDefaultMinimumObjectSize
from pulumi_aws_mobile.archive_bucket.buckets import Bucket, BucketPlan, create_bucket, create_key, create_policy
from pulumi_aws_mobile.archive_bucket.lifecycle import lifecycle_rules
from pulumi_aws_mobile.archive_bucket.replication import CopyBucket, create_replication
from pulumi_aws_mobile.archive_bucket.settings import Replication
from pulumi_aws_mobile.identity.federation.grants import create_grant
from pulumi_aws_mobile.statements import StatementArgs

from .args import UserFilesArgs
from .documents import Place, guest_statements, s3_service, signed_in_statements
from .settings import UserFilesSettings, resolve

_CORS_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"]
_CORS_EXPOSED = ["ETag", "x-amz-request-id", "x-amz-id-2", "x-amz-version-id", "x-amz-server-side-encryption"]
_CORS_SECONDS = 3000


class UserFiles(pulumi.ComponentResource):
    """An S3 bucket for the files of an app's users, each of whom reaches their own by temporary credentials.

    Creates: the bucket with versions, encryption by a key of its own, a policy that takes TLS and that key only, and
    no public access; a log bucket for its access logs; rules for web pages, where origins are named; where asked, the
    same once more in another Region, with roles by which each bucket gets what is written to the other; and for each
    role that is named, a policy with what its users may do. It deliberately gives nobody access by itself, serves
    nothing to the public, and does not move files to colder classes.
    """

    bucket_name: pulumi.Output[str]
    """The name of the bucket."""
    bucket_arn: pulumi.Output[str]
    """The ARN of the bucket."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the key that encrypts the files."""
    log_bucket_name: pulumi.Output[str | None]
    """The name of the bucket that takes the access logs; nothing if requests are not recorded."""
    replica_bucket_name: pulumi.Output[str | None]
    """The name of the bucket in the other Region; nothing without replication."""
    replica_bucket_arn: pulumi.Output[str | None]
    """The ARN of the bucket in the other Region; nothing without replication."""
    replica_kms_key_arn: pulumi.Output[str | None]
    """The ARN of the key that encrypts the files in the other Region; nothing without replication."""

    def __init__(self, name: str, args: UserFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the bucket; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:UserFiles", name, {}, opts)
        key_arn = _create_key(self, name, settings)
        bucket = _create_bucket(self, name, settings, key_arn)
        log_bucket_name = _create_access_logs(self, name, settings, bucket)
        copy = _create_second(self, name, settings, bucket, key_arn)
        self._places = [_place(bucket, key_arn), *([_place(copy.bucket, copy.kms_key_arn)] if copy else [])]
        self._settings = settings
        _create_cors(self, f"{name}-cors", settings, bucket)
        self._create_grants(name)

        self.bucket_name = bucket.name
        self.bucket_arn = bucket.arn
        self.kms_key_arn = key_arn
        self.log_bucket_name = log_bucket_name
        self.replica_bucket_name = pulumi.Output.from_input(copy.bucket.name if copy else None)
        self.replica_bucket_arn = pulumi.Output.from_input(copy.bucket.arn if copy else None)
        self.replica_kms_key_arn = pulumi.Output.from_input(copy.kms_key_arn if copy else None)
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def signed_in_statements(self) -> list[StatementArgs]:
        """Return what everyone who is signed in may do, for roles that are not named in the arguments."""
        public = self._settings.users_write_public
        return [each for place in self._places for each in signed_in_statements(place, write_public=public)]

    def guest_statements(self) -> list[StatementArgs]:
        """Return what guests may do, for roles that are not named in the arguments."""
        return [each for place in self._places for each in guest_statements(place)]

    def _create_grants(self, name: str) -> None:
        """Give each role that was named its permissions, as children of this component: they come and go with it."""
        settings = self._settings
        if settings.signed_in_role_name is not None:
            create_grant(self, f"{name}-signed-in", settings.signed_in_role_name, self.signed_in_statements())
        for key, role_name in settings.group_role_names.items():
            create_grant(self, f"{name}-group-{key}", role_name, self.signed_in_statements())
        if settings.guest_role_name is not None:
            create_grant(self, f"{name}-guests", settings.guest_role_name, self.guest_statements())


_OUTPUTS = tuple(UserFiles.__annotations__)


@dataclass(frozen=True, slots=True)
class _Second:
    """The bucket in the other Region, as it was made."""

    bucket: Bucket
    kms_key_arn: pulumi.Output[str]


def _create_key(files: pulumi.Resource, name: str, settings: UserFilesSettings) -> pulumi.Output[str]:
    if settings.kms_key_arn is not None:
        return pulumi.Output.from_input(settings.kms_key_arn)
    return create_key(files, f"{name}-key", f"the users' files of {name}", settings.region, settings)


def _create_bucket(
    files: pulumi.Resource, name: str, settings: UserFilesSettings, key_arn: pulumi.Output[str]
) -> Bucket:
    bucket = create_bucket(files, f"{name}-bucket", _plan(settings, key_arn))
    create_policy(files, bucket)
    return bucket


def _plan(settings: UserFilesSettings, key_arn: pulumi.Output[str]) -> BucketPlan:
    return BucketPlan(
        region=settings.region,
        rules=lifecycle_rules(
            [],
            expire_after_days=None,
            noncurrent_expire_after_days=settings.noncurrent_expire_after_days,
            keep_newer=None,
            abort_incomplete_upload_days=settings.abort_incomplete_upload_days,
        ),
        default_minimum=TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K,
        kms_key_arn=key_arn,
        object_lock=None,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
        physical_name=settings.bucket_name,
    )


def _create_second(
    files: pulumi.Resource, name: str, settings: UserFilesSettings, first: Bucket, key_arn: pulumi.Output[str]
) -> _Second | None:
    """Create the bucket in the other Region, where asked, and have each get what is written to the other.

    S3 never copies a copy, so nothing goes in circles; and after a failover the way back needs nobody to copy anything.
    """
    second = settings.second
    if second is None:
        return None
    child, what = f"{name}-replica", f"the users' files of {name}"
    own = second.kms_key_arn
    their_key = create_key(files, f"{child}-key", what, second.region, settings) if own is None else own
    their_key_arn = pulumi.Output.from_input(their_key)
    plan = replace(_plan(settings, their_key_arn), region=second.region, physical_name=None)
    bucket = create_bucket(files, child, plan)
    create_policy(files, bucket)
    if settings.access_logs is not None:
        # A bucket that the caller named for the logs lies in the first one's Region, out of reach here.
        create_access_logs(files, f"{child}-logs", settings, replace(settings.access_logs, bucket_name=None), bucket)
    _create_cors(files, f"{child}-cors", settings, bucket)
    there = CopyBucket(bucket.arn, their_key_arn, bucket)
    create_replication(files, name, what, _copied_to(second.region), first, there)
    here = CopyBucket(first.arn, key_arn, first)
    create_replication(files, f"{name}-back", what, _copied_to(second.home), bucket, here)
    return _Second(bucket, their_key_arn)


def _copied_to(region: str) -> Replication:
    """Return how files are copied to a Region: what a user deletes is deleted there too."""
    return Replication(
        region=region,
        bucket_arn=None,
        kms_key_arn=None,
        fifteen_minutes=False,
        delete_markers=True,
        storage_class=None,
        bands=(),
        alarm_topic_arn=None,
    )


def _create_access_logs(
    files: pulumi.Resource, name: str, settings: UserFilesSettings, bucket: Bucket
) -> pulumi.Output[str | None]:
    if settings.access_logs is None:
        return pulumi.Output.from_input(None)
    return create_access_logs(files, f"{name}-logs", settings, settings.access_logs, bucket)


def _create_cors(files: pulumi.Resource, child: str, settings: UserFilesSettings, bucket: Bucket) -> None:
    """Let the pages of the named origins use the bucket; what they may do there, their users' credentials decide."""
    if settings.cors_origins:
        aws.s3.BucketCorsConfiguration(
            child,
            bucket=bucket.name,
            cors_rules=[
                {
                    "allowed_origins": list(settings.cors_origins),
                    "allowed_methods": _CORS_METHODS,
                    "allowed_headers": ["*"],
                    "expose_headers": _CORS_EXPOSED,
                    "max_age_seconds": _CORS_SECONDS,
                }
            ],
            region=bucket.plan.region,
            opts=pulumi.ResourceOptions(parent=files),
        )


def _place(bucket: Bucket, key_arn: pulumi.Output[str]) -> Place:
    service = pulumi.Output.all(bucket.resource.region, bucket.arn).apply(lambda known: s3_service(*known))
    return Place(bucket.arn, key_arn, service)
