"""What a caller of `ArchiveBucket` may ask for."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi


class Retrieval(str, Enum):
    """How long an object at full age may take to come back."""

    MILLISECONDS = "milliseconds"
    """Read it at any time: Glacier Instant Retrieval."""
    MINUTES = "minutes"
    """1 to 5 minutes: Glacier Flexible Retrieval, Expedited; objects of 250 MB or more stay readable at any time."""
    HOURS = "hours"
    """3 to 5 hours: Glacier Flexible Retrieval, Standard."""
    HALF_DAY = "half_day"
    """Within 12 hours: Glacier Deep Archive, Standard."""


class ArchiveStorageClass(str, Enum):
    """The storage classes that objects can roll over to, by the names of the S3 API, warmest first."""

    STANDARD_IA = "STANDARD_IA"
    """Standard-Infrequent Access: read at any time, cheaper to keep and dearer to read."""
    INTELLIGENT_TIERING = "INTELLIGENT_TIERING"
    """Intelligent-Tiering without its archive tiers: read at any time, S3 watches the use."""
    ONEZONE_IA = "ONEZONE_IA"
    """One Zone-Infrequent Access: like Standard-IA, lost with its zone."""
    GLACIER_IR = "GLACIER_IR"
    """Glacier Instant Retrieval: read at any time."""
    GLACIER = "GLACIER"
    """Glacier Flexible Retrieval: restored within minutes to hours before it can be read."""
    DEEP_ARCHIVE = "DEEP_ARCHIVE"
    """Glacier Deep Archive: restored within half a day to two days before it can be read."""


class TransitionDefaultMinimumObjectSize(str, Enum):
    """What S3 does with objects smaller than 128 KiB."""

    ALL_STORAGE_CLASSES_128K = "all_storage_classes_128K"
    """They never move."""
    VARIES_BY_STORAGE_CLASS = "varies_by_storage_class"
    """They move to GLACIER and DEEP_ARCHIVE only."""


class ObjectLockMode(str, Enum):
    """Who may end an object's retention early."""

    GOVERNANCE = "GOVERNANCE"
    """Those with the permission s3:BypassGovernanceRetention."""
    COMPLIANCE = "COMPLIANCE"
    """Nobody, the account's root user included."""


class TransitionArgs(TypedDict):
    """One step of an explicit list of transitions."""

    after_days: int
    """Age of the object in days at which it moves, 0 to 36500; at least 30 for STANDARD_IA and ONEZONE_IA."""
    storage_class: ArchiveStorageClass
    """The class it moves to; colder than the one before."""


class NoncurrentVersionArgs(TypedDict):
    """What becomes of versions that were overwritten or deleted."""

    archive_after_days: NotRequired[int]
    """Days after which an overwritten or deleted version moves straight to the archive's coldest class, 0 to 36500.
    Defaults to 30 if the version then stays there for the class's minimum stay before it is deleted; otherwise it does
    not move."""
    expire_after_days: NotRequired[int]
    """Days after which an overwritten or deleted version is deleted for good, 1 to 36500. Defaults to 365."""
    keep_newer: NotRequired[int]
    """How many of the newest such versions of each object are kept however old they are, 1 to 100. Defaults to none."""


class ObjectLockArgs(TypedDict):
    """The retention that every new object version gets. Exactly one of `days` and `years` is given."""

    mode: ObjectLockMode
    """Who may end the retention early. COMPLIANCE cannot be undone: the bucket then outlives `pulumi destroy`."""
    days: NotRequired[int]
    """Days for which a version can be neither overwritten nor deleted, 1 to 36500."""
    years: NotRequired[int]
    """Years for which a version can be neither overwritten nor deleted, 1 to 100."""


class AccessLogArgs(TypedDict):
    """Where S3 records each request to the archive (server access logs)."""

    enabled: NotRequired[bool]
    """Whether requests are recorded. Defaults to true."""
    bucket_name: NotRequired[pulumi.Input[str]]
    """A bucket of the same Region and account that takes the logs; it needs SSE-S3 encryption, no Object Lock, and a
    policy that lets logging.s3.amazonaws.com write. Defaults to a log bucket of the archive's own."""
    retention_days: NotRequired[int]
    """Days for which the archive's own log bucket keeps logs, 1 to 3653. Defaults to 400."""


