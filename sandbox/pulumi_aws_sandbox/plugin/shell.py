"""`python -m pulumi_aws_sandbox.plugin.shell [COMMAND …]`: a shell in which `pulumi` reaches the sandbox, not AWS.

The sandbox's AWS and the states of the stacks live as long as the shell. Without a command it is the user's own shell.
Needs `pulumi` on PATH.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pulumi_aws_sandbox.plugin.install import install
from pulumi_aws_sandbox.serve import serving

PASSPHRASE = "sandbox"  # noqa: S105 - nothing that it protects outlives the shell
_NO_PULUMI = 2
ONE_CHECKPOINT = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""Has the engine write a stack's state at the end of an operation only. It writes all of it after each step otherwise,
which for some hundred resources takes longer than everything else; and no state outlives this AWS."""


def environment(folder: Path, url: str, outside: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which an engine finds the plugins in `folder`, the AWS at `url` and no account."""
    kept = {key: value for key, value in outside.items() if not key.startswith(("AWS_", "PULUMI_"))}
    path = os.pathsep.join([str(folder / "plugins"), str(Path(sys.executable).parent), kept.get("PATH", "")])
    return {
        **kept,
        **ONE_CHECKPOINT,
        "PATH": path,
        "PULUMI_AWS_SANDBOX_URL": url,
        "PULUMI_BACKEND_URL": (folder / "states").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def main(command: Sequence[str]) -> int:
    """Run `command`, or the user's shell, and return its exit code; nothing is left afterwards."""
    if shutil.which("pulumi") is None:
        sys.stderr.write(
            "there is no pulumi on PATH; install Pulumi's CLI, or put the directory of engine/build there\n"
        )
        return _NO_PULUMI
    outside = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="aws-sandbox-") as folder, serving() as url:
        home = Path(folder)
        install(home / "plugins")
        (home / "states").mkdir()
        inside = environment(home, url, outside)
        return subprocess.run(command or [outside.get("SHELL", "/bin/sh")], env=inside, check=False).returncode  # noqa: S603 - the user's own command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
