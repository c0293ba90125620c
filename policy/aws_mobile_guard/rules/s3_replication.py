"""A copy in another Region is complete and encrypted."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BUCKET_REPLICATIONS, BUCKETS
from aws_mobile_guard.buckets import is_named, older_form
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node


def _check(stack: Stack, options: Options) -> Iterator[Answer]:
    replications = stack.join(BUCKET_REPLICATIONS, "bucket", BUCKETS)
    for bucket in stack.of(BUCKETS):
        if (
            replications.holders(bucket)
            or older_form(bucket, "replicationConfiguration") is not None
            or not is_named(bucket, options)
        ):
            continue
        if replications.loose:
            yield Undecided("BucketReplicationConfig", bucket)
        else:
            yield Problem("BucketReplicationConfig", None, "one for the bucket", "add one to another Region", bucket)
    for replication in stack.of(BUCKET_REPLICATIONS):
        rules = replication.items("rules")
        for rule in (UNKNOWN,) if rules is UNKNOWN else rules or ():
            if rule is UNKNOWN:
                yield Undecided("rules", replication)
            else:
                yield from _check_rule(rule, replication)


def _check_rule(rule: Node, owner: Resource) -> Iterator[Answer]:
    status = rule.text("status")
    if status is UNKNOWN:
        yield Undecided(rule.path("status"), owner)
    elif status != "Enabled":
        yield Problem(rule.path("status"), status, "Enabled", "enable the rule or remove it", owner)
        return
    if not rule.has("deleteMarkerReplication.status"):
        fix = "decide whether deleting an object here hides it there too"
        yield Problem(rule.path("deleteMarkerReplication.status"), None, "Enabled, Disabled", fix, owner)
    selected = rule.text("sourceSelectionCriteria.sseKmsEncryptedObjects.status")
    path = rule.path("sourceSelectionCriteria.sseKmsEncryptedObjects.status")
    if selected is UNKNOWN:
        yield Undecided(path, owner)
    elif selected != "Enabled":
        fix = "set it, or objects that KMS encrypts are left out in silence"
        yield Problem(path, selected, "Enabled", fix, owner)
    if not rule.has("destination.encryptionConfiguration.replicaKmsKeyId"):
        path = rule.path("destination.encryptionConfiguration.replicaKmsKeyId")
        yield Problem(path, None, "a key of the other Region", "name the key that encrypts the copies", owner)


RULE = StackRule(
    id="s3-replication",
    pack=Pack.RESILIENCE,
    description="A bucket's replication takes encrypted objects and has decided on deletions.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(*BUCKETS, *BUCKET_REPLICATIONS),
    frameworks=("S3.7", "CKV_AWS_144"),
    remediation=(
        "In each replication rule select KMS-encrypted objects, name the replica's key and decide on delete markers."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-7",
    options=(
        Option(
            "buckets",
            (),
            "Regular expressions, searched for in URNs: the buckets that must be replicated. Defaults to none.",
        ),
    ),
    check=_check,
)
