"""The repository's own program and stack files under the real engine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.plugin.shell import ONE_CHECKPOINT
from tests.engine.workspace import Run, Workspace

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy/aws_mobile_guard"
FILES = [ROOT / "Pulumi.yaml", ROOT / "__main__.py", *sorted(ROOT.glob("stack_*.py")), ROOT / "app"]


def program(make_workspace: Callable[..., Workspace], stack: str) -> Workspace:
    files = [*FILES, ROOT / f"Pulumi.{stack}.yaml"]
    return make_workspace(files=files, stack=stack, more=ONE_CHECKPOINT)


@dataclass(frozen=True)
class Story:
    """The local stack from its first preview to its end."""

    preview: Run
    up: Run
    outputs: dict[str, Any]
    replicas: list[str]
    second_up: Run
    destroy: Run


@pytest.fixture(scope="module")
def story(make_workspace: Callable[..., Workspace], operator: aws.Connection) -> Story:
    workspace = program(make_workspace, "local")
    preview, up = workspace.preview(), workspace.up()
    outputs = workspace.outputs()
    identifier = outputs["database"]["endpoint"].split(".")[0]
    (instance,) = operator("rds").describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    return Story(
        preview=preview,
        up=up,
        outputs=outputs,
        replicas=instance["ReadReplicaDBInstanceIdentifiers"],
        second_up=workspace.up("--expect-no-changes"),
        destroy=workspace.destroy(),
    )


def test_the_local_stack_previews_what_it_then_creates(story: Story) -> None:
    assert story.preview.code == 0, story.preview.output
    assert story.up.code == 0, story.up.output
    assert story.preview.changes == story.up.changes
    assert set(story.up.changes.values()) == {"create"}


def test_it_stands_in_both_regions(story: Story) -> None:
    assert (story.outputs["region"], story.outputs["recovery_region"]) == ("eu-west-1", "eu-central-1")
    assert len(story.replicas) == 2


def test_a_second_up_changes_nothing(story: Story) -> None:
    assert story.second_up.code == 0, story.second_up.output
    assert story.second_up.changes == {}


def test_it_is_destroyed(story: Story) -> None:
    assert story.destroy.code == 0, story.destroy.output


def test_production_previews_under_its_own_policies(make_workspace: Callable[..., Workspace]) -> None:
    config = PACK / "production.json"
    run = program(make_workspace, "prod").preview("--policy-pack", str(PACK), "--policy-pack-config", str(config))
    assert run.code == 0, run.output
    assert run.changes["database-replica-recovery"] == "create"
    assert [violation for violation in run.violations if violation["enforcementLevel"] == "mandatory"] == []


def test_a_broken_stack_file_registers_nothing_and_lists_every_problem(
    make_workspace: Callable[..., Workspace],
) -> None:
    workspace = program(make_workspace, "dev")
    workspace.command("config", "set", "--path", "aws-mobile:database.engin", "mysql")
    workspace.command("config", "set", "--path", "aws-mobile:network.nat", "many")
    run = workspace.preview()
    assert run.code == 255
    assert "Pulumi.dev.yaml: 2 problems" in run.output
    assert 'aws-mobile:database.engin: got "mysql"' in run.output
    assert 'aws-mobile:network.nat: got "many"' in run.output
    assert set(run.changes) <= {"aws-mobile-dev"}
