"""`python -m pulumi_aws_sandbox.plugin.install DIR`: write the executables that put the sandbox on an engine's PATH.

Only tests and the `local` stack want them there: where they are found, `aws` means the sandbox.
"""

import argparse
import shlex
import sys
from pathlib import Path

from pulumi_aws_sandbox.plugin.configuration import PACKAGES

_EXECUTABLE = 0o755


def install(directory: Path) -> list[Path]:
    """Write `pulumi-resource-<package>` for every package into `directory`; return their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for package in sorted(PACKAGES):
        script = directory / f"pulumi-resource-{package}"
        # -P: the engine starts plugins in the program's folder, whose modules must not be taken for ours.
        command = shlex.join([sys.executable, "-P", "-m", "pulumi_aws_sandbox.plugin", package])
        script.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        script.chmod(_EXECUTABLE)
        written.append(script)
    return written


def main() -> None:
    """Write them into the directory of the command line and print their paths."""
    parser = argparse.ArgumentParser(prog="pulumi_aws_sandbox.plugin.install", description=__doc__)
    parser.add_argument("directory", type=Path)
    for script in install(parser.parse_args().directory):
        sys.stdout.write(f"{script}\n")


if __name__ == "__main__":
    main()
