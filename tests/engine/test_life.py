"""The life of a stack with all components, from its first preview to its end, under the real engine.

The story is played once, in order; each test looks at one moment of it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

REGION = "eu-west-1"
PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import ArchiveBucket, HAdatabase, Network

    args = json.loads(Path("args.json").read_text())
    network = Network("network", args["network"])
    subnets = {"vpc_id": network.vpc_id, "subnet_ids": network.data_subnet_ids}
    database = HAdatabase("database", {**args["database"], "network": subnets})
    archive = ArchiveBucket("archive", args["archive"])
    pulumi.export("identifier", database.identifier)
    pulumi.export("secret_arn", database.secret_arn)
    pulumi.export("bucket_name", archive.bucket_name)
    pulumi.export("vpc_id", network.vpc_id)
"""
NETWORK = {"region": REGION, "zones": ["eu-west-1a", "eu-west-1b"], "nat": "single"}
DATABASE: dict[str, Any] = {
    "region": REGION,
    "credentials": "own",
    "backups": {"retention_days": 14},
    "replicas": {"reports": {}},
    "apply_immediately": True,
}
ARCHIVE: dict[str, Any] = {"region": REGION, "retrieval": "hours"}


@dataclass(frozen=True)
class Story:
    """What was seen at each moment: runs of the engine, and AWS through an operator's eyes."""

    preview: Run
    databases_after_preview: list[str]
    first_up: Run
    ids: dict[str, str]
    password: str
    database: dict[str, Any]
    second_up: Run
    refresh: Run
    drift_without_cause: Run
    in_place: Run
    ids_in_place: dict[str, str]
    retention_in_place: int
    refused_preview: Run
    refused_up: Run
    databases_after_refusal: list[str]
    taken_back: Run
    drift: Run
    refresh_of_drift: Run
    healing: Run
    retention_healed: int
    refused_destroy: Run
    databases_after_refused_destroy: list[str]
    unprotected: Run
    destroy: Run
    state_at_the_end: list[dict[str, Any]]
    left: dict[str, Any]
    written: str


class Operator:
    """Looks at AWS, and changes it behind Pulumi's back."""

    def __init__(self, connection: aws.Connection) -> None:
        self.rds = connection("rds")
        self.ec2 = connection("ec2")
        self.s3 = connection("s3")
        self.secrets = connection("secretsmanager")
        self._of_others: frozenset[str] = frozenset()
        self._of_others = frozenset(self.databases())  # all stories share one AWS

    def databases(self) -> list[str]:
        found = self.rds.describe_db_instances()["DBInstances"]
        return sorted(
            instance["DBInstanceIdentifier"]
            for instance in found
            if instance["DBInstanceIdentifier"].startswith("database-")
            and instance["DBInstanceIdentifier"] not in self._of_others
        )

    def database(self, identifier: str) -> dict[str, Any]:
        return self.rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]

    def password(self, secret_arn: str) -> str:
        return json.loads(self.secrets.get_secret_value(SecretId=secret_arn)["SecretString"])["password"]

    def left_of(self, identifier: str, vpc_id: str, bucket_name: str) -> dict[str, Any]:
        snapshots = self.rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
        return {
            "databases": self.databases(),
            "snapshots": [entry["SnapshotType"] for entry in snapshots if entry["DBInstanceIdentifier"] == identifier],
            "vpc": [vpc["VpcId"] for vpc in self.ec2.describe_vpcs()["Vpcs"] if vpc["VpcId"] == vpc_id],
            "bucket": [entry["Name"] for entry in self.s3.list_buckets()["Buckets"] if entry["Name"] == bucket_name],
        }


