"""`aws-mobile env`: looks at the environments of a project and writes new ones."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered

from .adapt import Size
from .compare import compare
from .listing import environments
from .making import Made, Wanted, make_clone, make_new
from .removal import look


def env(options: argparse.Namespace) -> Exit:
    """Do what the command line asks for."""
    folder: Path = options.project
    if options.action == "list":
        return list_environments(folder, as_json=options.json)
    if options.action == "diff":
        return diff(folder, options.first, options.second, named=options.resources, as_json=options.json)
    if options.action == "remove":
        return remove(folder, options.name, sure=options.yes, as_json=options.json)
    return make(folder, options, as_json=options.json)


@answered
def list_environments(folder: Path, *, as_json: bool) -> Exit:
    """Show every environment, each as soon as it is known."""
    found = environments(folder)
    if as_json:
        _print_json({"environments": [environment.document() for environment in found]})
    else:
        from .show import show_environments  # noqa: PLC0415 - JSON needs no terminal library

        show_environments(found)
    return Exit.OK


@answered
def make(folder: Path, options: argparse.Namespace, *, as_json: bool) -> Exit:
    """Write a new stack file, or say what a mandatory policy has against it."""
    small = options.size == "small"
    protected = options.protection == "on" if options.protection or small else None
    size = Size.SMALL if small else Size.SAME
    made: Made
    if options.action == "create":
        wanted = Wanted(options.name, size, protected, options.cidr, options.recovery_cidr)
        made = make_new(folder, options.region, options.recovery_region, wanted)
    else:
        if (options.host_name is None) != (options.certificate is None):
            message = "--host-name and --certificate belong together: give both or neither"
            raise UsageError(message)
        renamed = {
            "backend.api.domain.name": options.domain,
            "backend.identity.domain.prefix": options.sign_in_prefix,
            "backend.web_tier.https.host_name": options.host_name,
            "backend.web_tier.https.certificate_arn": options.certificate,
            "recovery.servers.certificate_arn": options.recovery_certificate,
        }
        wanted = Wanted(options.name, size, protected, options.cidr, options.recovery_cidr, renamed)
        made = make_clone(folder, options.source, wanted)
    if as_json:
        _print_json(made.document())
    else:
        from .show import show_made  # noqa: PLC0415 - JSON needs no terminal library

        show_made(made)
    return Exit.OK if made.written else Exit.FOUND


@answered
def diff(folder: Path, first: str, second: str, *, named: bool, as_json: bool) -> Exit:
    """Show what two environments do differently; the exit code is that of `diff`."""
    comparison = compare(folder, first, second)
    if as_json:
        _print_json(comparison.document())
    else:
        from .show import show_comparison  # noqa: PLC0415 - JSON needs no terminal library

        show_comparison(comparison, named=named)
    return Exit.OK if comparison.same else Exit.FOUND


@answered
def remove(folder: Path, stack: str, *, sure: bool, as_json: bool) -> Exit:
    """Remove a stack file, unless something is protected or deployed, or the user thinks better of it."""
    removal = look(folder, stack)
    asked = sure or not removal.allowed
    if not asked:
        if as_json or not sys.stdin.isatty():
            message = f"nobody can be asked here; say --yes to remove {removal.file.name}"
            raise UsageError(message)
        asked = _confirmed(stack, known=removal.deployed is not None)
    removed = removal.allowed and asked
    if removed:
        try:
            removal.file.unlink()
        except OSError as error:
            message = f"{removal.file.name} cannot be removed: {error}"
            raise UsageError(message) from error
    if as_json:
        _print_json({**removal.document(), "removed": removed})
    else:
        from .show import show_removal  # noqa: PLC0415 - JSON needs no terminal library

        show_removal(removal, removed=removed)
    return Exit.OK if removed else Exit.FOUND


def _confirmed(stack: str, *, known: bool) -> bool:
    doubt = "" if known else "Whether it is deployed is not known here. "
    return input(f"{doubt}Type {stack} to remove its stack file: ") == stack


def _print_json(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, default=str)
    sys.stdout.write("\n")
