"""The secrets of a stack file: they are never copied, and each has to be set anew for a new environment."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from .stack_text import Path, StackText

KEYS = ("secretsprovider", "encryptedkey", "encryptionsalt")
"""What says by which key a stack's secrets are encrypted; `pulumi stack init` writes its own."""

_SECRET_OPTIONS = ("secret", "private_key", "service_account", "password")
_PLAIN_STEP = re.compile(r"[A-Za-z_][A-Za-z0-9_:-]*")


def drop_secrets(draft: StackText) -> list[Path]:
    """Take every secret away; return where they were, in the order of the file."""
    found = list(_secrets(draft.values.get("config"), ("config",)))
    for path in reversed(found):
        draft.drop(path)
    return found


def drop_keys(draft: StackText) -> None:
    """Take away by which key secrets are encrypted."""
    for key in KEYS:
        if key in draft.values:
            draft.drop((key,))


def command(path: Path, stack: str) -> str:
    """Return the command that sets a secret anew; Pulumi reads it from the terminal or from standard input."""
    _, key, *steps = path
    return f"pulumi config set --stack {stack} --secret --path {shlex.quote(str(key) + ''.join(map(_step, steps)))}"


def _secrets(value: Any, path: Path) -> Iterator[Path]:  # noqa: ANN401 - whatever stands in the file
    if isinstance(value, dict):
        if set(value) == {"secure"}:
            yield path
            return
        for key, item in value.items():
            yield from _secrets(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _secrets(item, (*path, place))
    elif isinstance(value, str) and str(path[-1]).endswith(_SECRET_OPTIONS):
        yield path


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_STEP.fullmatch(step) else f'["{step}"]'
