"""A replica that was promoted in a failover is adopted by the program: neither replaced nor made a replica again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

RECOVERY_REGION = "eu-central-1"
PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import HAdatabase

    database = HAdatabase("ledger", json.loads(Path("args.json").read_text()))
    pulumi.export("replica_arns", database.replica_arns)
"""


def _write_args(workspace: Workspace, *, promoted: bool) -> None:
    replica = {
        "region": RECOVERY_REGION,
        "network": {"cidr": "10.1.0.0/16", "zones": ["eu-central-1a", "eu-central-1b"]},
        "promoted": promoted,
    }
    args = {
        "region": "eu-west-1",
        "network": {"zones": ["eu-west-1a", "eu-west-1b"]},
        "replicas": {"recovery": replica},
        "apply_immediately": True,
    }
    (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")


@dataclass(frozen=True)
class Story:
    first: Run
    ids: dict[str, str]
    adopted: Run
    ids_adopted: dict[str, str]
    database: dict[str, Any]
    refresh: Run
    last: Run


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, rds = make_workspace(), operator("rds", RECOVERY_REGION)
    workspace.write(PROGRAM)
    _write_args(workspace, promoted=False)
    first = workspace.up()
    assert first.code == 0, first.output
    ids = workspace.in_state()
    identifier = workspace.outputs()["replica_arns"]["recovery"].rsplit(":", 1)[-1]
    rds.promote_read_replica(DBInstanceIdentifier=identifier)
    refresh = workspace.refresh()
    _write_args(workspace, promoted=True)
    adopted = workspace.up()
    database = rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
    return Story(first, ids, adopted, workspace.in_state(), database, refresh, workspace.up("--expect-no-changes"))


def test_the_promotion_is_adopted_without_replacing_anything(story: Story) -> None:
    assert story.refresh.code == 0, story.refresh.output
    assert story.adopted.code == 0, story.adopted.output
    assert not {"replace", "create-replacement", "delete-replaced"} & set(story.adopted.steps.values())
    assert story.ids_adopted["ledger-replica-recovery"] == story.ids["ledger-replica-recovery"]


def test_the_former_replica_stays_a_database_of_its_own(story: Story) -> None:
    assert "ReadReplicaSourceDBInstanceIdentifier" not in story.database


def test_it_gets_a_standby(story: Story) -> None:
    assert story.database["MultiAZ"] is True


def test_nothing_is_left_to_change(story: Story) -> None:
    assert story.last.code == 0, story.last.output
