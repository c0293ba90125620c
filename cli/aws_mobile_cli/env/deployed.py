"""What Pulumi's own backend knows of a project's stacks, where there is a `pulumi` that is logged in to one."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_LONGEST_SECONDS = 20


def deployed(folder: Path) -> Mapping[str, int] | None:
    """Return how many resources each stack of the backend has; None where that cannot be known."""
    program = shutil.which("pulumi")
    if program is None:
        return None
    command = [program, "--non-interactive", "--cwd", str(folder), "stack", "ls", "--json"]
    try:
        answer = subprocess.run(  # noqa: S603 - the program that the user has on PATH
            command,
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=True,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "1"},
        )
        stacks = json.loads(answer.stdout)
        # A stack of an organisation is called ORGANISATION/STACK; one never updated has no count of resources.
        return {entry["name"].rsplit("/", 1)[-1]: int(entry.get("resourceCount") or 0) for entry in stacks}
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return None


def standing(stack: str, known: Mapping[str, int] | None) -> str:
    """Say whether a stack is deployed."""
    if known is None:
        return "not known"
    if stack not in known:
        return "not in this backend"
    if not known[stack]:
        return "no"
    return f"{known[stack]} resources"
