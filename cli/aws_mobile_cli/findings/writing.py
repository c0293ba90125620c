"""Writes reports, each as a whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.pages import refuse_unwritable, write_page

from .said import Said


def refuse(reports: Mapping[str, Path]) -> None:
    """Raise `UsageError` for what cannot be written, before anything long has begun."""
    for form, file in reports.items():
        refuse_unwritable(file, f"--{form}")
    if len({file.resolve() for file in reports.values()}) < len(reports):
        message = f"{' and '.join(f'--{form}' for form in reports)} name one file; name one for each"
        raise UsageError(message)


def write(reports: Mapping[str, Path], said: Sequence[Said], project: str, stack: str, folder: Path | None) -> None:
    """Write the findings about a stack; `folder` is the project's, where there is one."""
    from .junit import junit  # noqa: PLC0415 - only reports need it
    from .sarif import sarif  # noqa: PLC0415 - as above

    for form, file in reports.items():
        if form == "sarif":
            where = _file(folder, stack)
            text = (
                json.dumps(sarif(said, project=project, stack=stack, file=where, version=_version()), indent=2) + "\n"
            )
        else:
            text = junit(said, project=project, stack=stack)
        write_page(text, file, f"--{form}")


def _file(folder: Path | None, stack: str) -> str:
    """Return the file in which a stack is changed: its own, or the program where it has none."""
    own = f"Pulumi.{stack}.yaml"
    return own if folder is None or (folder / own).is_file() else "__main__.py"


def _version() -> str:
    try:
        return version("pulumi-aws-mobile")
    except PackageNotFoundError:
        return "0.0.0"
