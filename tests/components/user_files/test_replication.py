"""A second bucket with the same files in another Region.

That S3 copies is AWS's part; that AWS takes these rules, roles and policies is proved by the sandbox.
"""

import json
from typing import Any

import pytest
from components.user_files.building import EVERYTHING, FILES, HOME, build, statements

from pulumi_aws_mobile.testing import UNKNOWN, Recording

AWAY = "eu-central-1"
TWO = {**EVERYTHING, "replication": {"region": AWAY}}
THEIR_KEY = f"arn:aws:kms:{AWAY}:123456789012:key/theirs"
RULES = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
BOTH = pytest.mark.parametrize("preview", [True, False])


def added(*, preview: bool = False) -> dict[str, Any]:
    before = {child.urn for child in build(EVERYTHING, preview=preview).children(FILES)}
    return {child.name: child for child in build(TWO, preview=preview).children(FILES) if child.urn not in before}


def permissions(recording: Recording, name: str) -> dict[str, Any]:
    return {each["Sid"]: each for each in statements(recording, name)}


@BOTH
def test_the_second_bucket_comes_with_all_that_the_first_one_has(preview: bool) -> None:
    parts = ("encryption", "lifecycle", "ownership", "policy", "public-access", "versioning")
    assert sorted(added(preview=preview)) == sorted(
        [
            "files-replica",
            *(f"files-replica-{part}" for part in parts),
            "files-replica-cors",
            "files-replica-key",
            "files-replica-logging",
            "files-replica-logs",
            *(f"files-replica-logs-{part}" for part in parts),
            "files-replication",
            "files-replication-permissions",
            "files-replication-role",
            "files-back-replication",
            "files-back-replication-permissions",
            "files-back-replication-role",
        ]
    )


@BOTH
def test_the_first_bucket_stays_as_it_was(preview: bool) -> None:
    before = {child.urn: child.inputs for child in build(EVERYTHING, preview=preview).children(FILES)}
    after = {child.urn: child.inputs for child in build(TWO, preview=preview).children(FILES)}
    changed = {urn.rpartition("::")[2] for urn, inputs in before.items() if after[urn] != inputs}
    assert changed == (set() if preview else {"files-signed-in", "files-group-admins", "files-guests"})


def test_everything_of_it_is_in_the_other_region() -> None:
    regions = {name: child.inputs.get("region") for name, child in added().items()}
    assert {name for name, region in regions.items() if region is None} == {
        f"files-{way}replication-{part}" for way in ("", "back-") for part in ("permissions", "role")
    }
    assert {name for name, region in regions.items() if region == HOME} == {"files-replication"}
    assert {region for region in regions.values() if region} == {HOME, AWAY}


def test_each_bucket_gets_what_is_written_to_the_other_deletions_too() -> None:
    found = {rules.name: rules.inputs for rules in build(TWO).of_type(RULES)}
    ways = {
        "files-replication": ("files-bucket", "files-replica"),
        "files-back-replication": ("files-replica", "files-bucket"),
    }
    keys = {"files-bucket": f"arn:aws:kms:{HOME}:123456789012:files-key"}
    keys["files-replica"] = f"arn:aws:kms:{AWAY}:123456789012:files-replica-key"
    assert set(found) == set(ways)
    for name, (here, there) in ways.items():
        (rule,) = found[name]["rules"]
        assert (found[name]["bucket"], rule["destination"]["bucket"]) == (here, f"arn:aws:s3:::{there}")
        assert rule["destination"]["encryptionConfiguration"] == {"replicaKmsKeyId": keys[there]}
        assert rule["deleteMarkerReplication"] == {"status": "Enabled"}
        assert (rule["status"], rule["filter"]) == ("Enabled", {"prefix": ""})


def test_each_role_reads_on_one_side_and_writes_on_the_other() -> None:
    recording = build(TWO)
    for name, here, there in (
        ("files-replication-permissions", "files-bucket", "files-replica"),
        ("files-back-replication-permissions", "files-replica", "files-bucket"),
    ):
        found = permissions(recording, name)
        assert found["ReadVersions"]["Resource"] == f"arn:aws:s3:::{here}/*"
        assert found["WriteCopies"]["Resource"] == f"arn:aws:s3:::{there}/*"
        assert "s3:ReplicateDelete" in found["WriteCopies"]["Action"]
    there = permissions(recording, "files-back-replication-permissions")["EncryptThere"]["Condition"]
    assert there["StringEquals"]["kms:ViaService"] == f"s3.{HOME}.amazonaws.com"


@pytest.mark.parametrize("policy", ["files-signed-in", "files-group-admins", "files-guests"])
def test_users_have_the_same_access_to_both(policy: str) -> None:
    once, twice = statements(build(EVERYTHING), policy), statements(build(TWO), policy)
    moved = (
        json.dumps(once)
        .replace("arn:aws:s3:::files-bucket", "arn:aws:s3:::files-replica")
        .replace(f"arn:aws:kms:{HOME}:123456789012:files-key", f"arn:aws:kms:{AWAY}:123456789012:files-replica-key")
        .replace(f"s3.{HOME}.", f"s3.{AWAY}.")
    )
    assert twice == once + json.loads(moved)


def test_a_key_can_be_given_there_too() -> None:
    recording = build({**EVERYTHING, "replication": {"region": AWAY, "kms_key_arn": THEIR_KEY}})
    assert [key.name for key in recording.of_type("aws:kms/key:Key")] == ["files-key"]
    (rule,) = recording.named("files-replica-encryption").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == THEIR_KEY


def test_a_name_that_was_given_stays_with_the_first_bucket() -> None:
    recording = build({**TWO, "bucket_name": "my-files"})
    assert recording.named("files-bucket").inputs["bucket"] == "my-files"
    assert "bucket" not in recording.named("files-replica").inputs


def test_the_outputs_name_both() -> None:
    found = build(TWO).component_outputs[FILES]
    assert {name: value for name, value in found.items() if name.startswith("replica")} == {
        "replica_bucket_name": "files-replica",
        "replica_bucket_arn": "arn:aws:s3:::files-replica",
        "replica_kms_key_arn": f"arn:aws:kms:{AWAY}:123456789012:files-replica-key",
    }


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    assert set(build(TWO, preview=True).component_outputs[FILES].values()) == {UNKNOWN}
