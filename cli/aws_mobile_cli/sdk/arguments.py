"""The command line of `aws-mobile sdk`."""

import argparse
from pathlib import Path

_LANGUAGES = ("kotlin", "swift", "typescript")
"""As `packages` knows them, which loads more than a command line that is only read; a test compares them."""


def add_sdk(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str) -> None:
    """Add the command to those of `aws-mobile`."""
    sdk = commands.add_parser("sdk", help="generate typed clients of a stack's API", epilog=epilog)
    sdk.add_argument("--language", required=True, choices=(*_LANGUAGES, "all"), help="the client's language")
    sdk.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="where to write; each language has a folder of its own"
    )
    sdk.add_argument("--api", metavar="NAME", help="the Api component, where a stack has several")
    sdk.add_argument("--url", help="the URL that clients call unless an app gives another; none if not given")
    sdk.add_argument("--name", help="the package's name; PROJECT-client if not given")
    sdk.add_argument("--stack", default="local", help="the stack, as in Pulumi.STACK.yaml; local if not given")
    sdk.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="the project's folder; this one if not given"
    )
    sdk.add_argument("--json", action="store_true", help="print one JSON document instead")


def languages(asked: str) -> tuple[str, ...]:
    """Return the languages that are asked for."""
    return _LANGUAGES if asked == "all" else (asked,)