class ArchiveReplicationArgs(TypedDict):
    """A second copy of the archive in another Region."""

    region: str
    """The Region of the copy; not the archive's own."""
    bucket_arn: NotRequired[pulumi.Input[str]]
    """ARN of a bucket in that Region that takes the copy; versioned, and with Object Lock if the archive has it. Needs
    `kms_key_arn`. Defaults to a new bucket with the archive's own rules."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of a KMS key in that Region that encrypts the copy. Defaults to a new key."""
    fifteen_minutes: NotRequired[bool]
    """Whether AWS commits to copy within 15 minutes (S3 Replication Time Control, billed). Defaults to false: most
    objects are copied in minutes, without a commitment."""
    delete_markers: NotRequired[bool]
    """Whether deleting an object here hides its copy too; deletions by the lifecycle never reach the copy. Defaults to
    false: a mistake here leaves the copy readable."""
    storage_class: NotRequired[ArchiveStorageClass]
    """The class in which the copy starts. Defaults to the class of the original."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """ARN of an SNS topic in the copy's Region that is told when copying falls more than 15 minutes behind; S3
    publishes that metric there. Defaults to no such alarm."""


class ArchiveBucketArgs(TypedDict):
    """What an `ArchiveBucket` can be told."""

    region: NotRequired[str]
    """The Region of the bucket. Defaults to the provider's."""
    bucket_name: NotRequired[str]
    """The bucket's name: 3 to 63 lower-case letters, digits and hyphens, unique in all of AWS. Defaults to the
    component's name and a random ending."""
    retrieval: NotRequired[Retrieval]
    """How long an object at full age may take to come back; the component picks the classes. Defaults to milliseconds:
    nothing needs a restore. Not together with `transitions`."""
    archive_after_days: NotRequired[int]
    """Age in days at which objects reach the coldest class that `retrieval` allows, 0 to 36500; until then they can be
    read at any time, in warmer classes where those pay off. Defaults to 90. Not together with `transitions`."""
    transitions: NotRequired[list[TransitionArgs]]
    """The moves in order of age, instead of `retrieval` and `archive_after_days`. Defaults to the component's
    choice."""
    accept_minimum_charges: NotRequired[bool]
    """Whether rules are accepted that AWS charges for without use: leaving a class before its minimum stay, moving to
    an infrequent-access class before 30 days, small objects in classes that bill at least 128 KiB. Defaults to false:
    such rules are refused."""
    transition_default_minimum_object_size: NotRequired[TransitionDefaultMinimumObjectSize]
    """Whether objects smaller than 128 KiB move. Defaults to all_storage_classes_128K: they stay where they are,
    because their moves cost more than they save. Not together with `minimum_object_size_bytes`."""
    minimum_object_size_bytes: NotRequired[int]
    """Size in bytes from which objects move, whatever the class, 1 to 5497558138880. Defaults to S3's own rule, see
    `transition_default_minimum_object_size`."""
    expire_after_days: NotRequired[int]
    """Age in days at which objects are deleted, 1 to 36500; they can be brought back while they are noncurrent
    versions. Defaults to never."""
    noncurrent_versions: NotRequired[NoncurrentVersionArgs]
    """What becomes of overwritten and deleted versions. Defaults to the coldest class after 30 days and deletion after
    365."""
    abort_incomplete_upload_days: NotRequired[int]
    """Days after which the parts of an unfinished upload are deleted, 1 to 7. Defaults to 7."""
    object_lock: NotRequired[ObjectLockArgs]
    """A retention that keeps versions from being deleted. Defaults to none. It can be added to an archive that exists,
    and can never be taken away again."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of the KMS key that encrypts the objects. Defaults to a new key that rotates every year."""
    access_logs: NotRequired[AccessLogArgs]
    """Where requests are recorded. Defaults to a log bucket of the archive's own."""
    request_metrics: NotRequired[bool]
    """Whether CloudWatch gets request metrics each minute (billed as custom metrics). Defaults to true."""
    replication: NotRequired[ArchiveReplicationArgs]
    """A second copy in another Region. Defaults to none."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """ARN of an SNS topic in the bucket's Region that is told of server errors and of objects that could not be copied.
    Defaults to no alarms."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace buckets and keys, and leaves them in AWS when they go from the
    program. Defaults to true."""
    empty_on_destroy: NotRequired[bool]
    """Whether destroying the bucket deletes the objects in it; needs `protect: false`. Defaults to false: S3 refuses to
    delete a bucket that holds objects."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
