"""The summary of a pull request."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / ".github" / "summary.py"


def urn(kind: str, name: str, parent: str = "") -> str:
    return f"urn:pulumi:dev::app::{parent}{kind}::{name}"


BUCKET, KEY = urn("aws:s3/bucket:Bucket", "files", "aws-mobile:index:Archive$"), urn("aws:kms/key:Key", "key")
RANDOM = urn("random:index/randomId:RandomId", "id")


def document(*, mandatory: int = 0, **resources: dict[str, Any]) -> dict[str, Any]:
    finding = {"rule": "s3-tls-only", "urn": BUCKET, "mandatory": True, "message": "got *nothing*|none; <allowed>"}
    return {
        "resources": [
            {"urn": {"bucket": BUCKET, "key": KEY, "id": RANDOM}[name], "custom": True, "inputs": inputs}
            for name, inputs in resources.items()
        ],
        "policies": [finding] * mandatory,
        "summary": {"create": len(resources), "protected": 1, "mandatory": mandatory, "advisory": 2},
    }


def summary(
    tmp_path: Path, now: dict[str, object], before: dict[str, object] | None = None
) -> subprocess.CompletedProcess[str]:
    for folder, documents in (("now", now), ("before", before or {})):
        (tmp_path / folder).mkdir()
        for stack, content in documents.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / folder / f"{stack}.json").write_text(text)
    words = [str(tmp_path / "now"), *(["--before", str(tmp_path / "before")] if before is not None else [])]
    return subprocess.run([sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False)


def test_what_is_new_gone_and_changed_is_counted_and_named(tmp_path: Path) -> None:
    now = document(bucket={"tags": {"a": "2"}}, id={})
    done = summary(tmp_path, {"dev": now}, {"dev": document(bucket={"tags": {"a": "1"}}, key={})})
    assert done.returncode == 0
    assert done.stdout == (
        "## What this changes\n\n"
        "| stack | resources | new | gone | changed | protected | policies |\n"
        "|---|---:|---:|---:|---:|---:|---|\n"
        "| `dev` | 2 | 1 | 1 | 1 | 1 | ✅, 2 advisory |\n\n"
        "<details><summary>dev: 1 new: 1 random</summary>\n\n- `random.RandomId` `id`\n\n</details>\n\n"
        "<details><summary>dev: 1 gone: 1 kms</summary>\n\n- `kms.Key` `key`\n\n</details>\n\n"
        "<details><summary>dev: 1 changed: 1 s3</summary>\n\n- `s3.Bucket` `files`\n\n</details>\n"
    )


def test_what_changes_nothing_says_so_in_one_line(tmp_path: Path) -> None:
    same = document(bucket={})
    assert summary(tmp_path, {"dev": same}, {"dev": same}).stdout.splitlines()[-1] == (
        "| `dev` | 1 | 0 | 0 | 0 | 1 | ✅, 2 advisory |"
    )


def test_a_mandatory_finding_fails_and_nothing_in_it_is_read_as_markdown(tmp_path: Path) -> None:
    done = summary(tmp_path, {"dev": document(bucket={}, mandatory=1)})
    assert done.returncode == 1
    assert "| `dev` | 1 | 1 | 0 | 0 | 1 | ❌ 1 mandatory, 2 advisory |" in done.stdout
    assert "- **s3-tls-only** `files`: got \\*nothing\\*\\|none; &lt;allowed>" in done.stdout


def test_a_stack_that_does_not_build_is_told_with_its_problems(tmp_path: Path) -> None:
    done = summary(tmp_path, {"dev": {"error": "Pulumi.dev.yaml: 1 problem\n  a: got 1", "exit": 2}}, {})
    assert done.returncode == 1
    assert "### `dev` does not build\n\n```\nPulumi.dev.yaml: 1 problem\n  a: got 1\n```" in done.stdout


@pytest.mark.parametrize("printed", ["", "{"])
def test_a_preview_that_printed_nothing_fails(tmp_path: Path, printed: str) -> None:
    done = summary(tmp_path, {"dev": printed})
    assert done.returncode == 1
    assert "the preview printed no document" in done.stdout


def test_new_stacks_and_stacks_that_are_gone_are_told(tmp_path: Path) -> None:
    done = summary(tmp_path, {"qa": document(bucket={}, key={})}, {"old": document(bucket={})})
    assert done.returncode == 0
    assert "| `old` | | | | | | the stack file is gone; what it deployed is not |" in done.stdout
    assert done.stdout.endswith("\n`qa` is new: 1 s3, 1 kms\n")


def test_no_stack_at_all_fails(tmp_path: Path) -> None:
    done = summary(tmp_path, {})
    assert (done.returncode, done.stdout) == (1, "## What this changes\n\nNo stack could be previewed.\n")


def test_a_long_summary_fits_into_a_comment(tmp_path: Path) -> None:
    long = {f"stack-{i}": {"error": "x" * 2000} for i in range(40)}
    assert len(summary(tmp_path, long).stdout) < 65536
