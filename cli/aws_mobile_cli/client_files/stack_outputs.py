"""The outputs of a deployed stack: from a file, from standard input, or from the Pulumi CLI."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError

STANDARD_INPUT = "-"


def read_outputs(source: str) -> Mapping[str, Any]:
    """Return the outputs that a file has, or standard input; raise `UsageError` if it has none."""
    named = "standard input" if source == STANDARD_INPUT else source
    try:
        text = sys.stdin.read() if source == STANDARD_INPUT else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read {named}: {getattr(error, 'strerror', None) or error}"
        raise UsageError(message) from error
    return _outputs(text, named)


def ask_pulumi(project: Path, stack: str) -> Mapping[str, Any]:
    """Return the outputs that the Pulumi CLI knows of a stack; raise `UsageError` if it knows none."""
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        message = (
            "there is no pulumi on the PATH to ask for the stack's outputs; give them with --outputs FILE, "
            f"as `pulumi stack output --json --stack {stack}` prints them"
        )
        raise UsageError(message)
    command = [pulumi, "stack", "output", "--json", "--stack", stack, "--non-interactive"]
    if not project.is_dir():
        message = f"{project} is no folder; name the project's with --project"
        raise UsageError(message)
    answer = subprocess.run(  # noqa: S603 - the CLI that is on the PATH, and a stack's name as one argument
        command, cwd=project, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if answer.returncode:
        said = (answer.stderr or answer.stdout).strip()
        message = f'pulumi knows no outputs of the stack "{stack}": {said}'
        raise UsageError(message)
    return _outputs(answer.stdout, "pulumi's answer")


def _outputs(text: str, named: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        message = f"{named} is no JSON: {error}"
        raise UsageError(message) from error
    if not isinstance(found, dict):
        message = f"{named} has no outputs by name; give what `pulumi stack output --json` prints"
        raise UsageError(message)
    return found
