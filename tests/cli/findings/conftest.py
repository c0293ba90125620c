"""Findings of every kind, and Microsoft's validator of SARIF."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clients.ports.building import install_node_modules

from aws_mobile_cli.findings.said import Said, Standing

HERE = Path(__file__).parent
KEY = "urn:pulumi:dev::app::aws:kms/key:Key::key"
BUCKET = "urn:pulumi:dev::app::aws:s3/bucket:Bucket::files"
SAID = [
    Said("kms-rotation", Standing.MANDATORY, KEY, "enableKeyRotation: got nothing; allowed: true; set it"),
    Said(
        "s3-access-logs", Standing.ADVISORY, BUCKET, "BucketLogging: got nothing; allowed: one for the bucket; add it"
    ),
    Said("s3-tls-only", Standing.UNDECIDED, BUCKET, "policy: only known after deployment; checked then"),
    Said(
        "log-cmk",
        Standing.ACKNOWLEDGED,
        BUCKET,
        "kmsKeyId: got nothing; allowed: a key of your own; make one",
        "until 2026-12-31: moving in spring",
    ),
    Said("of-another-pack", Standing.ADVISORY, "", "somebody else's words"),
]

Validate = Callable[[dict[str, Any]], list[str]]


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Validate:
    """Return what says what the validator, with GitHub's own demands, has against a document."""
    modules = install_node_modules(HERE / "validator")
    (tool,) = modules.glob("@microsoft/sarif-multitool-*/Sarif.Multitool")
    tool.chmod(0o755)  # its package would do so when it is installed; nothing of packages is run

    def ask(document: dict[str, Any]) -> list[str]:
        folder = tmp_path_factory.mktemp("sarif")
        (folder / "in.sarif").write_text(json.dumps(document), encoding="utf-8")
        command = [str(tool), "validate", "in.sarif", "--output", "out.sarif", "--rule-kind", "Sarif;Ghas"]
        # It asks for a library of languages that a small machine lacks, and needs none of it.
        environment = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(folder)}
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        (run,) = json.loads((folder / "out.sarif").read_text(encoding="utf-8-sig"))["runs"]
        assert run["invocations"][0]["executionSuccessful"]
        return [f"{result['ruleId']} {result['message'].get('text', result['message'])}" for result in run["results"]]

    return ask
