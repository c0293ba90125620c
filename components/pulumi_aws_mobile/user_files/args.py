"""What a caller of `UserFiles` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.archive_bucket.args import AccessLogArgs


class UserFilesReplicationArgs(TypedDict):
    """A second bucket with the same files in another Region."""

    region: str
    """The Region of the second bucket; not the first one's. Give it; it has no default."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of a KMS key in that Region that encrypts the files there; its policy has to let the account's IAM policies
    decide. Defaults to a new key that rotates every year."""


class UserFilesArgs(TypedDict):
    """What `UserFiles` can be told."""

    region: NotRequired[str]
    """The Region of the bucket; the identity pool's, since app clients look for it there. Defaults to the
    provider's."""
    bucket_name: NotRequired[str]
    """The bucket's name: 3 to 63 lower-case letters, digits and hyphens, unique in all of AWS. Defaults to the
    component's name and a random ending."""
    signed_in_role_name: NotRequired[pulumi.Input[str]]
    """Name of the identity pool's role for everyone who is signed in. Defaults to none: nobody is given access."""
    group_role_names: NotRequired[dict[str, pulumi.Input[str]]]
    """Names of the roles of groups, by the groups' keys; their members get the same access. Needs
    `signed_in_role_name`. Defaults to none."""
    guest_role_name: NotRequired[pulumi.Input[str]]
    """Name of the identity pool's role for guests; needs `guests_read_public`. Defaults to none."""
    guests_read_public: NotRequired[bool]
    """Whether people who have not signed in may read what lies below public/; needs `guest_role_name`. Defaults to
    false."""
    users_write_public: NotRequired[bool]
    """Whether everyone who is signed in may also write and delete below public/, each other's files included. Defaults
    to true, as app clients expect; old versions can be brought back."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of the KMS key that encrypts the files; its policy has to let the account's IAM policies decide. Defaults to
    a new key that rotates every year."""
    cors_origins: NotRequired[list[str]]
    """Web origins, https, whose pages may use the bucket, up to 100. Defaults to none: native apps need none."""
    noncurrent_expire_after_days: NotRequired[int]
    """Days after which overwritten and deleted versions are deleted for good, 1 to 36500. Defaults to 30."""
    abort_incomplete_upload_days: NotRequired[int]
    """Days after which the parts of an unfinished upload are deleted, 1 to 7. Defaults to 7."""
    access_logs: NotRequired[AccessLogArgs]
    """Where requests are recorded. Defaults to a log bucket of the component's own."""
    replication: NotRequired[UserFilesReplicationArgs]
    """A second bucket with the same files in another Region, to which users have the same access; each bucket gets what
    is written to the other. Needs `region`. Defaults to none."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace buckets and keys, and leaves them in AWS when they go from the
    program. Defaults to true."""
    empty_on_destroy: NotRequired[bool]
    """Whether destroying the bucket deletes the files in it; needs `protect: false`. Defaults to false: S3 refuses to
    delete a bucket that holds objects."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
