"""Makes the client files of a stack's outputs and puts them in their place, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.client_files import FAILOVER, failover, files, notes, resolve

from .folder import check_ours, put, stale


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for an environment."""

    environment: str
    app: str
    """The key of the app client."""
    folder: Path
    files: tuple[str, ...]
    """The files below the folder, sorted."""
    notes: tuple[str, ...]
    """What a format does not say that the deployment would have had to say."""


def write(
    outputs: Mapping[str, Any], folder: Path, *, environment: str, app: str | None = None, force: bool = False
) -> Written:
    """Write the files of a deployed environment, and those of its recovery Region below `failover`.

    `outputs` are the stack's: `client` of a `MobileBackend`, and `recovery.client` of a `RecoverySite` if there is one.
    Nothing is written if they are refused (`ArgsError`), or if files stand there that something else made, unless
    `force` (`UsageError`). Failover copies of Regions that are no recovery Region any more are removed.
    """
    backend = outputs.get("client")
    if backend is None:
        has = "it has no outputs" if not outputs else "its outputs have no `client`"
        message = (
            f'the stack "{environment}" has nothing to tell apps: {has}; deploy it with pulumi up, '
            "and export the output client of its MobileBackend under that name"
        )
        raise UsageError(message)
    settings = resolve(environment, backend, app)
    texts = files(settings)
    recovery = outputs.get("recovery")
    site = recovery.get("client") if isinstance(recovery, Mapping) else None
    if site is not None:
        there = failover(settings, site)
        texts |= {f"{FAILOVER}/{there.region}/{name}": text for name, text in files(there).items()}
    gone = stale(folder, texts)
    if not force:
        check_ours(folder, texts)
    put(folder, texts, gone)
    return Written(environment, settings.sign_in.app.key, folder, tuple(sorted(texts)), tuple(notes(settings)))
