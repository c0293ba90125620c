"""`make shell` with the repository's local stack: a person deploys it with `pulumi` to the sandbox."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = "pulumi stack init local && pulumi up --yes --skip-preview && pulumi destroy --yes --skip-preview"


def test_the_local_stack_is_deployed_and_its_file_stays_as_it_is(engine: Path, tmp_path: Path) -> None:
    for path in (ROOT / "Pulumi.yaml", ROOT / "Pulumi.local.yaml", ROOT / "__main__.py", *ROOT.glob("stack_*.py")):
        shutil.copy(path, tmp_path)
    shutil.copytree(ROOT / "app", tmp_path / "app")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_aws_sandbox.plugin.shell", "sh", "-c", COMMANDS],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{engine}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "Pulumi.local.yaml").read_text() == (ROOT / "Pulumi.local.yaml").read_text()
