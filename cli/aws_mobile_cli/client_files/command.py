"""`aws-mobile clients`: the configuration files that apps load, from the outputs of a deployed stack."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered

from .stack_outputs import ask_pulumi, read_outputs
from .writing import Written, write

_STACK = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,2}")


@answered
def clients(options: Any, *, as_json: bool) -> Exit:  # noqa: ANN401 - what argparse read
    """Write the files; nothing is written unless all of them could be made."""
    if not _STACK.fullmatch(options.stack):
        message = f'"{options.stack}" cannot name a stack; Pulumi takes letters, digits, hyphens, underscores and dots'
        raise UsageError(message)
    environment = options.stack.rpartition("/")[2]
    outputs = ask_pulumi(options.project, options.stack) if options.outputs is None else read_outputs(options.outputs)
    folder = options.out or Path("client-files") / environment
    _say(write(outputs, folder, environment=environment, app=options.app, force=options.force), as_json=as_json)
    return Exit.OK


def _say(written: Written, *, as_json: bool) -> None:
    if as_json:
        document = {
            "environment": written.environment,
            "app": written.app,
            "folder": str(written.folder),
            "files": written.files,
            "notes": written.notes,
        }
        json.dump(document, sys.stdout)
        sys.stdout.write("\n")
        return
    for name in written.files:
        sys.stdout.write(f"{written.folder / name}\n")
    for note in written.notes:
        sys.stdout.write(f"note: {note}\n")
