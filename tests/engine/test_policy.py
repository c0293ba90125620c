"""The policy pack under the real engine: a mandatory rule stops a preview, and the fixed program passes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_guard import presets
from aws_mobile_guard.rules import RULES
from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PACK = Path(__file__).resolve().parents[2] / "policy" / "aws_mobile_guard"
PROGRAM = """
    import pulumi
    import pulumi_aws as aws

    aws.kms.Key(
        "key",
        description="made by the policy tests",
        {rotation}
        deletion_window_in_days=30,
        opts=pulumi.ResourceOptions(protect=True),
    )
"""


@pytest.fixture(scope="module")
def refused(make_workspace: Callable[[], Workspace]) -> Run:
    workspace = make_workspace()
    workspace.write(PROGRAM.format(rotation=""))
    return workspace.preview("--policy-pack", str(PACK))


def test_a_mandatory_rule_stops_the_preview(refused: Run) -> None:
    assert refused.code == 255, refused.output
    assert [(violation["policyName"], violation["enforcementLevel"]) for violation in refused.violations] == [
        ("kms-rotation", "mandatory")
    ]


def test_the_violation_names_the_resource_and_says_what_to_do(refused: Run) -> None:
    violation = refused.violations[0]
    assert violation["resourceUrn"] == "urn:pulumi:stack::project::aws:kms/key:Key::key"
    assert violation["message"].strip() == (
        "A symmetric key is rotated by AWS.\n"
        "enableKeyRotation: got nothing; allowed: true; set enableKeyRotation; data that was encrypted before stays "
        "readable"
    )


def test_nothing_was_made(refused: Run, operator: aws.Connection) -> None:
    assert refused.changes["key"] == "create"
    kms = operator("kms")
    descriptions = [
        kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] for key in kms.list_keys()["Keys"]
    ]
    assert "made by the policy tests" not in descriptions


def test_the_corrected_program_passes(make_workspace: Callable[[], Workspace]) -> None:
    workspace = make_workspace()
    workspace.write(PROGRAM.format(rotation="enable_key_rotation=True,"))
    passed = workspace.preview("--policy-pack", str(PACK))
    assert passed.code == 0, passed.output
    assert passed.violations == []


BUCKET = """
    import pulumi_aws as aws

    aws.s3.Bucket("files", force_destroy=True)
    aws.cloudwatch.LogGroup("log")
"""


@pytest.mark.parametrize("pack", ["security", "resilience", "cost_and_hygiene"])
def test_each_pack_says_its_own_part_of_what_all_rules_say(make_workspace: Callable[[], Workspace], pack: str) -> None:
    workspace = make_workspace()
    workspace.write(BUCKET)
    production = str(PACK / "production.json")
    whole = workspace.preview("--policy-pack", str(PACK), "--policy-pack-config", production)
    part = workspace.preview("--policy-pack", str(PACK.parent / "packs" / pack), "--policy-pack-config", production)
    own = {rule.id for rule in RULES if rule.pack.name.lower() == pack.partition("_")[0]}
    assert {one["policyPackName"] for one in part.violations} == {f"aws-mobile-guard-{pack.replace('_', '-')}"}
    assert _said(part) == [one for one in _said(whole) if one[0] in own] != []


def _said(run: Run) -> list[tuple[str, str, str]]:
    return sorted((one["policyName"], one["enforcementLevel"], one["message"]) for one in run.violations)


def test_a_frameworks_preset_asks_for_its_own_demands_alone(make_workspace: Callable[[], Workspace]) -> None:
    workspace = make_workspace()
    workspace.write(BUCKET)
    run = workspace.preview("--policy-pack", str(PACK), "--policy-pack-config", str(presets.path("fsbp")))
    demanded = {rule.id for rule in RULES if any(one.startswith("FSBP ") for one in rule.frameworks)}
    found = {(one["policyName"], one["enforcementLevel"]) for one in run.violations}
    assert ("s3-tls-only", "mandatory") in found
    assert found <= {(name, "mandatory") for name in demanded}
