"""The command line of `aws-mobile privileges`."""

import argparse
from pathlib import Path


def add_privileges(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str) -> None:
    """Add the command to those of `aws-mobile`."""
    privileges = commands.add_parser(
        "privileges", help="compare what the roles of a stack are granted with what they make use of", epilog=epilog
    )
    privileges.add_argument(
        "--lose",
        metavar="REGION",
        help="lose this Region, too; the stack's own if not given, where there is another to recover in",
    )
    privileges.add_argument(
        "--reasons",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="reasons for what is not used, besides the library's own; may be given several times",
    )
    privileges.add_argument("--all", action="store_true", help="list the unused grants that have a reason, too")
    privileges.add_argument("--stack", default="local", help="the stack, as in Pulumi.STACK.yaml; local if not given")
    privileges.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="the project's folder; this one if not given"
    )
    privileges.add_argument("--json", action="store_true", help="print one JSON document instead")