def _write_args(workspace: Workspace, **changes: Any) -> None:  # noqa: ANN401 - any options
    args = {"network": NETWORK, "database": {**DATABASE, **changes.pop("database", {})}, "archive": ARCHIVE, **changes}
    (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, eyes = make_workspace(), Operator(operator)
    workspace.write(PROGRAM)
    seen: dict[str, Any] = {}

    _write_args(workspace)
    seen["preview"] = workspace.preview()
    seen["databases_after_preview"] = eyes.databases()
    seen["first_up"] = workspace.up()
    assert seen["first_up"].code == 0, seen["first_up"].output
    outputs = workspace.outputs()
    identifier = outputs["identifier"]
    seen["ids"] = workspace.in_state()
    seen["database"] = eyes.database(identifier)
    seen["password"] = eyes.password(outputs["secret_arn"])
    seen["second_up"] = workspace.up("--expect-no-changes")
    seen["refresh"] = workspace.refresh()
    seen["drift_without_cause"] = workspace.drift()

    longer = {"backups": {"retention_days": 21}}
    _write_args(workspace, database=longer)
    seen["in_place"] = workspace.up()
    seen["ids_in_place"] = workspace.in_state()
    seen["retention_in_place"] = eyes.database(identifier)["BackupRetentionPeriod"]

    _write_args(workspace, database={**longer, "username": "another_owner"})
    seen["refused_preview"] = workspace.preview()
    seen["refused_up"] = workspace.up_after_preview()
    seen["databases_after_refusal"] = eyes.databases()
    _write_args(workspace, database=longer)
    seen["taken_back"] = workspace.up("--expect-no-changes")

    eyes.rds.modify_db_instance(DBInstanceIdentifier=identifier, BackupRetentionPeriod=3, ApplyImmediately=True)
    seen["drift"] = workspace.drift()
    seen["refresh_of_drift"] = workspace.refresh()
    seen["healing"] = workspace.up()
    seen["retention_healed"] = eyes.database(identifier)["BackupRetentionPeriod"]

    seen["refused_destroy"] = workspace.destroy()
    seen["databases_after_refused_destroy"] = eyes.databases()
    _write_args(
        workspace,
        database={**longer, "protect": False, "deletion_protection": False},
        archive={**ARCHIVE, "protect": False, "empty_on_destroy": True},
    )
    seen["unprotected"] = workspace.up()
    seen["destroy"] = workspace.destroy()
    seen["state_at_the_end"] = workspace.state()
    seen["left"] = eyes.left_of(identifier, outputs["vpc_id"], outputs["bucket_name"])
    seen["written"] = workspace.kept_texts()
    return Story(**seen)


def test_a_preview_shows_what_would_be_made_and_makes_nothing(story: Story) -> None:
    assert story.preview.code == 0, story.preview.output
    assert story.preview.changes["database-instance"] == "create"
    assert story.databases_after_preview == []


def test_the_first_update_makes_what_the_preview_showed(story: Story) -> None:
    assert story.first_up.changes == story.preview.changes


def test_the_database_is_as_it_was_asked_for(story: Story) -> None:
    assert story.database["MultiAZ"] is True
    assert story.database["StorageEncrypted"] is True
    assert story.database["DeletionProtection"] is True
    assert story.database["BackupRetentionPeriod"] == 14


def test_a_second_update_changes_nothing(story: Story) -> None:
    assert story.second_up.code == 0, story.second_up.output
    assert story.second_up.changes == {}


def test_a_refresh_finds_everything_as_it_is(story: Story) -> None:
    assert story.refresh.code == 0, story.refresh.output
    assert story.drift_without_cause.code == 0, story.drift_without_cause.output


def test_a_change_in_place_updates_the_database_and_nothing_else(story: Story) -> None:
    assert story.in_place.code == 0, story.in_place.output
    assert story.in_place.changes == {"database-instance": "update", "database-replica-reports": "update"}
    assert story.in_place.changed_properties("database-instance") == {"backupRetentionPeriod"}
    assert story.retention_in_place == 21
    assert story.ids_in_place == story.ids


def test_a_change_that_would_replace_the_database_is_stopped_by_its_protection(story: Story) -> None:
    for run in (story.refused_preview, story.refused_up):
        assert run.code == 255, run.output
        assert (
            'unable to replace resource "urn:pulumi:stack::project::aws-mobile:index:HAdatabase$aws:rds/instance:'
            'Instance::database-instance"\nas it is currently marked for protection.'
        ) in "\n".join(run.errors)
    assert story.refused_up.done == story.refused_preview.done
    assert len(story.databases_after_refusal) == 2


def test_once_that_change_is_taken_back_nothing_is_left_to_change(story: Story) -> None:
    assert story.taken_back.code == 0, story.taken_back.output


def test_drift_is_found(story: Story) -> None:
    assert story.drift.code == 255
    assert story.drift.changes == {}
    assert "backupRetentionPeriod" in story.drift.output


def test_after_a_refresh_the_next_update_heals_the_drift(story: Story) -> None:
    assert story.refresh_of_drift.code == 0, story.refresh_of_drift.output
    assert story.healing.code == 0, story.healing.output
    assert story.healing.changes == {"database-instance": "update"}
    assert story.retention_healed == 21


def test_a_protected_stack_cannot_be_destroyed(story: Story) -> None:
    assert story.refused_destroy.code == 255
    assert "is protected" in story.refused_destroy.output or "marked for protection" in story.refused_destroy.output
    assert story.databases_after_refused_destroy == story.databases_after_refusal


def test_once_the_protection_is_off_everything_can_be_destroyed(story: Story) -> None:
    assert story.unprotected.code == 0, story.unprotected.output
    assert "replace" not in story.unprotected.changes.values()
    assert story.destroy.code == 0, story.destroy.output
    assert story.state_at_the_end == []


def test_a_destroyed_database_leaves_its_final_snapshot_and_nothing_else(story: Story) -> None:
    assert story.left == {"databases": [], "snapshots": ["manual"], "vpc": [], "bucket": []}


def test_the_password_is_in_aws_and_nowhere_in_what_the_engine_wrote_or_showed(story: Story) -> None:
    assert len(story.password) >= 16
    assert story.password not in story.written
    runs = [value for value in vars(story).values() if isinstance(value, Run)]
    assert len(runs) > 10
    for run in runs:
        assert story.password not in run.output
        assert story.password not in json.dumps(run.events)
