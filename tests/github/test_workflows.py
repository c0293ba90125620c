"""The workflows are right as far as can be told without GitHub."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PREPARE = GITHUB / "actions" / "prepare" / "action.yml"


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def jobs() -> list[tuple[str, dict[str, Any]]]:
    return [(f"{path.stem}/{name}", job) for path in WORKFLOWS for name, job in read(path)["jobs"].items()]


def steps() -> list[tuple[str, dict[str, Any]]]:
    found = [(name, step) for name, job in jobs() for step in job.get("steps", ())]
    return [*found, *(("prepare", step) for step in read(PREPARE)["runs"]["steps"])]


def test_actionlint_finds_nothing() -> None:
    go = shutil.which("go")
    assert go is not None
    lint = subprocess.run(
        [go, "tool", "actionlint", "-no-color", *map(str, WORKFLOWS)],
        cwd=GITHUB / "actionlint",
        env={**os.environ, "GOWORK": "off", "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (lint.returncode, lint.stdout) == (0, ""), lint.stderr


@pytest.mark.parametrize(
    ("name", "step"), [entry for entry in steps() if "run" in entry[1]], ids=lambda each: str(each)[:40]
)
def test_a_script_is_right_and_takes_nothing_from_expressions(name: str, step: dict[str, Any]) -> None:
    checked = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False)  # noqa: S607 - from PATH
    assert checked.stderr == "", name
    # What GitHub puts into a script before the shell reads it, a title could end; the environment it cannot.
    assert "${{" not in step["run"], name


def test_only_known_actions_are_used_each_of_one_version() -> None:
    used = {step["uses"] for _, step in steps() if "uses" in step and not step["uses"].startswith("./")}
    assert used == {
        "actions/checkout@v5",
        "actions/download-artifact@v5",
        "actions/setup-python@v6",
        "actions/upload-artifact@v4",
        "aws-actions/configure-aws-credentials@v5",
        "pulumi/actions@v6",
    }


def test_nothing_may_write_but_what_has_to() -> None:
    assert all(read(path)["permissions"] == {"contents": "read"} for path in WORKFLOWS)
    writing = {
        name: {scope for scope, level in job.get("permissions", {}).items() if level == "write"} for name, job in jobs()
    }
    assert {name: scopes for name, scopes in writing.items() if scopes} == {
        "deploy/dev": {"id-token"},
        "deploy/stage": {"id-token"},
        "deploy/prod": {"id-token"},
        "drift/look": {"id-token", "issues"},
        "preview/comment": {"pull-requests"},
        "preview/state": {"id-token"},
        "up/up": {"id-token"},
    }


def test_the_job_that_comments_runs_nothing_of_the_pull_request() -> None:
    comment = read(GITHUB / "workflows" / "preview.yml")["jobs"]["comment"]
    assert [step.get("uses") or step["run"].split()[:3] for step in comment["steps"]] == [
        "actions/download-artifact@v5",
        ["gh", "pr", "comment"],
    ]


def test_credentials_are_githubs_tokens_and_nothing_is_a_stored_secret() -> None:
    texts = "".join(path.read_text() for path in (*WORKFLOWS, PREPARE))
    assert "secrets." not in texts
    assert not re.search(r"aws-(access|secret)", texts)
    assert all(
        step["with"]["persist-credentials"] is False
        for _, step in steps()
        if step.get("uses", "").startswith("actions/checkout")
    )


def test_environments_follow_one_another_and_one_deployment_of_each_runs_at_a_time() -> None:
    deploy = read(GITHUB / "workflows" / "deploy.yml")["jobs"]
    assert {name: job.get("needs") for name, job in deploy.items()} == {"dev": None, "stage": "dev", "prod": "stage"}
    up = read(GITHUB / "workflows" / "up.yml")["jobs"]["up"]
    assert up["environment"] == "${{ inputs.stack }}"
    assert up["concurrency"] == {"group": "deploy-${{ inputs.stack }}", "cancel-in-progress": False}


def test_every_deployed_stack_has_a_file_and_is_looked_at_for_drift() -> None:
    deployed = set(read(GITHUB / "workflows" / "deploy.yml")["jobs"])
    watched = read(GITHUB / "workflows" / "drift.yml")["jobs"]["look"]["strategy"]["matrix"]["stack"]
    assert deployed == set(watched)
    assert all((ROOT / f"Pulumi.{stack}.yaml").is_file() for stack in deployed)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_policies_of_a_stack_are_those_that_its_file_names(stack: str) -> None:
    import sys

    done = subprocess.run(
        [sys.executable, str(GITHUB / "tier.py"), stack], cwd=ROOT, capture_output=True, text=True, check=True
    )
    path = Path(done.stdout.strip())
    assert path.name == {"dev": "development.json", "prod": "production.json"}[stack]
    assert json.loads(path.read_text())


def test_every_key_of_the_project_is_documented() -> None:
    config = read(ROOT / "Pulumi.yaml")["config"]
    assert [key for key, entry in config.items() if not entry.get("description") or "type" not in entry] == []
    example = read(ROOT / "examples" / "state_backend" / "Pulumi.yaml")["config"]
    assert [key for key, entry in example.items() if "value" not in entry and not entry.get("description")] == []


def test_the_projects_keys_are_those_of_a_stack_file() -> None:
    from pulumi_aws_mobile.args_reader import fields
    from stack_args import StackArgs

    config = read(ROOT / "Pulumi.yaml")["config"]
    assert {key.removeprefix("aws-mobile:") for key in config} == set(fields(StackArgs))
