"""Every way to break an S3 rule about what becomes of objects, with the whole message."""

from policy.breaks import Break
from policy.breaks_s3 import inline, moves, replication, rule
from policy.guard_stack import Ref, add, both, drop, put, remove

BREAKS = [
    Break(
        "s3-versioning",
        "none",
        remove("logs-versioning"),
        "logs",
        "BucketVersioning: got nothing; allowed: one for the bucket; add one whose status is Enabled",
    ),
    Break(
        "s3-versioning",
        "suspended",
        put("copy-versioning", versioningConfiguration={"status": "Suspended"}),
        "copy-versioning",
        'versioningConfiguration.status: got "Suspended"; allowed: Enabled; set it to Enabled',
    ),
    Break(
        "s3-versioning",
        "absent",
        drop("copy-versioning", "versioningConfiguration"),
        "copy-versioning",
        "versioningConfiguration.status: got nothing; allowed: Enabled; set it to Enabled",
    ),
    Break(
        "s3-versioning",
        "wrong type",
        put("copy-versioning", versioningConfiguration="Enabled"),
        "copy-versioning",
        "versioningConfiguration: got text; allowed: an object; correct the value",
    ),
    Break(
        "s3-archive-lifecycle",
        "backwards",
        moves((30, "GLACIER"), (90, "STANDARD_IA")),
        "archive-lifecycle",
        (
            "rules[0].transitions: got STANDARD_IA after GLACIER; allowed: the order STANDARD_IA, "
            "INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE; move to colder classes only"
        ),
    ),
    Break(
        "s3-archive-lifecycle",
        "the same class twice",
        moves((90, "GLACIER"), (100, "GLACIER")),
        "archive-lifecycle",
        (
            "rules[0].transitions: got GLACIER after GLACIER; allowed: the order STANDARD_IA, "
            "INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE; move to colder classes only"
        ),
    ),
    Break(
        "s3-archive-lifecycle",
        "too early",
        moves((29.0, "STANDARD_IA")),
        "archive-lifecycle",
        "rules[0].transitions: got STANDARD_IA on day 29; allowed: day 30 or later; move later",
    ),
    Break(
        "s3-archive-lifecycle",
        "too soon after",
        moves((30, "STANDARD_IA"), (59, "GLACIER_IR")),
        "archive-lifecycle",
        "rules[0].transitions: got GLACIER_IR on day 59; allowed: day 60 or later; move later",
    ),
    Break(
        "s3-archive-lifecycle",
        "two at once",
        moves((90, "GLACIER"), (90, "DEEP_ARCHIVE")),
        "archive-lifecycle",
        "rules[0].transitions: got DEEP_ARCHIVE on day 90; allowed: day 91 or later; move later",
    ),
    Break(
        "s3-archive-lifecycle",
        "no such class",
        moves((90, "FROZEN")),
        "archive-lifecycle",
        (
            'rules[0].transitions: got "FROZEN"; allowed: STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, '
            "GLACIER_IR, GLACIER, DEEP_ARCHIVE; name a storage class"
        ),
    ),
    Break(
        "s3-archive-lifecycle",
        "expires before the last move",
        rule(expiration={"days": 180}),
        "archive-lifecycle",
        "rules[0].expiration.days: got 180; allowed: more than 180; expire later than the last transition",
    ),
    Break(
        "s3-archive-lifecycle",
        "old versions stay",
        rule(noncurrentVersionExpiration=None),
        "archive-lifecycle",
        (
            "noncurrentVersionExpiration: got nothing; allowed: a number of days; expire noncurrent versions, or "
            "every overwritten object is paid for, for ever"
        ),
    ),
    Break(
        "s3-archive-lifecycle",
        "old versions too early",
        rule(noncurrentVersionTransitions=[{"noncurrentDays": 7, "storageClass": "ONEZONE_IA"}]),
        "archive-lifecycle",
        "rules[0].noncurrentVersionTransitions: got ONEZONE_IA on day 7; allowed: day 30 or later; move later",
    ),
    Break(
        "s3-archive-lifecycle",
        "the bucket's older form",
        both(
            remove("archive-lifecycle"),
            inline(
                lifecycleRules=[
                    {
                        "enabled": True,
                        "abortIncompleteMultipartUploadDays": 1,
                        "transitions": [{"days": 10, "storageClass": "STANDARD_IA"}],
                        "noncurrentVersionExpiration": {"days": 30},
                    }
                ]
            ),
        ),
        "archive",
        "lifecycleRules[0].transitions: got STANDARD_IA on day 10; allowed: day 30 or later; move later",
    ),
    Break(
        "s3-archive-lifecycle",
        "an older token",
        add(
            "older",
            "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            bucket=Ref("logs"),
            rules=[
                {
                    "status": "Enabled",
                    "transitions": [{"days": 1, "storageClass": "STANDARD_IA"}],
                    "noncurrentVersionExpiration": {"noncurrentDays": 1},
                    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1},
                }
            ],
        ),
        "older",
        "rules[0].transitions: got STANDARD_IA on day 1; allowed: day 30 or later; move later",
    ),
    Break(
        "s3-abort-mpu",
        "late",
        rule(abortIncompleteMultipartUpload={"daysAfterInitiation": 8}),
        "archive-lifecycle",
        (
            "abortIncompleteMultipartUpload.daysAfterInitiation: got 8; allowed: 7 days or fewer; add "
            "abortIncompleteMultipartUpload to a rule without a filter"
        ),
    ),
    Break(
        "s3-abort-mpu",
        "absent",
        rule(abortIncompleteMultipartUpload=None),
        "archive-lifecycle",
        (
            "abortIncompleteMultipartUpload.daysAfterInitiation: got nothing; allowed: 7 days or fewer; add "
            "abortIncompleteMultipartUpload to a rule without a filter"
        ),
    ),
    Break(
        "s3-abort-mpu",
        "objects with a tag only",
        rule(filter={"tag": {"key": "kind", "value": "film"}}),
        "archive-lifecycle",
        (
            "abortIncompleteMultipartUpload.daysAfterInitiation: got nothing; allowed: 7 days or fewer; "
            "add abortIncompleteMultipartUpload to a rule without a filter"
        ),
    ),
    Break(
        "s3-abort-mpu",
        "some objects only",
        rule(filter={"prefix": "films/"}),
        "archive-lifecycle",
        (
            "abortIncompleteMultipartUpload.daysAfterInitiation: got nothing; allowed: 7 days or fewer; add "
            "abortIncompleteMultipartUpload to a rule without a filter"
        ),
    ),
    Break(
        "s3-object-lock",
        "no default retention",
        drop("archive-lock", "rule"),
        "archive-lock",
        (
            "rule.defaultRetention: got nothing; allowed: a mode and a time; give a mode and days or years; "
            "without them only objects that ask for it are locked"
        ),
    ),
    Break(
        "s3-object-lock",
        "no time",
        put("archive-lock", rule={"defaultRetention": {"mode": "COMPLIANCE"}}),
        "archive-lock",
        (
            "rule.defaultRetention: got nothing; allowed: a mode and a time; give a mode and days or years; "
            "without them only objects that ask for it are locked"
        ),
    ),
    Break(
        "s3-replication",
        "disabled",
        replication("status", "Disabled"),
        "archive-replication",
        'rules[0].status: got "Disabled"; allowed: Enabled; enable the rule or remove it',
    ),
    Break(
        "s3-replication",
        "deletions undecided",
        replication("deleteMarkerReplication", None),
        "archive-replication",
        (
            "rules[0].deleteMarkerReplication.status: got nothing; allowed: Enabled, Disabled; decide whether "
            "deleting an object here hides it there too"
        ),
    ),
    Break(
        "s3-replication",
        "encrypted objects left out",
        replication("sourceSelectionCriteria", None),
        "archive-replication",
        (
            "rules[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status: got nothing; allowed: Enabled; set "
            "it, or objects that KMS encrypts are left out in silence"
        ),
    ),
    Break(
        "s3-replication",
        "no key",
        replication("destination.encryptionConfiguration", None),
        "archive-replication",
        (
            "rules[0].destination.encryptionConfiguration.replicaKmsKeyId: got nothing; allowed: a key of the "
            "other Region; name the key that encrypts the copies"
        ),
    ),
]
